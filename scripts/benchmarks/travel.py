"""The road network of the measurements, made as the worker makes it."""

import shutil
from pathlib import Path

from sqlalchemy import text

from layers import db
from layers.offices import placed, placing
from layers.roads import building, networks
from scripts.setup.progress import Trouble


def forget(data_dir: Path) -> None:
    """Take away what an earlier run has made."""
    for folder in (networks.FOLDER, placed.FOLDER):
        shutil.rmtree(data_dir / folder, ignore_errors=True)


def prepare(url: str, data_dir: Path) -> None:
    """Make the network and place the offices on it; raises Trouble where the roads do not allow it."""
    engine = db.connect(url, pool_size=1)
    with engine.begin() as connection:
        connection.execute(text("set local statement_timeout = 0"))
        problem = building.build(connection, data_dir)
        network = networks.current(data_dir)
        if problem or network is None:
            raise Trouble(f"No road network could be made of the measured roads ({problem}).")
        placing.place(connection, data_dir, network)
    engine.dispose()
