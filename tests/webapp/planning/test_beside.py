"""Another layer beside the minutes: drawn as it lies, told by its own legend, shared, swiped and printed."""

import re
from html import unescape
from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text

from layers.overview import pictures
from layers.overview.pictures import picture
from layers.records import papers
from layers.registry import layers
from tests.webapp.planning.test_report import printed, words
from tests.webapp.staff import engine_of
from webapp.arguments import parse_view
from webapp.planning import asking

SVG = "{http://www.w3.org/2000/svg}"


def address(page: str) -> str:
    return unescape(re.search(r'<img class="over cover" src="([^"]+)"', page)[1])  # type: ignore[index]


def legend(page: str) -> dict[str, int]:
    found = re.findall(r"<li><svg.*?</svg> ([^<]+): <b>([\d.]+)</b>", page, re.DOTALL)
    return {unescape(title): int(number.replace(".", "")) for title, number in found}


@pytest.mark.parametrize("layout", ["sanding", "geser"])
def test_cells_without_internet_lie_beside_the_minutes_and_the_legend_counts_those_in_view(
    planner: FlaskClient, records: Connection, layout: str
) -> None:
    page = planner.get(f"/perencana?tampilan={layout}&kind=sd&lapis2=internet_gaps&kecamatan=18.03.01").text
    assert re.findall(r"<figcaption>([^<]+)", page) == ["SD, motor, musim hujan", "Kesenjangan internet"]
    west, south, east, north = parse_view(parse_qs(address(page).partition("?")[2])["view"][0]).bounds()
    asked = """select kind, count(*) from internet_gap
        where geom && st_makeenvelope(:west, :south, :east, :north, 4326) group by kind"""
    rows = records.execute(text(asked), {"west": west, "south": south, "east": east, "north": north})
    titles = {choice.id: choice.title.id for choice in layers()["internet_gaps"].choices}
    told = legend(page)
    assert told == {titles[kind]: number for kind, number in rows}
    assert 0 < sum(told.values()) < records.scalar(text("select count(*) from internet_gap"))


def test_every_layer_with_something_in_the_regency_is_drawn_in_the_colours_of_its_legend(planner: FlaskClient) -> None:
    offered = re.findall(
        r'<option value="([\w.]+)"',
        planner.get("/perencana?tampilan=sanding").text.partition('name="lapis2">')[2].partition("</select>")[0],
    )
    assert {"internet_gaps", "waste_service", "priority", "roads.condition", "works", "hotspots"} <= set(offered)
    assert "access" not in offered  # the first map shows it
    for name in offered:
        page = planner.get(f"/perencana?tampilan=sanding&lapis2={name}").text
        drawing = planner.get(address(page))
        assert drawing.mimetype == "image/svg+xml"
        strokes = {path.get("stroke") for path in ElementTree.fromstring(drawing.data).iter(f"{SVG}path")}
        subject = asking.others()[name]
        colours = {choice.colour for choice in subject.field.choices if choice.title.id in legend(page)}
        assert colours and colours <= strokes, name


def test_good_and_broken_roads_of_the_picture_lie_where_the_roads_are(
    app: Flask, planner: FlaskClient, records: Connection
) -> None:
    """The middle of a road, as the view places it, is on the line in the colour of its condition."""
    page = planner.get("/perencana?tampilan=sanding&lapis2=roads.condition&kecamatan=18.03.01").text
    view = parse_view(parse_qs(address(page).partition("?")[2])["view"][0])
    with app.app_context():
        drawn = picture(records, asking.others()["roads.condition"], view).svg
    road = records.execute(
        text("""select condition, st_x(at) as lon, st_y(at) as lat from road,
            lateral (select st_startpoint(st_geometryn(geom, 1)) as at) as start
            where condition <> 'belum_disurvei' and at && st_makeenvelope(:w, :s, :e, :n, 4326) order by id limit 1"""),
        dict(zip("wsen", view.bounds(), strict=True)),
    ).one()
    colour = next(c.colour for c in asking.others()["roads.condition"].field.choices if c.id == road.condition)
    x, y = view.pixel(road.lon, road.lat)
    paths = re.findall(rf'd="([^"]+)" stroke="{colour}"', drawn)
    assert min(distance(path, x, y) for path in paths) < 1.5


def distance(path: str, x: float, y: float) -> float:
    """How far the nearest corner of a path of relative steps lies from a pixel."""
    steps = [int(number) for number in re.findall(r"-?\d+", path)]
    pen, nearest = [0, 0], float("inf")
    for across, down in zip(steps[::2], steps[1::2], strict=True):
        pen = [pen[0] + across, pen[1] + down]
        nearest = min(nearest, ((pen[0] - x) ** 2 + (pen[1] - y) ** 2) ** 0.5)
    return nearest


def test_a_view_with_another_layer_is_kept_with_it_and_villages_are_chosen_on_it_too(planner: FlaskClient) -> None:
    planner.post("/perencana/simpan?tampilan=geser&lapis2=waste_service", data={"title": "Sampah dan sekolah"})
    page = planner.get("/perencana").text
    link = unescape(re.search(r'<li><a href="([^"]+)"><span>Sampah dan sekolah', page)[1])  # type: ignore[index]
    shown = planner.get(link).text
    assert "Waktu tempuh di kiri, layanan sampah di kanan" in shown
    second = shown.partition('data-side="b"')[2]
    chosen = planner.get(unescape(re.search(r'<a href="([^"]+)#peta" tabindex', second)[1])).text  # type: ignore[index]
    assert "lapis2=waste_service" in unescape(chosen) and "Dipilih: 1 desa" in chosen
    assert chosen.partition('data-side="b"')[2].count('class="picked"') >= 1


def test_paper_holds_both_maps_with_both_legends_and_both_sources(app: Flask, planner: FlaskClient) -> None:
    _, sheet = printed(app, planner, "tampilan=sanding&kind=sd&lapis2=roads.condition&kecamatan=18.03.01")
    whole = " ".join(words(page) for page in sheet)
    assert "SD, motor, musim hujan" in whole and "Jalan: kondisi" in whole
    assert "Rusak berat:" in whole and "menit:" in whole and "Belum disurvei" in whole
    sources = whole.partition("Sumber:")[2]
    assert re.search(r"Jalan \(\s*Data contoh", sources) and re.search(r"Wilayah \(\s*Data contoh", sources), sources


def test_where_roads_are_too_many_the_legend_and_the_paper_count_none(
    app: Flask, planner: FlaskClient, records: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = "select count(*) from road where status in ('nasional', 'provinsi') or function in ('arteri', 'kolektor')"
    monkeypatch.setattr(pictures, "MOST", records.scalar(text(main)))
    asked = "tampilan=sanding&kind=sd&lapis2=roads&view=104.8012,-4.8345,9"
    page = planner.get(f"/perencana?{asked}").text
    assert "digambar seperti dari jauh, tidak dihitung" in page and "Yang dihitung ialah" not in page
    shown = page.partition('<ul class="legend">')[2].partition("</ul>")[0]
    assert "Jalan nasional" in shown and "<b>" not in shown
    _, sheet = printed(app, planner, asked)
    assert "tidak dihitung" in " ".join(words(page) for page in sheet)


def test_what_is_too_much_to_be_drawn_is_a_sentence_on_paper_and_no_broken_picture(
    app: Flask, planner: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST", 0)
    planner.post("/perencana/cetak?tampilan=sanding&kind=sd&lapis2=roads&view=104.9012,-4.8345,14")
    sheets: list[str] = []
    with engine_of(app).begin() as connection:
        papers.settle_next(connection, app.config["SETTINGS"].data_dir, sheets.append)
    assert "Terlalu banyak untuk digambar" in sheets[0]
    drawings = re.findall(r'<img [^>]*src="data:image/svg\+xml;base64,([^"]*)"', sheets[0])
    assert len(drawings) == 4 and all(drawings), "ground and names of both maps, and nothing between on the second"


def test_a_layer_that_nobody_knows_is_refused_in_a_sentence(planner: FlaskClient) -> None:
    assert planner.get("/perencana?tampilan=sanding&lapis2=cuaca").status_code == 400
    assert planner.get("/perencana?tampilan=satu&lapis2=cuaca").status_code == 200
    assert planner.get("/perencana/lapis.svg").status_code == 404
    assert planner.get("/perencana/lapis.svg?lapis2=cuaca").status_code == 400
