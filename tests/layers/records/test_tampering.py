"""Whatever is done to the trail or to its seals is found out, even by one who rules the database."""

import resource
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from layers.records import keys, proof, seals, trail
from tests.layers.records.trails import NOW, Trail


@pytest.fixture
def kept(connection: Connection, tmp_path: Path) -> Trail:
    return Trail(connection, tmp_path)


MIDDLE = 20
TAMPERING: dict[str, Callable[[Trail], None]] = {
    "another detail": lambda t: t.force("update event set detail = '{\"n\": 99}' where id = :id", id=t.ids[MIDDLE]),
    "another actor": lambda t: t.force("update event set actor = 'account:7' where id = :id", id=t.ids[MIDDLE]),
    "another act": lambda t: t.force("update event set act = 'approve' where id = :id", id=t.ids[MIDDLE]),
    "another subject": lambda t: t.force("update event set subject = 'U-7' where id = :id", id=t.ids[MIDDLE]),
    "another time": lambda t: t.force("update event set at = at - interval '1 us' where id = :id", id=t.ids[MIDDLE]),
    "another salt": lambda t: t.force("update event set salt = '\\x00' where id = :id", id=t.ids[MIDDLE]),
    "another hash": lambda t: t.force("update event set hash = '\\x00' where id = :id", id=t.ids[MIDDLE]),
    "an unsealed event": lambda t: t.force("update event set actor = 'x' where id = :id", id=t.ids[-1]),
    "other words": lambda t: t.force("update event_content set content = '{}' where event_id = :id", id=t.ids[MIDDLE]),
    "another salt of words": lambda t: t.force(
        "update event_content set salt = '\\x00' where event_id = :id", id=t.ids[MIDDLE]
    ),
    "words gone without an act": lambda t: t.force(
        "delete from event_content where event_id = :id", id=t.ids[MIDDLE]
    ),
    "words added": lambda t: t.force("insert into event_content values (:id, '\\x00', '{}')", id=t.ids[-1]),
    "an event gone": lambda t: t.force("delete from event where id = :id", id=t.ids[MIDDLE]),
    "an event and its link gone": lambda t: t.force(
        "delete from event where id = :id; delete from event_link where event_id = :id", id=t.ids[MIDDLE]
    ),
    "an unsealed event gone": lambda t: t.force("delete from event where id = :id", id=t.ids[-1]),
    "a link gone": lambda t: t.force("delete from event_link where event_id = :id", id=t.ids[MIDDLE]),
    "the end of the chain gone": lambda t: t.force(
        "delete from event where id >= :id; delete from event_link where event_id >= :id;"
        " delete from event_content where event_id >= :id; delete from event_pending where event_id >= :id",
        id=t.ids[MIDDLE],
    ),
    "everything gone": lambda t: t.empty(),
    "two events swapped": lambda t: t.force(
        "update event_link set event_id = case event_id when :a then :b else :a end where event_id in (:a, :b)"
        .replace("event_id = case", "event_id = - case") + "; update event_link set event_id = abs(event_id)",
        a=t.ids[MIDDLE], b=t.ids[MIDDLE + 1],
    ),
    "two events told in each other's place": lambda t: t.force(
        "update event set detail = other.detail, actor = other.actor from event as other"
        " where (event.id, other.id) in ((:a, :b), (:b, :a))",
        a=t.ids[MIDDLE], b=t.ids[MIDDLE + 1],
    ),
    "an event put past the trail": lambda t: t.force(
        "insert into event (actor, act, detail, salt, hash) values ('x', 'x', '{}', '\\x00', '\\x00')"
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", TAMPERING)
def test_whatever_is_done_to_it_shows(kept: Trail, how: str) -> None:
    TAMPERING[how](kept)
    assert kept.faults()


REBUILT = [how for how in TAMPERING if how not in (
    "other words", "another salt of words", "words gone without an act", "words added",
    "an event put past the trail", "an unsealed event", "an unsealed event gone", "everything gone",
    "an event gone", "another hash", "a link gone",
)]  # fmt: skip


@pytest.mark.parametrize("how", REBUILT)
def test_even_a_chain_that_was_made_anew_to_fit_does_not_fit_the_seals(kept: Trail, how: str) -> None:
    TAMPERING[how](kept)
    kept.rebuild()
    assert kept.faults()


SEALING: dict[str, Callable[[list[str]], list[str]]] = {
    "a changed line": lambda lines: [lines[0].replace('"position": 16', '"position": 17'), *lines[1:]],
    "a line that is gone": lambda lines: lines[1:],
    "two lines swapped": lambda lines: [lines[1], lines[0], *lines[2:]],
    "a line that is none": lambda lines: [*lines, "{}"],
    "a line twice": lambda lines: [*lines, lines[-1]],
}


@pytest.mark.parametrize("how", SEALING)
def test_seals_that_were_tampered_with_are_found_out(kept: Trail, how: str) -> None:
    file = kept.folder / seals.FILE
    file.write_text("\n".join(SEALING[how](file.read_text().splitlines())) + "\n")
    with pytest.raises(seals.SealFileError, match="line"):
        kept.seals()
    with pytest.raises(seals.SealFileError):
        trail.seal(kept.connection, kept.folder, NOW)


def test_a_seal_during_which_the_machine_stopped_is_told_from_a_changed_one_and_the_next_takes_its_place(
    kept: Trail,
) -> None:
    file = kept.folder / seals.FILE
    whole = file.read_text()
    file.write_text(whole[:-20])
    with pytest.raises(seals.UnfinishedSealError, match="line 2"):
        kept.seals()
    trail.seal(kept.connection, kept.folder, NOW)
    assert [seal.position for seal in kept.seals()] == [16, 30]
    file.write_text(whole.replace('"position": 16', '"position": 17')[:-20])
    with pytest.raises(seals.SealFileError, match="line 1"):
        trail.seal(kept.connection, kept.folder, NOW)


def test_a_seal_for_which_the_disk_has_no_room_leaves_the_file_as_it_was(kept: Trail) -> None:
    file = kept.folder / seals.FILE
    before = file.read_bytes()
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, most))
    try:
        with pytest.raises(OSError, match="No space left"):
            trail.seal(kept.connection, kept.folder, NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert file.read_bytes() == before


def test_seals_of_another_key_are_not_believed_and_those_of_a_former_key_are(kept: Trail, tmp_path: Path) -> None:
    keys.extend(kept.folder, seals.KEY)
    trail.seal(kept.connection, kept.folder, NOW)
    assert len(kept.seals()) == 3
    with pytest.raises(seals.SealFileError):
        seals.read(kept.folder / seals.FILE, keys.ring(tmp_path / "elsewhere", seals.KEY))


def test_without_its_last_line_the_file_proves_less_and_says_so(kept: Trail) -> None:
    file = kept.folder / seals.FILE
    file.write_text(file.read_text().splitlines()[0] + "\n")
    found = proof.verify(kept.connection, kept.seals())
    assert (found.faults, found.sealed, found.sealed_at) == ([], 16, NOW - timedelta(hours=1))
