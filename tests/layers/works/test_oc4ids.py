"""Works as OC4IDS 0.9.5, held against the standard's own schema and code lists."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4
from sqlalchemy import Connection, text

from layers import db
from layers.works import queries
from layers.works.oc4ids import Publisher, package
from layers.works.stages import STAGES
from layers.works.vocabulary import DOCUMENTS, KINDS, SECTOR_CODES, STATUS_CODES
from tests.conftest import SHARED

STANDARD = SHARED / "oc4ids"
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
PUBLISHER = Publisher("Kabupaten Uji", "https://peta.example.go.id", "oc4ids-uji-")
real = pytest.mark.skipif(not SHARED.exists(), reason="the schema of ../shared/data is not here")


@pytest.fixture(scope="module")
def connection(sample_url: str) -> Iterator[Connection]:
    engine = db.connect(sample_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def projects(connection: Connection) -> dict[str, Any]:
    """The package of the sample's works, as a program reads it."""
    return packed(connection)


def packed(connection: Connection) -> dict[str, Any]:
    rows = queries.all_works(connection, 0, 500)
    made = package(connection, rows, PUBLISHER, "https://peta.example.go.id/works.json", NOW)
    read: dict[str, Any] = json.loads(json.dumps(made))
    return read


def schema(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((STANDARD / name).read_text())
    return read


def codes(name: str) -> set[str]:
    with (STANDARD / "codelists" / f"{name}.csv").open(encoding="utf-8") as file:
        return {row["Code"] for row in csv.DictReader(file)}


@pytest.mark.real
@real
def test_the_schema_accepts_every_work_of_the_sample(projects: dict[str, Any]) -> None:
    assert wrong(projects) == []
    assert len(projects["projects"]) > 50


def wrong(projects: dict[str, Any]) -> list[str]:
    """What the schema says against a package, also of the form of its moments and addresses."""
    project, package_schema = schema("project-schema.json"), schema("project-package-schema.json")
    address = package_schema["properties"]["projects"]["items"]["$ref"]
    known = Registry().with_resource(address, Resource(project, DRAFT4))
    validator = Draft4Validator(package_schema, registry=known, format_checker=FormatChecker())
    return [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(projects)]


@pytest.mark.real
@real
def test_the_schema_accepts_works_of_long_ago_and_such_as_know_one_day_alone(connection: Connection) -> None:
    """As files bring them: finished before clocks kept whole minutes, begun and ended on one day, never ended."""
    with connection.begin_nested() as attempt:
        for nth, days in enumerate(
            (
                "planned_end = '2099-12-31', started_on = '1900-01-01', finished_on = '1910-06-30'",
                "contract_on = '1998-02-28', started_on = '1998-03-01', finished_on = '1998-03-01'",
                "planned_start = null, planned_end = null, started_on = '2024-02-29', finished_on = null",
            )
        ):
            chosen = f"select id from work where contract_number is not null order by id limit 1 offset {nth}"
            connection.execute(text(f"update work set {days} where id = ({chosen})"))
        projects = packed(connection)
        attempt.rollback()
    assert wrong(projects) == []
    assert "1910-06-30T00:00:00+07:07" in json.dumps(projects)
    projects["projects"][0]["updated"] = "1910-06-30T00:00:00+07:07:12"  # as the clock of Jakarta went then
    assert [told.partition(": ")[0] for told in wrong(projects)] == ["['projects', 0, 'updated']"]


@pytest.mark.real
@real
def test_no_field_stands_there_that_the_standard_does_not_know(projects: dict[str, Any]) -> None:
    """The schema lets others pass: each is looked for among its properties, as the standard's reviewer does."""
    whole = schema("project-schema.json")
    assert set(projects) <= set(schema("project-package-schema.json")["properties"])
    unknown = {field for project in projects["projects"] for field in strangers(project, whole, whole, "")}
    assert unknown == set()


def strangers(value: Any, rule: dict[str, Any], whole: dict[str, Any], path: str) -> Iterator[str]:
    """Name the fields below a value that its part of the schema does not describe."""
    if "$ref" in rule:
        rule = whole["definitions"][rule["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for one in value:
            yield from strangers(one, rule.get("items", {}), whole, path)
    elif isinstance(value, dict) and "properties" in rule:
        for name, inner in value.items():
            if name not in rule["properties"]:
                yield f"{path}/{name}"
            else:
                yield from strangers(inner, rule["properties"][name], whole, f"{path}/{name}")


@pytest.mark.real
@real
def test_every_code_is_on_the_standards_lists() -> None:
    assert set(STATUS_CODES.values()) <= codes("projectStatus")
    assert set(SECTOR_CODES.values()) <= codes("projectSector")
    assert {document.id for document in DOCUMENTS} <= codes("documentType")


def test_every_stage_and_kind_has_a_place_in_the_standard() -> None:
    assert set(STATUS_CODES) == {stage.id for stage in STAGES}
    assert set(SECTOR_CODES) == {kind.id for kind in KINDS} - {"lain"}


def test_what_was_paid_adds_up_to_what_was_spent(projects: dict[str, Any], connection: Connection) -> None:
    spent = {f"{PUBLISHER.prefix}{row.number}": row.spent or 0 for row in queries.all_works(connection, 0, 500)}
    for project in projects["projects"]:
        contracts = project.get("contractingProcesses", [])
        paid = [t["value"]["amount"] for c in contracts for t in c["summary"].get("transactions", [])]
        assert sum(paid) == spent[project["id"]]


def test_a_package_says_whose_it_is_and_from_when(projects: dict[str, Any]) -> None:
    assert (projects["version"], projects["publisher"]) == ("0.9", {"name": "Kabupaten Uji"})
    assert projects["publishedDate"] == "2026-11-20T03:00:00+00:00"
