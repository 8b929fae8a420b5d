"""Who waits for whom in the database: only those who do the same."""

from sqlalchemy import Connection, text

from layers.complaints import counting
from layers.records import trail, versions
from layers.roads.acts import keep_rules
from layers.roads.queries import rule_cells
from tests.layers.roads.conftest import ADMINISTRATOR

HELD = text("select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()")


def test_counting_joining_folding_and_new_road_rules_do_not_wait_for_each_other(connection: Connection) -> None:
    held = []
    for act in (
        counting.count,
        trail.join,
        versions.fold,
        lambda connection: keep_rules(connection, ADMINISTRATOR, rule_cells(connection, 1), "uji"),
    ):
        act(connection)
        held.append(connection.scalar(HELD))
    assert held == [1, 2, 3, 4], "each holds a lock of its own"
