"""What changes when areas change: which regency is at home, and which village everything else lies in."""

from sqlalchemy import Connection, text

from layers.areas.queries import locate
from layers.db import sql
from layers.records.actors import SYSTEM
from layers.records.events import record
from layers.records.preferences import REGENCY, TIME_ZONE, preference, set_preference
from layers.registry import layers

CENTRAL, EASTERN = "Asia/Makassar", "Asia/Jayapura"
TIME_ZONES = {
    **dict.fromkeys(("51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"), CENTRAL),
    **dict.fromkeys(("81", "82", "91", "92", "93", "94", "95", "96", "97"), EASTERN),
}


def adopt(connection: Connection, staging: str) -> None:
    """Make the one regency whose boundaries wait in a table the one at home, in the place of the sample's."""
    coming = text(sql("areas/coming_regency.sql").text.replace("the_table", staging))
    _make_home(connection, connection.execute(coming).scalar_one_or_none())


def settle(connection: Connection) -> None:
    """Draw the consequences of new boundaries."""
    settle_home(connection)
    relocate(connection)


def settle_home(connection: Connection) -> None:
    """Make the one kabupaten on the map the regency at home, where none is set."""
    _make_home(connection, connection.execute(sql("areas/only_kabupaten.sql")).scalar_one_or_none())


def time_zone(code: str) -> str:
    """Name the time zone of the province that an area's code begins with."""
    return TIME_ZONES.get(code[:2], "Asia/Jakarta")


def _make_home(connection: Connection, code: str | None) -> None:
    if code and code != preference(connection, REGENCY):
        _keep(connection, REGENCY, code)
        _keep(connection, TIME_ZONE, time_zone(code))


def _keep(connection: Connection, key: str, value: str) -> None:
    set_preference(connection, key, value)
    record(connection, SYSTEM.name, "set_preference", subject=key, value=value)


def relocate(connection: Connection) -> None:
    """Find the village of every feature of every layer anew; rows that stay in theirs are not written."""
    for layer in layers().values():
        if "areas" in layer.needs:
            table = connection.dialect.identifier_preparer.quote(layer.table_name)
            connection.execute(text(sql("areas/copy_places.sql").text.replace("the_table", table)))
            locate(connection, "relocated")
            connection.execute(text(sql("areas/move_to_village.sql").text.replace("the_table", table)))
            connection.execute(text("drop table relocated"))
