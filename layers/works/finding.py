"""Which works somebody asks for: narrowed, in an order, a page at a time, each by an index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, select, text

from layers.db import sql
from layers.records.actors import Grant
from layers.works.table import Work

Order = Literal["new", "near", "late"]
ORDERS: Mapping[Order, str] = {
    "new": "stage_on desc nulls last, id desc",
    "near": "distance_m",  # alone: an index orders by nothing beside it
    "late": "late_days desc, id",
}
Group = Literal["running", "planned", "ended"]
GROUPS: Mapping[Group, tuple[str, Order]] = {
    "running": ("stage in ('contracted', 'under_way')", "late"),
    "planned": ("stage in ('proposal', 'planned', 'budgeted', 'tendered')", "new"),
    "ended": ("stage in ('finished', 'maintained', 'cancelled')", "new"),
}
PAGE = 25
LITERALLY = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})
LATE = """((stage in ('contracted', 'under_way') and planned_end < :today)
           or (stage in ('finished', 'maintained') and finished_on > planned_end))"""
FILTERS = {
    "stage": "stage = :stage",
    "kind": "kind = :kind",
    "year": "year = :year",
    "agency": "agency = :agency",
    "district": "left(village_code, 8) = :district",
    "words": "(lower(name) like :words or lower(contractor) like :words or number = :number)",
    "late": LATE,
}


@dataclass(frozen=True)
class Wish:
    """Which works somebody asks for; what is empty does not narrow it. `near` is lon, lat in EPSG:4326.

    `reach` are grants of roles: works whose agency and place one of them covers.
    """

    stage: str = ""
    kind: str = ""
    year: str = ""
    agency: str = ""
    district: str = ""
    words: str = ""
    late: bool = False
    near: tuple[float, float] | None = None
    order: Order = "new"
    reach: tuple[Grant, ...] | None = None
    group: Group | None = None


def works(connection: Connection, wish: Wish, today: date, offset: int = 0, most: int = PAGE) -> Sequence[Row[Any]]:
    """List the works that somebody asks for, each with its days late, and metres from `near`."""
    statement = sql("works/found.sql").text.format(filters=_filters(wish))
    lon, lat = wish.near or (None, None)
    asked = {**_asked(wish, today), "today": today, "lon": lon, "lat": lat, "most": most, "offset": offset}
    paged = f"{statement} order by {ORDERS[wish.order]} limit :most offset :offset"
    return connection.execute(text(paged), asked).all()


def by_standing(connection: Connection, wish: Wish, today: date, offset: int = 0) -> list[Row[Any]]:
    """List a page of works: what is under way first, the latest of it before the rest, and what has ended last."""
    found: list[Row[Any]] = []
    for group, (_, order) in GROUPS.items():
        part = replace(wish, group=group, order=order)
        rows = works(connection, part, today, offset, PAGE - len(found))
        found += rows
        if len(found) == PAGE:
            break
        offset = 0 if rows else offset - number(connection, part, today)
    return found


def number(connection: Connection, wish: Wish, today: date) -> int:
    """Count the works that somebody asks for, on all pages."""
    statement = select(func.count()).select_from(Work).where(text(_filters(wish)))
    return int(connection.execute(statement, _asked(wish, today)).scalar_one())


def _filters(wish: Wish) -> str:
    """Put together only what narrows, so that the planner sees what each keeps."""
    conditions = [condition for name, condition in FILTERS.items() if getattr(wish, name)]
    if wish.group:
        conditions.append(GROUPS[wish.group][0])
    if wish.reach is not None:
        conditions.append(f"({' or '.join(_covered(i, grant) for i, grant in enumerate(wish.reach)) or 'false'})")
    return " and ".join(conditions) or "true"


def _covered(i: int, grant: Grant) -> str:
    place = f"starts_with(village_code || '.', :area_{i} || '.')"
    held = ((grant.agency, f"agency = :agency_{i}"), (grant.area, place))
    return f"({' and '.join(condition for value, condition in held if value) or 'true'})"


def _asked(wish: Wish, today: date) -> dict[str, Any]:
    asked = {name: getattr(wish, name) for name in FILTERS if name not in ("words", "late") and getattr(wish, name)}
    if wish.words:
        asked |= {"words": f"%{wish.words.lower().translate(LITERALLY)}%", "number": wish.words.strip().upper()}
    for i, grant in enumerate(wish.reach or ()):
        asked |= {f"{name}_{i}": value for name, value in (("agency", grant.agency), ("area", grant.area)) if value}
    return asked | ({"today": today} if wish.late else {})
