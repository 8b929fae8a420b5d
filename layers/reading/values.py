"""From the columns of a file to the fields of a layer: text, numbers, days and known codes."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import BigInteger, Integer

from layers.layer import Field, Layer
from layers.reading.counts import broken, without_thousands
from layers.reading.mapping import FileMap
from layers.reading.meaning import Meaning
from layers.reading.notation import day, moment, number
from layers.reading.refusal import FileRefusedError, Kind
from layers.reading.rows import Rows

PLAIN_NUMBER = r"^[+-]?\d+(\.\d+)?$"
OTHERWISE = "*"
LONGEST_ID = 200  # characters; what the database keeps in an index is limited


def read_values(rows: Rows, layer: Layer, file_map: FileMap, meaning: Meaning) -> None:
    """Fill the rows' values field by field, and refuse those whose values cannot be read or are not known."""
    missing = file_map.used - set(rows.chunk.rows.column_names)
    if missing:
        raise FileRefusedError(
            f"Kolom {', '.join(sorted(missing))} tidak ada. Kolom berkas: {', '.join(rows.chunk.rows.column_names)}."
        )
    _leave_out(rows, file_map)
    for column in file_map.identifiers:
        _refuse_long(rows, as_text(rows.chunk.column(column)), column)
    for name in file_map.columns:
        values = {**meaning.values.get(name, {}), **file_map.values.get(name, {})}
        rows.values[name] = _read(rows, layer, file_map, name, values)
    for name, value in {**meaning.unsaid(file_map.source), **file_map.constants}.items():
        _fill(rows, name, value, replace=name in file_map.constants and name not in file_map.columns)


def as_text(column: pa.Array) -> pa.Array:
    """Write a column as text: trimmed, nothing for empty, whole numbers without a decimal point."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), None, column)
        if pc.all(pc.equal(column, pc.floor(column))).as_py() and not _huge(column):
            column = column.cast(pa.int64())
    if not pa.types.is_string(column.type):
        column = column.cast(pa.string())
    column = pc.utf8_trim_whitespace(pc.replace_substring(column, "\x00", ""))
    return pc.if_else(pc.equal(column, ""), None, column)


def as_numbers(column: pa.Array, read: Callable[[str], float | None] = number) -> tuple[pa.Array, np.ndarray]:
    """Read a column as floats; the mask tells which cells say something that is not a number."""
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return _finite(column.cast(pa.float64()), np.zeros(len(column), bool))
    text = as_text(column)
    plain = pc.fill_null(pc.match_substring_regex(text, PLAIN_NUMBER), False)
    floats = pc.if_else(plain, text, None).cast(pa.float64())
    odd = np.flatnonzero(pc.and_(pc.is_valid(text), pc.invert(plain)).to_numpy(zero_copy_only=False))
    if not len(odd):
        return _finite(floats, np.zeros(len(column), bool))
    return _finite(*_odd_numbers(text, floats, odd, read))


def _finite(floats: pa.Array, unread: np.ndarray) -> tuple[pa.Array, np.ndarray]:
    """Count what is too large for a number among what was not read; NaN is how many formats write nothing."""
    endless = pc.fill_null(pc.is_inf(floats), False).to_numpy(zero_copy_only=False)
    return pc.if_else(pc.is_finite(floats), floats, None), unread | endless


def _odd_numbers(
    text: pa.Array, floats: pa.Array, odd: np.ndarray, read: Callable[[str], float | None]
) -> tuple[pa.Array, np.ndarray]:
    numbers = floats.to_numpy(zero_copy_only=False).copy()
    unread = np.zeros(len(text), bool)
    for i in odd:
        value = read(text[int(i)].as_py())
        numbers[i] = np.nan if value is None else value
        unread[i] = value is None
    return pa.array(numbers, from_pandas=True), unread


def _huge(column: pa.Array) -> bool:
    largest = pc.max(pc.abs(column)).as_py()
    return largest is not None and largest >= 2**53


def _read(rows: Rows, layer: Layer, file_map: FileMap, name: str, values: Mapping[str, str]) -> pa.Array:
    column = file_map.columns[name]
    field = layer.by_name.get(name)
    kind = field.kind if field else "text"
    if field is not None and kind in ("integer", "number"):
        return _kept(rows, layer, field, column, _numbers(rows, field, column, file_map.factors.get(name, 1)))
    text = as_text(rows.chunk.column(column))
    if name in layer.table.__table__.columns and layer.table.__table__.columns[name].unique:
        _refuse_long(rows, text, column)
    if kind in ("date", "datetime"):
        return _days(rows, text, column, day if kind == "date" else moment)
    if field is not None and field.choices:
        return _codes(rows, field, column, _told(rows, file_map, field, text), values)
    return _translated(text, values) if values else text


def _numbers(rows: Rows, field: Field, column: str, factor: float) -> pa.Array:
    """Read the numbers of a column, multiplied by a factor, and refuse those that its field cannot mean."""
    cells = rows.chunk.column(column)
    if field.kind == "integer" and not (pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type)):
        cells, unclear = without_thousands(as_text(cells), factor != 1)
        rows.refuse(unclear, Kind.UNREADABLE_VALUE, lambda i: _both(column, rows.text(column, i)))
    numbers, unread = as_numbers(cells)
    _unreadable(rows, unread, column, "angka")
    scaled = pc.multiply(numbers, factor) if factor != 1 else numbers
    if field.kind == "integer":
        _unreadable(rows, broken(scaled), column, "bilangan bulat")
    if field.least is not None:
        less = pc.fill_null(pc.less(scaled, field.least), False).to_numpy(zero_copy_only=False)
        least = "nol" if field.least == 0 else f"{field.least:g}"
        rows.refuse(
            less,
            Kind.UNREADABLE_VALUE,
            lambda i: f"Kolom {column}: {rows.text(column, i)} kurang dari {least}. Kosongkan bila tidak diketahui.",
        )
    return pc.round(scaled) if field.kind == "integer" else scaled


def _both(column: str, cell: str) -> str:
    readings = f"{cell.replace('.', '')} atau {cell.replace('.', ',')}"
    return f"Kolom {column}: “{cell}” dapat berarti {readings}. Tulis salah satunya, tanpa titik."


def _kept(rows: Rows, layer: Layer, field: Field, column: str, numbers: pa.Array) -> pa.Array:
    """Refuse numbers that the layer's table has no room for, and give the others in its column's type."""
    kept = layer.table.__table__.columns[field.name].type
    bits = 63 if isinstance(kept, BigInteger) else 31
    largest = 2.0**bits if isinstance(kept, Integer) else np.inf
    fits = pc.less(pc.abs(numbers), largest)
    rows.refuse(
        pc.fill_null(pc.invert(fits), False).to_numpy(zero_copy_only=False),
        Kind.UNREADABLE_VALUE,
        lambda i: f"Kolom {column}: {rows.text(column, i)} terlalu besar untuk {field.title.id}.",
    )
    fitting = pc.if_else(fits, numbers, None)
    return fitting.cast(pa.int64()) if isinstance(kept, Integer) else fitting


def _refuse_long(rows: Rows, text: pa.Array, column: str) -> None:
    long = pc.fill_null(pc.greater(pc.utf8_length(text), LONGEST_ID), False).to_numpy(zero_copy_only=False)
    rows.refuse(long, Kind.UNREADABLE_VALUE, f"Kolom {column}: pengenal lebih panjang dari {LONGEST_ID} huruf.")


def _days(rows: Rows, text: pa.Array, column: str, read: Callable[[str], Any]) -> pa.Array:
    unique = text.dictionary_encode()
    read_days = [read(value) if value else None for value in unique.dictionary.to_pylist()]
    written = pa.array([value.isoformat() if value else None for value in read_days], pa.string())
    days = written.take(unique.indices)
    unread = pc.and_(pc.is_valid(text), pc.is_null(days)).to_numpy(zero_copy_only=False)
    _unreadable(rows, unread, column, "tanggal")
    return days


def _told(rows: Rows, file_map: FileMap, field: Field, text: pa.Array) -> pa.Array:
    """Put the code in the place of values that do not tell it alone, where one pattern fits what describes the row."""
    name = field.name
    if name not in file_map.patterns:
        return text
    titles = {choice.id: choice.title.id for choice in field.choices}
    said = [pc.binary_join_element_wise(c, as_text(rows.chunk.column(c)), "=") for c in file_map.described_by]
    # Not "skip": where a row has nothing at all to say, that would leave out the row.
    described = pc.binary_join_element_wise(*said, " ", null_handling="replace", null_replacement="")
    for value, patterns in file_map.patterns[name].items():
        asked = pc.fill_null(pc.equal(text, value), False).to_numpy(zero_copy_only=False)
        found = (pc.match_substring_regex(described, p, ignore_case=True) for p in patterns.values())
        fits = np.stack([pc.fill_null(matches, False).to_numpy(zero_copy_only=False) for matches in found])
        told = asked & (fits.sum(axis=0) == 1)
        text = pc.if_else(pa.array(told), pa.array(list(patterns)).take(pa.array(fits.argmax(axis=0))), text)
        if value not in file_map.values.get(name, {}):
            rows.refuse(
                asked & ~told,
                Kind.UNKNOWN_VALUE,
                lambda i: f"{value}: tidak jelas, {' atau '.join(titles[c] for c in patterns)} (“{described[i]}”).",  # noqa: B023
            )
    return text


def _codes(rows: Rows, field: Field, column: str, text: pa.Array, values: Mapping[str, str]) -> pa.Array:
    known = {choice.id for choice in field.choices}
    titles = {t: c.id for c in field.choices for t in (c.title.id, c.title.en, c.id)}
    codes = _translated(text, {**titles, **values})
    unknown = pc.and_(pc.is_valid(codes), pc.invert(pc.is_in(codes, pa.array(sorted(known)))))
    allowed = ", ".join(choice.title.id for choice in field.choices)
    rows.refuse(
        unknown.to_numpy(zero_copy_only=False),
        Kind.UNKNOWN_VALUE,
        lambda i: f"{field.title.id} “{rows.text(column, i)}” tidak dikenal. Pilihan: {allowed}.",
    )
    return codes


def _translated(text: pa.Array, values: Mapping[str, str]) -> pa.Array:
    plain = {key.casefold(): value for key, value in values.items()}
    unique = text.dictionary_encode()
    found = [_translate(value, plain) if value else None for value in unique.dictionary.to_pylist()]
    return pa.array(found, pa.string()).take(unique.indices)


def _translate(value: str, plain: Mapping[str, str]) -> str | None:
    return plain.get(" ".join(value.split()).casefold(), plain.get(OTHERWISE, value)) or None


def _unreadable(rows: Rows, where: np.ndarray, column: str, what: str) -> None:
    rows.refuse(where, Kind.UNREADABLE_VALUE, lambda i: f"Kolom {column}: “{rows.text(column, i)}” bukan {what}.")


def _leave_out(rows: Rows, file_map: FileMap) -> None:
    for column, values in file_map.leave_out.items():
        cells = as_text(rows.chunk.column(column))
        where = pc.fill_null(pc.is_in(cells, pa.array(values)), False).to_numpy(zero_copy_only=False)
        rows.refuse(where, Kind.LEFT_OUT, lambda i: f"{column} = {rows.text(column, i)}: bukan isi lapisan ini.")  # noqa: B023


def _fill(rows: Rows, name: str, value: Any, replace: bool) -> None:
    present = rows.values.get(name)
    rows.values[name] = (
        pa.repeat(value, len(rows.chunk)) if present is None or replace else pc.fill_null(present, value)
    )
