"""scripts/import KIND FILE.tif: bring a raster home, or say in one sentence why not."""

import argparse
import sys
from getpass import getuser
from pathlib import Path

from geo.ramps import RasterError
from layers import db
from layers.areas.queries import regency
from layers.rasters.acts import Arrival, import_raster, sweep
from layers.rasters.kinds import BROUGHT
from layers.rasters.words import NO_REGENCY, REFUSALS, short_name
from layers.records.actors import Actor
from layers.settings import Settings
from scripts.database import database, migrate
from scripts.endings import in_one_line
from scripts.setup.progress import Trouble, say


def main(words: list[str]) -> None:
    """Import one raster; ends with status 1 where it is refused."""
    arguments = _arguments(words)
    if not arguments.file.is_file():
        sys.exit(f"Berkas ditolak. Berkas {arguments.file} tidak ada.")
    try:
        with in_one_line(), database() as url:
            migrate(url)
            say(f"• Membaca {arguments.file.name} …")
            _import(url, _arrival(arguments), Settings.from_environment().data_dir, arguments.dry_run)
    except RasterError as refusal:
        sys.exit(f"Berkas ditolak. {REFUSALS[refusal.fault]}")


def _import(url: str, arrival: Arrival, data_dir: Path, dry_run: bool) -> None:
    engine = db.connect(url, pool_size=1)
    with engine.begin() as connection:
        sweep(connection, data_dir)  # what the import before this one has replaced
    with engine.connect() as connection, connection.begin() as act:
        home = regency(connection)
        if home is None:
            raise Trouble(NO_REGENCY)
        kept = import_raster(connection, Actor(f"import:{getuser()}"), arrival, home.bounds, data_dir)
        if dry_run:
            act.rollback()
    if dry_run:
        with engine.begin() as connection:
            sweep(connection, data_dir)
    engine.dispose()
    size = f"{kept.title.id}: {kept.width} × {kept.height} sel"
    say(
        f"Percobaan saja: tidak ada yang disimpan. {size}."
        if dry_run
        else f"{size} disimpan. Lihat di /rasters#{kept.id}"
    )


def _arrival(arguments: argparse.Namespace) -> Arrival:
    kind = BROUGHT[arguments.kind]
    return Arrival(
        path=arguments.file,
        id=arguments.id or kind.id,
        kind=kind.id,
        title=arguments.title or kind.title.id,
        source=arguments.source or arguments.file.stem,
        licence=arguments.licence,
        estimate=arguments.estimate,
    )


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/import", description="Bring a raster home.")
    parser.add_argument("kind", metavar="KIND", choices=BROUGHT, help=f"one of {', '.join(BROUGHT)}")
    parser.add_argument("file", metavar="FILE", type=Path, help="a GeoTIFF of one band, in any CRS")
    parser.add_argument("--id", type=_slug, help="its short name in addresses, else the kind's")
    parser.add_argument("--title", default="", help="what people read above it, else the kind's title")
    parser.add_argument("--source", default="", metavar="NAME", help="where it comes from, else the file's name")
    parser.add_argument("--licence", default="", metavar="NAME", help="under which terms it may be used")
    parser.add_argument("--estimate", action="store_true", help="its values were computed, not counted")
    parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")
    return parser.parse_args(words)


def _slug(written: str) -> str:
    name = short_name(written)
    if name is None:
        raise argparse.ArgumentTypeError("letters, digits and hyphens only, at most 40")
    return name
