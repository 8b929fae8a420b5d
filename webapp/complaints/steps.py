"""The questions of a report in their order, one a page, and what each makes of what somebody answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from webapp.complaints.drafting import Answers

Form = Mapping[str, str]
Problems = dict[str, str]  # what is wrong with an answer, by the name of its field
LETTERS = 200  # the most of a field of one line


def _none(_connection: Connection, _answers: Answers) -> dict[str, Any]:
    return {}


def _always(_connection: Connection, _answers: Answers) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """One question: `fields` with the most letters of each, `problems` with the answers, what the page `shows` besides.

    Answers are kept as they were typed, also wrong ones, so that nothing is ever typed twice.
    """

    id: str
    fields: Mapping[str, int] = field(default_factory=dict)
    problems: Callable[[Connection, Answers], Problems] = _none
    shows: Callable[[Connection, Answers], dict[str, Any]] = _none
    reads: Callable[[Connection, Form], Answers] | None = None
    asked: Callable[[Connection, Answers], bool] = _always

    def read(self, connection: Connection, form: Form) -> Answers:
        """Take the answers out of a form, cut to what a field may hold."""
        if self.reads:
            return self.reads(connection, form)
        return {name: form.get(name, "").strip()[:most] for name, most in self.fields.items()}


def asked(connection: Connection, steps: Iterable[Step], answers: Answers) -> list[Step]:
    """List the questions that are asked after what was answered so far."""
    return [step for step in steps if step.asked(connection, answers)]


def left_open(connection: Connection, steps: Iterable[Step], answers: Answers) -> Step | None:
    """Find the first question that keeps a report from being sent; one that was answered is not weighed anew."""
    done = answers.get("done", [])
    return next((s for s in steps if (s.problems if s.id in done else s.asked)(connection, answers)), None)


def unanswered(connection: Connection, steps: Iterable[Step], answers: Answers) -> Step | None:
    """Find the first question that has no answer yet, or one that will not do."""
    done = answers.get("done", [])
    return next((step for step in steps if step.id not in done or step.problems(connection, answers)), None)
