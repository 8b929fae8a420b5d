"""What is known of a feature, in the words of people."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from layers.areas.naming import Named
from layers.layer import Choice, Field, Text
from layers.settings import Settings
from webapp import create_app
from webapp.values import Told, heading, phone, shortened, told, written

AREAS = {"18.03.01.1001": Named(25, "18.03.01.1001", "kelurahan", "Bukit Kemuning", "Bukit Kemuning")}


@pytest.fixture
def in_indonesian(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    with app.test_request_context("/"):
        yield app


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (Field("length_m", Text("Panjang", "Length"), "number", unit="m"), 12345.67, "12.345,7 m"),
        (Field("population", Text("Penduduk", "Population"), "integer", unit="jiwa"), 25820, "25.820 jiwa"),
        (Field("checked_on", Text("Diperiksa", "Checked on"), "date"), date(2026, 12, 9), "9 Desember 2026"),
        (
            Field("reported_at", Text("Dilaporkan", "Reported"), "datetime"),
            datetime(2026, 12, 9, 0, 30, tzinfo=UTC),
            "9 Desember 2026 07.30 WIB",
        ),
        (Field("opening_hours", Text("Jam buka", "Hours"), "hours"), "Mo-Th 07:30-16:00", "Senin–Kamis 07.30–16.00"),
        (
            Field(
                "surface", Text("Permukaan", "Surface"), "choice", choices=(Choice("tanah", Text("Tanah", "Earth")),)
            ),
            "tanah",
            "Tanah",
        ),
        (Field("source", Text("Sumber", "Source")), "contoh", "data contoh"),
        (Field("source", Text("Sumber", "Source")), "Dinas Kesehatan", "Dinas Kesehatan"),
        (Field("width_m", Text("Lebar", "Width"), "number", unit="m"), None, ""),
        (Field("phone", Text("Telepon", "Phone")), "", ""),
    ],
)
def test_a_value_is_written_as_people_say_it(in_indonesian: Flask, field: Field, value: object, words: str) -> None:
    assert written(field, value) == words


def test_a_village_stands_under_its_name_and_leads_to_its_page(in_indonesian: Flask) -> None:
    field = Field("village_code", Text("Kode desa", "Village code"))
    assert told(field, "18.03.01.1001", AREAS) == Told("Bukit Kemuning", "/layers/areas/25")
    assert heading(field) == "Desa"


def test_the_code_of_an_unknown_village_stays_readable(in_indonesian: Flask) -> None:
    assert told(Field("village_code", Text("Kode desa", "Village code")), "99.99", AREAS) == Told("99.99")


def test_a_link_leads_to_its_site_and_only_to_the_web(in_indonesian: Flask) -> None:
    website = Field("website", Text("Situs", "Website"), "link")
    site = told(website, "https://lampungutarakab.go.id", {})
    assert site.outside and site.href == "https://lampungutarakab.go.id"
    assert told(website, "javascript:alert(1)", {}) == Told("javascript:alert(1)")


def test_a_telephone_number_can_be_dialled(in_indonesian: Flask) -> None:
    field = Field("phone", Text("Telepon", "Phone"))
    assert told(field, "0724-21001; 0812 3456 7890", {}) == Told("0724-21001; 0812 3456 7890", "tel:072421001")
    assert told(field, None, {}) == Told("")


@pytest.mark.parametrize(
    ("words", "dialled"),
    [
        ("0724-21001; 0812 3456 7890", "072421001"),
        ("+62 724 21001/21002", "+6272421001"),
        ("(0724) 21001 ext. 12", "072421001"),
        ("112", "112"),
    ],
)
def test_a_telephone_link_dials_one_number(words: str, dialled: str) -> None:
    assert phone(words) == dialled


def test_a_long_text_is_cut_and_shows_that_it_goes_on() -> None:
    assert shortened("syarat biaya", 8) == "syarat…"
    assert len(shortened("x" * 200, 60)) == 60
    assert shortened("syarat", 60) == "syarat"
