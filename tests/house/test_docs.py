"""What a newcomer reads is complete: commands, settings, layers, and links that lead somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

from layers.registry import layers
from layers.settings import VARIABLES
from tests.conftest import ROOT
from tests.house.reading import files, text

PAGES = [f for f in files() if f.suffix == ".md"]
DOCS = "\n".join(text(page) for page in PAGES)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
COMMANDS = [f for f in files() if f.parts[0] == "scripts" and len(f.parts) == 2 and not f.suffix]


def test_the_readme_shows_the_two_commands() -> None:
    readme = text(Path("README.md"))
    assert "scripts/server" in readme
    assert "scripts/test" in readme


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_every_command_is_named_in_the_docs_and_can_be_run(command: Path) -> None:
    assert str(command) in DOCS
    assert (ROOT / command).stat().st_mode & 0o111
    assert text(command).startswith("#!")


def test_every_command_stands_in_the_table_of_the_operations_page() -> None:
    listed = set(re.findall(r"`(scripts/[a-z]+)`", text(Path("docs/operations.md")).partition("## Commands")[2]))
    assert {str(command) for command in COMMANDS} - listed == set()


def test_every_setting_is_explained_in_the_operations_page() -> None:
    named = {"DATABASE_URL", *(variable for variable, _ in VARIABLES.values())}
    assert {name for name in named if f"`{name}`" not in text(Path("docs/operations.md"))} == set()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_within_the_docs_leads_to_a_file(page: Path) -> None:
    missing = [link for link in LINK.findall(text(page)) if not (ROOT / page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", [p for p in PAGES if p.parts[0] == "docs"], ids=str)
def test_every_page_can_be_reached_from_the_readme(page: Path) -> None:
    reached, open_pages = set(), {Path("README.md")}
    while open_pages:
        here = open_pages.pop()
        reached.add(here)
        linked = {(ROOT / here.parent / link).resolve() for link in LINK.findall(text(here))}
        inside = {
            p.relative_to(ROOT.resolve())
            for p in linked
            if p.suffix == ".md" and p.exists() and p.is_relative_to(ROOT.resolve())
        }
        open_pages |= inside - reached
    assert page in reached


def test_the_glossary_explains_what_stays_indonesian() -> None:
    explained = set(re.findall(r"^\*\*([^*]+)\*\*", text(Path("docs/glossary.md")), re.MULTILINE))
    needed = {
        "kabupaten",
        "kecamatan",
        "desa",
        "kelurahan",
        "ruas",
        "cuti bersama",
        "puskesmas",
        "bank sampah",
        "TPS3R",
    }
    assert needed <= explained


def test_every_layer_is_named_in_the_readme() -> None:
    readme = text(Path("README.md")).lower()
    assert [layer.id for layer in layers().values() if layer.title.en.lower() not in readme] == []


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads(text(Path("pyproject.toml")))["project"]
    direct = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[=<>]", one)[0].lower() for one in direct}
    locked = {line.split("==")[0].lower() for line in text(Path("requirements-dev.txt")).splitlines()}
    assert names <= locked
