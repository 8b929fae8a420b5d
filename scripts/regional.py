"""scripts/regions: minutes of all settlements of many regencies to the nearest office of a kind."""

import argparse
import sys
from pathlib import Path

import pandas as pd

from geo.executor import Executor, Here, OnDask, Processes, UnitFailedError
from geo.regional import nearest_facilities
from layers import db
from layers.access import SHOWN_KIND, SHOWN_MODE, regions
from layers.offices.kinds import KINDS
from layers.roads.speeds import MODE_CHOICES, SEASON_CHOICES
from scripts.database import database
from scripts.setup.progress import Trouble, say


def main() -> None:
    """Compute, and write one table of all regencies; ends with status 1 where one of them failed."""
    arguments = _arguments()
    try:
        with database() as url:
            run(url, arguments, _executor(arguments))
    except UnitFailedError as failure:
        sys.exit(f"{failure} ({failure.__cause__})")
    except Trouble as trouble:
        sys.exit(str(trouble))


def run(url: str, arguments: argparse.Namespace, executor: Executor) -> None:
    """Compute what is missing of the regencies, and write all of it as CSV beside it."""
    way = (arguments.kind, arguments.mode, arguments.season)
    engine = db.connect(url, pool_size=1)
    with engine.connect() as connection:
        wanted = regions.keys(connection, way, arguments.codes)
    if not wanted:
        raise Trouble("No regency has settlements: import the layers areas and settlements first")
    say(f"• Minutes of {len(wanted)} regencies …")
    found = executor.map(nearest_facilities, regions.load, wanted, arguments.to)
    with engine.connect() as connection:
        table = pd.concat([regions.named(connection, key, found[key]) for key in wanted])
    engine.dispose()
    file = arguments.to / f"{'-'.join(way)}.csv"
    table.to_csv(file, index=False)
    say(f"{len(table)} settlements, {int(table.minutes.isna().sum())} of them without a way: {file}")


def _executor(arguments: argparse.Namespace) -> Executor:
    if arguments.dask:
        from dask.distributed import Client  # an extra: who runs here or in processes needs no Dask

        return OnDask(Client(arguments.dask))
    return Processes(arguments.processes) if arguments.processes > 1 else Here()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/regions", description=__doc__)
    parser.add_argument("codes", nargs="*", metavar="CODE", help="regencies such as 18.12; otherwise all there are")
    parser.add_argument("--kind", choices=[kind.id for kind in KINDS], default=SHOWN_KIND, metavar="KIND")
    parser.add_argument("--mode", choices=[mode.id for mode in MODE_CHOICES], default=SHOWN_MODE)
    parser.add_argument("--season", choices=[season.id for season in SEASON_CHOICES], default="hujan")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="keeps results; what is there is kept")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--processes", type=int, default=1, metavar="N", help="on so many processes of this machine")
    where.add_argument("--dask", default="", metavar="ADDRESS", help="on a cluster, such as tcp://dask-scheduler:8786")
    return parser.parse_args()


if __name__ == "__main__":
    main()
