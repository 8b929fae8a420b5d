"""An administrator draws the area of a rule on the page itself, by presses on its map, or brings it as GeoJSON."""

import re
from html import unescape
from io import BytesIO

import pytest
import shapely
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from werkzeug.test import TestResponse

from geo.view import View
from tests.webapp.rulebook.test_rules import tried

NEW = "/admin/aturan/rute/baru"
RULE = {"position": "4", "kind": "sampah", "agency": "pupr", "source": "M", "area_name": "Pasar Kotabumi"}
RULE |= {"why": "Sampah pasar diurus PUPR.", "why_en": "Public works clears the market."}
VIEW = {"view": "104.9,-4.8,12"}
PRESSES = [(100, 90), (228, 90), (164, 240)]  # px of the map, around its middle
SQUARE = '{"type":"Polygon","coordinates":[[[104.88,-4.82],[104.92,-4.82],[104.92,-4.78],[104.88,-4.78]]]}'


def shown(pattern: str, page: str) -> str:
    found = re.search(pattern, page, re.DOTALL)
    assert found, pattern
    return unescape(found[1])


def drawn(page: str) -> str:
    return shown(r'<textarea id="drawn"[^>]*>\n(.*?)</textarea>', page)


def kept(rows: Engine) -> int:
    with rows.connect() as connection:
        return int(connection.scalar(text("select count(*) from complaint_route where area_name is not null")) or 0)


def newest(rows: Engine) -> str:
    with rows.connect() as connection:
        return f"/admin/aturan/rute/{connection.scalar(text('select max(id) from complaint_route'))}"


def bring(client: FlaskClient, name: str, body: bytes, **different: str) -> TestResponse:
    return client.post(NEW, data={**RULE, **different, "area_file": (BytesIO(body), name)})


def test_an_area_is_drawn_by_presses_on_the_map_without_a_script_and_named_where_its_rule_is_tried(
    administrator: FlaskClient, rows: Engine
) -> None:
    typed = ""
    for x, y in [PRESSES[0], (1, 1), *PRESSES[1:]]:
        answer = administrator.post(NEW, data={**RULE, **VIEW, "drawn": typed, "map328.x": f"{x}", "map328.y": f"{y}"})
        typed = drawn(answer.text)
        assert answer.status_code == 200 and RULE["why"] in answer.text
        if (x, y) == (1, 1):  # pressed wrongly
            typed = drawn(administrator.post(NEW, data={**RULE, **VIEW, "drawn": typed, "undo": "1"}).text)
    assert "<path" in answer.text.split('id="peta"')[1], "the area shows before it is kept"
    seen = [float(part) for part in shown('name="view" value="([^"]+)"', answer.text).split(",")]
    assert kept(rows) == 0 and len(typed.splitlines()) == 3
    assert administrator.post(NEW, data={**RULE, "drawn": typed}).status_code == 303
    assert "kawasan “Pasar Kotabumi”" in administrator.get("/admin/aturan").text
    inside = tried(administrator, kind="tumpukan_sampah")
    assert "Sampah pasar diurus PUPR. Tempat ini di dalam kawasan “Pasar Kotabumi”." in inside
    assert "Pasar Kotabumi" not in tried(administrator, kind="tumpukan_sampah", lat="-4.89")
    assert "Pasar" not in tried(administrator, kind="tumpukan_sampah", lat="", lon="", village="18.03.05.2001")
    here = newest(rows)
    area = shapely.from_geojson(administrator.get(f"{here}/kawasan.geojson").data)
    view = View(*seen)
    scale = view.width / 328
    meant = shapely.Polygon([view.at_pixel(x * scale, y * scale) for x, y in PRESSES])
    assert shapely.hausdorff_distance(area, meant) < 0.0001
    page = administrator.get(here).text
    assert sorted(drawn(page).splitlines()) == sorted(typed.splitlines())
    assert administrator.post(here, data={**RULE, "position": "5", "drawn": ""}).status_code == 303
    assert kept(rows) == 1, "it stays"
    assert administrator.post(f"{here}/hapus").status_code == 303
    assert administrator.get(f"{here}/kawasan.geojson").status_code == 404


@pytest.mark.parametrize("brought", [SQUARE.encode(), b"\xef\xbb\xbf" + SQUARE.encode()])
def test_a_file_of_geojson_is_the_area(administrator: FlaskClient, rows: Engine, brought: bytes) -> None:
    assert bring(administrator, "pasar.geojson", brought).status_code == 303
    here = newest(rows)
    assert shapely.from_geojson(administrator.get(f"{here}/kawasan.geojson").data).equals(shapely.from_wkt(BOX))
    administrator.post(f"{here}/hapus")


BOX = "POLYGON((104.88 -4.82,104.92 -4.82,104.92 -4.78,104.88 -4.78,104.88 -4.82))"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"drawn": "-4.8, 104.9\n-4.81, 104.9"}, "tiga titik"),
        ({"drawn": SQUARE[:-3]}, "tidak utuh"),
        ({"drawn": SQUARE.replace("104.", "107.")}, "di luar kabupaten"),
        ({"drawn": SQUARE, "area_name": ""}, "Beri nama"),
        ({"drawn": SQUARE, "area_code": "18.03.05"}, "Pilih satu"),
        ({"drawn": ""}, "belum punya batas"),
        ({"drawn": SQUARE, **VIEW, "map328.x": "9", "map328.y": "9"}, "Kosongkan dahulu"),
        ({"drawn": SQUARE, "undo": "1"}, "Kosongkan dahulu"),
    ],
)
def test_what_is_no_area_is_told_on_the_page_and_nothing_typed_is_lost(
    administrator: FlaskClient, rows: Engine, wrong: dict[str, str], told: str
) -> None:
    answer = administrator.post(NEW, data={**RULE, **wrong})
    assert answer.status_code == 422 and told in answer.text
    assert drawn(answer.text) == wrong["drawn"] and RULE["why_en"] in answer.text
    assert kept(rows) == 0


def test_a_file_that_is_no_text_is_refused_in_words_and_one_that_is_wrong_can_be_mended_in_place(
    administrator: FlaskClient, rows: Engine
) -> None:
    zipped = bring(administrator, "batas.zip", b"PK\x03\x04\xff\xfe", drawn=SQUARE)
    assert zipped.status_code == 422 and "bukan GeoJSON" in zipped.text and drawn(zipped.text) == SQUARE
    cut = bring(administrator, "pasar.geojson", SQUARE[:-3].encode())
    assert cut.status_code == 422 and drawn(cut.text) == SQUARE[:-3]
    assert kept(rows) == 0


def test_what_is_too_long_is_refused_in_words_whatever_letters_it_has_and_takes_the_place_of_nothing(
    administrator: FlaskClient, rows: Engine
) -> None:
    for body in ("é".encode() * 400_000, b" " * 1_500_000):
        answer = bring(administrator, "kabupaten.geojson", body, drawn="-4.8, 104.9")
        assert answer.status_code == 422 and "terlalu panjang" in answer.text
        assert drawn(answer.text) == "-4.8, 104.9" and RULE["why_en"] in answer.text
    pasted = bring(administrator, "", b"", drawn="-4.8, 104.9\n" * 50_000)
    assert pasted.status_code == 422 and "terlalu panjang" in pasted.text
    assert kept(rows) == 0


def test_an_area_whose_box_is_left_as_it_was_shown_stays_to_the_last_decimal(
    administrator: FlaskClient, rows: Engine
) -> None:
    fine = SQUARE.replace("104.88", "104.880000123")
    assert bring(administrator, "pasar.geojson", fine.encode()).status_code == 303
    here = newest(rows)
    before = administrator.get(f"{here}/kawasan.geojson").data
    shown_again = drawn(administrator.get(here).text).replace("\n", "\r\n")
    assert administrator.post(here, data={**RULE, "drawn": shown_again, "position": "5"}).status_code == 303
    assert administrator.get(f"{here}/kawasan.geojson").data == before
    administrator.post(f"{here}/hapus")


def test_the_map_of_the_form_is_looked_at_elsewhere_and_keeps_what_was_typed(administrator: FlaskClient) -> None:
    page = administrator.post(NEW, data={**RULE, **VIEW, "drawn": SQUARE, "look": "104.9,-4.8,13.0"}).text
    assert ',13.0"' in page and drawn(page) == SQUARE and RULE["why"] in page
