"""Settings that live in the database: the regency at home, its time zone, whom to call, how long people are kept."""

import re
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from layers.records.tables import Preference

REGENCY = "regency"
TIME_ZONE = "time_zone"
EMERGENCY = "emergency"  # numbers to call, each with who answers
ELSEWHERE = "elsewhere"  # whom to turn to with what lies outside the regency
RETENTION = "retention"  # for how many months after a case was closed it is known who reported it
PUBLIC_WORDS = "public_words"  # whether words that a moderator has let pass stay after that
SHORTEST_MONTHS, LONGEST_MONTHS = 2, 120  # a closed case may be opened again for a month
NUMBER = re.compile(r"([0-9+][0-9 -]*[0-9]) +(\D.*)")
DEFAULTS = {
    REGENCY: "",
    TIME_ZONE: "Asia/Jakarta",
    EMERGENCY: "112 Darurat; 110 Polisi; 113 Pemadam kebakaran; 119 Ambulans; 115 SAR; 123 PLN",
    ELSEWHERE: "SP4N-LAPOR! di lapor.go.id atau SMS 1708",
    RETENTION: "24",
    PUBLIC_WORDS: "keep",
}


def preference(connection: Connection, key: str) -> str:
    """Read one preference, or its default where nobody has set it; raises KeyError for an unknown key."""
    value = connection.scalar(select(Preference.value).where(Preference.key == key))
    return DEFAULTS[key] if value is None else value


def emergency_numbers(connection: Connection) -> list[tuple[str, str]]:
    """List the numbers to call in an emergency, each with who answers."""
    return numbers(preference(connection, EMERGENCY))


def numbers(written: str) -> list[tuple[str, str]]:
    """Read numbers and who answers, such as "112 Darurat; 0724 21234 RSUD"; raises ValueError where one has no name."""
    found = [NUMBER.fullmatch(one.strip()) for one in written.split(";")]
    if not all(found):
        raise ValueError(f"numbers and who answers, parted by semicolons, not {written}")
    return [(one[1], one[2]) for one in found if one]


def set_preference(connection: Connection, key: str, value: str) -> None:
    """Keep one preference; raises KeyError for an unknown key or time zone, ValueError for a wrong value."""
    DEFAULTS[key]
    if key == TIME_ZONE:
        ZoneInfo(value)
    if key == EMERGENCY:
        numbers(value)
    if key == RETENTION and not SHORTEST_MONTHS <= int(value) <= LONGEST_MONTHS:
        raise ValueError(f"from {SHORTEST_MONTHS} to {LONGEST_MONTHS} months, not {value}")
    if key == PUBLIC_WORDS and value not in ("keep", "erase"):
        raise ValueError(f"keep or erase, not {value}")
    statement = insert(Preference).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))
