"""From rows of a file to surveys of roads that are on the map; what is wrong is refused, what is odd is flagged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from layers.reading.refusal import Kind
from layers.reading.rows import Rows
from layers.reading.values import as_numbers
from layers.roads.acts import Order, prepared
from layers.roads.refusals import FormError
from layers.roads.rules import Rules
from layers.roads.survey_map import Wave

ROUNDING = 0.98  # registers round lengths: a road may seem this much shorter than the straight line between its ends
SUM_DIFFERS_M = 1.0


@dataclass(frozen=True)
class Place:
    """A road on the map, as far as a survey has to know it; `straight_m` lies between its ends."""

    road_id: int
    surface: str | None
    length_m: float
    straight_m: float


@dataclass(frozen=True)
class Reading:
    """By what a file is read: the rules in force, the day where the file tells none, the name of the source."""

    rules: Rules
    day: date
    source: str


def numbers(rows: Rows, wave: Wave) -> dict[str, np.ndarray]:
    """Read the numbers of a survey by column, NaN where a cell is empty; refuse rows whose cells are no numbers."""
    found = {}
    for column in (*wave.columns, *([wave.total] if wave.total else [])):
        values, unread = as_numbers(rows.chunk.column(column))
        found[column] = np.asarray(values.to_numpy(zero_copy_only=False), dtype=float)
        rows.refuse(
            unread,
            Kind.UNREADABLE_VALUE,
            lambda i, c=column: f"Kolom {c}: “{rows.text(c, i)}” bukan angka.",  # type: ignore[misc]
        )
        rows.refuse(found[column] < 0, Kind.UNREADABLE_VALUE, f"Kolom {column} negatif.")
    return found


def refuse_empty(rows: Rows, wave: Wave, cells: Mapping[str, np.ndarray]) -> None:
    """Refuse rows without a single number of a survey, and roads too long to be one.

    Nought is no roughness and no length, but it is what SDI notes of a sound road.
    """
    told = np.array([cells[column] for column in wave.columns])
    sums = np.nansum(told, axis=0)
    empty = np.isnan(told).all(axis=0) if wave.kind == "sdi" else sums == 0
    rows.refuse(empty, Kind.MISSING_VALUE, f"Tidak ada isian survei ({', '.join(wave.columns)}).")
    if over := wave.inputs.get("over_m"):  # without which the form would take 100 m
        rows.refuse(np.isnan(cells[over]), Kind.MISSING_VALUE, f"Kolom {over} kosong: lubang dihitung sepanjang apa?")
    if wave.longest_km:
        rows.refuse(
            sums > wave.longest_km * 1000,
            Kind.CONTRADICTION,
            lambda i: f"Panjang {sums[i] / 1000:.0f} km; satu jalan paling panjang {wave.longest_km:.0f} km.",
        )


def surveys(
    rows: Rows, wave: Wave, cells: Mapping[str, np.ndarray], places: Mapping[str, Place], reading: Reading
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Make the surveys of the good rows, each with its position; a row whose form is wrong is refused in its words."""
    for i in np.flatnonzero(rows.good):
        place = places[rows.ids[i]]
        told = {column: float(values[i]) for column, values in cells.items() if np.isfinite(values[i])}
        order = Order(
            place.road_id,
            wave.kind,
            wave.on or reading.day,
            wave.officer,
            _inputs(wave, told),
            source=reading.source,
            doubt=_doubt(wave, told, place),
        )
        try:
            yield int(i), prepared(reading.rules, order, place.surface, place.length_m)[0]
        except FormError as wrong:
            rows.refuse(np.arange(len(rows.good)) == i, Kind.UNREADABLE_VALUE, str(wrong))


def _inputs(wave: Wave, told: Mapping[str, float]) -> dict[str, Any]:
    inputs: dict[str, Any] = {name: told[column] for name, column in wave.inputs.items() if column in told}
    if wave.metres:
        inputs["metres"] = {name: told[column] for name, column in wave.metres.items() if column in told}
        inputs["read_as"] = wave.read_as
    return inputs


def _doubt(wave: Wave, told: Mapping[str, float], place: Place) -> str | None:
    """Say what is odd about stated metres: they do not add up, or are less than the straight line."""
    if not wave.metres:
        return None
    stated = sum(told[column] for column in wave.metres.values() if column in told)
    odd = []
    if wave.total and abs(told.get(wave.total, 0.0) - stated) > SUM_DIFFERS_M:
        odd.append(f"jumlah kelas {stated:.0f} m, total tertulis {told.get(wave.total, 0.0):.0f} m")
    if stated < place.straight_m * ROUNDING:
        odd.append(f"panjang {stated:.0f} m, garis lurus antara kedua ujung {place.straight_m:.0f} m")
    return "; ".join(odd) or None
