"""The stages of a work as data: which may follow which, by whom, on what terms."""

from dataclasses import dataclass
from typing import Literal

from layers.layer import Choice, Text
from layers.records.actors import Role

Need = Literal["budget", "contract", "start", "finish", "reason"]


@dataclass(frozen=True)
class Step:
    """One step from a stage to another: the roles that may take it, and what it needs (the guards are in guards.py)."""

    start: str
    target: str
    roles: tuple[Role, ...]
    needs: tuple[Need, ...] = ()


STAGES = (
    Choice("proposal", Text("Usulan", "Proposal"), "#7a7f87", "star-stroked", dashed=True),
    Choice("planned", Text("Direncanakan", "Planned"), "#8a6d9e", "triangle-stroked", dashed=True),
    Choice("budgeted", Text("Dianggarkan", "Budgeted"), "#6a51a3", "triangle"),
    Choice("tendered", Text("Pemilihan penyedia", "Tendered"), "#c27c0e", "suitcase"),
    Choice("contracted", Text("Terkontrak", "Contracted"), "#b2570a", "square", width=2.5),
    Choice("under_way", Text("Dikerjakan", "Under way"), "#d94801", "construction", width=3.5),
    Choice("finished", Text("Selesai", "Finished"), "#0571b0", "star", width=3.0),
    Choice("maintained", Text("Pemeliharaan", "Maintained"), "#0b6e69", "circle", width=3.0),
    Choice("cancelled", Text("Dibatalkan", "Cancelled"), "#4a4a4a", "cross", width=1.5, dashed=True),
)
BY_ID = {stage.id: stage for stage in STAGES}
PLANS = ("proposal", "planned", "budgeted", "tendered")  # nothing is bound yet
RUNNING = ("contracted", "under_way")
OVER = ("finished", "maintained")

PLANNER: tuple[Role, ...] = ("planner", "coordinator")
KEEPER: tuple[Role, ...] = ("coordinator",)  # whoever answers for contract, money and result

STEPS = (
    Step("proposal", "planned", PLANNER),
    Step("planned", "budgeted", PLANNER, ("budget",)),
    Step("budgeted", "tendered", PLANNER),
    Step("budgeted", "contracted", KEEPER, ("contract",)),  # procured directly
    Step("budgeted", "under_way", KEEPER, ("start",)),  # done by the agency itself
    Step("tendered", "contracted", KEEPER, ("contract",)),
    Step("tendered", "budgeted", KEEPER, ("reason",)),
    Step("contracted", "under_way", KEEPER, ("start",)),
    Step("under_way", "finished", KEEPER, ("finish",)),
    Step("finished", "maintained", KEEPER),
    *(Step(start, "cancelled", PLANNER, ("reason",)) for start in PLANS),
    *(Step(start, "cancelled", KEEPER, ("reason",)) for start in RUNNING),
)
AFTERWARDS = Step("finished", "finished", KEEPER, ("finish",))  # what follows from an end that a file has told
BY_PAIR = {(step.start, step.target): step for step in STEPS}


def steps_from(stage: str) -> tuple[Step, ...]:
    """List the steps that lead on from a stage."""
    return tuple(step for step in STEPS if step.start == stage)
