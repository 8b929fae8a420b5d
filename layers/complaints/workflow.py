"""The workflow as data: the states of a complaint, and which may follow which, by whom, on what terms."""

from dataclasses import dataclass
from typing import Literal

from layers.layer import Text
from layers.records.actors import Actor

Clock = Literal["runs", "paused", "over"]
Party = Literal["reporter", "supporters", "system", "verifier", "officer", "coordinator", "checker", "agent"]
Need = Literal[
    "reason",
    "target",
    "planned_on",
    "public_text",
    "proof",
    "work",
    "plain_class",
    "other_than_sorter",
    "silence",
    "other_than_doer",
    "hops_left",
    "first_reopening",
    "first_appeal",
    "recently_closed",
    "alone",
]


@dataclass(frozen=True)
class State:
    """A state, what the public reads of it, whether Open311 calls it open, and what the deadline does meanwhile."""

    id: str
    label: Text
    open: bool = True
    clock: Clock = "runs"

    @property
    def open311(self) -> str:
        """Give the status of GeoReport v2: open or closed."""
        return "open" if self.open else "closed"


@dataclass(frozen=True)
class Move:
    """One step from a state to another: who may take it, and what it needs (the guards are in guards.py).

    An officer or coordinator counts only where the complaint's own agency is theirs; `newcomer` says that it is the
    agency asked to take the complaint over instead.
    """

    start: str
    target: str
    parties: tuple[Party, ...]
    needs: tuple[Need, ...] = ()
    newcomer: bool = False


STATES = (
    State("received", Text("Menunggu verifikasi", "Awaiting verification")),
    State("needs_info", Text("Perlu kelengkapan", "More information needed"), clock="paused"),
    State("dispatched", Text("Disposisi", "Dispatched")),
    State("coordinating", Text("Koordinasi", "Coordinating")),
    State("scheduled", Text("Dijadwalkan", "Scheduled")),
    State("in_progress", Text("Diproses", "In progress")),
    State("external", Text("Diteruskan", "Passed on")),
    State("pending_check", Text("Menunggu pemeriksaan hasil", "Awaiting check")),
    State("resolved", Text("Selesai", "Resolved"), open=False, clock="over"),
    State("closed", Text("Ditutup", "Closed"), open=False, clock="over"),
    State("rejected", Text("Ditolak", "Rejected"), open=False, clock="over"),
    State("merged", Text("Digabung", "Merged"), open=False, clock="over"),
    State("withdrawn", Text("Dicabut", "Withdrawn"), open=False, clock="over"),
)
BY_ID = {state.id: state for state in STATES}

STEPS = ("received", "dispatched")  # whose next step, to verify and to respond, staff should take within some days

SUPPORTERS = Actor("supporters")  # enough confirmed followers, who dispute together
PLAIN_CLASSES = ("informasi", "aspirasi")  # which a public answer alone resolves

VERIFIER: tuple[Party, ...] = ("verifier",)
OWNER: tuple[Party, ...] = ("officer", "coordinator")
COORDINATOR: tuple[Party, ...] = ("coordinator",)
REPORTER: tuple[Party, ...] = ("reporter", "agent")  # whoever called is written down by the call centre's agent
CHECKER: tuple[Party, ...] = ("checker",)
SYSTEM: tuple[Party, ...] = ("system",)
FINISHED: tuple[Need, ...] = ("public_text", "proof")

MOVES = (  # of each state the usual next step first: desks show it open
    Move("received", "dispatched", VERIFIER, ("target",)),
    Move("received", "needs_info", VERIFIER, ("reason",)),
    Move("received", "rejected", VERIFIER, ("reason",)),
    Move("received", "merged", VERIFIER, ("reason", "target")),
    Move("received", "withdrawn", (*VERIFIER, *REPORTER), ("reason", "alone")),
    Move("needs_info", "received", (*REPORTER, *SYSTEM), ("reason",)),
    Move("needs_info", "withdrawn", REPORTER, ("alone",)),
    Move("needs_info", "closed", SYSTEM, ("silence",)),
    Move("dispatched", "in_progress", OWNER),
    Move("dispatched", "coordinating", OWNER, ("reason", "target")),
    Move("dispatched", "scheduled", OWNER, ("planned_on",)),
    Move("dispatched", "external", OWNER, ("target",)),
    Move("dispatched", "needs_info", OWNER, ("reason",)),
    Move("dispatched", "resolved", OWNER, ("public_text", "plain_class", "other_than_sorter")),
    Move("coordinating", "dispatched", OWNER, ("hops_left",), newcomer=True),
    Move("scheduled", "in_progress", OWNER),
    Move("scheduled", "pending_check", (*OWNER, *SYSTEM), ("work", *FINISHED)),
    Move("in_progress", "pending_check", OWNER, FINISHED),
    Move("in_progress", "scheduled", OWNER, ("planned_on",)),
    Move("in_progress", "coordinating", OWNER, ("reason", "target")),
    Move("in_progress", "needs_info", OWNER, ("reason",)),
    Move("external", "pending_check", OWNER, FINISHED),
    Move("external", "closed", OWNER, ("public_text",)),
    Move("external", "dispatched", OWNER),
    *(
        Move(start, target, COORDINATOR, ("reason", "target") if target == "merged" else ("reason",))
        for start in ("dispatched", "coordinating", "scheduled", "in_progress", "external")
        for target in ("merged", "rejected")
    ),
    *(Move(start, "withdrawn", REPORTER, ("alone",)) for start in ("dispatched", "coordinating", "scheduled")),
    Move("pending_check", "resolved", CHECKER, ("other_than_doer",)),
    Move("pending_check", "in_progress", CHECKER, ("reason", "other_than_doer")),
    Move("resolved", "closed", SYSTEM, ("silence",)),
    Move("resolved", "in_progress", (*REPORTER, "supporters"), ("reason",)),
    Move("closed", "received", REPORTER, ("reason", "first_reopening", "recently_closed")),
    Move("rejected", "received", REPORTER, ("reason", "first_appeal")),
    Move("merged", "received", (*VERIFIER, *COORDINATOR), ("reason",)),
)
BY_PAIR = {(move.start, move.target): move for move in MOVES}
