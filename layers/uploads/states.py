"""Which way a file goes: each state, whose turn it is, and what may follow."""

from typing import Literal

State = Literal["looking", "open", "trying", "tried", "taking", "taken", "refused"]

WORKING: tuple[State, ...] = ("looking", "trying", "taking")  # the worker's turn
AFTER_FAILING: dict[str, State] = {"looking": "refused", "trying": "open", "taking": "open"}
MAPPABLE: tuple[State, ...] = ("open", "tried")
ENDED: tuple[State, ...] = ("taken", "refused")
