"""An upload is its owner's, and a mapping its author's: nobody else moves the one or overwrites the other."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from layers.reading.mapping import FileMap
from layers.records.actors import Actor, Grant
from layers.registry import layers
from layers.uploads import acts, mappings
from layers.uploads.acts import ImportRefusedError, NameTakenError

OWNER = Actor("account:7", (Grant("planner"),))
OTHER = Actor("account:8", (Grant("planner"),))
ADMINISTRATOR = Actor("account:9", (Grant("administrator"),))


def test_only_its_owner_and_administrators_move_an_upload(connection: Connection) -> None:
    number = acts.receive(connection, OWNER, "offices", "kantor.csv", "stored", 10)
    moves: list[Callable[[Actor], object]] = [
        lambda actor: acts.try_out(connection, actor, number, "offices", {}),
        lambda actor: acts.take(connection, actor, number),
        lambda actor: acts.cancel(connection, actor, number),
    ]
    for move in moves:
        with pytest.raises(ImportRefusedError, match="reach"):
            move(OTHER)
    assert acts.cancel(connection, ADMINISTRATOR, number) == "stored"


def test_a_mapping_that_somebody_has_kept_is_not_overwritten_by_another(connection: Connection) -> None:
    def keep(actor: Actor, source: str) -> None:
        mappings.keep(connection, actor, layers()["offices"], "dinas", FileMap(name="", source=source))

    def kept() -> str:
        return str(connection.scalar(text("select mapping ->> 'source' from kept_mapping where name = 'dinas'")))

    keep(OWNER, "pertama")
    keep(OWNER, "kedua")
    with pytest.raises(NameTakenError):
        keep(OTHER, "orang lain")
    assert kept() == "kedua"
    keep(ADMINISTRATOR, "administrator")
    assert kept() == "administrator"
    with pytest.raises(ImportRefusedError, match="reach"):
        keep(Actor("account:10", (Grant("planner", area="18.03.05"),)), "wilayah")
