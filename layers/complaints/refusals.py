"""Why an act on a complaint is not done, in words for the person who tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from layers.layer import Text


class ActRefusedError(Exception):
    """An act that the workflow does not allow; `reason` names the guard, `text` says what is missing."""

    def __init__(self, reason: str, text: Text) -> None:
        super().__init__(text.en)
        self.reason = reason
        self.text = text


@dataclass(frozen=True)
class Change:
    """What somebody did to a complaint meanwhile: the act, by which role, when, and the state that followed."""

    act: str
    role: str
    at: datetime
    state: str


class OvertakenError(Exception):
    """Somebody else changed the complaint since it was read; `changes` tells what, nothing of the own act was done."""

    def __init__(self, version: int, state: str, changes: Sequence[Change]) -> None:
        told = ", ".join(f"{change.act} by {change.role}" for change in changes)
        super().__init__(f"the complaint was changed meanwhile: {told}")
        self.version = version
        self.state = state
        self.changes = tuple(changes)
