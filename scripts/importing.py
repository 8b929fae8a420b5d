"""scripts/import: bring a file into a layer, and say in words what became of its rows."""

import argparse
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from layers import db
from layers.rasters.kinds import BROUGHT
from layers.reading.importing import Order, Outcome, Report, import_file
from layers.reading.refusal import FileRefusedError
from layers.registry import layers
from layers.settings import Settings
from scripts import rasters
from scripts.database import database, migrate
from scripts.endings import in_one_line

HELP = "What the columns of a file mean stands in layers/<layer>/mappings/*.toml; docs/importing.md tells more."


def main() -> None:
    """Import one file; ends with status 1 where the file as a whole is refused."""
    if sys.argv[1:2] and sys.argv[1] in BROUGHT:
        rasters.main(sys.argv[1:])
        return
    arguments = _arguments()
    try:
        with in_one_line(), database() as url:
            migrate(url)
            order = _order(arguments, Settings.from_environment().data_dir / "refused")
            engine = db.connect(url, pool_size=1)
            with _progress() as report:
                outcome = import_file(engine, order, report)
            engine.dispose()
    except FileRefusedError as refusal:
        sys.exit(f"Berkas ditolak. {refusal}")
    for line in summary(order, outcome):
        print(line)


def summary(order: Order, outcome: Outcome) -> Iterator[str]:
    """Say what became of the rows, line by line."""
    written = outcome.written
    if order.dry_run:
        yield "Percobaan saja: tidak ada yang disimpan."
    yield f"Wilayah kerja: {outcome.area}. Pemetaan: {outcome.file_map or 'ditebak dari nama kolom'}."
    yield f"{outcome.came} baris dibaca: {written.added} baru, {written.changed} diubah, {written.same} sudah sama."
    if written.replaced:
        yield f"{written.replaced} baris data contoh {'akan diganti' if order.dry_run else 'diganti'}."
    if written.retired:
        yield f"{written.retired} baris yang tidak ada dalam berkas {'akan dihapus' if order.dry_run else 'dihapus'}."
    if written.missing:
        yield f"{written.missing} baris dari sumber ini tidak ada dalam berkas dan tetap di peta; --whole menghapusnya."
    if outcome.refused_path is None:
        return
    yield f"{outcome.refused.total()} baris ditolak:"
    for kind, count in outcome.refused.most_common():
        yield f"  {count:>8} {kind}"
    yield f"Alasan tiap baris: {outcome.refused_path}"
    yield f"Perbaiki di sana, lalu kirim ulang: {_again(order, outcome)}"


def _again(order: Order, outcome: Outcome) -> str:
    words = ["scripts/import", order.layer.id, str(outcome.refused_path)]
    words += ["--map", order.file_map or outcome.file_map] if order.file_map or outcome.file_map else []
    words += ["--source", outcome.source] if order.source or not outcome.file_map else []
    words += ["--area", *order.area] if order.area else []
    words += ["--crs", order.crs] if order.crs and str(outcome.refused_path).endswith(".csv") else []
    return shlex.join(words)


@contextmanager
def _progress() -> Iterator[Report]:
    columns = (TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks = {}

        def report(step: str, done: int, total: int) -> None:
            """Move the bar of a step on, or begin one."""
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield report


def _order(arguments: argparse.Namespace, refused: Path) -> Order:
    return Order(
        layer=layers()[arguments.layer_id],
        path=arguments.file,
        refused=refused,
        file_layer=arguments.layer,
        file_map=arguments.map,
        area=tuple(arguments.area),
        crs=arguments.crs,
        source=arguments.source,
        dry_run=arguments.dry_run,
        whole=arguments.whole,
        actor=f"import:{getuser()}",
    )


def _importable(written: str) -> str:
    """Check the id of a layer; raises ArgumentTypeError for any other word."""
    if written not in _observed():
        raise argparse.ArgumentTypeError(f"{written} is not {_offer()}")
    return written


def _offer() -> str:
    return f"one of {', '.join(_observed())}, or, as the first word, a raster: {', '.join(BROUGHT)}"


def _observed() -> list[str]:
    return [layer.id for layer in layers().values() if layer.observed]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/import", description="Bring a file into a layer.", epilog=HELP)
    parser.add_argument("layer_id", metavar="LAYER", type=_importable, help=_offer())
    parser.add_argument("file", metavar="FILE", type=Path, help="GeoPackage, Shapefile, GeoJSON, CSV, XLSX, …")
    parser.add_argument("--layer", default="", metavar="NAME", help="layer or sheet of the file, where it has several")
    parser.add_argument("--map", default="", metavar="NAME|FILE", help="a saved mapping, or the path of a .toml")
    parser.add_argument(
        "--source", default="", metavar="NAME", help="where the rows come from, else as mapped or named"
    )
    parser.add_argument(
        "--area",
        nargs="+",
        default=[],
        metavar="CODE",
        help="working area: Kemendagri codes (18.03), west,south,east,north (write --area=-71,…), or all;"
        " without it the regency",
    )
    parser.add_argument(
        "--crs", default="", metavar="EPSG:n", help="the CRS, where the file states none or a wrong one"
    )
    parser.add_argument(
        "--whole", action="store_true", help="the file holds all that its source has: known rows that it lacks go"
    )
    parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")
    return parser.parse_args()


if __name__ == "__main__":
    main()
