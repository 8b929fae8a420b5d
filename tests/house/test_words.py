"""What no file may hold: secrets, this machine's paths, registries, other people's libraries."""

import ast
import math
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.house.reading import files, functions, modules, text, tree

SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{30}|xox[bp]-[0-9]"
    r"|(?i:password|secret|token|api_?key)\s*[=:]\s*[\"'](?P<value>[A-Za-z0-9+/_-]{16,})[\"']"
)
REGISTRIES = re.compile(r'"resolved": *"https?:|--(extra-)?index-url|^registry *=', re.MULTILINE)
LARGEST_BYTES = 400_000
PINNED = re.compile(r"^[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+$")


def _randomness(value: str) -> float:
    """Shannon entropy, bits a character: words have about 3, keys above 3.7."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())


def test_no_file_holds_a_secret() -> None:
    found = [(str(file), match) for file in files() for match in SECRETS.finditer(text(file))]
    assert [(file, f[0]) for file, f in found if not f["value"] or _randomness(f["value"]) > 3.7] == []


def test_the_search_for_secrets_finds_one() -> None:
    key = "".join(("AKIA", "IOSFODNN7EXAMPLE"))
    assert SECRETS.search(key)
    found = SECRETS.search('api_key = "' + "".join(("q8Zr2LxW", "v5Tn0KbY")) + '"')
    assert found
    assert _randomness(found["value"]) > 3.7


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    above = str(ROOT.parent) + "/"
    assert [f for f in files() if above in text(f)] == []


def test_no_file_names_a_package_registry() -> None:
    assert [f for f in files() if f.parts[0] != "tests" and REGISTRIES.search(text(f))] == []


def test_no_library_of_others_is_kept_here() -> None:
    foreign = re.compile(r"\.min\.(js|css)$|(^|/)(node_modules|vendor)/")
    assert [f for f in files() if foreign.search(str(f))] == []


def test_no_file_is_too_large_to_be_read_by_anyone() -> None:
    assert [f for f in files() if (ROOT / f).stat().st_size > LARGEST_BYTES] == []


def test_only_the_settings_read_the_environment() -> None:
    """Others may add to it and hand it on as a whole to a program they start."""
    reading = re.compile(
        r"os\.environ(\.|\[(?!\"[A-Z_]+\"\] = )|\s*$)|os\.getenv|from os import .*environ", re.MULTILINE
    )
    readers = [str(f) for f in modules("geo", "layers", "webapp", "scripts") if reading.search(text(f))]
    assert readers == ["layers/settings.py"]


def test_every_public_function_is_annotated_and_says_what_it_means() -> None:
    silent = []
    for module in modules("geo", "layers", "webapp", "scripts"):
        silent += [(str(module), f.name) for f in public(module) if not ast.get_docstring(f) or f.returns is None]
        silent += [(str(module), "")] if text(module).strip() and not ast.get_docstring(tree(module)) else []
    assert silent == []


def public(module: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a module that others may call: none within others, none whose name begins with _."""
    nested = {id(inner) for f in functions(module) for inner in ast.walk(f) if inner is not f}
    return [f for f in functions(module) if not f.name.startswith("_") and id(f) not in nested]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_locked_to_one_version(name: str) -> None:
    assert [line for line in text(Path(name)).splitlines() if not PINNED.match(line)] == []


def test_both_lists_agree_on_every_version() -> None:
    running = set(text(Path("requirements.txt")).splitlines())
    assert running <= set(text(Path("requirements-dev.txt")).splitlines())
