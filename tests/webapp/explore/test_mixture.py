"""A layer that holds sample rows beside real ones tells them apart, and says whose licence is whose."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, insert, select

from layers.offices.table import Office
from layers.records.licences import keep_licence
from layers.records.tables import SourceLicence
from layers.settings import Settings
from tests.webapp.explore.pages import opened
from webapp import create_app

REAL = "ujian-campuran"
HERE = "lat=-4.8&lon=104.9"


class Mixture(NamedTuple):
    """Two health centres side by side, one of them made up, and who looks at them."""

    client: FlaskClient
    real: int
    made_up: int


@pytest.fixture
def mixture(engine: Engine, settings: Settings) -> Iterator[Mixture]:
    rows = [
        {"source": source, "source_id": "campuran", "kind": "puskesmas", "name": f"Dari {source}", "geom": point}
        for source, point in ((REAL, "SRID=4326;POINT(104.91 -4.8)"), ("contoh", "SRID=4326;POINT(104.92 -4.8)"))
    ]
    with engine.begin() as connection:
        connection.execute(insert(Office), rows)
        keep_licence(connection, "offices", REAL, "ODbL 1.0", "https://opendatacommons.org/licenses/odbl/")
        planted = select(Office.source, Office.id).where(Office.source_id == "campuran")
        ids = {row.source: row.id for row in connection.execute(planted)}
    yield Mixture(create_app(settings).test_client(), ids[REAL], ids["contoh"])
    with engine.begin() as connection:
        connection.execute(delete(Office).where(Office.source_id == "campuran"))
        connection.execute(delete(SourceLicence).where(SourceLicence.source == REAL))


def marked(html: str) -> list[bool]:
    """Tell of each office on a page, in order, whether it is called a sample."""
    parts = re.split(r"<a href=\"/layers/offices/\d+\">(?=Dari)", html)[1:]
    return ["made-up" in part for part in parts]


def test_the_popup_of_a_row_says_what_that_row_is(mixture: Mixture):
    told = [mixture.client.get(f"/map/facts/offices/{number}.json").json for number in (mixture.real, mixture.made_up)]
    assert [known["sample"] for known in told if known] == [False, True]


@pytest.mark.parametrize("page", [f"/nearest?{HERE}&kind=puskesmas", "/layers/offices?kind=puskesmas"])
def test_only_the_made_up_one_is_marked(mixture: Mixture, page: str):
    assert marked(opened(mixture.client, page).html) == [False, True]


def test_nothing_is_marked_where_all_is_sample_data_since_the_band_says_so(mixture: Mixture, engine: Engine):
    with engine.begin() as connection:
        connection.execute(delete(Office).where(Office.source == REAL))
    assert marked(opened(mixture.client, f"/nearest?{HERE}&kind=puskesmas").html) == [False]


def test_a_list_states_the_licence_of_each_source_it_holds_and_of_no_other(mixture: Mixture):
    both = opened(mixture.client, "/layers/offices?kind=puskesmas").text
    assert f"Sumber: {REAL}, data contoh" in both or f"Sumber: data contoh, {REAL}" in both
    assert f"{REAL}: ODbL 1.0" in both and "contoh: Data publik" in both
    assert "Lisensi: ODbL 1.0" in opened(mixture.client, f"/layers/offices?source={REAL}").text


def test_the_overview_of_layers_states_them_too(mixture: Mixture):
    assert f"{REAL}: ODbL 1.0" in opened(mixture.client, "/layers").text


def test_a_search_marks_the_made_up_one_too(mixture: Mixture):
    found = opened(mixture.client, "/search?q=dari+contoh").html
    rows = {name: row for row in found.split("<li>") for name in ("Dari contoh", f"Dari {REAL}") if name in row}
    assert "made-up" in rows["Dari contoh"]
    assert "made-up" not in rows.get(f"Dari {REAL}", "")
    sources = {
        place["properties"]["source"] for place in mixture.client.get("/api/search?q=dari+contoh").json["features"]
    }
    assert "contoh" in sources
