"""The process in which one step of one upload is done: python -m layers.uploads.work NUMBER.

Whatever a file holds, only this process and the readers that it starts meet it; layers.uploads.turns limits it.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row
from sqlalchemy.exc import DatabaseError, OperationalError

from layers import db
from layers.reading.refusal import FileRefusedError
from layers.records.accounts import acting
from layers.settings import Settings
from layers.uploads import layer_steps, raster_steps, survey_steps
from layers.uploads.acts import ImportRefusedError, check_reach
from layers.uploads.queries import upload
from layers.uploads.settling import fail
from layers.uploads.targets import Way, target
from layers.uploads.words import NO_LONGER, not_taken, on_page


def main(number: int) -> None:
    """Do the step that an upload waits for, and note what became of it."""
    settings = Settings.from_environment()
    engine = db.connect(settings.database_url, pool_size=2)
    with engine.connect() as connection:
        row = upload(connection, number)
    if row is not None:
        advance(engine, settings.data_dir, row)
    engine.dispose()


def advance(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Do one step of an upload, for whom it is still allowed; what is refused says why, and nothing is written then."""
    try:
        with engine.connect() as connection:
            check_reach(acting(connection, row.actor))
        STEPS[target(row.layer).way][row.state](engine, data_dir, row)
        return
    except FileRefusedError as refusal:
        problem = on_page(str(refusal), row.stored, row.name)
    except ImportRefusedError:
        problem = NO_LONGER
    except OperationalError:
        raise  # the database is away: that is no fault of the file
    except DatabaseError as error:
        problem = not_taken(error)
    with engine.begin() as connection:
        fail(connection, row.id, row.state, problem)


STEPS: dict[Way, dict[str, Callable[[Engine, Path, Row[Any]], None]]] = {
    "layer": {"looking": layer_steps.look, "trying": layer_steps.try_out, "taking": layer_steps.take},
    "surveys": {"looking": survey_steps.look, "trying": survey_steps.try_out, "taking": survey_steps.take},
    "raster": {"looking": raster_steps.look, "trying": raster_steps.try_out, "taking": raster_steps.take},
}


if __name__ == "__main__":
    main(int(sys.argv[1]))
