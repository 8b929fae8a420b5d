"""A regency of one village in a database of its own, where citizens report and staff sit at their desks."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from layers import db
from layers.complaints.acts import Receipt, Submission, submit
from layers.records.actors import VISITOR
from layers.settings import Settings
from tests.databases import beside
from tests.webapp.complaints.conftest import settle
from webapp import create_app

Report = Callable[..., Receipt]


@pytest.fixture(scope="session")
def desk_url(database_url: str) -> str:
    """A database of its own, since what staff do is committed, and its trail never goes away."""
    url = beside(database_url, "desk")
    settle(url)
    return url


@pytest.fixture
def app(desk_url: str, tmp_path: Path) -> Flask:
    return create_app(Settings(database_url=desk_url, data_dir=tmp_path))


@pytest.fixture
def rows(desk_url: str) -> Iterator[Engine]:
    """The database behind the pages; what was reported is gone when the test ends."""
    engine = db.connect(desk_url)
    yield engine
    with engine.begin() as connection:
        for table in ("complaint", "identity", "visit"):
            connection.execute(text(f"delete from {table}"))
    engine.dispose()


@pytest.fixture
def report(rows: Engine) -> Report:
    """Report a pothole in the village, with whatever is different about it."""

    def do(**different: Any) -> Receipt:
        told = {"client_id": uuid4(), "category": "jalan_berlubang", "lon": 104.9, "lat": -4.8}
        told |= {"description": "Lubang sedalam lutut di depan rumah Pak Budi"}
        with rows.begin() as connection:
            return submit(connection, VISITOR, Submission(**{**told, **different}))

    return do
