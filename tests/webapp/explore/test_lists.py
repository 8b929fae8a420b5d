"""Every layer as a list and as single features, driven by the registry."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, text

from layers.layer import Layer
from layers.registry import menu
from tests.webapp.explore.pages import opened

EVERY = pytest.mark.parametrize("layer", menu(), ids=lambda layer: layer.id)


def first_id(records: Connection, layer: Layer) -> int:
    return int(records.execute(text(f"select min(id) from {layer.table_name}")).scalar_one())


def in_indonesian(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@EVERY
def test_a_list_counts_all_features_and_shows_the_first(client: FlaskClient, records: Connection, layer: Layer):
    page = opened(client, f"/layers/{layer.id}")
    total = records.execute(text(f"select count(*) from {layer.table_name}")).scalar_one()
    assert page.heading == f"{layer.title.id} {in_indonesian(total)}"
    assert len(set(re.findall(rf'<th scope="row"><a href="/layers/{layer.id}/(\d+)"', page.html))) == min(total, 25)


@EVERY
def test_each_choice_of_the_legend_is_a_filter(client: FlaskClient, records: Connection, layer: Layer):
    statement = text(f"select {layer.classify}, count(*) from {layer.table_name} group by 1")
    for choice, number in records.execute(statement).all():
        page = opened(client, f"/layers/{layer.id}?{layer.classify}={choice}")
        assert page.heading == f"{layer.title.id} {in_indonesian(number)}"


@EVERY
def test_a_feature_shows_every_public_field_and_no_other(client: FlaskClient, records: Connection, layer: Layer):
    html = opened(client, f"/layers/{layer.id}/{first_id(records, layer)}").html
    told = set(re.findall(r"<dt>([^<]+)</dt>", html))
    aside = {"name", layer.classify, "source", "checked_on", "village_code"}
    assert {f.title.id for f in layer.public_fields if f.name not in aside} <= told
    assert not {f.title.id for f in layer.fields if not f.public} & told


@EVERY
def test_a_feature_lies_on_its_map(client: FlaskClient, records: Connection, layer: Layer):
    html = opened(client, f"/layers/{layer.id}/{first_id(records, layer)}").html
    assert 'class="spot"' in html or '<svg class="over shapes"' in html


def test_the_description_of_a_complaint_stays_hidden(client: FlaskClient, records: Connection):
    hidden = records.execute(text("select id, description from complaint where description is not null limit 1")).one()
    for address in (f"/layers/complaints/{hidden.id}", "/layers/complaints"):
        assert hidden.description not in opened(client, address).text


def test_sorting_by_a_column_orders_the_whole_list(client: FlaskClient, records: Connection):
    most = records.execute(text("select name from area where level = 'desa' order by population desc, id limit 1"))
    html = opened(client, "/layers/areas?level=desa&sort=-population").html
    assert re.findall(r'<th scope="row"><a[^>]*>([^<]+)<', html)[0] == most.scalar_one()


def test_the_pages_of_a_list_hold_each_feature_once(client: FlaskClient):
    seen: list[str] = []
    for number in range(1, 5):
        seen += re.findall(
            r'<th scope="row"><a href="/layers/waste/(\d+)"', opened(client, f"/layers/waste?page={number}").html
        )
    assert len(seen) == len(set(seen)) == 77


def test_a_text_search_keeps_the_filter_and_the_download_takes_both_along(client: FlaskClient):
    page = opened(client, "/layers/offices?kind=puskesmas&q=kotabumi")
    assert "Puskesmas Kotabumi" in page.text
    assert "/layers/offices/export.csv?kind=puskesmas&q=kotabumi" in page.links


def test_a_list_without_a_match_offers_to_drop_the_filters(client: FlaskClient):
    assert "Tidak ada yang cocok" in opened(client, "/layers/offices?q=xqzwvk").text


def test_an_office_tells_its_services_with_what_to_bring(client: FlaskClient, records: Connection):
    number = records.execute(text("select id from office where kind = 'dukcapil' limit 1")).scalar_one()
    page = opened(client, f"/layers/offices/{number}")
    assert "KTP elektronik baru" in page.text and "Berusia 17 tahun" in page.text and "UU 24/2013" in page.text


def test_a_kecamatan_lists_its_villages_and_a_village_what_lies_there(client: FlaskClient, records: Connection):
    district, name = records.execute(
        text("select above.id, area.name from area join area as above on above.code = area.parent_code "
             "where area.level = 'desa' limit 1")
    ).one()  # fmt: skip
    assert name in opened(client, f"/layers/areas/{district}").text
    village, code = records.execute(text("select id, code from area where level = 'desa' limit 1")).one()
    assert f"/layers/offices?village_code={code}" in opened(client, f"/layers/areas/{village}").links


@EVERY
def test_sources_and_counts_are_told(client: FlaskClient, records: Connection, layer: Layer):
    total = records.execute(text(f"select count(*) from {layer.table_name}")).scalar_one()
    assert f"data contoh : {in_indonesian(total)} data" in opened(client, "/about/data").text


@EVERY
def test_the_overview_counts_every_choice(client: FlaskClient, records: Connection, layer: Layer):
    page = opened(client, "/layers").text
    statement = text(f"select {layer.classify}, count(*) from {layer.table_name} group by 1")
    for choice, number in records.execute(statement):
        assert f"{layer.choice(choice).title.id} {in_indonesian(number)}" in page


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/layers/istana", 404, "Lapisan data ini tidak ada"),
        ("/layers/offices/999999999", 404, "Data ini tidak ada"),
        ("/layers/offices/99999999999999999999999", 404, "Data ini tidak ada"),
        ("/layers/offices?page=-1", 400, "Nomor halaman"),
        ("/layers/offices?page=0", 400, "Nomor halaman"),
        ("/layers/offices?page=x", 400, "Nomor halaman"),
        ("/layers/offices?page=99999", 404, "berakhir di halaman"),
        ("/layers/offices?page=99999999999999999999", 400, "Nomor halaman"),
        ("/layers/offices?page=00000000199999999999", 400, "Nomor halaman"),
        ("/layers/offices?kind=istana", 400, "Pilihan ini tidak ada"),
        ("/layers/offices?sort=password", 400, "tidak dapat diurutkan"),
        ("/layers/complaints?sort=description", 400, "tidak dapat diurutkan"),
    ],
)
def test_nonsense_is_answered_in_one_sentence(client: FlaskClient, address: str, status: int, told: str):
    assert told in opened(client, address, status).text


def test_an_empty_layer_says_why_it_is_empty(bare: FlaskClient):
    assert "belum berisi data" in opened(bare, "/layers/waste").text


def test_reports_come_newest_first_on_the_screen_and_in_the_file(client: FlaskClient, records: Connection):
    newest = records.execute(text("select name from complaint order by reported_at desc, id limit 1")).scalar_one()
    html = opened(client, "/layers/complaints").html
    assert re.findall(r'<th scope="row"><a[^>]*>([^<]+)<', html)[0] == newest
    file = client.get("/layers/complaints/export.geojson").get_json(force=True)
    assert file["features"][0]["properties"]["name"] == newest


def test_beyond_the_last_page_no_row_is_read(client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr("layers.features.page")
    assert "berakhir di halaman" in opened(client, "/layers/offices?page=99999", 404).text


@pytest.mark.parametrize("address", ["/layers", "/about/data"])
def test_counts_and_sources_are_found_out_once_until_a_layer_changes(bare: FlaskClient, address: str):
    bare.get(address)
    asked = heard(bare)
    bare.get(address)
    assert not [statement for statement in asked if "group by" in statement.lower()]
    assert asked


def heard(client: FlaskClient) -> list[str]:
    """Collect what an application asks of its database from now on."""
    statements: list[str] = []
    event.listen(
        client.application.extensions["engine"],
        "before_cursor_execute",
        lambda connection, cursor, statement, *_: statements.append(statement),
    )
    return statements


def test_priorities_begin_with_the_first_road_and_parts_say_their_kilometres(
    client: FlaskClient, records: Connection
) -> None:
    html = opened(client, "/layers/priority").html
    ranks = records.scalars(text("select rank from road_priority where rank is not null order by rank limit 25")).all()
    shown = re.findall(r'<td data-label="Nomor urut" class="n">\s*(\d+)', html)
    assert [int(rank) for rank in shown] == list(ranks)
    parts = opened(client, "/layers/priority?unit=bagian").html
    rows = re.findall(r'<th scope="row"><a href="/layers/priority/\d+">([^<]+)</a>', parts)
    assert rows and all(re.search(r" km [\d,]+–[\d,]+$", row) for row in rows)
