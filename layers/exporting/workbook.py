"""XLSX: a sheet of rows and a sheet that explains them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import shapely
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from layers.exporting import notes
from layers.exporting.batches import Rows, batches, shapes
from layers.exporting.cells import plain
from layers.exporting.limits import TooLargeError
from layers.layer import Field, Layer
from layers.provenance import Origin

MOST_LETTERS = 32_767  # in a cell


def write(layer: Layer, rows: Rows, folder: Path, limit_mb: int, origins: Sequence[Origin]) -> Path:
    """Write a workbook whose text, before it is compressed, stays under the limit; raises TooLargeError."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(layer.title.id)
    sheet.freeze_panes = "B2"
    sheet.append([_bold(sheet, name) for name in ("id", *(_heading(f) for f in layer.public_fields), "lon", "lat")])
    path = folder / f"{layer.id}.xlsx"
    letters = 0
    for batch in batches(rows):
        for cells in _cells(layer, batch):
            sheet.append(cells)
            letters += sum(len(str(cell)) for cell in cells)
        if letters > limit_mb * 1_000_000:
            book.save(path)  # which takes openpyxl's own temporary files away
            raise TooLargeError(f"{limit_mb} MB")
    _explain(book, layer, origins)
    book.save(path)
    return path


def _cells(layer: Layer, batch: list[dict[str, Any]]) -> list[list[Any]]:
    spots = shapely.get_coordinates(shapely.point_on_surface(shapes(batch))).round(6).tolist()
    fields = layer.public_fields
    return [[row["id"], *(_cell(row[f.name]) for f in fields), *spot] for row, spot in zip(batch, spots, strict=True)]


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)  # a sheet knows no zones; the heading says UTC
    text = plain(value)
    return text[:MOST_LETTERS] if isinstance(text, str) else text


def _heading(field: Field) -> str:
    unit = field.unit or ("UTC" if field.kind == "datetime" else "")
    return f"{field.title.id} ({unit})" if unit else field.title.id


def _bold(sheet: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _explain(book: Workbook, layer: Layer, origins: Sequence[Origin]) -> None:
    sheet = book.create_sheet("Keterangan")
    for line in notes.origin(layer, origins, datetime.now(UTC)):
        sheet.append([plain(text) for text in line])
    sheet.append([])
    sheet.append([_bold(sheet, heading) for heading in notes.COLUMNS_HEADER])
    for field in layer.public_fields:
        sheet.append(notes.column(field, _heading(field)))
