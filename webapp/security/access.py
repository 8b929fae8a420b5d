"""Who may ask for what: each route states it beside its address, and a route that states nothing answers nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, abort, current_app, redirect, request
from flask.typing import ResponseReturnValue

from layers.records.actors import VISITOR, Actor, Role
from webapp.security.session import current_session

SIGN_IN = "/account/sign-in"
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


@dataclass(frozen=True)
class Permission:
    """Whom a route answers: everyone, or whoever is signed in, or only holders of one of some roles.

    A role is enough here whatever its agency and area: whether it reaches as far as one thing is for the act to say.
    """

    public: bool = False
    roles: frozenset[Role] = frozenset()

    def allows(self, actor: Actor) -> bool:
        """Say whether somebody may ask."""
        if self.public:
            return True
        held = {grant.role for grant in actor.grants}
        return bool(held & self.roles) if self.roles else actor != VISITOR


class UnstatedError(LookupError):
    """A route does not say who may ask."""


EVERYONE = Permission(public=True)
SIGNED_IN = Permission()


def holders(*roles: Role) -> Permission:
    """Word the permission of holders of any of some roles."""
    return Permission(roles=frozenset(roles))


def open_to(permission: Permission) -> Callable[[View], View]:
    """State beside a view whom it answers: `@room.get(…)`, and below it `@open_to(holders("verifier"))`."""

    def state(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return state


def open_room(room: Blueprint, permission: Permission) -> None:
    """State whom a whole room answers, save for views that say so themselves."""
    room.record(lambda state: stated(cast(Flask, state.app)).update({state.blueprint.name: permission}))


def install(app: Flask) -> None:
    """Let nobody past who may not ask."""
    app.extensions["permissions"] = {}
    app.before_request(guard)


def stated(app: Flask) -> dict[str, Permission]:
    """Give what rooms have stated as a whole."""
    permissions: dict[str, Permission] = app.extensions["permissions"]
    return permissions


def permission(app: Flask, endpoint: str) -> Permission | None:
    """Tell whom a route answers; None where nobody has stated it."""
    room = stated(app).get(endpoint.rpartition(".")[0])
    own: Permission | None = getattr(app.view_functions[endpoint], "permission", room)
    return own


def guard() -> Response | None:
    """Lead a visitor to the sign-in page, refuse others who may not ask; raises UnstatedError."""
    if request.endpoint is None:
        return None  # there is no such address, and that is what will be said
    needed = permission(current_app, request.endpoint)
    if needed is None:
        raise UnstatedError(f"{request.endpoint} does not state whom it answers: add @open_to(…) below its address")
    if needed.public or needed.allows(current_actor()):
        return None
    if current_actor() == VISITOR:
        return lead_to_sign_in()
    return abort(403)


def lead_to_sign_in() -> Response:
    """Send a visitor to the sign-in page, and from there back to the page that was asked for."""
    back = {"next": request.full_path.rstrip("?")} if request.method in ("GET", "HEAD") else {}
    return redirect(f"{SIGN_IN}?{urlencode(back)}".rstrip("?"), 303)  # type: ignore[return-value]


def current_actor() -> Actor:
    """Say who asks: the account that is signed in, with its grants, or a visitor; asks no database without a cookie."""
    session = current_session()
    return session.actor if session else VISITOR
