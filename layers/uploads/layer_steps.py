"""The steps of a file for an observed layer: looked into, tried and brought in by what scripts/import does too."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Row

from layers.reading.importing import Order, Outcome, take_in, unwatched
from layers.reading.mapping import FileMap
from layers.registry import layers
from layers.uploads import keeping
from layers.uploads.looking import look as look_into
from layers.uploads.progress import progress
from layers.uploads.settling import settle
from layers.uploads.sketch import Sketch


def look(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Tell what layers or sheets a file has, with which columns."""
    about = look_into(keeping.path(data_dir, row.stored))
    with engine.begin() as connection:
        settle(connection, row.id, row.state, state="open", about=about)


def try_out(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Do all that an import does, and take it back."""
    sketch = Sketch()
    keeping.clear_refused(data_dir, row.stored)
    with engine.connect() as connection, connection.begin() as act:
        order = _order(data_dir, row, dry_run=True)
        outcome = take_in(connection, order, progress(engine, row.id), sketch.watch)
        act.rollback()
    with engine.begin() as connection:
        settle(connection, row.id, row.state, state="tried", outcome={**_told(outcome), **sketch.told()})


def take(engine: Engine, data_dir: Path, row: Row[Any]) -> None:
    """Bring the file in, and note it in the same transaction."""
    keeping.clear_refused(data_dir, row.stored)
    with engine.begin() as connection:
        order = _order(data_dir, row, dry_run=False)
        outcome = take_in(connection, order, progress(engine, row.id), unwatched)
        settle(connection, row.id, row.state, state="taken", outcome={**row.outcome, **_told(outcome)})
    keeping.path(data_dir, row.stored).unlink(missing_ok=True)


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
