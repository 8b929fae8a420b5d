"""The tasks that keep travel times: the road network, and the offices on it."""

from pathlib import Path

import structlog
from procrastinate import App

from layers.records.queue import LONG
from webapp.jobs.database import Database

log = structlog.get_logger()


def tie(app: App, database: Database, data_dir: Path) -> None:
    """Tie the tasks to the database and to the folder of files.

    What they call is imported when it is needed: scipy and numba are large.
    """

    @app.periodic(cron="* * * * * */5")
    @app.task(name="build_network", queue=LONG, lock="build_network", queueing_lock="build_network")
    def build_network(timestamp: int) -> None:
        """Make the network anew where it is due; one that cannot be used leaves the last in its place."""
        from layers.offices import placed
        from layers.roads import building

        with database.act() as connection:
            if building.due(connection, data_dir):
                problem = building.build(connection, data_dir, placed.needed(data_dir))
                log.info("road network made" if problem is None else "road network refused", problem=problem)

    @app.periodic(cron="* * * * * */5")
    @app.task(name="place_offices", queue=LONG, lock="place_offices", queueing_lock="place_offices")
    def place_offices(timestamp: int) -> None:
        """Place the offices on the network in use where either has changed."""
        from layers.offices import placing
        from layers.roads import networks

        with database.act() as connection:
            network = networks.current(data_dir)
            if network is not None and placing.due(connection, data_dir):
                placing.place(connection, data_dir, network)
                log.info("offices placed on the road network")
