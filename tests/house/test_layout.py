"""What stands where: the root as planned, files of a size to read, names that say something."""

import ast
import re
from pathlib import Path

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


def test_every_file_can_be_read_in_one_sitting() -> None:
    read = [f for f in files() if f.suffix not in DATA and f not in LONG_FOR_A_REASON]
    assert [str(f) for f in read if text(f).count("\n") > 300] == []


def test_no_reason_for_a_long_file_outlives_it() -> None:
    assert all(text(file).count("\n") > 300 for file in LONG_FOR_A_REASON if file in files())


def test_every_function_fits_on_a_screen() -> None:
    long = [(str(m), f.name) for m in modules() for f in functions(m) if (f.end_lineno or f.lineno) - f.lineno >= 40]
    assert [found for found in long if found[1] not in LONG_FUNCTION_FOR_A_REASON] == []


def test_what_starts_a_module_is_its_last_statement() -> None:
    """What came later would not be there yet when the module is run."""
    for module in modules():
        *before, _ = tree(module).body or [ast.Pass()]
        starting = [one for one in before if isinstance(one, ast.If) and "'__main__'" in ast.unparse(one.test)]
        assert starting == [], module


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
