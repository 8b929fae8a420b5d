"""What a scenario may close, move and open, and what all that it changes is called."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from layers.db import sql
from layers.records.preferences import REGENCY, preference

OPENED = ("puskesmas", "rumah_sakit", "sd", "smp", "sma", "kantor_camat", "tps")  # kinds that a scenario may open
OFFICES, SITES = "o", "w"  # how keys of offices and of waste sites begin
MOST = 8


def movable(connection: Connection, words: str, keys: Sequence[str] = ()) -> Sequence[Row[Any]]:
    """List offices and TPS of the regency with some keys, then those whose names hold some words (in small letters);
    some TPS for no words.
    """
    plain = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    asked = {
        "kinds": list(OPENED),
        "words": f"%{plain}%",
        "all": bool(words),
        "keys": list(keys),
        "most": MOST + len(keys),
    }
    regency = preference(connection, REGENCY)
    return connection.execute(sql("priority/movable.sql"), asked | {"regency": regency}).all()


def called(connection: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Name candidates, offices and TPS by their keys; what is gone, or has no name, is left out."""
    given = list(keys)
    numbers = {
        prefix: [int(key[2:]) for key in given if is_place(key) and key[0] == prefix] for prefix in (OFFICES, SITES)
    }
    asked = {"keys": given, "offices": numbers[OFFICES], "sites": numbers[SITES]}
    return {row.key: row.name for row in connection.execute(sql("priority/named.sql"), asked) if row.name}


def is_place(key: str) -> bool:
    """Say whether a key is that of an office or a TPS, such as o:12."""
    prefix, _, number = key.partition(":")
    return prefix in (OFFICES, SITES) and number.isascii() and number.isdigit() and len(number) < 19
