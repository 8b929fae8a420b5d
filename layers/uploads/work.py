"""The process in which one step of one upload is done: python -m layers.uploads.work NUMBER.

Whatever a file holds, only this process and the readers that it starts meet it; layers.uploads.turns limits it.
"""

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row
from sqlalchemy.exc import DatabaseError, OperationalError

from layers import db
from layers.reading.importing import Order, Outcome, take_in, unwatched
from layers.reading.mapping import FileMap
from layers.reading.refusal import FileRefusedError
from layers.records.accounts import acting
from layers.registry import layers
from layers.settings import Settings
from layers.uploads import keeping, raster_steps, survey_steps
from layers.uploads.acts import ImportRefusedError, check_reach
from layers.uploads.looking import look
from layers.uploads.progress import progress
from layers.uploads.queries import upload
from layers.uploads.settling import fail, settle
from layers.uploads.sketch import Sketch
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


def _look(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    about = look(keeping.path(data_dir, row.stored))
    with engine.begin() as connection:
        settle(connection, row.id, row.state, state="open", about=about)


def _try(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Do all that an import does, and take it back."""
    sketch = Sketch()
    keeping.clear_refused(data_dir, row.stored)
    with engine.connect() as connection, connection.begin() as act:
        order = _order(data_dir, row, dry_run=True)
        outcome = take_in(connection, order, progress(engine, row.id), sketch.watch)
        act.rollback()
    with engine.begin() as connection:
        settle(connection, row.id, row.state, state="tried", outcome={**_told(outcome), **sketch.told()})


def _take(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Bring the file in, and note it in the same transaction."""
    keeping.clear_refused(data_dir, row.stored)
    with engine.begin() as connection:
        order = _order(data_dir, row, dry_run=False)
        outcome = take_in(connection, order, progress(engine, row.id), unwatched)
        settle(connection, row.id, row.state, state="taken", outcome={**row.outcome, **_told(outcome)})
    keeping.path(data_dir, row.stored).unlink(missing_ok=True)


STEPS: dict[Way, dict[str, Callable[[Engine, Path, Row[Any]], None]]] = {
    "layer": {"looking": _look, "trying": _try, "taking": _take},
    "surveys": {"looking": survey_steps.look, "trying": survey_steps.try_out, "taking": survey_steps.take},
    "raster": {"looking": raster_steps.look, "trying": raster_steps.try_out, "taking": raster_steps.take},
}


def _order(data_dir: Path, row: Row[Any], dry_run: bool) -> Order:
    wished = row.wishes
    return Order(
        layer=layers()[row.layer],
        path=keeping.path(data_dir, row.stored),
        refused=keeping.refused_folder(data_dir, row.stored),
        file_layer=wished["part"],
        area=tuple(wished["area"]),
        crs=wished["crs"],
        source=wished["source"],
        dry_run=dry_run,
        whole=wished["whole"],
        actor=row.actor,
        mapped=FileMap.model_validate(wished["mapping"]),
        called=row.name,
    )


def _told(outcome: Outcome) -> dict[str, Any]:
    return {
        "came": outcome.came,
        "written": asdict(outcome.written),
        "reasons": [[str(kind), count] for kind, count in outcome.refused.most_common()],
        "refused_file": outcome.refused_path.name if outcome.refused_path else "",
        "area": outcome.area,
        "source": outcome.source,
        "sha256": outcome.sha256,
        "twins": asdict(outcome.twins) if outcome.twins.most else None,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
