"""The planner's desk: the same villages on maps, in charts and in the table, in classes that can be counted again."""

import re
from html import unescape
from pathlib import Path

import mapclassify
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from layers.records.actors import Grant
from layers.settings import Settings
from tests.databases import SAMPLED, beside
from tests.webapp.staff import engine_of, staff
from webapp import create_app

MINUTES = text(
    "select code, minutes from access_village where kind = :kind and mode = :mode and season = :season"
    " and (:district = '' or left(code, 8) = :district)"
)
BARS = re.compile(r'<svg class="bars".*?</svg>', re.DOTALL)
VILLAGE = re.compile(r'<a href="([^"]+)#peta" tabindex="-1" data-mark="([\d.]+)" data-marks="[^"]*"( class="picked")?>')
ROW = re.compile(r'<tr data-code="([\d.]+)" data-marks="([^"]*)" data-people="[\d.]*"[^>]*?( hidden)?>')


def minutes(records: Connection, district: str = "", **asked: str) -> dict[str, float | None]:
    ways = {"kind": "puskesmas", "mode": "motor", "season": "hujan", "district": district} | asked
    return {row.code: row.minutes for row in records.execute(MINUTES, ways)}


def bars(page: str, number: int = 0) -> dict[str, int]:
    """The bars of a chart: what each chooses, and its value."""
    drawn = BARS.findall(page)[number]
    found = re.findall(r'data-mark="([\w.]+)".*?class="value"[^>]*>([\d.]+)<', drawn, re.DOTALL)
    return {mark: int(value.replace(".", "")) for mark, value in found}


@pytest.mark.parametrize(("method", "theirs"), [("kuantil", mapclassify.Quantiles), ("jenks", mapclassify.FisherJenks)])
def test_the_chart_counts_villages_as_mapclassify_does(
    planner: FlaskClient, records: Connection, method: str, theirs: type
) -> None:
    page = planner.get(f"/perencana?kind=sd&mode=jalan_kaki&kelas={method}&jumlah=5").text
    known = [each for each in minutes(records, kind="sd", mode="jalan_kaki").values() if each is not None]
    counts = theirs(known, 5).counts.tolist()
    assert [number for mark, number in bars(page).items() if mark[1:].isdigit()] == counts


def test_own_limits_make_the_classes_and_who_has_no_way_is_counted_apart(
    planner: FlaskClient, records: Connection
) -> None:
    page = planner.get("/perencana?kind=rumah_sakit&mode=jalan_kaki&kelas=sendiri&batas=60;+120").text
    known = minutes(records, kind="rumah_sakit", mode="jalan_kaki")
    lost = sum(each is None for each in known.values())
    told = bars(page)
    assert told["a0"] == sum(each is not None and each <= 60 for each in known.values())
    assert told["a1"] == sum(each is not None and 60 < each <= 120 for each in known.values())
    assert sum(told.values()) == records.scalar(text("select count(*) from access"))
    assert told.get("ax", 0) == lost


def test_a_kecamatan_narrows_map_table_and_sum(planner: FlaskClient, records: Connection) -> None:
    page = planner.get("/perencana?kecamatan=18.03.01").text
    known = minutes(records, district="18.03.01")
    assert {code for code, _, _ in ROW.findall(page)} == set(known)
    assert {code for _, code, _ in VILLAGE.findall(page)} == set(known)
    people = records.scalar(text("select sum(people) from access where left(village_code, 8) = '18.03.01'"))
    number = f"{round(people):,}".replace(",", ".")
    assert f"{len(known)} desa, {number} jiwa." in page


def test_without_a_script_a_bar_leads_to_its_villages_on_map_and_in_the_table(
    planner: FlaskClient, records: Connection
) -> None:
    page = planner.get("/perencana?kelas=sendiri&batas=15;30").text
    link = unescape(re.search(r'<a href="([^"]+)" data-mark="a1"', page)[1])  # type: ignore[index]
    chosen = planner.get(link.partition("#")[0]).text
    expected = {code for code, each in minutes(records).items() if each is not None and 15 < each <= 30}
    assert expected
    assert {code for code, _, hidden in ROW.findall(chosen) if not hidden} == expected
    assert {code for _, code, picked in VILLAGE.findall(chosen) if picked} <= expected
    assert len([1 for *_, picked in VILLAGE.findall(chosen) if picked]) > 0.9 * len(expected)
    assert f"Dipilih: {len(expected)} desa" in chosen
    assert re.search(r'data-mark="a1" aria-label="[^"]+" class="picked" aria-current="true"', chosen)


def test_a_village_on_the_map_is_chosen_and_let_go_by_its_own_link(planner: FlaskClient) -> None:
    link, code, _ = VILLAGE.findall(planner.get("/perencana").text)[0]
    chosen = planner.get(unescape(link)).text
    assert [each for each, _, hidden in ROW.findall(chosen) if not hidden] == [code]
    back = next(link for link, each, _ in VILLAGE.findall(chosen) if each == code)
    assert "pilih" not in unescape(back)
    touched = re.findall(r'class="held" x="0" y="\d+" width="([\d.]+)%"', BARS.findall(chosen)[0])
    assert sum(float(width) > 0 for width in touched) == 1


def test_two_maps_share_their_classes_and_the_table_tells_the_difference(
    planner: FlaskClient, records: Connection
) -> None:
    page = planner.get(
        "/perencana?tampilan=sanding&kind=sd&mode=motor&season=hujan&kind2=rumah_sakit&mode2=mobil&season2=kering"
    ).text
    first, second = minutes(records, kind="sd"), minutes(records, kind="rumah_sakit", mode="mobil", season="kering")
    both = [each for each in (*first.values(), *second.values()) if each is not None]
    counts = mapclassify.Quantiles(both, 4)
    told = [sum(bars(page, side).get(f"{letter}{i}", 0) for side, letter in enumerate("ab")) for i in range(4)]
    assert told == counts.counts.tolist()
    assert page.count('class="overview side"') == 2
    code, rest = re.search(r'<tr data-code="([\d.]+)"(.*?)</tr>', page, re.DOTALL).groups()  # type: ignore[union-attr]
    if first[code] is not None and second[code] is not None:
        assert f"{abs(second[code] - first[code]):,.1f}".replace(".", ",").removesuffix(",0") in rest  # type: ignore[operator]


def test_a_swipe_shows_the_same_way_in_the_dry_and_in_the_wet(planner: FlaskClient) -> None:
    page = planner.get("/perencana?tampilan=geser&kind=sma&mode=mobil").text
    assert re.findall(r"<figcaption>([^<]+)", page) == [
        "SMA dan SMK, mobil, musim kering",
        "SMA dan SMK, mobil, musim hujan",
    ]
    assert '<p class="slide" data-slide hidden>' in page


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ("30; 15", "harus naik"),
        ("15; 15", "harus naik"),
        ("dekat; jauh", "harus angka menit"),
        ("0; 15", "di atas 0 menit"),
        ("nan", "harus angka menit"),
        ("", "1 sampai 6 batas"),
        ("1 2 3 4 5 6 7", "1 sampai 6 batas"),
    ],
)
def test_limits_that_cannot_be_used_stay_to_be_mended(planner: FlaskClient, limits: str, words: str) -> None:
    answer = planner.get("/perencana", query_string={"kelas": "sendiri", "batas": limits})
    assert answer.status_code == 400
    assert words in answer.text.partition('role="alert"')[2][:300]
    assert f'value="{limits}"' in answer.text


def test_nonsense_is_refused_in_a_sentence(planner: FlaskClient) -> None:
    for asked in ("kind=bank", "season2=salju&tampilan=sanding", "tampilan=bulat", "kelas=x", "jumlah=99", "sort=luas"):
        assert planner.get(f"/perencana?{asked}").status_code == 400, asked
    unknown = planner.get("/perencana?kecamatan=99.99.99")
    assert unknown.status_code == 404 and "Kecamatan ini tidak ada" in unknown.text
    assert planner.get("/perencana?pilih=" + "x" * 3000).status_code == 400
    assert "Tidak ada desa yang cocok" in planner.get("/perencana?pilih=99").text


def test_a_service_that_nobody_gives_says_why_and_what_next(sample_url: str, tmp_path: Path) -> None:
    """In a database of its own, where nobody gives one service that the sample has."""
    app = create_app(Settings(database_url=beside(sample_url, "without_slb", like=SAMPLED), data_dir=tmp_path))
    planner = staff(app, Grant("planner"))
    assert "data-desk" in planner.get("/perencana?kind=slb").text
    with engine_of(app).begin() as connection:
        for table in ("access_village", "access_settlement"):
            connection.execute(text(f"delete from {table} where kind = 'slb'"))
    page = planner.get("/perencana?kind=slb").text
    assert "Belum tersedia" in page and "/layers/offices?kind=slb" in page
    assert "data-desk" not in page
    assert planner.post("/perencana/cetak?kind=slb").status_code == 409
    engine_of(app).dispose()
