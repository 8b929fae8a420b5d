"""Planners rank roads by weights of their own and see why; everybody reads what was locked."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from layers.records.actors import Grant
from tests.webapp.staff import engine_of, staff


def names(page: str) -> list[str]:
    return re.findall(r'<a href="/prioritas/\d+\?[^"]*">([^<]+)</a>', page)


def test_the_first_road_is_told_in_words_with_the_way_to_its_reasons(planner: FlaskClient) -> None:
    page = planner.get("/prioritas").text
    told = re.search(r"Nomor 1: (.+?)\. Skornya 0,\d+ dari 1", page)
    assert told
    link = re.search(r'href="(/prioritas/\d+\?[^"]+)">Mengapa', page)
    assert link
    why = planner.get(link[1].replace("&amp;", "&")).text
    assert told[1] in why
    assert "Nomor 1 dari" in why
    assert "karena" in why
    assert "sudah nomor 1" in why


def test_all_scores_are_told_with_three_decimals(planner: FlaskClient) -> None:
    scores = re.findall(r'data-label="Skor">([\d,]+) ', planner.get("/prioritas").text)
    assert len(scores) > 10
    assert all(re.fullmatch(r"[01],\d{3}", score) for score in scores)


def test_other_weights_make_another_order_and_can_stand_beside_the_usual(planner: FlaskClient) -> None:
    usual = planner.get("/prioritas").text
    by_voices = planner.get("/prioritas?w_complaints=100&beside=0").text
    assert names(by_voices)[1:6] != names(usual)[1:6]
    assert "Nomor menurut bobot baku" in by_voices
    assert planner.get("/prioritas?w_complaints=100&method=topsis").status_code == 200


def test_a_road_far_down_is_told_what_would_make_it_the_first(planner: FlaskClient) -> None:
    page = planner.get("/prioritas?page=2").text
    why = planner.get(re.findall(r'href="(/prioritas/\d+\?[^"]+)"', page)[3].replace("&amp;", "&")).text
    assert "Sendirian menjadi nomor 1 bila" in why
    assert "goyangan bobot" in why


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("w_condition=0", "Semua bobot nol"),
        ("w_condition=-5&w_people=3", "Bobot harus angka nol atau lebih; perbaiki: Bagian rusak"),
        ("w_condition=banyak", "Bobot harus angka nol atau lebih"),
        ("method=undian", "Pilihan undian tidak ada"),
        ("beside=999", "tidak ada lagi"),
    ],
)
def test_weights_from_which_nothing_follows_are_refused_in_a_sentence(
    planner: FlaskClient, asked: str, said: str
) -> None:
    answer = planner.get(f"/prioritas?{asked}")
    assert answer.status_code in (400, 404)
    assert said in answer.text


def test_weights_that_do_not_sum_to_100_are_taken_in_proportion_and_this_is_said(planner: FlaskClient) -> None:
    told = planner.get("/prioritas?w_condition=1&w_people=1").text
    assert "Bobot berjumlah 2, bukan 100" in told
    assert names(told) == names(planner.get("/prioritas?w_condition=50&w_people=50").text)


def test_weight_on_what_nobody_knows_ranks_nobody(planner: FlaskClient) -> None:
    assert "Belum ada nilai kriteria yang berbobot" in planner.get("/prioritas?w_traffic=100").text


def test_roads_of_others_are_only_proposed(planner: FlaskClient) -> None:
    page = planner.get("/prioritas?owner=lain").text
    assert "hanya dapat mengusulkannya" in page


def test_comparisons_that_agree_give_weights_and_others_name_the_most_disturbing(planner: FlaskClient) -> None:
    three = "/prioritas/bandingkan?k=condition&k=people&k=saved"
    good = planner.get(f"{three}&p_condition_people=2&p_condition_saved=4&p_people_saved=2").text
    assert "Pakai bobot ini" in good
    assert "rasio konsistensi 0," in good or "rasio konsistensi 0" in good
    bad = planner.get(f"{three}&p_condition_people=9&p_condition_saved=-9&p_people_saved=9").text
    assert re.search("Yang paling mengganggu: “.* kali lebih penting”", bad)
    assert bad.count("doubted") == 1
    assert "Pakai bobot ini" not in bad
    assert planner.get(f"{three}&p_condition_people=12&p_condition_saved=1&p_people_saved=1").status_code == 400
    assert planner.get("/prioritas/bandingkan?k=condition").status_code == 400


def test_a_locked_ranking_is_read_by_everybody_and_holds(planner: FlaskClient, app: Flask) -> None:
    locked = planner.post("/prioritas/kunci", data={"title": "Musrenbang uji", "w_condition": "60", "w_people": "40"})
    assert locked.status_code == 303
    visitor = app.test_client()
    page = visitor.get(locked.location).text
    assert "Dihitung ulang baru saja dari nilai yang disimpan: hasilnya sama." in page
    assert "Bagian rusak: 60 %" in page
    assert "perencana kabupaten" in page
    assert "Petugas" in planner.get(locked.location).text
    assert "Musrenbang uji" in visitor.get("/prioritas/terkunci").text
    assert planner.post("/prioritas/kunci", data={"title": " "}).status_code == 400


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("sambungan", ("Sambungan jalan mana", "Orang-menit", "Memutar sekarang", "Bagaimana jika dibangun?")),
        ("kantor", ("Kantor baru mana", "Orang baru terlayani", "baru di", "Bagaimana jika dibangun?")),
        ("tps", ("TPS baru mana", "TPS baru di", "berjalan kaki", "Bagaimana jika dibangun?")),
        ("menara", ("Menara baru mana", "Orang baru mendapat sinyal", "operator")),
    ],
)
def test_what_could_be_built_is_ranked_on_a_page_of_its_own_and_tells_why(
    planner: FlaskClient, unit: str, told: tuple[str, ...]
) -> None:
    page = planner.get(f"/prioritas?unit={unit}").text
    first = re.search(r'href="(/prioritas/\d+\?[^"]+)">Mengapa', page)
    assert first
    why = planner.get(first[1].replace("&amp;", "&")).text
    assert "Nomor 1 dari" in why
    assert "karena" in why
    assert [words for words in told if words.lower() not in (page + why).lower()] == []
    assert "belum tersedia" in page  # what building costs
    assert "/prioritas/kunci" not in page
    assert planner.post("/prioritas/kunci", data={"title": "Uji", "unit": unit}).status_code == 400


def test_what_could_be_built_leads_to_the_scenario_of_building_it(planner: FlaskClient) -> None:
    for unit, chosen in (("sambungan", r'value="repair" selected'), ("tps", r'value="tps" selected')):
        page = planner.get(f"/prioritas?unit={unit}").text
        first = re.search(r'href="(/prioritas/\d+\?[^"]+)">Mengapa', page)
        assert first
        why = planner.get(first[1].replace("&amp;", "&")).text
        form = re.search(r'href="(/skenario\?[^"]+)"', why)
        assert form
        assert re.search(chosen, planner.get(form[1].replace("&amp;", "&")).text)


def test_a_road_that_was_drawn_twice_is_counted_and_named_on_the_page(planner: FlaskClient, app: Flask) -> None:
    assert "digambar dua kali" not in planner.get("/prioritas").text
    with engine_of(app).begin() as connection:
        pair = connection.execute(text("select min(id) as twin, max(id) as beneath from road")).one()
        connection.execute(text("insert into priority_left_out values (:twin, :beneath)"), dict(pair._mapping))
    page = planner.get("/prioritas").text
    assert "1 ruas tidak dinilai karena digambar dua kali" in page
    assert f'href="/layers/roads/{pair.twin}"' in page
    assert f'href="/layers/roads/{pair.beneath}"' in page
    assert "digambar dua kali" not in planner.get("/prioritas?unit=bagian").text


def test_every_page_of_a_ranking_says_from_when_it_is_and_whose_people_it_counts(planner: FlaskClient) -> None:
    page = planner.get("/prioritas").text
    first = re.search(r'href="(/prioritas/\d+\?[^"]+)">Mengapa', page)
    assert first
    draft = planner.get("/prioritas/laporan.html").text
    for told in (page, planner.get(first[1].replace("&amp;", "&")).text, draft):
        assert re.search(r"Dihitung [^.]*\d{4}[^:]*dari: Jalan", told)
        assert "sudah berubah" not in told
        assert "perkiraan" in told.lower()
    assert "rancangan" in draft
    assert "Penduduk: perkiraan dari total " in page


def test_a_ranking_of_old_roads_says_so_on_every_page_and_in_its_draft(planner: FlaskClient, changed: None) -> None:
    page = planner.get("/prioritas").text
    first = re.search(r'href="(/prioritas/\d+\?[^"]+)">Mengapa', page)
    assert first
    pages = page, planner.get(first[1].replace("&amp;", "&")).text, planner.get("/prioritas/laporan.html").text
    assert all("Datanya sudah berubah; sedang dihitung ulang." in told for told in pages)


def test_a_slider_that_was_moved_counts_and_one_that_was_not_leaves_the_number(planner: FlaskClient) -> None:
    """As a browser without JavaScript sends both: the share of damage was slid, the number of people typed."""
    moved = "w_condition=20&r_condition=70.4&o_condition=20&w_people=12,5&r_people=30&o_people=30"
    page = planner.get(f"/prioritas?{moved}").text
    assert re.search(r'name="w_condition"[^>]* value="70"', page)
    assert re.search(r'type="range" name="r_condition"[^>]* value="70"', page)
    assert re.search(r'name="w_people"[^>]* value="12,5"', page)
    assert re.search(r'type="range" name="r_people"[^>]* max="100"[^>]* value="12.5"', page)
    assert "perbaiki: Bagian rusak" in planner.get("/prioritas?w_condition=1&r_condition=x&o_condition=1").text


def test_only_planners_rank(app: Flask) -> None:
    assert app.test_client().get("/prioritas").status_code == 303
    assert staff(app, Grant("officer")).get("/prioritas").status_code == 403


def test_kept_weights_can_be_chosen_to_compare_with(planner: FlaskClient) -> None:
    kept = planner.post("/prioritas/bobot", data={"name": "Bappeda uji", "w_people": "100"})
    assert kept.status_code == 303
    assert "Bappeda uji" in planner.get("/prioritas").text
