"""A standing link works as often as it is used until its last day is over, and only for what it was made for."""

from datetime import date
from pathlib import Path

from layers.records import links

LAST = date(2026, 6, 30)


def test_it_works_through_its_last_day_and_not_the_day_after(tmp_path: Path) -> None:
    token = links.standing(tmp_path, "stop", "complaint", "7", "reader:1", until=LAST)
    assert links.read(tmp_path, "stop", token, date(2026, 1, 1)) == ("complaint", "7", "reader:1")
    assert links.read(tmp_path, "stop", token, LAST) == ("complaint", "7", "reader:1")
    assert links.read(tmp_path, "stop", token, date(2026, 7, 1)) is None


def test_nobody_prolongs_it_or_uses_it_for_something_else(tmp_path: Path) -> None:
    token = links.standing(tmp_path, "survey", "7", "reader:1", until=LAST)
    longer = links.standing(tmp_path, "survey", "7", "reader:1", until=date(2036, 6, 30))
    forged = f"{longer.rpartition('.')[0]}.{token.rpartition('.')[2]}"
    assert links.read(tmp_path, "survey", forged, LAST) is None
    assert links.read(tmp_path, "stop", token, LAST) is None
