"""How the works of the sample came to where they stand: roads and complaints, entries, each step as an event."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from layers.areas.sample import LAST_DAY
from layers.areas.sample_facts import SOURCE
from layers.areas.sample_land import dice
from layers.db import sql
from layers.records.actors import SYSTEM
from layers.records.events import Told, record_all
from layers.works.holding import COLUMNS, LAYER
from layers.works.sample import stretch
from layers.works.stages import BY_PAIR, OVER
from layers.works.table import Work, WorkChange, WorkProgress, WorkRoad

WAYS: dict[str, tuple[str, ...]] = {
    "proposal": (),
    "planned": ("planned",),
    "budgeted": ("planned", "budgeted"),
    "tendered": ("planned", "budgeted", "tendered"),
    "contracted": ("planned", "budgeted", "tendered", "contracted"),
    "under_way": ("planned", "budgeted", "tendered", "contracted", "under_way"),
    "finished": ("planned", "budgeted", "tendered", "contracted", "under_way", "finished"),
    "maintained": ("planned", "budgeted", "tendered", "contracted", "under_way", "finished", "maintained"),
    "cancelled": ("planned", "budgeted", "cancelled"),
}
SAID = {
    "finished": {"public_text": "Pekerjaan selesai dan sudah dapat dipakai."},
    "cancelled": {"reason": "Anggarannya dialihkan."},
}
NOTES = (
    "Persiapan dan pengukuran.",
    "Pekerjaan badan jalan dan saluran.",
    "Pekerjaan lapis atas.",
    "Tinggal perapian.",
)
REASONS = (
    "Hujan lebat menunda pengecoran.",
    "Tambahan gorong-gorong menurut keadaan di lapangan.",
    "Bahan terlambat datang.",
)
CHANGED = 0.3
BEFORE_D = 160  # days from the proposal to the contract


def tell(connection: Connection) -> None:
    """Give the works of the sample their roads, complaints, entries of progress, changes and events."""
    rows = connection.execute(select(*COLUMNS).where(Work.source == SOURCE).order_by(Work.id)).all()
    _link(connection)
    entries = [entry for row in rows for entry in _entries(row)]
    connection.execute(insert(WorkProgress), entries)
    connection.execute(insert(WorkChange), [change for row in rows for change in _changes(row)])
    record_all(connection, SYSTEM.name, LAYER, [told for row in rows for told in _steps(row)])


def _link(connection: Connection) -> None:
    links = []
    for row in connection.execute(sql("works/sample_links.sql"), {"source": SOURCE}):
        start, end = stretch(row.source_id, row.length_m)
        links.append({"work_id": row.work, "road_id": row.road, "from_m": start, "to_m": end})
    connection.execute(insert(WorkRoad), links)
    connection.execute(sql("works/sample_complaints.sql"), {"source": SOURCE})


def _entries(row: Row[Any]) -> Iterator[dict[str, Any]]:
    """Give an entry for each quarter of the work that is done."""
    if not row.progress:
        return
    last = row.finished_on or LAST_DAY - timedelta(days=2)
    parts = max(1, round(row.progress / 25))
    for part in range(1, parts + 1):
        share = part / parts
        yield {
            "work_id": row.id,
            "day": row.started_on + (last - row.started_on) * share,
            "percent": round(row.progress * share),
            "spent": int(row.spent * share) // 1_000_000 * 1_000_000 if part < parts else row.spent,
            "note": NOTES[min(part, len(NOTES)) - 1],
            "by": SYSTEM.name,
        }


def _changes(row: Row[Any]) -> Iterator[dict[str, Any]]:
    random = dice(f"adendum {row.source_id}")
    if row.stage not in (*OVER, "under_way") or random.random() > CHANGED:
        return
    reason = int(random.integers(len(REASONS)))
    costs = reason == 1
    yield {
        "work_id": row.id,
        "changed_on": min(row.planned_end - timedelta(days=40), LAST_DAY),
        "old_value": int(row.contract_value * 0.94) // 1_000_000 * 1_000_000 if costs else None,
        "new_value": row.contract_value if costs else None,
        "old_end": row.planned_end - timedelta(days=21),
        "new_end": row.planned_end,
        "reason": REASONS[reason],
        "by": SYSTEM.name,
    }


def _steps(row: Row[Any]) -> Iterator[Told]:
    """Tell of a work step by step, each in a role that may take it."""
    yield Told(
        row.number, "register", {"stage": "proposal", "role": "planner", "when": _written(_day(row, "proposal", 0))}
    )
    before = "proposal"
    way = WAYS[row.stage]
    for number, stage in enumerate(way, start=1):
        role = BY_PAIR[before, stage].roles[0]
        noted = {"from": before, "stage": stage, "role": role, "when": _written(_day(row, stage, number / len(way)))}
        yield Told(row.number, "move", noted, SAID.get(stage))
        before = stage


def _day(row: Row[Any], stage: str, share: float) -> date:
    """Give the day of a step: as the work tells it, else spread over the time before."""
    known = {"contracted": row.contract_on, "under_way": row.started_on, "finished": row.finished_on}
    if stage == row.stage or known.get(stage):
        return known.get(stage) or row.stage_on or LAST_DAY
    until = row.contract_on or row.stage_on or LAST_DAY
    return until - timedelta(days=round(BEFORE_D * (1 - share)))


def _written(day: date) -> str:
    return f"{day.isoformat()}T09:00:00+07:00"
