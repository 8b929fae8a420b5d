"""Offices whose every text attacks whoever opens the file, and others that are harmless."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, insert

from layers.offices.table import Office
from layers.settings import Settings
from webapp import create_app, pace

SOURCE = "ujian-ekspor"
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1")
SCRIPTS = (
    "<script>window.stolen=1</script>",
    "<img src=x onerror='window.stolen=1'>",
    "</script><script>window.stolen=1</script>",
    "`${window.stolen=1}`",
    '"><svg onload=window.stolen=1>',
    "{{ 7 * 7 }}{% raw %}",
    "x'-(window.stolen=1)-'",
)
TEXTS = ("name", "address", "phone", "opening_hours", "ownership")


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests download more often than people may."""
    monkeypatch.setattr(pace, "PACES", {})


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


@pytest.fixture
def planted(engine: Engine) -> Iterator[list[str]]:
    """Offices committed for one test; gives the attacks, in the order of their offices."""
    attacks = [*FORMULAS, *SCRIPTS]
    rows = [
        {
            "source": SOURCE,
            "source_id": str(number),
            "kind": "kantor_desa",
            "village_code": "18.03.01.2002",
            "website": "https://example.org/",
            "geom": f"SRID=4326;POINT({104.9 + number / 1000} -4.8)",
            **dict.fromkeys(TEXTS, attack),
        }
        for number, attack in enumerate(attacks)
    ]
    with engine.begin() as connection:
        connection.execute(insert(Office), rows)
    yield attacks
    with engine.begin() as connection:
        connection.execute(delete(Office).where(Office.source == SOURCE))
