"""Computes the internet gaps: every cell of the regency, and what the cells add up to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, insert
from sqlalchemy.dialects.postgresql import insert as upsert

from layers.computing import keep, source
from layers.db import Base, sql
from layers.internet_gaps import COVERAGES, EVIDENCES, kind
from layers.internet_gaps.ground import Ground, ground
from layers.internet_gaps.judging import Judged, judge
from layers.internet_gaps.queries import Basis
from layers.internet_gaps.sources import Sources, sources
from layers.internet_gaps.table import InternetGapArea, InternetGapBasis, InternetGapOffice, InternetGapVillage
from layers.layer import Layer

DIGITS = 2

Row = dict[str, Any]
NAMES = [coverage.id for coverage in COVERAGES]
PROOFS = [evidence.id for evidence in EVIDENCES]


def compute(connection: Connection, layer: Layer) -> None:
    """Write the cells, and their sums by village, by office and by kind."""
    land = ground(connection)
    known = sources(connection, land)
    judged = judge(land, known)
    shared = {"source": source(connection, layer)}
    rows = [shared | row for row in _cells(land, judged)]
    keep(connection, layer, rows)
    _replace(connection, InternetGapVillage, _villages(land, judged))
    _replace(connection, InternetGapOffice, _offices(connection, land, judged))
    _replace(connection, InternetGapArea, _areas(land, [row["kind"] for row in rows]))
    basis = {"id": 1, "told": asdict(_basis(land, known))}
    connection.execute(upsert(InternetGapBasis).values(basis).on_conflict_do_update(index_elements=["id"], set_=basis))


def _cells(land: Ground, judged: Judged) -> Iterator[Row]:
    places, shapes = _places(land, judged), land.written(land.squares)
    numbers = {
        "people": land.people_in_cells,
        **{name: getattr(judged, name) for name in ("signal_dbm", "terrain_db", "mbps")},
    }
    written = {name: told(values) for name, values in numbers.items()}
    for i, (column, row) in enumerate(land.cells.tolist()):
        village = land.villages[land.village[i]]
        coverage, evidence = NAMES[judged.found.coverage[i]], PROOFS[judged.found.evidence[i]]
        yield {
            "source_id": f"{land.home.utm}-{column}-{row}",
            "name": village.name,
            "village_code": village.code,
            "checked_on": judged.measured_on[i],
            "kind": kind(coverage, evidence),
            "coverage": coverage,
            "evidence": evidence,
            **{name: values[i] for name, values in written.items()},
            "works": int(judged.works[i]),
            "silent": int(judged.silent[i]),
            "place": int(places[i]),
            "contradiction": judged.contradiction[i],
            "declared_by": judged.declared_by[i],
            "geom": shapes[i],
        }


def _places(land: Ground, judged: Judged) -> NDArray[np.int64]:
    """Order the cells of each square of four: what contradicts first, then the best evidence, then the worst news."""
    disputed = np.array([reason is not None for reason in judged.contradiction])
    column, row = (land.cells // 2).T
    order = np.lexsort((judged.found.coverage, -judged.found.evidence, ~disputed, row, column))
    square = np.column_stack([column, row])[order]
    starts = np.flatnonzero(np.r_[True, (square[1:] != square[:-1]).any(axis=1)])
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    return places


def _villages(land: Ground, judged: Judged) -> Iterator[Row]:
    """Count the cells of each village by their coverage, and its people by that of the cell in which they live."""
    number, codes = len(land.villages), judged.found.coverage
    people = None
    if land.living:
        at = codes[land.cell_of(land.living.settled.points)]
        people = [np.asarray(land.living.settled.people @ (at == code).astype(float)) for code in range(len(NAMES))]
    for code, name in enumerate(NAMES):
        cells = np.bincount(land.village[codes == code], minlength=number)
        for i, village in enumerate(land.villages):
            lived = round(float(people[code][i]), DIGITS) if people else None
            yield {"code": village.code, "coverage": name, "cells": int(cells[i]), "people": lived}


def _offices(connection: Connection, land: Ground, judged: Judged) -> Iterator[Row]:
    asked = {"codes": [village.code for village in land.villages]}
    offices = connection.execute(sql("internet_gaps/offices_of_villages.sql"), asked).all()
    for office, cell in zip(offices, land.cell_of(land.points(offices)), strict=True):
        coverage, evidence = NAMES[judged.found.coverage[cell]], PROOFS[judged.found.evidence[cell]]
        yield {"office_id": office.id, "coverage": coverage, "evidence": evidence}


def _areas(land: Ground, kinds: Sequence[str]) -> Iterator[Row]:
    """Join the cells of each kind to one shape."""
    each, names = np.array(kinds), sorted(set(kinds))
    joined = np.array([shapely.coverage_union_all(land.squares[each == name]) for name in names], object)
    for name, shape in zip(names, land.written(joined), strict=True):
        yield {"kind": name, "cells": int((each == name).sum()), "geom": shape}


def _basis(land: Ground, known: Sources) -> Basis:
    measured = [phone for phone in known.phones if phone.says == "terukur"]
    return Basis(
        towers=sum(site.kind == "menara" for site in known.sites),
        areas=sum(site.kind != "menara" for site in known.sites),
        rasters=len(known.signals),
        measurements=len(measured),
        words=len(known.phones) - len(measured) + len(known.reports),
        terrain=known.terrain.title.id if known.relief and known.terrain else None,
        coarse=known.coarse,
        people_source=land.living.source if land.living else None,
        people_estimate=bool(land.living and land.living.estimate),
    )


def told(numbers: NDArray[np.float64]) -> list[float | None]:
    """Round numbers for the database; NaN is not there."""
    return [None if np.isnan(number) else round(number, DIGITS) for number in numbers.tolist()]


def _replace(connection: Connection, table: type[Base], rows: Iterator[Mapping[str, Any]]) -> None:
    connection.execute(delete(table))
    if held := list(rows):
        connection.execute(insert(table), held)
