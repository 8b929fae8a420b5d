"""By which numbers coverage is judged, and where they come from; docs/internet-gaps.md tells more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from geo.coverage import Limits
from geo.propagation import hata_reach

SIGNAL_DBM = Limits(weak=-115.0, covered=-105.0)  # 4G outdoors: Ofcom, Connected Nations; cell edge as planners take it
SPEED_MBPS = Limits(
    weak=0.1, covered=1.0
)  # mobile broadband: at least 1 Mbps (Perpres 96/2014); below 0.1 no page opens
LASTING = timedelta(days=365)  # older measurements and words tell of a network that may have changed
TOWER_M = 40.0  # the usual height of a mast in the country, where none is stated
COARSEST_TERRAIN_M = 250.0  # a wider cell of heights smooths away the hills that stand in the way
EIRP_DBM = 32.0  # of a 4G reference signal: 46 dBm over 1,200 subcarriers, and an antenna of 17 dBi


@dataclass(frozen=True)
class Radio:
    """What a technology sends on, and whether it carries internet that deserves the name.

    3G and 5G are sent above 2,000 MHz, where the model of distance ends: they are taken as 2,000.
    """

    mhz: float
    broadband: bool = True


RADIOS: Mapping[str, Radio] = {
    "2G": Radio(900.0, broadband=False),
    "3G": Radio(2000.0),
    "4G": Radio(1800.0),
    "5G": Radio(2000.0),
}
USUAL = "4G"  # what a tower is taken for that does not tell


def radio(technology: str | None) -> Radio:
    """Give what a technology sends on."""
    return RADIOS.get(technology or USUAL, RADIOS[USUAL])


def usual_range_m(technology: str | None, height_m: float) -> float:
    """Give how far a tower without a stated range is heard at the weakest usable signal, by Hata's model."""
    return 1000 * hata_reach(EIRP_DBM - SIGNAL_DBM.weak, radio(technology).mhz, height_m)
