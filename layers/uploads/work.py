"""The process in which one step of one upload is done: python -m layers.uploads.work NUMBER.

Whatever a file holds, only this process and the readers that it starts meet it; layers.uploads.turns limits it.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row, update
from sqlalchemy.exc import DatabaseError, OperationalError

from layers import db
from layers.reading.importing import Order, Outcome, take_in, unwatched
from layers.reading.mapping import FileMap
from layers.reading.refusal import FileRefusedError
from layers.registry import layers
from layers.settings import Settings
from layers.uploads import keeping
from layers.uploads.looking import look
from layers.uploads.queries import upload
from layers.uploads.settling import fail, settle
from layers.uploads.sketch import Sketch
from layers.uploads.table import Upload
from layers.uploads.words import not_taken, on_page

EVERY_S = 0.5  # how often progress is told


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
    """Do one step of an upload; a file or a wish that is refused says why, and nothing is written then."""
    try:
        STEPS[row.state](engine, data_dir, row)
        return
    except FileRefusedError as refusal:
        problem = on_page(str(refusal), row.stored, row.name)
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
        outcome = take_in(connection, order, _progress(engine, row.id), sketch.watch)
        act.rollback()
    with engine.begin() as connection:
        settle(connection, row.id, row.state, state="tried", outcome={**_told(outcome), **sketch.told()})


def _take(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Bring the file in, and note it in the same transaction."""
    keeping.clear_refused(data_dir, row.stored)
    with engine.begin() as connection:
        order = _order(data_dir, row, dry_run=False)
        outcome = take_in(connection, order, _progress(engine, row.id), unwatched)
        settle(connection, row.id, row.state, state="taken", outcome={**row.outcome, **_told(outcome)})
    keeping.path(data_dir, row.stored).unlink(missing_ok=True)


STEPS: dict[str, Callable[[Engine, Path, Row[Any]], None]] = {"looking": _look, "trying": _try, "taking": _take}


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


def _progress(engine: Engine, number: int) -> Callable[[str, int, int], None]:
    """Tell how far the step is, on a connection of its own and not too often."""
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


if __name__ == "__main__":
    main(int(sys.argv[1]))
