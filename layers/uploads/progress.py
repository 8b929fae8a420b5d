"""How far a step of an upload is."""

import time
from collections.abc import Callable

from sqlalchemy import Engine, update

from layers.uploads.table import Upload

EVERY_S = 0.5  # how often progress is told

Report = Callable[[str, int, int], None]


def progress(engine: Engine, number: int) -> Report:
    """Tell how far a step is, on a connection of its own and not too often."""
    last = 0.0

    def report(step: str, done: int, total: int) -> None:
        """Note the name of a step at work, and rows done and expected."""
        nonlocal last
        if time.monotonic() - last < EVERY_S:
            return
        last = time.monotonic()
        told = {"step": step, "done": done, "total": total}
        with engine.begin() as connection:
            connection.execute(update(Upload).where(Upload.id == number).values(progress=told))

    return report
