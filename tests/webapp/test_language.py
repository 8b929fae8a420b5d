"""Both languages: nothing is left untranslated, and numbers, distances and times are written as people do."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask

from layers.areas.estimates import OF_SAMPLE, SPREAD
from layers.settings import Settings
from webapp import create_app, language
from webapp.hours import week

WEBAPP = Path(__file__).parents[2] / "webapp"
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
WIB_NOON = datetime(2026, 12, 9, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def said() -> set[str]:
    """Every text that the screens say, as the sources hold it."""
    with (WEBAPP / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)
    found = extract_from_dir(WEBAPP, methods, options)
    return {text for _, _, texts, _, _ in found for text in ([texts] if isinstance(texts, str) else texts)}


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (WEBAPP / "translations" / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file)


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings)


@pytest.mark.parametrize("path", ["/%5Cevil.example/x", "/%09/evil.example", "/nothing"])
def test_the_link_to_the_other_language_stays_on_the_page(app: Flask, path: str):
    page = app.test_client().get(f"{path}?q=a", base_url="http://localhost")
    href = re.search(r'<a class="tongue" href="([^"]*)"', page.text)[1]
    assert href == "?q=a&amp;lang=en"


def test_every_text_of_the_screens_has_english_words(said: set[str], english: Catalog):
    translated = {message.id for message in english if message.id and message.string and not message.fuzzy}
    assert said - translated == set()


def test_the_catalogue_holds_nothing_that_the_screens_no_longer_say(said: set[str], english: Catalog):
    assert {message.id for message in english if message.id} - said == set()


def test_a_translation_fills_in_the_same_values(english: Catalog):
    for message in english:
        assert sorted(PLACEHOLDER.findall(message.id)) == sorted(PLACEHOLDER.findall(message.string)), message.id


@pytest.mark.parametrize(
    ("metres", "written"),
    [
        (4, "0 m"),
        (846, "850 m"),
        (994, "990 m"),
        (1160, "1,2 km"),
        (9940, "9,9 km"),
        (9960, "10 km"),
        (38_700, "39 km"),
    ],
)
def test_distances_are_as_exact_as_people_say_them(app: Flask, metres: float, written: str):
    with app.test_request_context("/"):
        assert language.distance(metres) == written


@pytest.mark.parametrize(
    ("degrees", "written"), [(0, "utara"), (44, "timur laut"), (200, "selatan"), (337, "barat laut"), (338, "utara")]
)
def test_a_bearing_is_a_wind(app: Flask, degrees: float, written: str):
    with app.test_request_context("/"):
        assert language.direction(degrees) == written


def test_days_and_times_are_indonesian_in_the_zone_of_the_regency(app: Flask):
    with app.test_request_context("/"):
        assert language.day(date(2026, 12, 9), year=False) == "Rabu 9 Desember"
        assert language.clock(WIB_NOON) == "12.00"
        assert language.moment(WIB_NOON) == "9 Desember 2026 12.00 WIB"
        assert language.number(1234.5) == "1.234,5"
        assert [language.score(score) for score in (0.38, 0.7634, 1)] == ["0,380", "0,763", "1,000"]


def test_english_has_its_own_form(app: Flask):
    with app.test_request_context("/?lang=en"):
        assert language.day(date(2026, 12, 9), year=False) == "Wednesday 9 December"
        assert language.clock(WIB_NOON) == "12:00"
        assert language.distance(1160) == "1.2 km"


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Kantor camat", "kantor camat"),
        ("SD", "SD"),
        ("Wi-Fi gratis", "Wi-Fi gratis"),
        ("Puskesmas", "puskesmas"),
        ("", ""),
    ],
)
def test_a_title_within_a_sentence_begins_small_but_abbreviations_stay(title: str, inside: str):
    assert language.within(title) == inside


@pytest.mark.parametrize(
    ("hours", "written"),
    [
        ("Mo-Th 07:30-16:00; Fr 07:30-16:30; PH off", "Senin–Kamis 07.30–16.00; Jumat 07.30–16.30; hari libur tutup"),
        ("24/7", "setiap hari 24 jam"),
        ("Mo,Th", "Senin, Kamis"),
        ("Dec 24-26 off; May 01 10:00-12:00", "Desember 24–26 tutup; Mei 01 10.00–12.00"),
    ],
)
def test_opening_hours_are_written_in_words(app: Flask, hours: str, written: str):
    with app.test_request_context("/"):
        assert week(hours) == written


@pytest.mark.parametrize(
    ("kept", "indonesian", "english"),
    [
        (
            f"{SPREAD} ({OF_SAMPLE})",
            "perkiraan dari total kabupaten, disebar menurut luas permukiman; batas wilayah juga perkiraan",
            "an estimate from the regency's total, spread by the area of settlements; boundaries are estimated too",
        ),
        (
            f"{SPREAD} (BPS 2025); desa tanpa angka resmi: Barat, Timur, dan 3 lainnya",
            "perkiraan dari total resmi, disebar menurut luas permukiman (BPS 2025);"
            " desa tanpa angka resmi: Barat, Timur, dan 3 lainnya",
            "an estimate from official totals, spread by the area of settlements (BPS 2025);"
            " villages without an official number: Barat, Timur, and 3 more",
        ),
        ("Sensus: BPS (perkiraan)", "Sensus: BPS (perkiraan)", "Sensus: BPS (an estimate)"),
    ],
)
def test_where_numbers_of_people_come_from_is_told_once_and_in_either_language(
    app: Flask, kept: str, indonesian: str, english: str
) -> None:
    for lang, words in (("id", indonesian), ("en", english)):
        with app.test_request_context(f"/?lang={lang}"):
            assert language.people_source(kept) == words
