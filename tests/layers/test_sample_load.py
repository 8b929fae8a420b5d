"""Loading the sample data into an empty database, and knowing when it has gone."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from layers import db, sample
from layers.areas import queries
from layers.offices.queries import nearest_offices
from layers.records import versions
from layers.records.preferences import preference
from layers.registry import layers
from tests.conftest import ROOT
from tests.databases import beside

SAMPLED = {layer.id for layer in layers().values() if layer.sample}
Steps = list[tuple[str, int, int]]


@pytest.fixture(scope="module")
def empty(database_url: str) -> Iterator[Engine]:
    """A database of its own, so that what is committed here stays out of the other tests."""
    engine = db.connect(beside(database_url, "sample_load"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def steps(empty: Engine) -> Steps:
    """The database loaded, and what was reported meanwhile."""
    assert sample.is_empty(empty)
    heard: Steps = []
    sample.load(empty, lambda step, done, total: heard.append((step, done, total)))
    return heard


@pytest.fixture
def loaded(empty: Engine, steps: Steps) -> Iterator[Connection]:
    with empty.connect() as connection:
        outer = connection.begin()
        connection.execute(text("set local statement_timeout = 0"))
        yield connection
        outer.rollback()


def test_progress_is_told_from_nothing_to_ready(steps: Steps) -> None:
    done = [step[1] for step in steps]
    assert done == list(range(steps[0][2] + 1))
    assert {step[0] for step in steps} >= SAMPLED


def test_what_was_loaded_is_no_longer_empty(empty: Engine, steps: Steps) -> None:
    assert not sample.is_empty(empty)


def test_asking_costs_web_workers_nothing_of_what_makes_the_sample() -> None:
    check = "import sys, layers.sample; sys.exit('scipy' in sys.modules or 'layers.areas.sample' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT).returncode == 0


def test_every_layer_says_that_it_shows_sample_data(loaded: Connection) -> None:
    assert sample.sampled_layers(loaded) == SAMPLED


def test_a_layer_without_sample_rows_is_real(loaded: Connection) -> None:
    loaded.execute(text("delete from waste_site where kind <> 'tpa'"))
    assert "waste" in sample.sampled_layers(loaded)
    loaded.execute(text("update waste_site set source = 'Dinas Lingkungan Hidup'"))
    assert sample.sampled_layers(loaded) == SAMPLED - {"waste"}


def test_asking_for_sample_data_reads_an_index_however_much_there_is(loaded: Connection) -> None:
    """The question stands on every page, so that it must not read a table through."""
    loaded.execute(
        text(
            """
            insert into waste_site (source, source_id, kind, geom)
            select 'dinas', n, 'tps', st_setsrid(st_makepoint(104.5 + n % 1000 * 0.0005, -5 + n / 1000 * 0.004), 4326)
            from generate_series(1, 100000) as n
            """
        )
    )
    loaded.execute(text("analyze waste_site"))
    question = sample.holdings_of_sample().compile(loaded, compile_kwargs={"literal_binds": True})
    plan = "\n".join(loaded.execute(text(f"explain {question}")).scalars())
    assert "using uq_waste_site_source_source_id" in plan
    assert "Seq Scan on waste_site" not in plan


@pytest.mark.parametrize("table", [layer.table_name for layer in layers().values() if layer.id != "areas"])
def test_every_feature_knows_the_village_that_holds_it(loaded: Connection, table: str) -> None:
    """Coverage areas may reach beyond the border: one whose middle lies outside the regency belongs to no village."""
    wrong = text(
        f"""
        select count(*) from "{table}" as feature
        left join area on area.code = feature.village_code
        where st_within(st_pointonsurface(feature.geom), (select geom from area where level = 'kabupaten'))
          and not coalesce(st_dwithin(area.geom, st_pointonsurface(feature.geom), 1e-6), false)
        """
    )
    assert loaded.scalar(wrong) == 0


def test_the_regency_and_its_time_zone_are_set(loaded: Connection) -> None:
    regency = queries.regency(loaded)
    assert regency is not None
    assert (regency.code, regency.name, regency.utm) == ("18.03", "Kabupaten Lampung Utara", 32748)
    assert preference(loaded, "time_zone") == "Asia/Jakarta"


def test_loading_is_one_event_with_its_counts(loaded: Connection) -> None:
    event = loaded.execute(text("select act, detail from event where layer is null")).one()
    assert event.act == "load_sample"
    for layer in (layers()[name] for name in SAMPLED):
        counted = loaded.scalar(text(f'select count(*) from "{layer.table_name}"'))
        assert event.detail["rows"][layer.id] == counted


def test_versions_and_cells_are_ready(loaded: Connection) -> None:
    assert set(versions.versions(loaded)) >= SAMPLED
    assert loaded.scalar(text("select count(*) from layer_change")) == 0


def test_offices_give_services(loaded: Connection) -> None:
    office, *_ = nearest_offices(loaded, 104.89, -4.83, kind="dukcapil")
    assert office.services
    assert office.distance_m < 5000


def test_a_database_that_holds_something_refuses_a_second_load(empty: Engine, loaded: Connection) -> None:
    with pytest.raises(ValueError, match="already holds"):
        sample.load(empty, lambda step, done, total: None)
    assert loaded.scalar(text("select count(*) from event where act = 'load_sample'")) == 1
