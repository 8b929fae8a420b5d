"""Public works as anyone meets them: what is being built, near whom, for how much, and as a standard package."""

import json
import re
from math import asin, cos, radians, sin, sqrt

from flask.testing import FlaskClient
from sqlalchemy import Connection, text

ROWS = re.compile(r'<th scope="row"><a href="/pekerjaan/(\d+)">')


def listed(client: FlaskClient, address: str) -> list[int]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return [int(number) for number in ROWS.findall(answer.text)]


def test_the_nearest_works_come_first(client: FlaskClient, records: Connection) -> None:
    """Held against the great circle to the nearest corner of each work, which is near enough to order by."""
    lon, lat = 104.9, -4.83
    corners = "select id, st_x(d.geom) as x, st_y(d.geom) as y from work, st_dumppoints(work.geom) as d"
    far: dict[int, float] = {}
    for row in records.execute(text(corners)):
        a, b = radians(lat), radians(row.y)
        part = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(row.x - lon) / 2) ** 2
        far[row.id] = min(far.get(row.id, 1e9), 2 * 6_371_000 * asin(sqrt(part)))
    found = listed(client, f"/pekerjaan?lat={lat}&lon={lon}")
    assert len(found) == 25
    assert max(far[each] for each in found[:10]) <= sorted(far.values())[9] + 500


def test_late_works_are_those_beyond_the_day_that_was_agreed(client: FlaskClient, records: Connection) -> None:
    late = "select id from work where (stage in ('finished', 'maintained') and finished_on > planned_end)"
    running = "select id from work where stage in ('contracted', 'under_way') and planned_end < current_date"
    expected = set(records.scalars(text(f"{late} union {running}")))
    pages = (listed(client, f"/pekerjaan?late=1&page={page}") for page in range(1, -(-len(expected) // 25) + 1))
    assert {each for page in pages for each in page} == expected


def test_filters_narrow_the_list(client: FlaskClient, records: Connection) -> None:
    asked = "select id from work where year = '2026' and stage = 'under_way' and village_code like '18.03.%'"
    assert set(listed(client, "/pekerjaan?year=2026&stage=under_way")) == set(records.scalars(text(asked)))
    assert listed(client, "/pekerjaan?q=tidak-ada-yang-begini") == []
    assert client.get("/pekerjaan?stage=nonsense").status_code == 400
    assert client.get("/pekerjaan?page=99").status_code == 404


def test_money_by_kecamatan_adds_up_to_what_the_works_say(client: FlaskClient, records: Connection) -> None:
    asked = "select sum(budget) from work where year = '2026' and stage not in ('proposal', 'cancelled')"
    known = records.scalar(text(asked))
    page = client.get("/pekerjaan/uang?year=2026").text
    planned = re.findall(r'data-label="Dianggarkan">Rp([\d.]+)</td>', page)
    assert sum(int(amount.replace(".", "")) for amount in planned) == known
    assert client.get("/pekerjaan/uang?year=1999").status_code == 404


def test_a_work_leads_into_a_report_about_it(client: FlaskClient, records: Connection) -> None:
    work = records.execute(text("select id, name from work where kind = 'drainase' limit 1")).one()
    page = client.get(f"/pekerjaan/{work.id}").text
    link = re.search(r'href="(/lapor\?about=works:[^"]+)"', page)
    assert link
    start = client.get(link[1].replace("&amp;", "&")).text
    assert f"Tentang: <b>{work.name}</b>" in start
    assert 'name="kind" value="drainase"' in start


def test_what_was_given_as_money_reads_as_rupiah_everywhere(client: FlaskClient, records: Connection) -> None:
    work = records.execute(text("select id, budget from work where budget is not null limit 1")).one()
    written = f"Rp{work.budget:,}".replace(",", ".")
    assert written in client.get(f"/pekerjaan/{work.id}").text
    assert written in client.get(f"/layers/works/{work.id}").text


def test_programs_get_a_package_of_all_or_of_one(client: FlaskClient, records: Connection) -> None:
    whole = json.loads(client.get("/works.json").data)
    number = records.scalar(text("select count(*) from work"))
    assert len(whole["projects"]) == number
    one = json.loads(client.get("/works/P-1.json").data)
    assert [project["id"] for project in one["projects"]] == ["P-1"]
    assert client.get("/works.json?page=2").status_code == 404
    assert client.get("/works/P-999999.json").status_code == 404


def test_works_that_are_not_there_are_missed_in_words(client: FlaskClient) -> None:
    for address in ("/pekerjaan/999999", "/pekerjaan/foto/1.jpg", "/pekerjaan/dokumen/1.pdf", f"/pekerjaan/{2**70}"):
        assert client.get(address).status_code == 404


def test_the_list_begins_with_what_is_under_way_and_calls_nothing_late_that_is_finished(
    client: FlaskClient, records: Connection
) -> None:
    running = set(records.scalars(text("select id from work where stage in ('contracted', 'under_way')")))
    assert running and set(listed(client, "/pekerjaan")[: len(running)]) <= running
    over = client.get("/pekerjaan?stage=finished").text
    assert "hari sesudah rencana" in over and "terlambat" not in over.partition('id="hasil"')[2]
