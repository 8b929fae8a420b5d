"""The figures kept ready say the same as counting every complaint, and tell of no secret one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection, create_engine, text

from layers.complaints import counting, figures
from layers.complaints.figures import Asked, Board, Figures
from layers.complaints.workflow import STATES
from layers.db import sql
from layers.records.actors import Actor, Grant
from tests.databases import SAMPLED, beside

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
ZONE = "Asia/Jakarta"
YEAR = Asked(date(2026, 1, 1), date(2026, 12, 1), open_secrets=True)
FIELDS = {"number", "category", "agency", "village_code", "state", "visibility", "moderation", "reported_at"}
FIELDS |= {"closed_at", "state_since", "due_on", "reopened", "disputed"}
INSERT = f"""insert into complaint (source, source_id, geom, {", ".join(sorted(FIELDS))})
values ('uji', :number, 'SRID=4326;POINT(104.9 -4.8)', {", ".join(f":{name}" for name in sorted(FIELDS))})"""

ANSWERS = """insert into complaint_survey (complaint_id, person, solved, satisfied, said_at)
select id, 'reader:' || n, 'yes', 1 + (id + n) % 5, state_since from complaint, generate_series(1, 2) as n
where state in ('resolved', 'closed') and id % 3 < n and number like :like"""


def history(number: int, seed: int = 7) -> list[dict[str, Any]]:
    """Complaints of 2026 of every state, place and agency, some without a deadline, without a village, or secret."""
    random = np.random.default_rng(seed)
    return [_one(f"uji-{seed}-{i}", random) for i in range(number)]


def _one(number: str, random: np.random.Generator) -> dict[str, Any]:
    reported = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=int(random.integers(280 * 1440)))
    state = STATES[random.integers(len(STATES))]
    ended = None if state.open else reported + timedelta(hours=int(random.integers(40 * 24)))
    at_once = state.id != "resolved" and random.random() < 0.5
    return {
        "number": number,
        "category": str(random.choice(["jalan_rusak", "sampah", "lain"])),
        "agency": [None, "pupr", "dlh"][random.integers(3)],
        "village_code": [None, "18.03.05.2001", "18.03.05.2002", "18.03.06.2001"][random.integers(4)],
        "state": state.id,
        "visibility": str(random.choice(["public", "anonymous", "secret"], p=[0.8, 0.15, 0.05])),
        "moderation": str(random.choice(["approved", "hidden"], p=[0.95, 0.05])),
        "reported_at": reported,
        "closed_at": ended,
        "state_since": ended if ended and at_once else (ended or reported) + timedelta(days=3),
        "due_on": None if random.random() < 0.2 else reported.date() + timedelta(days=int(random.integers(60))),
        "reopened": int(random.random() < 0.1),
        "disputed": int(random.random() < 0.1),
    }


@pytest.fixture
def told(connection: Connection) -> Connection:
    connection.execute(text("delete from complaint"))
    connection.execute(text(INSERT), history(900))
    connection.execute(text(ANSWERS), {"like": "uji-7-%"})
    counting.count(connection, NOW)
    return connection


def frame(connection: Connection) -> pd.DataFrame:
    """What every complaint says by itself, judged by pandas and numpy."""
    rows = connection.execute(text("select * from complaint where source = 'uji'")).mappings().all()
    found = pd.DataFrame([dict(row) for row in rows])
    off = [day.isoformat() for day in connection.scalars(text("select day from holiday"))]
    came = pd.to_datetime(found.reported_at, utc=True).dt.tz_convert(ZONE)
    closed = pd.to_datetime(found.closed_at, utc=True).dt.tz_convert(ZONE).dt.tz_localize(None)
    since = pd.to_datetime(found.state_since, utc=True).dt.tz_convert(ZONE).dt.tz_localize(None)
    due = pd.to_datetime(found.due_on)
    counted = (came + pd.to_timedelta((came.dt.hour >= 16).astype(int), unit="D")).dt.date
    found["month"] = came.dt.strftime("%Y-%m-01")
    found["resolved"] = (found.state == "resolved") | ((found.state == "closed") & (closed != since))
    runs = found.state.isin([state.id for state in STATES if state.clock == "runs"])
    found["overdue"] = runs & (due < pd.Timestamp(NOW.date()))
    found["decided"] = found.overdue | (found.resolved & due.notna())
    found["on_time"] = found.resolved & (closed.dt.normalize() <= due)
    found["again"] = (found.reopened + found.disputed) > 0
    one_day = np.timedelta64(1, "D")
    begins = np.array(list(counted), dtype="datetime64[D]") + one_day
    ends = closed.fillna(pd.Timestamp(NOW.date())).to_numpy().astype("datetime64[D]") + one_day
    found["days"] = np.maximum(np.busday_count(begins, np.maximum(begins, ends), holidays=off), 0)
    found["district"] = found.village_code.str[:8].fillna("")
    found["agency"] = found.agency.fillna("")
    said = pd.DataFrame(connection.execute(text("select complaint_id, satisfied from complaint_survey")).all())
    given = found.id.map(said.groupby("complaint_id").satisfied.agg(list))
    found["answers"], found["stars"] = (given.map(of, na_action="ignore").fillna(0) for of in (len, sum))
    return found


def counted(part: pd.DataFrame) -> tuple[int, ...]:
    names = ("resolved", "decided", "on_time", "again", "overdue", "answers", "stars")
    return (len(part), *(int(part[name].sum()) for name in names))


def numbers(found: Figures) -> tuple[int, ...]:
    return tuple(getattr(found, name) for name in figures.COUNTED)


def agree(board: Board, every: pd.DataFrame) -> None:
    assert numbers(board.total) == counted(every)
    resolved = every[every.resolved]
    assert board.total.median_days == (resolved.days.median() if len(resolved) >= figures.LEAST else None)
    for way in figures.WAYS:
        parts = {str(key): part for key, part in every.groupby(way)}
        assert {key: numbers(one) for key, one in board.by[way].items()} == {k: counted(p) for k, p in parts.items()}


def test_figures_are_what_counting_every_complaint_gives(told: Connection) -> None:
    agree(figures.board(told, YEAR), frame(told))


def test_they_stay_so_while_complaints_change_come_and_go_and_a_holiday_is_added(told: Connection) -> None:
    told.execute(text("update complaint set agency = 'dlh', visibility = 'public' where number like '%7'"))
    told.execute(text("update complaint set reported_at = reported_at + interval '20 days' where number like '%50'"))
    told.execute(text("delete from complaint where number like '%3'"))
    told.execute(text(INSERT), history(50, seed=8))
    told.execute(text(ANSWERS), {"like": "uji-8-%"})
    told.execute(text("update complaint_survey set satisfied = 5 where complaint_id % 2 = 0"))
    counting.count(told, NOW)
    agree(figures.board(told, YEAR), frame(told))
    told.execute(text("insert into holiday (day, name, kind, source) values ('2026-06-10', 'Uji', 'nasional', 'uji')"))
    counting.count(told, NOW)
    agree(figures.board(told, YEAR), frame(told))


def test_only_months_that_changed_are_counted_anew_until_the_day_changes(told: Connection) -> None:
    before = dict(told.execute(text("select month, min(id) from complaint_figure group by month")).all())
    told.execute(text("update complaint set supporters = 1 where number = 'uji-7-0'"))
    month = told.scalar(
        text(
            "select cast(date_trunc('month', reported_at at time zone :z) as date) from complaint where supporters = 1"
        ),
        {"z": ZONE},
    )
    counting.count(told, NOW)
    after = dict(told.execute(text("select month, min(id) from complaint_figure group by month")).all())
    assert {key for key in before if before[key] != after[key]} == {month}
    late = figures.board(told, YEAR).total.overdue
    counting.count(told, NOW + timedelta(days=30))
    assert figures.board(told, YEAR).total.overdue > late


def test_filters_and_roles_narrow_every_figure(told: Connection) -> None:
    every = frame(told)
    narrow = Asked(date(2026, 3, 1), date(2026, 8, 1), "pupr", "sampah", "18.03.05", open_secrets=True)
    held = every[every.month.between("2026-03-01", "2026-08-01") & (every.agency == "pupr")]
    agree(figures.board(told, narrow), held[(held.category == "sampah") & (held.district == "18.03.05")])
    actor = Actor("account:1", (Grant("officer", "dlh"), Grant("verifier", None, "18.03.06"), Grant("planner")))
    reach = figures.reach_of(actor)
    mine = every[(every.agency == "dlh") | (every.district == "18.03.06")]
    agree(figures.board(told, Asked(YEAR.since, YEAR.until, reach=reach, open_secrets=True)), mine)
    waiting = figures.waiting(told, reach)
    assert sum(each.received for each in waiting) == mine.state.isin(counting.OPEN).sum()
    assert sum(each.overdue for each in waiting) == mine.overdue.sum()
    assert figures.reach_of(Actor("account:2", (Grant("officer", "dlh", "18.03.05.2001"),))) == ()


@pytest.mark.parametrize("agency", ["", "pupr"])
@pytest.mark.parametrize("category", ["", "sampah"])
@pytest.mark.parametrize("district", ["", "18.03.05"])
def test_every_choice_of_filters_has_its_sums(told: Connection, agency: str, category: str, district: str) -> None:
    every = frame(told)
    chosen = every[every.month.between("2026-02-01", "2026-09-01")]
    for name, value in {"agency": agency, "category": category, "district": district}.items():
        chosen = chosen[chosen[name] == value] if value else chosen
    asked = Asked(date(2026, 2, 1), date(2026, 9, 1), agency, category, district, open_secrets=True)
    agree(figures.board(told, asked), chosen)


def test_what_nobody_may_see_counts_only_where_it_is_three_or_more(told: Connection) -> None:
    every = frame(told)
    public = (every.visibility != "secret") & (every.moderation != "hidden")
    board = figures.board(told, Asked(YEAR.since, YEAR.until))
    assert board.total.received == len(every)
    for way in figures.WAYS:
        for key, part in every.groupby(way):
            unseen = int((~public)[part.index].sum())
            assert board.by[way][str(key)].received == len(part) - (unseen if unseen < 3 else 0)


def test_a_single_secret_case_leaves_no_mark_in_any_figure(told: Connection) -> None:
    told.execute(text("delete from complaint"))
    told.execute(text(INSERT), [{**history(1)[0], "visibility": "secret", "agency": "pupr"}])
    counting.count(told, NOW)
    board = figures.board(told, Asked(YEAR.since, YEAR.until))
    assert board.total == Figures() and not any(board.by.values())


def test_few_cases_make_no_share_and_no_median() -> None:
    few = Figures(received=9, resolved=9, decided=9, on_time=9, days={2: 9})
    assert few.on_time_share is None and few.median_days is None and few.satisfaction is None
    enough = Figures(received=10, resolved=10, decided=10, on_time=5, days={2: 5, 5: 5})
    assert enough.on_time_share == 0.5 and enough.median_days == 3.5


@pytest.fixture
def sampled(sample_url: str) -> Iterator[Connection]:
    """The sample as it was loaded: in the database of `sample_url` tests of pages act on complaints."""
    engine = create_engine(beside(sample_url, "sample_figures", like=SAMPLED))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_the_events_of_the_sample_tell_the_same(sampled: Connection) -> None:
    """What was received and resolved when, as the trail has it, says what the figures say."""
    counting.count(sampled, NOW)
    asked = (
        "select subject, act, detail from event where layer = 'complaints' and act in ('submit', 'move') order by id"
    )
    events = pd.DataFrame([(e.subject, e.act, e.detail["to"], e.detail["when"]) for e in sampled.execute(text(asked))])
    events.columns = pd.Index(["number", "act", "to", "at"])
    received = pd.to_datetime(events[events.act == "submit"].set_index("number")["at"], utc=True)
    done = set(events[events.to == "resolved"].number)
    month = received.dt.tz_convert(ZONE).dt.strftime("%Y-%m-01")
    board = figures.board(sampled, Asked(date(2020, 1, 1), date(2030, 1, 1), open_secrets=True))
    told = {key: (one.received, one.resolved) for key, one in board.by["month"].items()}
    assert told == {str(key): (len(part), int(part.index.isin(done).sum())) for key, part in month.groupby(month)}


def test_figures_and_what_they_count_are_found_by_indexes(told: Connection) -> None:
    told.execute(text(MANY))
    counting.count(told, NOW)
    for table in ("complaint", "complaint_figure", "complaint_figure_sum"):
        told.execute(text(f"analyze {table}"))
    asked = {"since": date(2026, 1, 1), "until": date(2026, 6, 1), "agency": "", "category": "", "district": ""}
    for reach in ({"reach": "[]", "everywhere": True}, {"reach": '[{"agency": "dlh"}]', "everywhere": False}):
        known = plan(told, "figures", asked | reach | PARTS)
        assert "ix_complaint_figure_sum_parts_month" in known and "Seq Scan on complaint_figure" not in known
    assert "ix_complaint_figure_month" in plan(told, "sum_figures", {"month": date(2026, 3, 1)})
    month = {"since": "2026-03-01T00:00:00+07:00", "until": "2026-04-01T00:00:00+07:00", "today": NOW.date()}
    month |= {"zone": ZONE, "closes": 16, "open": counting.OPEN, "running": counting.RUNNING, "ages": [8, 31, 91]}
    found = plan(told, "count_figures", month)
    assert "ix_complaint_reported_at" in found and "Seq Scan on complaint " not in found


PARTS = {"parts_all": 0, "parts_category": 4, "parts_agency": 2, "parts_district": 1}
MANY = """
insert into complaint (source, source_id, number, category, state, agency, village_code, due_on, reported_at, geom)
select 'banyak', n, 'banyak-' || n, 'lain', case when n % 10 = 0 then 'in_progress' else 'closed' end,
  'dinas-' || n % 7, '18.03.' || lpad((n % 23)::text, 2, '0') || '.2001', date '2026-03-01',
  timestamptz '2016-01-01 00:00Z' + n * interval '3 hours', 'SRID=4326;POINT(104 -4)'
from generate_series(1, 30000) as n
"""


def plan(connection: Connection, question: str, asked: dict[str, Any]) -> str:
    explained = text("explain " + sql(f"complaints/{question}.sql").text)
    return "\n".join(connection.execute(explained, asked).scalars())
