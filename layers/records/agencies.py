"""The agencies (OPD) that own what is on the map and mend it."""

from collections.abc import Iterable

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from layers.records.people import Agency

FIELDS = ("id", "name", "name_en", "phone", "email")


def agencies(connection: Connection) -> list[Agency]:
    """List the agencies by name, as detached rows."""
    columns = [getattr(Agency, field) for field in FIELDS]
    return [Agency(**row._mapping) for row in connection.execute(select(*columns).order_by(Agency.name))]


def is_agency(connection: Connection, agency: str) -> bool:
    """Say whether there is an agency of that id, such as pupr."""
    return connection.scalar(select(Agency.id).where(Agency.id == agency)) is not None


def keep_agencies(connection: Connection, kept: Iterable[Agency]) -> int:
    """Add agencies, or change those already there by their id; give their number."""
    rows = [{field: getattr(agency, field) for field in FIELDS} for agency in kept]
    if rows:
        statement = insert(Agency).values(rows)
        changed = {field: statement.excluded[field] for field in FIELDS[1:]}
        connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed))
    return len(rows)
