"""What stands where: the root as planned, files of a size to read, names that say something."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.reading import files, functions, modules, text, tree

ROOT_HOLDS = {
    *("geo", "layers", "webapp", "scripts", "tests", "docs", ".ci"),
    *("README.md", "LICENSE", "requirements.txt", "requirements-dev.txt", "pyproject.toml"),
    *("docker-compose.yml", "Dockerfile", ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore"),
}
LONG_FOR_A_REASON = {
    Path("webapp/frontend/package-lock.json"): "written by npm",
    Path("webapp/translations/en/LC_MESSAGES/messages.po"): "one entry a text of the screens",
}
LONG_FUNCTION_FOR_A_REASON: dict[str, str] = {}
DATA = {".csv", ".png", ".geojson"}
EMPTY_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|managers?|services?|misc|stuff)($|_)")
SPEAKING_OF_SERVICES = {
    "scripts/administration/services.py": "the services that offices give, a record of their own",
    "layers/waste_service": "a layer is named for what it tells of: the waste service",
}


def test_the_root_holds_what_is_planned_and_nothing_else() -> None:
    assert {f.parts[0] for f in files()} == ROOT_HOLDS


@pytest.mark.parametrize("file", [f for f in files() if f.suffix not in DATA], ids=str)
def test_a_file_can_be_read_in_one_sitting(file: Path) -> None:
    if file in LONG_FOR_A_REASON:
        return
    assert text(file).count("\n") <= 300


def test_no_reason_for_a_long_file_outlives_it() -> None:
    assert all(text(file).count("\n") > 300 for file in LONG_FOR_A_REASON if file in files())


@pytest.mark.parametrize("file", modules(), ids=str)
def test_a_function_fits_on_a_screen(file: Path) -> None:
    long = [f.name for f in functions(file) if (f.end_lineno or f.lineno) - f.lineno >= 40]
    assert [name for name in long if name not in LONG_FUNCTION_FOR_A_REASON] == []


@pytest.mark.parametrize("file", modules(), ids=str)
def test_what_starts_a_module_is_its_last_statement(file: Path) -> None:
    """What came later would not be there yet when the module is run."""
    *before, _ = tree(file).body or [ast.Pass()]
    assert [one.lineno for one in before if isinstance(one, ast.If) and "'__main__'" in ast.unparse(one.test)] == []


def test_names_say_what_a_module_holds() -> None:
    empty = [f for f in modules() if EMPTY_NAMES.search(f.stem) or EMPTY_NAMES.search(f.parent.name)]
    spoken = {f for f in empty if str(f) in SPEAKING_OF_SERVICES or str(f.parent) in SPEAKING_OF_SERVICES}
    assert [f for f in empty if f not in spoken and f.parts[0] != "tests"] == []


def test_classes_are_not_called_manager_or_helper() -> None:
    classes = [(f, name) for f in modules() for name in re.findall(r"^class (\w+)", text(f), re.MULTILINE)]
    assert [c for c in classes if re.search(r"(Util|Helper|Manager|Common)s?$", c[1])] == []


def test_tests_stand_where_the_tree_has_a_folder_of_the_same_name() -> None:
    own = {"browser", "house", "fixtures", "real"}
    folders = {f.parts[1] for f in files() if f.parts[0] == "tests" and len(f.parts) > 2}
    assert folders - own <= {"geo", "layers", "webapp", "scripts"}
