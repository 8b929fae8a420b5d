"""A database of its own, into which imports may write for good."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from sqlalchemy import Engine, text

from layers import db
from layers.reading.importing import Order, Outcome, Report, import_file
from layers.registry import layers
from tests.databases import beside
from tests.layers.reading.files import Bring, areas

TABLES = ("area", "office", "waste_site", "road", "settlement", "complaint", "work")
TABLES += ("preference", "event", "layer_change", "source_licence")


def silent(_step: str, _done: int, _total: int) -> None:
    """Hear no progress."""


@pytest.fixture(scope="session")
def import_engine(database_url: str) -> Iterator[Engine]:
    engine = db.connect(beside(database_url, "imports"))
    yield engine
    engine.dispose()


@pytest.fixture
def empty(import_engine: Engine) -> Engine:
    """The database with nothing on the map."""
    with import_engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))  # the trail refuses to be emptied
        connection.execute(text(f"truncate {', '.join(TABLES)} cascade"))
        connection.execute(text("delete from tile_cell"))
    return import_engine


@pytest.fixture
def bring(empty: Engine, tmp_path: Path) -> Bring:
    """Import a file as scripts/import would."""

    def do(layer: str, path: Path, *area: str, report: Report = silent, **wishes: object) -> Outcome:
        order = Order(layers()[layer], path, tmp_path / "refused", area=area, **wishes)  # type: ignore[arg-type]
        return import_file(empty, order, report)

    return do


@pytest.fixture
def regency_file(tmp_path: Path) -> Path:
    """A kabupaten of one kecamatan with a desa and a kelurahan, 11 km wide each, and a gap of 110 m between them."""
    west, east = shapely.box(104, -5, 104.1, -4.9), shapely.box(104.101, -5, 104.2, -4.9)
    whole = shapely.box(104, -5, 104.2, -4.9)
    return areas(tmp_path / "wilayah.gpkg", k18_03=whole, k18_03_01=whole, k18_03_01_2001=west, k18_03_01_1002=east)


@pytest.fixture
def home(bring: Bring, regency_file: Path) -> Bring:
    """Imports into a map that knows its regency."""
    bring("areas", regency_file)
    return bring
