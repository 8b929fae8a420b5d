"""A database into which the real files are brought, once a session."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from layers import db
from layers.reading.importing import Order, Outcome, import_file
from layers.registry import layers
from tests.conftest import SHARED
from tests.databases import SAMPLED, beside
from tests.real.files import FILES, Given

real = pytest.mark.skipif(not SHARED.exists(), reason="the real files of ../shared/data are not here")


@pytest.fixture(scope="session")
def real_engine(sample_url: str) -> Iterator[Engine]:
    """A database that starts with the sample, as a regency's own would."""
    engine = db.connect(beside(sample_url, "real", like=SAMPLED))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def outcomes(real_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> dict[Given, Outcome]:
    """What became of each file."""
    refused = tmp_path_factory.mktemp("refused")
    return {given: bring(real_engine, given, refused) for given in FILES}


def bring(engine: Engine, given: Given, refused: Path) -> Outcome:
    order = Order(layers()[given.layer], SHARED / given.file, refused, file_layer=given.sheet, area=given.area)
    return import_file(engine, order, lambda step, done, total: None)
