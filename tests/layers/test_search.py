"""Places are found by their names, also when these are misspelt or shortened."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from layers.search import LEAST_ALIKE, Place, _statement, find_places, is_meant, told_apart

AREAS = [
    ("18.03", None, "kabupaten", "Lampung Utara"),
    ("18.03.01", "18.03", "kecamatan", "Bukit Kemuning"),
    ("18.03.01.1001", "18.03.01", "kelurahan", "Bukit Kemuning"),
    ("18.03.01.2002", "18.03.01", "desa", "Tanjung Baru"),
    ("18.03.03", "18.03", "kecamatan", "Tanjung Raja"),
    ("18.03.03.2001", "18.03.03", "desa", "Tanjung Baru"),
    ("18.03.02", "18.03", "kecamatan", "Kotabumi"),
]
OFFICES = [
    ("SD NEGERI 1 BUKIT KEMUNING", "sd"),
    ("SD NEGERI 1 TANJUNG BARU", "sd"),
    ("Dinas Kependudukan dan Pencatatan Sipil", "dukcapil"),
    ("Puskesmas Bukit Kemuning", "puskesmas"),
    ("100% Sehat_Klinik", "puskesmas"),
]


@pytest.fixture
def places(connection: Connection) -> Connection:
    square = "st_multi(st_makeenvelope(104.5, -4.9, 104.6, -4.8, 4326))"
    for code, parent, level, name in AREAS:
        connection.execute(
            text(f"""insert into area (source, source_id, code, parent_code, level, name, geom)
                     values ('uji', :code, :code, :parent, :level, :name, {square})"""),
            {"code": code, "parent": parent, "level": level, "name": name},
        )
    for name, kind in OFFICES:
        connection.execute(
            text("""insert into office (source, source_id, name, kind, village_code, geom)
                    values ('uji', :name, :name, :kind, '18.03.01.2002', st_point(104.55, -4.85, 4326))"""),
            {"name": name, "kind": kind},
        )
    for part in range(3):
        connection.execute(
            text("""insert into road (source, source_id, name, status, village_code, geom)
                    values ('uji', :part, 'Jalan Raya Kotabumi', 'nasional', '18.03.01.2002',
                            st_multi(st_makeline(st_point(104.5, -4.8, 4326), st_point(104.6, -4.9, 4326))))"""),
            {"part": str(part)},
        )
    return connection


def first(connection: Connection, typed: str) -> Place:
    return find_places(connection, typed)[0]


@pytest.mark.parametrize(
    ("typed", "kind", "name", "context"),
    [
        ("Bukit Kemuning", "kecamatan", "Bukit Kemuning", "Kab. Lampung Utara"),
        ("Bukit kemunng", "kecamatan", "Bukit Kemuning", "Kab. Lampung Utara"),
        ("bukitkemuning", "kecamatan", "Bukit Kemuning", "Kab. Lampung Utara"),
        ("kemuning", "kecamatan", "Bukit Kemuning", "Kab. Lampung Utara"),
        ("bukit kem", "kecamatan", "Bukit Kemuning", "Kab. Lampung Utara"),
        ("kec. bukit kemuning", "kecamatan", "Bukit Kemuning", "Kab. Lampung Utara"),
        ("kel bukit kemuning", "kelurahan", "Bukit Kemuning", "Kec. Bukit Kemuning"),
        ("ds. tanjung baru, bukit kemuning", "desa", "Tanjung Baru", "Kec. Bukit Kemuning"),
        ("tanjung baru kec. tanjung raja", "desa", "Tanjung Baru", "Kec. Tanjung Raja"),
        ("tanjung baru tanjung raja", "desa", "Tanjung Baru", "Kec. Tanjung Raja"),
        ("kotabumi", "kecamatan", "Kotabumi", "Kab. Lampung Utara"),
        ("kabupaten lampung utara", "kabupaten", "Lampung Utara", ""),
        ("SDN 1 Bukit Kemuning", "sd", "SD NEGERI 1 BUKIT KEMUNING", "Desa Tanjung Baru, Kec. Bukit Kemuning"),
        ("pkm bukit kemuning", "puskesmas", "Puskesmas Bukit Kemuning", "Desa Tanjung Baru, Kec. Bukit Kemuning"),
        (
            "disdukcapil",
            "dukcapil",
            "Dinas Kependudukan dan Pencatatan Sipil",
            "Desa Tanjung Baru, Kec. Bukit Kemuning",
        ),
        ("jl. raya kotabumi", "nasional", "Jalan Raya Kotabumi", "Desa Tanjung Baru, Kec. Bukit Kemuning"),
    ],
)
def test_a_place_is_found_as_people_type_it(places: Connection, typed: str, kind: str, name: str, context: str) -> None:
    found = first(places, typed)
    assert (found.kind, found.name, found.context) == (kind, name, context)


@pytest.mark.parametrize(
    "typed",
    [
        "bukit kemunng",
        "kotabmi",
        "kotabuni",
        "bukit kem",
        "bukitkemuning",
        "tanjung baru, tanjung raja",
        "sdn 1 bukit kemuning",
    ],
)
def test_a_letter_amiss_still_means_the_place(places: Connection, typed: str) -> None:
    assert is_meant(first(places, typed), typed)


@pytest.mark.parametrize("typed", ["jakarta", "ogan kotabumi", "sdn 9 bukit kemuning"])
def test_a_name_that_only_sounds_alike_is_another_place(places: Connection, typed: str) -> None:
    places.execute(text("update area set name = 'Surakarta' where code = '18.03.01.2002'"))
    assert not is_meant(first(places, typed), typed)


def test_a_regency_that_names_its_level_does_so_once(places: Connection) -> None:
    places.execute(text("update area set name = 'Kabupaten Lampung Utara' where code = '18.03'"))
    assert first(places, "kec. kotabumi").context == "Kabupaten Lampung Utara"


def test_the_parts_of_a_road_are_one_place(places: Connection) -> None:
    assert [place.layer for place in find_places(places, "Jalan Raya Kotabumi")].count("roads") == 1


def test_what_is_computed_about_a_village_is_no_place_of_its_name(places: Connection) -> None:
    places.execute(
        text("""insert into access (source, source_id, name, village_code, kind, geom)
                select 'dihitung', code, name, code, 'sampai_15', geom from area where level = 'desa'""")
    )
    found = find_places(places, "Tanjung Baru", 40)
    assert (
        sorted((place.layer, place.kind) for place in found if place.name == "Tanjung Baru") == [("areas", "desa")] * 2
    )


def test_places_that_read_the_same_are_offered_once_the_best_of_them(places: Connection) -> None:
    places.execute(
        text("""insert into office (source, source_id, name, kind, village_code, geom)
                select 'uji lain', source_id, upper(name), kind, village_code, geom from office""")
    )
    found = find_places(places, "Puskesmas Bukit Kemuning", 40)
    offered = told_apart(found)
    read = [(place.name.casefold(), place.context) for place in found]
    assert len(set(read)) < len(read)
    assert [found.index(place) for place in offered] == sorted({read.index(line) for line in read})


def test_a_place_is_a_point_on_the_thing_itself(places: Connection) -> None:
    found = first(places, "Kotabumi")
    assert (104.5 < found.lon < 104.6, -4.9 < found.lat < -4.8) == (True, True)


def test_signs_of_the_query_language_are_plain_letters(places: Connection) -> None:
    assert first(places, "100% sehat_klinik").name == "100% Sehat_Klinik"
    assert find_places(places, "%%%") == []
    assert find_places(places, "'; drop table area; --") == []


def test_what_nothing_is_called_finds_nothing(places: Connection) -> None:
    assert [find_places(places, typed) for typed in ("", "   ", ",", "kec.", "zzzzqqq")] == [[]] * 5


def test_at_most_as_many_as_asked_for_are_found(places: Connection) -> None:
    assert len(find_places(places, "bukit kemuning", 2)) == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=150))
def test_any_text_may_be_looked_for(places: Connection, typed: str) -> None:
    assert len(find_places(places, typed, 5)) <= 5


def test_among_100_000_names_the_trigram_index_finds_them(connection: Connection) -> None:
    connection.execute(
        text("""insert into office (source, source_id, kind, name, geom)
                select 'uji', i::text, 'sd', translate(md5(i::text), '0123456789', 'aeioubknrt'),
                       st_point(105, -5, 4326)
                from generate_series(1, 100000) i""")
    )
    connection.execute(text("analyze office"))
    connection.execute(
        text("select set_config('pg_trgm.word_similarity_threshold', :least, true)"), {"least": str(LEAST_ALIKE)}
    )
    asked = {
        "typed": "bukit kemunng",
        "spellings": ["bukit kemunng"],
        "beginnings": ["bukit%"],
        "hint": "",
        "each": 40,
    }
    plan = connection.execute(text(f"explain {_statement().text}"), asked).scalars().all()
    assert any("ix_office_name_trgm" in line for line in plan), plan
    assert not any("Seq Scan on office" in line for line in plan), plan
