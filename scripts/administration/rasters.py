"""The rasters that are kept; scripts/import brings them in."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from layers.rasters.acts import remove_raster
from layers.rasters.queries import rasters
from scripts.administration.acting import actor, command
from scripts.setup.progress import Trouble


def describe(subjects: Any) -> None:
    """Add the commands about rasters."""
    mine = subjects.add_parser("rasters", help="raster: penduduk, ketinggian, sinyal").add_subparsers(required=True)
    command(mine, "list", "Tampilkan semua raster", show)
    removing = command(mine, "remove", "Hapus satu raster dari peta", remove)
    removing.add_argument("id", metavar="ID")


def show(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """List the rasters with their size and source."""
    found = rasters(connection)
    yield from (f"{r.id}  {r.title.id}  {r.width} × {r.height} sel  [{r.source}]" for r in found)
    if not found:
        yield "Belum ada raster; masukkan dengan scripts/import population BERKAS.tif."


def remove(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Take a raster off the map; its file goes with the next import of a raster."""
    if not remove_raster(connection, actor(), arguments.id):
        raise Trouble(f"{arguments.id} bukan raster yang ada; lihat scripts/admin rasters list.")
    yield f"{arguments.id} dihapus dari peta."
