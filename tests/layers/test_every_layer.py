"""What holds for every layer of the registry, also for those that come later: nobody names a layer here."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import mapbox_vector_tile
import pytest
from geoalchemy2 import Geometry
from psycopg2.extensions import cursor
from sqlalchemy import Column, Connection, Date, DateTime, Engine, Float, Integer, text

from layers import features, provenance, tiles
from layers.db import HERE
from layers.features import Query
from layers.layer import Layer, Text
from layers.registry import layers

PARAMETER = re.compile(r"(?<!:):([a-z_]+)")
UTILITIES = ("create", "analyze")  # which PREPARE does not take: they are run
NEAREST_VILLAGE = re.sub("--.*", "", (HERE / "areas/parts/nearest_village.sql").read_text())
MANY = 100_000
SEAT = (104.5, -4.5)
SEEDED_ZOOM = 14
KNOWN_VALUE = "case when n % 1000 = 0 then 'jarang' when n % 3 = 0 then 'lazim' end"
KNOWN_DAY = "date '2020-01-01' + cast(n % 1000 as int)"
PLACES = {
    "Point": "point",
    "Geometry": "point",
    "MultiLineString": "st_multi(st_makeline(point, st_translate(point, 0.002, 0.003)))",
    "MultiPolygon": "st_multi(st_expand(point, 0.002))",
}


@pytest.fixture(params=layers().values(), ids=lambda layer: layer.id)
def layer(request: pytest.FixtureRequest) -> Layer:
    found: Layer = request.param
    return found


@pytest.fixture(scope="module")
def seeded(engine: Engine) -> Iterator[Connection]:
    """A connection that sees 100,000 rows in every layer, spread over a square degree."""
    with engine.connect() as connection:
        outer = connection.begin()
        connection.execute(text("set local statement_timeout = 0"))
        for layer in layers().values():
            seed(connection, layer)
        yield connection
        outer.rollback()


def seed(connection: Connection, layer: Layer) -> None:
    columns = [c for c in layer.table.__table__.c if is_needed(c) and c.name != layer.classify]
    values = [value_of(layer, c) for c in columns]
    rare, *common = [choice.id for choice in layer.choices]
    kind = f"case when n % 1000 = 0 then '{rare}' else (array{common})[1 + n % {len(common)}] end"
    optional = [c for c in layer.table.__table__.c if c.nullable and (is_filter(layer, c) or isinstance(c.type, Date))]
    values += [KNOWN_DAY if isinstance(c.type, Date) else KNOWN_VALUE for c in optional]
    names = ", ".join([c.name for c in columns + optional] + ["name", layer.classify, "geom"])
    connection.execute(
        text(f"""
        insert into {layer.table_name} ({names})
        select {", ".join(values)}, 'Contoh ' || n, {kind}, {PLACES[layer.geometry]}
        from (select n, st_point(104 + (n * 7919 % 99991) / 99991.0, -5 + (n * 104729 % 99989) / 99989.0, 4326) as point
              from generate_series(cast(1 as bigint), {MANY}) as n) as made""")
    )
    connection.execute(text(f"analyze {layer.table_name}"))


def value_of(layer: Layer, column: Column[Any]) -> str:
    """Write a value in SQL for a column that cannot do without one."""
    if isinstance(column.type, DateTime):
        return "timestamptz '2026-01-01' + n * interval '1 minute'"
    if isinstance(column.type, Date):
        return KNOWN_DAY
    if isinstance(column.type, (Integer, Float)):
        return "n % 97"
    choices = layer.by_name[column.name].choices if column.name in layer.by_name else ()
    return f"'{choices[0].id}'" if choices else "'uji-' || n"


def is_needed(column: Column[Any]) -> bool:
    """Say whether a row cannot do without a value for a column."""
    given = column.nullable or column.primary_key or column.computed or column.server_default
    return not given and not isinstance(column.type, Geometry)


def is_filter(layer: Layer, column: Column[Any]) -> bool:
    return column.name in layer.by_name and layer.by_name[column.name].filter


def plan(connection: Connection, ask: Callable[[], object]) -> str:
    """Tell how the database goes about each statement that a question sends, by whatever way."""
    sent: list[str] = []

    class Noting(cursor):
        def execute(self, query: Any, values: Any = None) -> None:
            sent.append(self.mogrify(query, values).decode())
            super().execute(query, values)

    raw: Any = connection.connection.dbapi_connection
    raw.cursor_factory = Noting
    try:
        ask()
    finally:
        raw.cursor_factory = None
    explaining = raw.cursor()
    lines = []
    for statement in sent:
        if not statement.startswith("prepare"):
            explaining.execute(f"explain {statement}")
            lines += [line for (line,) in explaining]
    assert lines
    return "\n".join(lines)


def scanned(layer: Layer, plan: str) -> bool:
    """Say whether a plan reads the layer's whole table."""
    return f"Seq Scan on {layer.table_name}" in plan


def tile_at(z: int) -> tuple[int, int, int]:
    lon, lat = SEAT
    return z, int((lon + 180) / 360 * 2**z), int((0.5 - lat / 360 * 1.001) * 2**z)


def test_titles_stand_in_both_languages(layer: Layer) -> None:
    texts = [layer.title, layer.about, layer.source]
    texts += [words for field in layer.fields for words in (field.title, *(c.title for c in field.choices))]
    assert all(isinstance(words, Text) and words.id.strip() and words.en.strip() for words in texts)


def test_licence_and_source_are_set(layer: Layer) -> None:
    assert layer.licence.name.strip()
    assert layer.source.id.strip()


def test_the_legend_can_be_drawn(layer: Layer) -> None:
    assert layer.choices
    assert len({choice.id for choice in layer.choices}) == len(layer.choices)
    assert all(re.fullmatch("#[0-9a-f]{6}", choice.colour) for choice in layer.choices)


def test_fields_are_columns_and_tiles_hold_public_ones_alone(layer: Layer) -> None:
    columns = layer.table.__table__.c
    assert {field.name for field in layer.fields} <= set(columns.keys())
    assert layer.datetime_field in columns
    assert set(layer.tile_fields) <= set(layer.public_fields)
    assert layer.classify in {field.name for field in layer.tile_fields}


def test_its_sql_is_understood_by_the_database(layer: Layer, connection: Connection) -> None:
    """PREPARE checks every table, column and type; placeholders that code fills in get what they stand for."""
    files = sorted((HERE / layer.id).glob("*.sql"))
    assert (HERE / layer.id / "tile.sql") in files
    for n, file in enumerate(files):
        written = re.sub("--.*", "", file.read_text())
        for m, statement in enumerate(filter(str.strip, written.split(";"))):
            filled = statement.replace("the_table", layer.table_name).replace("{filters}", "true")
            filled = filled.replace("the_nearest_village", NEAREST_VILLAGE)
            if filled.split()[0] in UTILITIES:
                connection.exec_driver_sql(filled)
            else:
                connection.exec_driver_sql(f"prepare {layer.id}_{n}_{m} as {with_numbers(filled)}")


def with_numbers(statement: str) -> str:
    """Number the parameters of a statement as PREPARE wants them."""
    names = list(dict.fromkeys(PARAMETER.findall(statement)))
    return PARAMETER.sub(lambda found: f"${names.index(found[1]) + 1}", statement)


def test_its_near_tile_decodes_and_holds_what_lies_there(layer: Layer, seeded: Connection) -> None:
    found = mapbox_vector_tile.decode(tiles.tile(seeded, layer, *tile_at(SEEDED_ZOOM)))[layer.id]["features"]
    assert found
    for drawn in found:
        assert set(drawn["properties"]) <= {field.name for field in layer.tile_fields}
        assert drawn["properties"][layer.classify] in {choice.id for choice in layer.choices}
        assert drawn["id"] > 0


@pytest.mark.parametrize("z", [0, 5, 8, 10, 12])
def test_no_tile_is_heavy(layer: Layer, seeded: Connection, z: int) -> None:
    drawn = tiles.tile(seeded, layer, *tile_at(z))
    mapbox_vector_tile.decode(drawn)
    assert len(drawn) <= tiles.MOST_BYTES


def test_hidden_fields_appear_nowhere(layer: Layer, seeded: Connection) -> None:
    hidden = {field.name for field in layer.fields} - {field.name for field in layer.public_fields}
    query = Query(layer, limit=1)
    (row,) = features.page(seeded, query)
    streamed = next(features.stream(seeded, query))
    told = set(row) | set(streamed) | set(features.feature(seeded, layer, row["id"]) or ())
    assert not hidden & told
    assert not any(f'"{name}"' in features.geojson_page(seeded, query).features for name in hidden)


@pytest.mark.parametrize("z", [12, SEEDED_ZOOM, 17])
def test_tiles_are_drawn_from_the_index(layer: Layer, seeded: Connection, z: int) -> None:
    how = plan(seeded, lambda: tiles.tile(seeded, layer, *tile_at(z)))
    assert f"idx_{layer.table_name}_geom" in how
    assert not scanned(layer, how)


def test_lists_ask_the_indexes(layer: Layer, seeded: Connection) -> None:
    west, south = SEAT
    small = (west, south, west + 0.01, south + 0.01)
    questions = {
        "a box": (Query(layer, bbox=small), f"idx_{layer.table_name}_geom"),
        "the next page": (Query(layer, after=MANY // 2), f"pk_{layer.table_name}"),
        "a rare kind": (
            Query(layer, filters={layer.classify: layer.choices[0].id}),
            rf"ix_{layer.table_name}_{layer.classify}_(id|newest)",
        ),
        # nobody bears it: a name among the limits of the histogram would count as one of many
        "a name": (Query(layer, search="contoh 47111 lagi"), f"ix_{layer.table_name}_name_trgm"),
    }
    for question, (query, index) in questions.items():
        for ask in (features.page, features.geojson_page):
            how = plan(seeded, lambda ask=ask, query=query: ask(seeded, query))  # type: ignore[misc]
            assert re.search(index, how), f"{question}: {how}"
            assert not scanned(layer, how), f"{question}: {how}"


def test_every_filter_asks_an_index(layer: Layer, seeded: Connection) -> None:
    for field in (f for f in layer.fields if f.filter):
        value = layer.choices[0].id if field.name == layer.classify else "jarang"
        query = Query(layer, filters={field.name: value})
        for ask in (features.page, features.count):
            how = plan(seeded, lambda ask=ask, query=query: ask(seeded, query))  # type: ignore[misc, operator]
            kept = ask is features.count and query.by_kind_alone and layer.geometry == "Point"
            wanted = "pk_tile_cell" if kept else rf"Index Cond: \(+{field.name}\b"
            assert re.search(wanted, how), f"{field.name}: {how}"
            assert not scanned(layer, how), f"{field.name}: {how}"


def test_its_sources_are_found_by_the_index_and_are_those_of_its_rows(layer: Layer, seeded: Connection) -> None:
    how = plan(seeded, lambda: provenance.sources(seeded, layer))
    assert re.search(rf"(uq_{layer.table_name}_source_source_id|ix_{layer.table_name}_source_id)", how), how
    assert not scanned(layer, how), how
    counted = [origin.source for origin in provenance.origins(seeded, layer)]
    assert set(provenance.sources(seeded, layer)) >= set(counted) != set()


def test_a_day_asks_an_index(layer: Layer, seeded: Connection) -> None:
    noon = datetime(2026, 1, 20, 12, tzinfo=UTC) if layer.datetime_field == "reported_at" else datetime(2020, 9, 9)
    query = Query(layer, during=(noon, noon + timedelta(hours=1)))
    how = plan(seeded, lambda: features.page(seeded, query))
    assert re.search(rf"Index Cond: \(+{layer.datetime_field}\b", how), how
    assert not scanned(layer, how)


def test_one_feature_is_found_by_its_key(layer: Layer, seeded: Connection) -> None:
    for ask in (features.feature, features.geojson_feature):
        how = plan(seeded, lambda ask=ask: ask(seeded, layer, MANY // 2))  # type: ignore[misc]
        assert f"pk_{layer.table_name}" in how
