"""Which parts of the workbench are for somebody; the acts behind them check once more."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from layers.complaints.files import asking_parties
from layers.complaints.guards import has_hops_left
from layers.complaints.holding import STAFF, find_role
from layers.complaints.rules import Rules
from layers.complaints.workflow import BY_ID, OWNER, REPORTER, VERIFIER
from layers.records.actors import Actor


@dataclass(frozen=True)
class Rights:
    """What somebody may try on a case: as its owner or verifier, with its contact, and how it may be sorted anew."""

    owner: bool
    verifier: bool
    contact: bool
    split: bool
    visibility: bool
    decline: bool
    reroute: bool


def rights(actor: Actor, case: Row[Any], rules: Rules) -> Rights:
    """Say what somebody may try on a case as it stands now, under the rules there are."""
    held = {role for role in STAFF if actor.may(role, case.agency, case.village_code)}
    asked = any(actor.may(role, case.next_agency, case.village_code) for role in OWNER)
    owner, opened = not held.isdisjoint(OWNER), BY_ID[case.state].open
    dispatched = case.state == "dispatched" and not case.declined_by
    hops_left = has_hops_left(actor, case, rules)
    return Rights(
        owner=owner,
        verifier="verifier" in held,
        contact=not held.isdisjoint(asking_parties(case)),
        split=opened and not held.isdisjoint(("verifier", "coordinator")),
        visibility=find_role(actor, case, (*VERIFIER, *REPORTER)) is not None,
        decline=(dispatched and owner) or (case.state == "coordinating" and asked and hops_left),
        reroute=case.declined_by is not None and hops_left and not held.isdisjoint(("verifier", "coordinator")),
    )
