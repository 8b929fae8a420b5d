"""A layer's version rises with each change that others can see, and its cells always count what its table holds."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, insert, text, update

from layers.complaints.table import Complaint
from layers.internet.table import InternetSite
from layers.records.installation import renew_mark
from layers.records.versions import fold, states, versions
from layers.roads.table import Road
from layers.waste.table import WasteSite

WASTE = {"source": "uji", "kind": "tps", "geom": "SRID=4326;POINT(104.88 -4.83)"}


def put(connection: Connection, *names: str, **values: Any) -> None:
    connection.execute(insert(WasteSite), [WASTE | {"source_id": name} | values for name in names])


def version(connection: Connection, layer: str = "waste") -> int:
    return versions(connection).get(layer, 0)


def counted(connection: Connection, z: int, layer: str = "waste") -> Counter[tuple[int, int, str]]:
    rows = connection.execute(text("select x, y, kind, n from tile_cell where layer = :layer and z = :z"), locals())
    return Counter({(row.x, row.y, row.kind): row.n for row in rows})


def test_each_act_raises_the_version_at_once(connection: Connection) -> None:
    seen = [version(connection)]
    put(connection, "1", "2")
    seen.append(version(connection))
    connection.execute(update(WasteSite).where(WasteSite.source_id == "1").values(name="TPS Pasar"))
    seen.append(version(connection))
    connection.execute(delete(WasteSite).where(WasteSite.source_id == "2"))
    seen.append(version(connection))
    connection.execute(text("truncate waste_site"))
    seen.append(version(connection))
    assert seen == sorted(set(seen))


def test_the_same_version_elsewhere_is_another_state(connection: Connection) -> None:
    here = states(connection)
    assert re.fullmatch(r"[0-9a-f]{8}-0", here.of("no layer"))
    renew_mark(connection)
    elsewhere = states(connection)
    assert here.versions == elsewhere.versions
    assert here.of("waste") != elsewhere.of("waste")


def test_a_statement_that_changes_nothing_leaves_the_version(connection: Connection) -> None:
    put(connection, "1")
    before = version(connection)
    connection.execute(update(WasteSite).where(WasteSite.source_id == "nobody").values(name="x"))
    connection.execute(delete(WasteSite).where(WasteSite.source_id == "nobody"))
    assert version(connection) == before


def test_folding_never_lowers_a_version_and_raises_it_when_counts_change(connection: Connection) -> None:
    put(connection, "1")
    before = version(connection)
    fold(connection)
    folded = version(connection)
    fold(connection)
    assert before < folded == version(connection)


def test_a_road_raises_its_version_without_being_counted(connection: Connection) -> None:
    line = "SRID=4326;MULTILINESTRING((104.8 -4.8,104.9 -4.9))"
    connection.execute(insert(Road).values(source="uji", source_id="1", status="desa", geom=line))
    fold(connection)
    assert version(connection, "roads") > 0
    assert not counted(connection, 18, "roads")


def test_towers_are_counted_and_areas_of_coverage_are_not(connection: Connection) -> None:
    row = {"source": "uji", "kind": "menara", "geom": "SRID=4326;POINT(104.9 -4.8)"}
    area = "SRID=4326;POLYGON((104 -4,105 -4,105 -5,104 -4))"
    connection.execute(insert(InternetSite).values(row | {"source_id": "1"}))
    connection.execute(insert(InternetSite).values(row | {"source_id": "2", "geom": area}))
    fold(connection)
    assert sum(counted(connection, 6, "internet").values()) == 1


POINT = st.tuples(st.floats(-179.99, 179.99), st.floats(-85, 85), st.sampled_from(["tps", "tpa"]))


def place(lon: float, lat: float) -> str:
    """Write a point down, a little off round numbers: those lie on the border of two cells."""
    return f"SRID=4326;POINT({lon:.6f}3 {lat:.6f}3)"


@rounds(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(POINT, max_size=8), second=st.lists(POINT, max_size=8))
def test_cells_count_what_the_table_holds_after_any_changes(connection: Connection, first: Any, second: Any) -> None:
    """Compared with the tiles as PostGIS draws them (ST_TileEnvelope), at the finest and the coarsest zoom."""
    with connection.begin_nested() as attempt:
        for n, (lon, lat, kind) in enumerate(first):
            put(connection, str(n), kind=kind, geom=place(lon, lat))
        fold(connection)
        for n, (lon, lat, kind) in enumerate(second):
            changed = {"kind": kind, "geom": place(lon, lat)}
            connection.execute(update(WasteSite).where(WasteSite.source_id == str(n)).values(changed))
        connection.execute(delete(WasteSite).where(WasteSite.source_id == "0"))
        fold(connection)
        for z in (6, 18):
            assert counted(connection, z).total() == sum(1 for _ in connection.execute(text("select from waste_site")))
            outside = """
                select count(*) from tile_cell c where layer = 'waste' and z = :z and n <> (
                    select count(*) from waste_site w where w.kind = c.kind and st_dwithin(
                        st_transform(w.geom, 3857), st_tileenvelope(c.z, c.x, c.y), 0.01))"""
            assert connection.scalar(text(outside), {"z": z}) == 0
        attempt.rollback()


def test_a_fold_of_many_changes_goes_in_steps(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    fold(connection)
    before = version(connection)
    monkeypatch.setattr("layers.records.versions.AT_ONCE", 3)
    for n in range(5):
        put(connection, str(n), kind=("tps", "tpa")[n % 2])
    fold(connection)
    assert version(connection) >= before + 5
    assert counted(connection, 18).total() == 5


def test_an_emptied_table_leaves_no_cell(connection: Connection) -> None:
    put(connection, "1", "2")
    fold(connection)
    put(connection, "3")
    connection.execute(text("truncate waste_site"))
    fold(connection)
    assert not counted(connection, 18)
    assert not counted(connection, 6)


@pytest.fixture
def reports(engine: Engine) -> Any:
    yield
    with engine.begin() as connection:
        connection.execute(delete(Complaint).where(Complaint.source == "uji"))
        fold(connection)


def test_writers_and_folds_side_by_side_lose_nothing(engine: Engine, reports: None) -> None:
    """Eight threads report 200 complaints at one place while others fold; in the end the cells count 200."""

    def report(n: int) -> None:
        with engine.begin() as connection:
            values = {
                "source": "uji",
                "source_id": str(n),
                "number": f"uji-{n}",
                "category": "jalan",
                "state": "received",
            }
            place = {"reported_at": "2026-01-01T00:00Z", "geom": "SRID=4326;POINT(104.88 -4.83)"}
            connection.execute(insert(Complaint).values(values | place))
        if n % 20 == 0:
            with engine.begin() as connection:
                fold(connection)

    with engine.connect() as connection:
        before = version(connection, "complaints")
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(report, range(200)))
    with engine.begin() as connection:
        assert version(connection, "complaints") >= before + 200
        fold(connection)
        assert counted(connection, 18, "complaints").total() == 200
