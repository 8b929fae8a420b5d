"""Rows that the map knows from a source, and that a newer file of it does not hold."""

from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from sqlalchemy import delete, func, literal, select

from layers.layer import Layer
from layers.reading.incoming import Incoming
from layers.reading.mapping import FileMap, mended
from layers.reading.meaning import Meaning
from layers.reading.refusal import FileRefusedError
from layers.reading.working_area import WorkingArea


def check_whole(means: Meaning, file_map: FileMap, columns: tuple[str, ...]) -> None:
    """Refuse to take a file for all that its source has, where rows last or the file cannot be more than a part."""
    if means.lasting:
        raise FileRefusedError("Impor tidak pernah menghapus baris lapisan ini: kirim tanpa --whole.")
    if file_map.place.key or mended(columns):
        raise FileRefusedError("Berkas ini hanya sebagian dari sumbernya: kirim tanpa --whole.")


def check_named(nameless: int) -> None:
    """Refuse a file in which some rows do not tell which they are: those would be taken for gone."""
    if nameless:
        raise FileRefusedError(
            f"{nameless} baris tidak terbaca atau tanpa pengenal, jadi tidak jelas baris mana yang hilang dari berkas:"
            " perbaiki dulu, atau kirim tanpa --whole."
        )


def missing(incoming: Incoming, layer: Layer, area: WorkingArea, by_code: bool) -> list[str]:
    """Name the rows of the source, by their source ids, that its file does not hold, not even as refused rows.

    Asked are those in the working area (`by_code`: by their code) and of the kinds that the file brings: one source may
    send each kind, and each regency, in a file of its own.
    """
    known, staged = incoming.target.c, incoming.staging.c
    held = select(literal(1)).where(staged.source_id == known.source_id).exists()
    kinds = known[layer.classify].in_(select(staged[layer.classify]))
    place = known.code if by_code else func.st_asbinary(known.geom)
    lost = select(known.source_id, place).where(known.source == incoming.source, kinds, ~held)
    rows = incoming.connection.execute(lost).all()
    inside = _inside([row[1] for row in rows], area, by_code)
    return [row[0] for row, near in zip(rows, inside, strict=True) if near and row[0] not in incoming.refused_ids]


def _inside(places: list[Any], area: WorkingArea, by_code: bool) -> np.ndarray:
    if by_code:
        return area.names(pa.array(places, pa.string()))
    return area.touches(shapely.from_wkb([bytes(place) for place in places]))


def retire(incoming: Incoming, ids: list[str]) -> None:
    """Take rows of the source off the map."""
    gone = incoming.target.c.source_id == func.any(ids)
    incoming.connection.execute(delete(incoming.target).where(incoming.target.c.source == incoming.source, gone))
