"""What a filter, a moment and a box may be: what everybody writes alike, and nothing else."""

import pytest
from flask.testing import FlaskClient

from tests.webapp.ogc.conftest import NUMBERS
from tests.webapp.ogc.test_features import EPSG, OFFICES, get, names


@pytest.mark.parametrize(
    ("layer_id", "field", "written"),
    [
        *(("areas", "population", number) for number in ("1_000", " 10", "١٠", "1.0", "1e3", "+1")),
        *(("roads", "width_m", number) for number in ("nan", "inf", "-Infinity", "1_0.5", "1e400", "٣", "0x10", ".")),
    ],
)
def test_what_only_python_takes_for_a_number_is_refused(
    client: FlaskClient, layer_id: str, field: str, written: str
) -> None:
    answer = client.get(f"/ogc/collections/{layer_id}/items", query_string={field: written})
    assert answer.status_code == 400
    assert "saringan" in answer.get_json()["detail"]


@pytest.mark.parametrize("written", ["3", "3.5", "-1", "1e-05", "2E3"])
def test_plain_numbers_are_taken(client: FlaskClient, written: str) -> None:
    get(client, "/collections/roads/items", width_m=written)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-12:00", "2026-13-01", "0001-01-01T00:00:00+14:00"])
def test_a_moment_beyond_the_calendar_is_refused_with_the_sentence_about_moments(
    client: FlaskClient, moment: str
) -> None:
    answer = client.get(OFFICES, query_string={"datetime": moment})
    assert answer.status_code == 400
    assert "datetime" in answer.get_json()["detail"]


def test_days_run_by_the_clock_of_utc(client: FlaskClient) -> None:
    """Offices know the day on which they were checked; 3 h on the 6th in Jakarta is still the 5th in Greenwich."""
    for moment, day in (("2026-01-06T03:00:00+07:00", 5), ("2026-01-04T22:00:00-05:00", 5)):
        found = get(client, "/collections/offices/items", datetime=moment, limit=1000)
        assert {1 + n % 31 for n in names(found)} == {day}


def test_the_whole_world_in_metres_is_a_box(client: FlaskClient) -> None:
    edge = 20037508.342789244
    world = f"{-edge},{-edge},{edge},{edge}"
    found = get(client, "/collections/offices/items", bbox=world, bbox_crs=f"{EPSG}3857", limit=1000)
    assert len(found["features"]) == NUMBERS["offices"]


def test_text_that_attacks_is_only_text(client: FlaskClient) -> None:
    for value in ("'; drop table office --", "<script>alert(1)</script>", "{{7*7}}", "%"):
        assert get(client, "/collections/offices/items", address=value)["features"] == []
        page = client.get(OFFICES, query_string={"address": value, "f": "html"})
        assert page.status_code == 200
        assert "<script>alert" not in page.text


def test_an_endless_query_is_refused(client: FlaskClient) -> None:
    assert client.get(OFFICES, query_string={"address": "x" * 5_000}).status_code == 414
