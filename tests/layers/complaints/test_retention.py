"""After some time, or when the reporter asks, nothing tells of people any more, and the trail can still be proven."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, text

from layers import db
from layers.complaints import files, photos
from layers.complaints.acts import (
    Part,
    Receipt,
    Submission,
    anonymise,
    anonymise_due,
    answer,
    change_visibility,
    follow,
    moderate,
    moderate_photo,
    move,
    note,
    split,
    submit,
)
from layers.complaints.feeds import latest
from layers.complaints.queries import Tombstone, case
from layers.complaints.refusals import ActRefusedError
from layers.complaints.tracking import give_code, opened_by
from layers.records import identities, keys, proof, seals, trail
from layers.records.actors import SYSTEM, VISITOR, Actor
from layers.records.identities import Contact
from layers.records.photo_files import discard
from layers.records.photos import Photo
from layers.records.preferences import set_preference
from tests.databases import beside
from tests.layers.complaints.conftest import CHECKER, OFFICER, VERIFIER

MARK = "tandawarga"
PLACE = (104.87654, -4.81234)
SITI = Contact(f"Siti {MARK}", f"{MARK}@contoh.test", "0812 7777 1234")
PICTURE = Photo(MARK.encode(), MARK.encode(), 4, 3, None)
LONG_AGO = datetime.now(UTC) - timedelta(days=3 * 365)
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def old(database_url: str) -> Iterator[Engine]:
    """A database of its own, since trails never go away."""
    engine = db.connect(beside(database_url, "retention"))
    with engine.begin() as connection:
        village = "SRID=4326;MULTIPOLYGON(((104.8 -4.9,105 -4.9,105 -4.7,104.8 -4.7,104.8 -4.9)))"
        add = "insert into area (source, source_id, name, level, code, geom) values ('uji', '1', 'Kotabumi', 'desa',"
        connection.execute(text(f"{add} '18.03.05.2001', :village)"), {"village": village})
    yield engine
    engine.dispose()


def reported(connection: Connection, data_dir: Path, closed: bool = True, **different: Any) -> tuple[Receipt, str]:
    """A complaint full of marked words of its reporter and of staff, dealt with long ago; gives its code too."""
    told = {"description": f"{MARK} uraian", "place_note": f"{MARK} patokan", **different}
    made = submit(connection, VISITOR, Submission(uuid4(), "jalan_berlubang", *PLACE, **told), LONG_AGO)
    me, reporter = made.complaint_id, Actor(f"reporter:{made.complaint_id}")
    identities.keep(connection, data_dir, reporter, f"complaint:{me}", SITI, "setuju")
    code = give_code(connection, data_dir, me)
    photos.add_photo(connection, data_dir, reporter, me, PICTURE)
    note(connection, VERIFIER, me, f"{MARK} menelepon", seen_version=None)
    move(connection, VERIFIER, me, "needs_info", seen_version=None, reason=f"Apakah {MARK}?", now=LONG_AGO)
    move(connection, reporter, me, "received", seen_version=None, reason=f"Ya, {MARK}", now=LONG_AGO)
    answer(connection, VERIFIER, me, "Akan ditambal bulan ini.", seen_version=None)
    follow(connection, me, f"browser:{MARK}")
    if closed:
        move(connection, reporter, me, "withdrawn", seen_version=None, reason=f"{MARK} pindah", now=LONG_AGO)
    return made, code


def forget(engine: Engine, data_dir: Path) -> int:
    with engine.begin() as connection:
        number, files = anonymise_due(connection, data_dir, NOW)
    discard(files)
    return number


def left(engine: Engine, data_dir: Path, *marks: str) -> list[str]:
    """Where something marked is left: rows of any table, bytes of any file."""
    with engine.connect() as connection:
        tables = connection.scalars(text("select relname from pg_class where relkind = 'r' and relnamespace = 2200"))
        rows = [str(row) for table in tables for row in connection.scalars(text(f'select t::text from "{table}" as t'))]
        places = connection.scalars(text("select st_astext(geom) from complaint")).all()
    kept = [file.read_bytes().decode("latin-1") for file in data_dir.rglob("*") if file.is_file()]
    hexed = [mark.encode().hex() for mark in marks]
    return [held[:200] for held in (*rows, *places, *kept) if any(mark in held for mark in (*marks, *hexed))]


def proven(engine: Engine, data_dir: Path) -> list[str]:
    with engine.begin() as connection:
        trail.join(connection)
    with engine.begin() as connection:
        trail.seal(connection, data_dir)
        return proof.verify(connection, seals.read(data_dir / seals.FILE, keys.ring(data_dir, seals.KEY))).faults


def test_nothing_marked_is_left_in_any_table_or_file_and_the_trail_is_still_proven(old: Engine, tmp_path: Path) -> None:
    with old.begin() as connection:
        made, code = reported(connection, tmp_path)
        secret, _ = reported(connection, tmp_path, visibility="secret")
        moderate(connection, VERIFIER, secret.complaint_id, "approved", seen_version=None, title=MARK, story=MARK)
        moderate_photo(connection, VERIFIER, 2, "approved", seen_version=None)
        me = Actor(f"reporter:{made.complaint_id}")
        change_visibility(connection, me, made.complaint_id, "secret", seen_version=None)
    assert proven(old, tmp_path) == []
    assert len(left(old, tmp_path, MARK, "104.8765")) > 10
    assert forget(old, tmp_path) == 2
    assert left(old, tmp_path, MARK, "104.8765", "-4.8123") == []
    assert proven(old, tmp_path) == []
    with old.connect() as connection:
        assert opened_by(connection, tmp_path, code) is None
        assert identities.look(connection, tmp_path, SYSTEM, f"complaint:{made.complaint_id}") is None
        said = text("select detail from event where act = 'anonymise' and subject = :number")
        detail = connection.scalar(said, {"number": made.number})
    assert detail["reason"] == "retention" and detail["contact"] and detail["events"] >= 4 and detail["photos"] == 1
    assert forget(old, tmp_path) == 0, "once is enough"


def test_what_the_public_may_read_stays_with_a_tombstone_unless_that_is_not_wanted(old: Engine, tmp_path: Path) -> None:
    with old.begin() as connection:
        kept, _ = reported(connection, tmp_path)
        moderate(connection, VERIFIER, kept.complaint_id, "approved", seen_version=None, title="Lubang", story="Dalam")
        shown = connection.scalar(text("select max(id) from complaint_photo"))
        moderate_photo(connection, VERIFIER, shown or 0, "approved", seen_version=None)
    forget(old, tmp_path)
    with old.begin() as connection:
        found = case(connection, kept.number, NOW)
        assert found and (found.title, found.description) == ("Lubang", "Dalam")
        assert "Akan ditambal bulan ini." in [step.text for step in found.timeline]
        assert found.tombstone == Tombstone(NOW, "retention") and round(found.lon, 5) == PLACE[0]
        assert kept.number not in [one.number for one in latest(connection)]  # it is over for long, and no news
        assert len(photos.photos(connection, kept.complaint_id)) == 1
        connection.execute(text("delete from complaint_photo"))
        set_preference(connection, "public_words", "erase")
        gone, _ = reported(connection, tmp_path)
        moderate(connection, VERIFIER, gone.complaint_id, "approved", seen_version=None, title="Lubang", story="Dalam")
    forget(old, tmp_path)
    with old.begin() as connection:
        set_preference(connection, "public_words", "keep")
        found = case(connection, gone.number, NOW)
        assert found and (found.title, found.description) == (None, None)
        assert [step.text for step in found.timeline if step.text] == []


def test_what_is_open_or_was_closed_of_late_waits(old: Engine, tmp_path: Path) -> None:
    with old.begin() as connection:
        reported(connection, tmp_path, closed=False)
        late, _ = reported(connection, tmp_path)
        connection.execute(text("update complaint set closed_at = now() where id = :id"), {"id": late.complaint_id})
    assert forget(old, tmp_path) == 0


def test_a_reporter_is_known_as_long_as_a_part_of_his_report_is_open(old: Engine, tmp_path: Path) -> None:
    with old.begin() as connection:
        made, code = reported(connection, tmp_path, closed=False)
        (part,) = split(connection, VERIFIER, made.complaint_id, [Part("lampu_mati", MARK)], seen_version=None)
        said = {"seen_version": None, "reason": "bukan urusan kami", "now": LONG_AGO}
        move(connection, VERIFIER, made.complaint_id, "rejected", **said)
    assert forget(old, tmp_path) == 0
    with old.begin() as connection:
        assert opened_by(connection, tmp_path, code) == made.complaint_id
        move(connection, Actor(f"reporter:{made.complaint_id}"), part.complaint_id, "withdrawn", **said)
    assert forget(old, tmp_path) == 2
    with old.begin() as connection:
        assert opened_by(connection, tmp_path, code) is None


def test_a_reporter_is_known_as_long_as_that_is_open_into_which_his_was_merged_at_last(
    old: Engine, tmp_path: Path
) -> None:
    with old.begin() as connection:
        (mine, code), (middle, _), (last, _) = (reported(connection, tmp_path, closed=False) for _ in range(3))
        said = {"seen_version": None, "reason": "sama", "now": LONG_AGO}
        move(connection, VERIFIER, mine.complaint_id, "merged", target=middle.number, **said)
        move(connection, VERIFIER, middle.complaint_id, "merged", target=last.number, **said)
    assert forget(old, tmp_path) == 0
    with old.begin() as connection:
        assert opened_by(connection, tmp_path, code) == mine.complaint_id
        move(connection, VERIFIER, last.complaint_id, "rejected", **said)
    assert forget(old, tmp_path) == 3


def test_a_reporter_is_forgotten_when_he_asks_while_the_case_goes_on(old: Engine, tmp_path: Path) -> None:
    with old.begin() as connection:
        made, code = reported(connection, tmp_path, closed=False)
        (part,) = split(connection, VERIFIER, made.complaint_id, [Part("lampu_mati", MARK)], seen_version=None)
        photos.add_photo(connection, tmp_path, OFFICER, made.complaint_id, PICTURE, "result")
        for stranger in (VISITOR, VERIFIER, Actor(f"reporter:{part.complaint_id}")):
            with pytest.raises(ActRefusedError):
                anonymise(connection, tmp_path, stranger, made.complaint_id, "request")
        me = Actor(f"reporter:{made.complaint_id}")
        files = anonymise(connection, tmp_path, me, made.complaint_id, "request", NOW)
        ids = [made.complaint_id, part.complaint_id]
        words = text("select coalesce(description, '') || coalesce(place_note, '') from complaint where id = any(:ids)")
        assert set(connection.scalars(words, {"ids": ids})) == {""}
        assert opened_by(connection, tmp_path, code) is None and len(files) == 2
        assert [one.purpose for one in photos.photos(connection, made.complaint_id)] == ["result"]
        found = case(connection, made.number, NOW)
    assert found and found.state.open and found.tombstone == Tombstone(NOW, "request")
    assert proven(old, tmp_path) == []


def test_what_is_due_is_found_by_its_index(connection: Connection) -> None:
    add = """
    insert into complaint (source, source_id, number, category, state, reported_at, closed_at, geom)
    select case when n % 100 = 0 then 'warga' else '311' end, 'tua-' || n, 'TUA-' || n, 'sampah', 'closed', now(),
           now() - make_interval(days => n), st_point(104.9, -4.8, 4326) from generate_series(1, 20000) as n
    """
    connection.execute(text(add))
    connection.execute(text("analyze complaint"))
    question = (Path(db.HERE) / "complaints/due_to_forget.sql").read_text()
    asked = {"now": NOW, "months": 24, "most": 200}
    plan = "\n".join(connection.scalars(text(f"explain {question}"), asked))
    assert "ix_complaint_to_forget" in plan


def test_what_staff_said_to_everybody_stays_though_other_words_of_the_same_act_go(old: Engine, tmp_path: Path) -> None:
    with old.begin() as connection:
        made, _ = reported(connection, tmp_path, closed=False)
        moderate(connection, VERIFIER, made.complaint_id, "approved", seen_version=None, title="Lubang", story="Dalam")
        move(connection, VERIFIER, made.complaint_id, "dispatched", seen_version=None, target="pupr", now=LONG_AGO)
        move(connection, OFFICER, made.complaint_id, "in_progress", seen_version=None, now=LONG_AGO)
        said = {"public_text": "Sudah ditambal dengan aspal panas.", "exemption": f"{MARK} tidak mau difoto"}
        move(connection, OFFICER, made.complaint_id, "pending_check", seen_version=None, now=LONG_AGO, **said)
        move(connection, CHECKER, made.complaint_id, "resolved", seen_version=None, now=LONG_AGO)
    forget(old, tmp_path)
    assert left(old, tmp_path, "tidak mau difoto") == []
    assert proven(old, tmp_path) == []
    with old.connect() as connection:
        found = case(connection, made.number, NOW)
        assert found
        told = [(step.state.id, step.text) for step in found.timeline if step.state and step.text]
        assert told == [("received", "Akan ditambal bulan ini."), ("pending_check", said["public_text"])]
        kept = {entry.state.id: entry.words for entry in files.history(connection, made.number) if entry.state}
        assert kept["pending_check"] == {"public_text": said["public_text"]}
        assert "retell" not in {entry.act for entry in files.history(connection, made.number)}
