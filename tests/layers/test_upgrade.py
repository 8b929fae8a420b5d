"""A database from the first version on keeps all that it holds when the program is brought up to date."""

from collections.abc import Iterator
from json import dumps

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import IntegrityError

from layers import migrations
from layers.computing import standing
from layers.records.versions import versions
from layers.registry import layers

AREA = "'SRID=4326;MULTIPOLYGON(((104 -5,105 -5,105 -4,104 -4,104 -5)))'"
LINE = "'SRID=4326;MULTILINESTRING((104.1 -4.1,104.2 -4.2))'"
POINT = "'SRID=4326;POINT(104.5 -4.5)'"
BY_KIND = """create extension btree_gist;
             create index ix_office_kind_geography on office using gist (kind, (geom::geography))"""
FIRST_ROWS = (
    f"insert into area (source, source_id, name, level, code, geom) values ('bps', '1', 'Abung', 'desa', '1', {AREA})",
    f"insert into road (source, source_id, name, status, geom) values ('big', '1', 'Jl. Raya', 'kabupaten', {LINE})",
    f"insert into office (source, source_id, name, kind, geom) values ('osm', '1', 'Camat', 'kantor_camat', {POINT})",
    f"insert into waste_site (source, source_id, name, kind, geom) values ('dlh', '1', 'TPA', 'tpa', {POINT})",
    f"insert into internet_site (source, source_id, name, kind, geom) values ('k', '1', 'Menara', 'tower', {POINT})",
    f"""insert into complaint (source, source_id, name, number, category, state, reported_at, geom)
        values ('warga', '1', 'Lubang', 'A1', 'jalan_rusak', 'received', '2026-01-02T03:04:05Z', {POINT})""",
    "insert into preference values ('regency', '18.03')",
    "insert into holiday values ('2026-05-27', 'Idul Adha, catatan sendiri', 'nasional', 'bupati')",
    "insert into event (actor, act, detail) values ('admin', 'import', '{\"rows\": 1}')",
    """insert into service (id, name, name_en, source, requirements)
       values ('ktp_baru', 'Layanan sendiri', 'Own service', 'bupati', 'KTP')""",
    "insert into office_service select id, 'ktp_baru' from office",
)


@pytest.fixture
def first(database_url: str) -> Iterator[str]:
    """A database as the first migration made it, with a row of each kind."""
    server = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("create database first"))
    url = make_url(database_url).set(database="first").render_as_string(hide_password=False)
    migrations.upgrade(url, "0001")
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in FIRST_ROWS:
            connection.exec_driver_sql(statement)
    engine.dispose()
    yield url
    with server.connect() as connection:
        connection.execute(text("drop database first with (force)"))
    server.dispose()


def kept(engine: Engine, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """Read given columns of given tables, row by row as text."""
    with engine.connect() as connection:
        return {
            table: sorted(connection.scalars(text(f"select row({', '.join(names)})::text from {table}")))
            for table, names in columns.items()
        }


def columns(engine: Engine) -> dict[str, list[str]]:
    query = """select table_name, array_agg(column_name::text order by ordinal_position) as names
               from information_schema.columns join pg_tables on tablename = table_name and schemaname = table_schema
               where table_schema = 'public' and table_name not in ('spatial_ref_sys', 'alembic_version')
                 and table_name not like 'layer_%' group by 1"""
    with engine.connect() as connection:
        return {row.table_name: row.names for row in connection.execute(text(query))}


def indexes(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.scalars(text("select indexdef from pg_indexes where schemaname = 'public'")).all()
    engine.dispose()
    return sorted(found)


def test_every_row_of_the_first_version_is_there_after_each_step_of_the_upgrade(first: str) -> None:
    engine = create_engine(first)
    before_columns = columns(engine)
    before = kept(engine, before_columns)
    assert sum(map(len, before.values())) >= len(FIRST_ROWS)
    history = ScriptDirectory.from_config(migrations.config("")).walk_revisions()  # the newest first
    for revision in [script.revision for script in history][-2::-1]:
        migrations.upgrade(first, revision)
        after = kept(engine, before_columns)
        assert {table: [row for row in rows if row in after[table]] for table, rows in before.items()} == before
    with engine.connect() as connection:
        assert connection.scalar(text("select version_num from alembic_version")) == revision
    engine.dispose()


@pytest.mark.parametrize(
    "difference",
    [
        (BY_KIND, "drop index ix_office_opening_hours"),
        (BY_KIND,),
        (),
    ],
    ids=["without opening hours, by kind", "by kind", "as it is now"],
)
def test_each_state_that_the_fourth_migration_has_had_leads_to_the_same_indexes(
    first: str, database_url: str, difference: tuple[str, ...]
) -> None:
    migrations.upgrade(first, "0004")
    engine = create_engine(first)
    with engine.begin() as connection:
        for statement in difference:
            connection.exec_driver_sql(statement)
    engine.dispose()
    migrations.upgrade(first)
    assert indexes(first) == indexes(database_url)


def test_people_fewer_than_none_are_unknown_after_the_upgrade_and_do_not_come_again(first: str) -> None:
    engine = create_engine(first)
    with engine.begin() as connection:
        connection.exec_driver_sql("update area set population = -99")
    migrations.upgrade(first)
    with engine.begin() as connection:
        assert connection.scalars(text("select population from area")).all() == [None]
    with pytest.raises(IntegrityError, match="ck_area_population"), engine.begin() as connection:
        connection.exec_driver_sql("update area set population = -1")
    engine.dispose()


def test_an_area_that_was_drawn_for_a_rule_before_it_had_a_name_stays_and_gets_one(first: str) -> None:
    migrations.upgrade(first, "0058")
    engine = create_engine(first)
    add = f"""insert into complaint_route (position, agency, why, why_en, source, area, area_code) values
              (901, 'dlh', 'x', 'x', 'M', {AREA}, null), (902, 'dlh', 'x', 'x', 'M', {AREA}, '1'),
              (903, 'dlh', 'x', 'x', 'M', null, null)"""
    with engine.begin() as connection:
        connection.exec_driver_sql(add)
    migrations.upgrade(first)
    with engine.connect() as connection:
        names = connection.scalars(text("select area_name from complaint_route where position > 900 order by position"))
        assert names.all() == ["batas yang digambar", None, None]
    engine.dispose()


def test_what_was_computed_by_older_rules_is_computed_anew_after_the_upgrade(first: str) -> None:
    migrations.upgrade(first, "0055")
    engine = create_engine(first)
    named = [layer.id for layer in layers().values() if not layer.observed]
    with engine.begin() as connection:
        for layer in named:
            needed = {need: versions(connection).get(need, 0) for need in layers()[layer].needs}
            values = {"layer": layer, "versions": dumps(needed)}
            add = "insert into computed_layer (layer, versions, computed_at) values (:layer, :versions, now())"
            connection.execute(text(add), values)
    migrations.upgrade(first)
    with engine.connect() as connection:
        standings = [standing(connection, layers()[layer]) for layer in named]
    assert len(standings) > 3
    assert all(one and one.at and one.stale for one in standings)
    engine.dispose()


def test_a_road_finished_in_1998_keeps_its_day_in_the_upgrade_and_slips_of_the_keyboard_go(first: str) -> None:
    migrations.upgrade(first, "0052")
    engine = create_engine(first)
    days = {"1998": "1998-07-01", "26": "0026-11-01", "98": "0098-11-01", "1026": "1026-11-01"}
    add = f"""insert into work (source, source_id, name, kind, stage, finished_on, geom)
              values ('berkas', :id, 'Jalan', 'drainase', 'finished', :day, {POINT})"""
    with engine.begin() as connection:
        for name, day in days.items():
            connection.execute(text(add), {"id": name, "day": day})
    migrations.upgrade(first)
    with engine.connect() as connection:
        kept = {
            row.source_id: row.day
            for row in connection.execute(text("select source_id, finished_on::text as day from work"))
        }
    engine.dispose()
    assert kept == {"1998": "1998-07-01", "26": "2026-11-01", "98": "1998-11-01", "1026": None}


def rules_of_days(engine: Engine) -> dict[str, str]:
    """Read what the tables hold days of works and surveys to, by table."""
    asked = """select conrelid::regclass::text as name, pg_get_constraintdef(oid) as rule
               from pg_constraint where conname ~ '^ck_(work|road_survey).*_days$'"""
    with engine.connect() as connection:
        return {row.name: row.rule for row in connection.execute(text(asked))}


def test_a_database_whose_days_began_with_2000_takes_a_road_finished_in_1998_after_the_upgrade(first: str) -> None:
    """As those that were brought up to date while migration 0057 said so."""
    migrations.upgrade(first, "0061")
    engine = create_engine(first)
    meant = rules_of_days(engine)
    assert set(meant) == {"work", "work_progress", "work_change", "road_survey"}
    with engine.begin() as connection:
        for table, rule in meant.items():
            narrow = rule.replace("1900", "2000")
            name = f"ck_{table}_days"
            connection.exec_driver_sql(f"alter table {table} drop constraint {name}, add constraint {name} {narrow}")
    add = f"""insert into work (source, source_id, name, kind, stage, finished_on, geom)
              values ('berkas', '1998', 'Jalan', 'drainase', 'finished', '1998-07-01', {POINT})"""
    with pytest.raises(IntegrityError, match="ck_work_days"), engine.begin() as connection:
        connection.exec_driver_sql(add)
    migrations.upgrade(first)
    with engine.begin() as connection:
        connection.exec_driver_sql(add)
    assert rules_of_days(engine) == meant
    engine.dispose()


def test_roads_of_openstreetmap_meet_at_their_vertices_after_the_upgrade_and_no_others(first: str) -> None:
    migrations.upgrade(first, "0059")
    engine = create_engine(first)
    add = f"""insert into road (source, source_id, status, geom)
              values ('OpenStreetMap (Geofabrik)', '1', 'kabupaten', {LINE})"""
    with engine.begin() as connection:
        connection.exec_driver_sql(add)
    migrations.upgrade(first)
    with engine.connect() as connection:
        kept = {row.source: row.meets for row in connection.execute(text("select source, meets from road"))}
    engine.dispose()
    assert kept == {"OpenStreetMap (Geofabrik)": "simpul", "big": "silang"}


def test_an_upgrade_that_is_done_twice_changes_nothing(first: str) -> None:
    engine = create_engine(first)
    migrations.upgrade(first)
    before = kept(engine, columns(engine))
    migrations.upgrade(first)
    assert kept(engine, columns(engine)) == before
    engine.dispose()
