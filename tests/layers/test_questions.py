"""Questions of planners wait in a queue: one that fails again and again is given up, and nobody waits behind it."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from layers.questions import GIVEN_UP, MOST_TRIES
from layers.records.actors import VISITOR, Actor, Grant
from layers.waste_service.round_questions import QUEUE, Wish

PLANNER = Actor("account:7", (Grant("planner"),))
WISH = Wish(0, 1, 1, 12.0, 360, 8.0, 10.0, 15.0, "hujan", 12.0)


def test_a_question_that_fails_keeps_nobody_waiting_and_is_given_up_in_the_end(connection: Connection) -> None:
    failing, other = QUEUE.ask(connection, PLANNER, WISH), QUEUE.ask(connection, PLANNER, replace(WISH, day=1))
    taken = [one for one in (QUEUE.take(connection), QUEUE.take(connection)) if one]
    assert [(one.id, Wish(**one.asked)) for one in taken] == [(failing, WISH), (other, replace(WISH, day=1))]
    QUEUE.answer(connection, taken[1], lambda asked: {"trucks": []})
    again = [QUEUE.take(connection) for _ in range(MOST_TRIES)]
    assert [one.id for one in again if one] == [failing] * (MOST_TRIES - 1)
    told, answered = (QUEUE.question(connection, number) for number in (failing, other))
    assert told and answered
    assert (told.answer, told.problem["id"], told.answered_at is None) == (None, GIVEN_UP.id, False)
    assert (answered.answer, answered.problem) == ({"trucks": []}, None)


def test_whoever_is_no_planner_asks_nothing(connection: Connection) -> None:
    for stranger in (VISITOR, Actor("account:8", (Grant("officer"),))):
        with pytest.raises(PermissionError):
            QUEUE.ask(connection, stranger, WISH)
