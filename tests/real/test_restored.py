"""What was brought in from the real files comes back whole from a backup."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from layers.reading.importing import Outcome
from scripts.keeping.backup import backup
from scripts.keeping.restore import restore
from tests.databases import beside
from tests.real.conftest import real
from tests.real.files import Given
from tests.scripts.test_backup import content


@pytest.mark.real
@real
def test_every_row_of_the_real_files_comes_back(
    real_engine: Engine, outcomes: dict[Given, Outcome], database_url: str, tmp_path: Path
) -> None:
    assert outcomes
    url = real_engine.url.render_as_string(hide_password=False)
    kept = backup(url, tmp_path / "data", tmp_path / "backups")
    target = beside(database_url, "real_restored", like="template0")
    restore(target, tmp_path / "restored", kept, replace=False)
    assert content(target) == content(url)
