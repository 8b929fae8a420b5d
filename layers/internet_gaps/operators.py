"""What is known of one operator in each cell: its towers and coverage, and the phones that are with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Row

from geo import coverage
from geo.coverage import COVERED, UNKNOWN, WEAK, Codes, Coverage, Tower, classified, from_words
from geo.crs import to_metres
from geo.relief import Relief
from layers.internet_gaps.ground import Ground
from layers.internet_gaps.rules import SIGNAL_DBM, SPEED_MBPS, TOWER_M, radio, usual_range_m

Numbers = NDArray[np.float64]
Site = Row[Any]

MEASURED = "cakupan_terukur"


@dataclass(frozen=True)
class Operator:
    """An operator ("": sources that name none), its sites, and what the phones of its customers say."""

    name: str
    land: Ground
    relief: Relief | None
    sites: Sequence[Site]
    phones: Sequence[Site] = field(default=())

    @cached_property
    def coverage(self) -> Coverage:
        """Combine all that is known; people stand above what the operator declares."""
        declared = np.where(self.said != UNKNOWN, self.said, self.declared)
        return coverage.combine(self.measured, self.modelled, declared)

    @cached_property
    def measured(self) -> Codes:
        """Give what drives and phones measured: of drives the newest counts, of both the better."""
        codes = self._nothing
        for site in self._areas(MEASURED):
            codes[within(site, self.land)] = stated(site)
        return np.maximum(codes, classified(speeds(self.land, self.phones), SPEED_MBPS))

    @cached_property
    def modelled(self) -> Codes:
        """Give what areas of a model and towers tell."""
        codes = self._stated("cakupan_model")
        for broadband, (dbm, _) in self.towers.items():
            heard = classified(dbm, SIGNAL_DBM)
            codes = np.maximum(codes, heard if broadband else np.minimum(heard, WEAK))
        return codes

    @cached_property
    def declared(self) -> Codes:
        """Give what the operator says itself."""
        return self._stated("cakupan_dinyatakan")

    @cached_property
    def said(self) -> Codes:
        """Give what its customers say."""
        return from_words(*(words(self.land, self.phones, says) for says in ("ada", "tidak_ada")))

    @cached_property
    def towers(self) -> dict[bool, tuple[Numbers, Numbers]]:
        """Give the signal of its towers and the terrain's part in it, those that carry real internet (True) apart."""
        masts = [site for site in self.sites if site.kind == "menara"]
        return {
            broadband: coverage.signal(
                [tower(mast, self.land) for mast in masts if radio(mast.technology).broadband == broadband],
                self.land.middles,
                SIGNAL_DBM.weak,
                self.relief,
            )
            for broadband in (False, True)
        }

    def _stated(self, kind: str) -> Codes:
        codes = self._nothing
        for site in self._areas(kind):
            inside = within(site, self.land)
            codes[inside] = np.maximum(codes[inside], stated(site))
        return codes

    def _areas(self, kind: str) -> list[Site]:
        return [site for site in self.sites if site.kind == kind]

    @property
    def _nothing(self) -> Codes:
        return np.zeros(len(self.land.cells), np.int8)


def tower(site: Site, land: Ground) -> Tower:
    """Tell how far a tower is heard: its stated range, or the usual one of its technology and height."""
    ((x, y),) = to_metres(shapely.get_coordinates(shapely.centroid(_shape(site))), land.home.utm)
    height = site.height_m or TOWER_M
    range_m = site.range_m or usual_range_m(site.technology, height)
    return Tower(float(x), float(y), height, range_m, radio(site.technology).mhz / 1000)


def within(site: Site, land: Ground) -> NDArray[np.int64]:
    """Find the cells whose middle lies in a coverage area."""
    shape = shapely.transform(_shape(site), lambda degrees: to_metres(degrees, land.home.utm))
    shapely.prepare(shape)
    return np.flatnonzero(shapely.contains_xy(shape, *land.middles.T))


def stated(site: Site) -> int:
    """Name the coverage that an area states: by its signal, else that there is internet; weak where it is 2G."""
    code = COVERED if site.signal_dbm is None else int(classified(np.array([site.signal_dbm]), SIGNAL_DBM)[0])
    return code if radio(site.technology).broadband else min(code, WEAK)


def speeds(land: Ground, phones: Sequence[Site]) -> Numbers:
    """Give the median of the speeds (Mbps) that phones measured in each cell; NaN where none was."""
    measured = [phone for phone in phones if phone.says == "terukur"]
    cells, values = land.cell_of(land.points(measured)), np.array([phone.down_mbps for phone in measured], float)
    found = np.full(len(land.cells), np.nan)
    for cell in np.unique(cells):
        found[cell] = np.median(values[cells == cell])
    return found


def words(land: Ground, phones: Sequence[Site], says: str) -> Numbers:
    """Count in each cell the people who say that it works (ada), or that there is no signal (tidak_ada)."""
    said = [phone for phone in phones if phone.says == says]
    return np.bincount(land.cell_of(land.points(said)), minlength=len(land.cells)).astype(float)


def _shape(site: Site) -> shapely.Geometry:
    return shapely.from_wkb(bytes(site.shape))
