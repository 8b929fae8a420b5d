"""What .venv is worth is found out by running its Python."""

import sys
from pathlib import Path

import pytest

from scripts.setup import environment


@pytest.mark.parametrize(("python", "good"), [(sys.executable, True), ("/bin/false", False), ("/nowhere", False)])
def test_an_environment_counts_only_where_its_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, python: str, good: bool
) -> None:
    there = tmp_path / "python"
    there.write_text(f'#!/bin/bash\nexec "{python}" "$@"\n')
    there.chmod(0o755)
    monkeypatch.setattr(environment, "PYTHON", there)
    assert environment.is_made() is good
