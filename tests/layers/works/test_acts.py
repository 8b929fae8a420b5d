"""What is done to a work before it is finished: who may, what each step needs, and what the trail keeps."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from layers.complaints.refusals import ActRefusedError
from layers.records.actors import Actor, Grant
from layers.works import acts, queries
from layers.works.acts import Facts
from layers.works.scope import Stretch, read_shape
from layers.works.stages import BY_PAIR, STAGES, STEPS
from tests.layers.access.world import DESA, lay_road, settle
from tests.layers.works.conftest import CONTRACT, COORDINATOR, NOW, PLANNER, TODAY

Register = Callable[..., int]
BringTo = Callable[[int, str], None]
METRES_A_DEGREE = 111_319.49  # along the equator


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(ActRefusedError) as refused:
        act()
    return refused.value.reason


def test_its_shape_is_that_of_its_metres_of_road(connection: Connection, register: Register) -> None:
    row = queries.work(connection, register())
    assert row is not None
    shape = queries.shape_of(row)
    (line,) = shapely.get_parts(shape)
    starts = [(104.9 + metres / METRES_A_DEGREE) for metres in (200, 700)]
    assert [x for x, _ in line.coords] == pytest.approx(starts, abs=1e-7)


def test_metres_run_on_over_the_parts_of_a_road(connection: Connection, register: Register, road: int) -> None:
    """Two parts of half a kilometre, apart: metres 300 to 800 are the end of one and the start of the other."""
    half = 500 / METRES_A_DEGREE
    parts = f"MULTILINESTRING((104.9 0, {104.9 + half} 0), (105 0, {105 + half} 0))"
    connection.execute(
        text("update road set geom = st_geomfromtext(:w, 4326) where id = :id"), {"w": parts, "id": road}
    )
    row = queries.work(connection, register(where=Stretch(road, 300, 800)))
    assert row is not None
    lengths = [part.length * METRES_A_DEGREE for part in shapely.get_parts(queries.shape_of(row))]
    assert lengths == pytest.approx([200, 300], abs=0.1)


def test_sent_twice_it_is_registered_once(connection: Connection, road: int) -> None:
    client, facts = uuid4(), Facts("Drainase", "drainase", "pupr")
    made = {acts.register(connection, PLANNER, client, facts, Stretch(road), NOW) for _ in range(2)}
    assert len(made) == 1


def test_only_its_agency_keeps_it(connection: Connection, register: Register) -> None:
    work = register()
    for stranger in (Actor("account:9", (Grant("coordinator", "dlh"),)), Actor("account:8", (Grant("verifier"),))):
        assert refusal(lambda s=stranger: acts.move(connection, s, work, "planned", seen_version=None)) == "role"  # type: ignore[misc]
        assert refusal(lambda s=stranger: register(s)) == "role"  # type: ignore[misc]


def test_a_planner_plans_and_the_agency_contracts(
    connection: Connection, register: Register, bring_to: BringTo
) -> None:
    work = register()
    bring_to(work, "tendered")
    assert refusal(lambda: acts.move(connection, PLANNER, work, "contracted", seen_version=None)) == "role"


def test_a_step_says_what_it_lacks(connection: Connection, register: Register, bring_to: BringTo) -> None:
    work = register()
    bring_to(work, "planned")
    money = {"fund": "dak", "year": "2026"}
    for brought, reason in (({}, "money"), ({**money, "budget": 5, "year": "26"}, "year"), ({"budget": 5}, "fund")):
        step = lambda b=brought: acts.move(connection, COORDINATOR, work, "budgeted", seen_version=None, now=NOW, **b)  # type: ignore[misc]  # noqa: E731
        assert refusal(step) == reason
    assert refusal(lambda: acts.move(connection, COORDINATOR, work, "finished", seen_version=None)) == "impossible"
    assert refusal(lambda: acts.move(connection, COORDINATOR, work, "cancelled", seen_version=None)) == "reason"


def test_who_was_slower_changes_nothing(connection: Connection, register: Register) -> None:
    work = register()
    acts.move(connection, COORDINATOR, work, "planned", seen_version=1)
    late = lambda: acts.move(connection, COORDINATOR, work, "cancelled", seen_version=1, reason="x")  # noqa: E731
    assert refusal(late) == "overtaken"


def test_progress_and_money_only_grow(connection: Connection, register: Register, bring_to: BringTo) -> None:
    work = register()
    bring_to(work, "under_way")

    def tell(percent: float, spent: int | None) -> None:
        told = {"day": TODAY, "percent": percent, "spent": spent, "note": "Badan jalan"}
        acts.report_progress(connection, COORDINATOR, work, seen_version=None, now=NOW, **told)  # type: ignore[arg-type]

    tell(40, 300_000_000)
    tell(55, None)
    assert refusal(lambda: tell(50, None)) == "percent"
    assert refusal(lambda: tell(60, 200_000_000)) == "spent"
    row = queries.work(connection, work)
    assert row is not None
    assert (row.progress, row.spent) == (55, 300_000_000)


def test_progress_is_told_in_the_order_of_its_days_and_not_before_the_work(
    connection: Connection, register: Register, bring_to: BringTo
) -> None:
    """Entered late, Rp150 jt on 1 November after Rp100 jt on 10 November would be published as paid on the first."""
    work = register()
    bring_to(work, "under_way")

    def tell(day: date, spent: int) -> None:
        told = {"day": day, "percent": 40.0, "spent": spent}
        acts.report_progress(connection, COORDINATOR, work, seen_version=None, now=NOW, **told)  # type: ignore[arg-type]

    tell(date(2026, 11, 10), 100_000_000)
    for day in (date(2026, 11, 1), date(2026, 6, 14), date(2020, 1, 1), date(26, 11, 12)):
        assert refusal(lambda d=day: tell(d, 150_000_000)) == "day"  # type: ignore[misc]
    tell(date(2026, 11, 10), 150_000_000)
    assert [entry.spent for entry in queries.progress_of(connection, work)] == [100_000_000, 150_000_000]


def test_a_day_of_the_year_26_is_a_slip(connection: Connection, register: Register, bring_to: BringTo) -> None:
    slip = date(26, 11, 1)
    assert refusal(lambda: register(planned_start=slip)) == "day"
    work = register()
    bring_to(work, "tendered")
    agreed = {**CONTRACT, "contract_on": slip}
    sign = lambda: acts.move(connection, COORDINATOR, work, "contracted", seen_version=None, now=NOW, **agreed)  # type: ignore[arg-type]  # noqa: E731
    assert refusal(sign) == "day"
    with pytest.raises(IntegrityError, match="ck_work_days"), connection.begin_nested():
        connection.execute(text("update work set planned_end = '0026-11-01' where id = :id"), {"id": work})


def test_a_roadwork_speaks_only_for_roads_that_its_agency_mends(
    connection: Connection, register: Register, road: int
) -> None:
    """Complaints about a village's road go to pmd, those about the regency's to pupr."""
    assert refusal(lambda: register(agency="dinkes")) == "road"
    beside = register(agency="dinkes", kind="drainase")
    assert len(queries.roads_of(connection, beside)) == 1
    ours = register()
    connection.execute(text("update road set status = 'desa' where id = :id"), {"id": road})
    more = Stretch(road, 800, 900)
    assert refusal(lambda: acts.link_road(connection, COORDINATOR, ours, more, seen_version=None)) == "road"
    assert register(agency="pmd")


def test_a_roadwork_of_no_known_agency_speaks_for_a_road_where_the_actor_may(
    connection: Connection, register: Register, road: int
) -> None:
    """As files bring them: their agency is not given, or has a name that nobody knows here."""
    whole = Actor("account:41", (Grant("coordinator"),))
    work = register()
    for at, agency in enumerate((None, "Dinas Lama")):
        connection.execute(text("update work set agency = :agency where id = :id"), {"id": work, "agency": agency})
        piece = Stretch(road, 800 + 100 * at, 900 + 100 * at)
        acts.link_road(connection, whole, work, piece, seen_version=None)
    first = Stretch(road, 0, 50)
    assert refusal(lambda: acts.link_road(connection, COORDINATOR, work, first, seen_version=None)) == "role"
    assert len(queries.roads_of(connection, work)) == 3


def test_a_coordinator_of_one_kecamatan_links_no_road_of_another(connection: Connection, register: Register) -> None:
    settle(connection)
    lay_road(connection, (1_000, 5_000), (9_000, 5_000), name="2")
    whole = connection.scalar(text("select id from road where source_id = '2'"))
    western = Actor("account:31", (Grant("coordinator", "pupr", DESA),))
    work = register(western, where=Stretch(whole, 0, 500))
    acts.link_road(connection, western, work, Stretch(whole, 1_000, 2_000), seen_version=None)
    beyond = Stretch(whole, 6_000, 7_000)
    assert refusal(lambda: acts.link_road(connection, western, work, beyond, seen_version=None)) == "role"
    acts.link_road(connection, COORDINATOR, work, beyond, seen_version=None)


def test_a_change_of_cost_and_time_keeps_what_was_agreed_before(
    connection: Connection, register: Register, bring_to: BringTo
) -> None:
    work = register()
    bring_to(work, "under_way")
    terms = {"changed_on": TODAY, "value": 950_000_000, "end": date(2026, 12, 15), "now": NOW}
    silent = lambda: acts.change_terms(connection, COORDINATOR, work, seen_version=None, **terms)  # type: ignore[arg-type]  # noqa: E731
    assert refusal(silent) == "reason"
    acts.change_terms(connection, COORDINATOR, work, seen_version=None, reason="Tambah gorong-gorong", **terms)  # type: ignore[arg-type]
    (change,) = queries.changes_of(connection, work)
    assert (change.old_value, change.new_value) == (900_000_000, 950_000_000)
    assert (change.old_end, change.new_end) == (date(2026, 10, 31), date(2026, 12, 15))
    row = queries.work(connection, work)
    assert row is not None
    assert queries.days_late(row, date(2026, 12, 20)) == 5


@pytest.mark.parametrize(
    ("terms", "reason"),
    [({"value": 0}, "money"), ({"value": -5}, "money"), ({"end": date(2026, 5, 31)}, "planned_end")],
)
def test_a_contract_is_not_changed_to_nothing_nor_to_end_before_it_began(
    connection: Connection, register: Register, bring_to: BringTo, terms: dict[str, Any], reason: str
) -> None:
    work = register()
    bring_to(work, "under_way")
    wanted = {"changed_on": TODAY, "reason": "Uji", "now": NOW, **terms}
    assert refusal(lambda: acts.change_terms(connection, COORDINATOR, work, seen_version=None, **wanted)) == reason
    assert queries.changes_of(connection, work) == []


def test_a_form_that_is_sent_twice_at_once_makes_one_work(
    connection: Connection, road: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second arrives after the first has looked whether it is known, and before it writes."""
    form = (uuid4(), Facts("Rehabilitasi Ruas Uji", "rehabilitasi_jalan", "pupr"), Stretch(road, 200, 700), NOW)
    check, kept = acts._check_facts, []

    def meanwhile(during: Connection, facts: Facts) -> None:
        monkeypatch.setattr(acts, "_check_facts", check)
        kept.append(acts.register(during, PLANNER, *form))

    monkeypatch.setattr(acts, "_check_facts", meanwhile)
    assert [acts.register(connection, PLANNER, *form)] == kept


def test_the_trail_tells_every_act_and_names_no_contractor(
    connection: Connection, register: Register, bring_to: BringTo
) -> None:
    work = register()
    bring_to(work, "under_way")
    told = queries.timeline(connection, f"P-{work}")
    stages = ["proposal", "planned", "budgeted", "tendered", "contracted", "under_way"]
    assert [entry.stage for entry in told] == stages
    assert told[4].noted["contract_value"] == 900_000_000
    assert not any("CV Uji Karya" in str(entry.noted) for entry in told)


def test_a_secret_complaint_is_unknown_to_whom_it_does_not_concern(
    connection: Connection, register: Register, report: Callable[..., tuple[int, str]]
) -> None:
    work = register()
    case, number = report("dispatched")
    connection.execute(text("update complaint set visibility = 'secret' where id = :id"), {"id": case})
    assert refusal(lambda: acts.link_complaint(connection, PLANNER, work, number, seen_version=None)) == "complaint"
    acts.link_complaint(connection, COORDINATOR, work, number, seen_version=None)
    assert queries.complaints_of(connection, work) == []
    assert queries.complaints_of(connection, work, PLANNER) == []
    (seen,) = queries.complaints_of(connection, work, COORDINATOR)
    assert (seen.number, seen.public) == (number, False)
    assert queries.count_complaints(connection, work) == 1
    acts.unlink_complaint(connection, COORDINATOR, work, number, seen_version=None)
    assert queries.count_complaints(connection, work) == 0


@pytest.mark.parametrize(
    "written", ["", "{}", '{"type":"Point","coordinates":[]}', '{"type":"Point","coordinates":[200,0]}']
)
def test_a_shape_that_is_none_is_refused(written: str) -> None:
    assert refusal(lambda: read_shape(written)) == "shape"


def test_the_table_of_steps_leads_everywhere_and_on_from_no_end() -> None:
    assert {step.target for step in STEPS} == {stage.id for stage in STAGES} - {"proposal"}
    assert {stage.id for stage in STAGES} - {step.start for step in STEPS} == {"maintained", "cancelled"}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([stage.id for stage in STAGES]), max_size=12))
def test_no_order_of_acts_takes_a_step_that_the_table_lacks(
    connection: Connection, register: Register, targets: list[str]
) -> None:
    """Whoever brings everything along gets as far as the table allows, and not a step farther."""
    brought = {"budget": 5, "fund": "dak", "year": "2026", "contract_number": "1", "contractor": "CV", "reason": "a"}
    brought |= {"contract_on": date(2026, 6, 1), "contract_value": 4, "planned_end": date(2026, 9, 1)}
    brought |= {"started_on": date(2026, 6, 2), "finished_on": date(2026, 8, 1), "public_text": "b", "exemption": "c"}
    with connection.begin_nested() as undone:
        work, here = register(), "proposal"
        for target in targets:
            try:
                acts.move(
                    connection, COORDINATOR, work, target, seen_version=None, now=NOW, condition="baik", **brought
                )
            except ActRefusedError as refused:
                assert (here, target) not in BY_PAIR, refused.reason
            else:
                assert (here, target) in BY_PAIR
                here = target
        undone.rollback()
