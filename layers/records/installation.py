"""The mark of this installation: random, so that no version of a layer is taken for the same number elsewhere."""

from secrets import token_hex

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from layers.records.tables import Preference

KEY = "installation"


def mark(connection: Connection) -> str:
    """Give the mark that a migration has made, eight hexadecimal digits; empty where somebody has taken it away."""
    return connection.scalar(select(Preference.value).where(Preference.key == KEY)) or ""


def renew_mark(connection: Connection) -> None:
    """Make another mark: what comes from a backup counts its versions on from where they once were."""
    statement = insert(Preference).values(key=KEY, value=token_hex(4))
    connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
    )
