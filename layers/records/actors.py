"""Who acts: a name for the trail, and what that person may do, where."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["officer", "verifier", "coordinator", "checker", "agent", "planner", "administrator"]
ROLES: tuple[Role, ...] = ("officer", "verifier", "coordinator", "checker", "agent", "planner", "administrator")


@dataclass(frozen=True)
class Grant:
    """A role somebody holds; within one agency (OPD) or one area (a code such as 18.03.05) where these are named."""

    role: Role
    agency: str | None = None
    area: str | None = None

    def covers(self, role: str, agency: str | None, area: str | None) -> bool:
        """Say whether this grant is enough for a role over a thing of an agency, at a place."""
        here = self.area is None or (area is not None and f"{area}.".startswith(f"{self.area}."))
        return self.role == role and self.agency in (None, agency) and here


@dataclass(frozen=True)
class Actor:
    """Somebody, or some part of the program, that acts; `name` goes into the trail and never tells an identity.

    Names in use: `account:12`, `reporter:<id of the complaint>`, `reader:7`, `visitor`, `system`,
    `admin:<user of the machine>`.
    """

    name: str
    grants: tuple[Grant, ...] = ()

    def may(self, role: str, agency: str | None = None, area: str | None = None) -> bool:
        """Say whether the actor holds a role over a thing that belongs to an agency, at a place."""
        return any(grant.covers(role, agency, area) for grant in self.grants)

    def holds(self, *roles: Role) -> bool:
        """Say whether the actor holds one of some roles, over whatever agency or place."""
        return any(grant.role in roles for grant in self.grants)


def check_planner(actor: Actor) -> None:
    """Refuse whoever is neither planner nor administrator of the whole regency; raises PermissionError."""
    if not (actor.may("planner") or actor.may("administrator")):
        raise PermissionError("Only planners and administrators of the whole regency do that.")


SYSTEM = Actor("system")
VISITOR = Actor("visitor")
