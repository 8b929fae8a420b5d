"""Kemantapan as the page tells it: of the regency, by status and by kecamatan, against lengths told by hand."""

import re
from pathlib import Path

from sqlalchemy import Connection, text

from layers import db
from layers.records.actors import Actor, Grant
from layers.roads.acts import Order, survey
from layers.settings import Settings
from tests.databases import beside
from tests.layers.access.world import lay_road, settle
from tests.layers.roads.conftest import TODAY
from webapp import create_app

OFFICER = Actor("account:7", (Grant("officer"),))


def see(connection: Connection, road: str, condition: str, metres: int | None = None) -> None:
    number = connection.scalar(text("select id from road where source_id = :road"), {"road": road})
    assert number is not None
    stretch = {"from_m": 0, "to_m": metres} if metres else {}
    order = Order(number, "eye", TODAY, "Budi", {"condition": condition}, **stretch)  # type: ignore[arg-type]
    survey(connection, OFFICER, order, TODAY)


def test_good_and_fair_lengths_are_a_share_of_all_and_what_nobody_saw_is_not_good(
    database_url: str, tmp_path: Path
) -> None:
    """6 km of which 3 are good, 3 km bad, 1 km that nobody has seen: 30 % of all, a third of what was surveyed."""
    url = beside(database_url, "kemantapan")
    client = create_app(Settings(database_url=url, data_dir=tmp_path)).test_client()
    assert "Belum tersedia" in client.get("/jalan/kemantapan").text
    engine = db.connect(url)
    with engine.begin() as connection:
        settle(connection)
        for name, length in (("1", 6_000), ("2", 3_000), ("3", 1_000)):
            lay_road(connection, (1_000, 3_000), (1_000 + length, 3_000), name=name)
        see(connection, "1", "rusak_ringan")
        see(connection, "1", "baik", 3_001)
        see(connection, "2", "rusak_berat")
    engine.dispose()
    page = client.get("/jalan/kemantapan").text
    lead = re.search(r"Dari ([\d,]+) km jalan di Uji, ([\d,]+) % .*Disurvei ([\d,]+) km; .*?, ([\d,]+) %", page)
    assert lead is not None
    assert lead.groups() == ("10", "30", "9", "33,3")
    assert "Jalan kabupaten" in page and "Uji Utara" in page
    assert "Of 10 km of road in Uji, 30 % are good or fair." in client.get("/jalan/kemantapan?lang=en").text
