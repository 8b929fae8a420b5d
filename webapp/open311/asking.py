"""What is asked of the interface: parameters become a query or a complaint; nonsense gets 400 and one sentence."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from layers.areas.queries import centre, regency, village_at
from layers.complaints.acts import Submission
from layers.complaints.categories import TITLES
from layers.complaints.outside import Update
from layers.records.identities import Contact
from layers.search import find_places
from webapp.contacts import FIELDS, wrong
from webapp.open311.records import LANDMARK, SEEN_AT, VISIBILITY

Sent = Mapping[str, str]
Form = MultiDict[str, str]
SPAN = timedelta(days=90)
MOST = 1_000
LAST_PAGE = 1_000_000
LONGEST_DESCRIPTION, LONGEST_ID = 4_000, 100
CHANNEL = "open311"


def query(sent: Sent, now: datetime) -> dict[str, Any]:
    """Read which requests are wanted; ids override all else, and without any the last 90 days are meant."""
    size = _number(sent, "page_size", MOST, MOST)
    paged = {"limit": size, "offset": (_number(sent, "page", 1, LAST_PAGE) - 1) * size}
    if sent.get("service_request_id"):
        return {**paged, "numbers": _list(sent, "service_request_id")}
    wanted = {
        "status": _status(sent),
        "codes": _codes(sent),
        "updated_after": _moment(sent, "updated_after"),
        "updated_before": _moment(sent, "updated_before"),
    }
    return {**paged, **wanted, **_span(sent, now)}


def submission(connection: Connection, sent: Form) -> Submission:
    """Read a complaint; raises BadRequest where its kind or place is missing or unknown."""
    code = sent.get("service_code", "")
    if code not in TITLES:
        raise BadRequest("service_code is missing or unknown: see /open311/v2/services.json")
    description = sent.get("description", "")
    if len(description) > LONGEST_DESCRIPTION:
        raise BadRequest(f"description may have {LONGEST_DESCRIPTION} characters at most")
    lon, lat = _place(connection, sent)
    _check_inside(connection, lon, lat)
    landmark = " · ".join(filter(None, (_attribute(sent, LANDMARK), sent.get("address_string", ""))))
    return Submission(
        client_id=uuid4(),
        category=code,
        lon=lon,
        lat=lat,
        description=description,
        place_note=landmark,
        visibility=_attribute(sent, VISIBILITY) or "public",
        channel=CHANNEL,
        happened_at=_moment({SEEN_AT: _attribute(sent, SEEN_AT)}, SEEN_AT),
        exact=_pointed(sent),
    )


def contact(sent: Sent) -> Contact:
    """Read how the reporter can be reached, which may be not at all; raises BadRequest for what reaches nobody."""
    names = (sent.get("first_name", "").strip(), sent.get("last_name", "").strip())
    told = {"name": " ".join(filter(None, names))} | {name: sent.get(name, "").strip() for name in ("email", "phone")}
    for name, most in FIELDS.items():
        if len(told[name]) > most:
            raise BadRequest(f"{name} may have {most} characters at most")
    if problems := wrong(told):
        raise BadRequest(" ".join(problems.values()))
    return Contact(**told)


def update(sent: Sent) -> Update:
    """Read what a program tells about a complaint; raises BadRequest where a field is missing or wrong."""
    fields = ("service_request_id", "update_id", "updated_datetime", "status", "description")
    missing = [name for name in fields if not sent.get(name, "").strip()]
    if missing:
        raise BadRequest(f"{', '.join(missing)} must be given")
    status, at = sent["status"].strip(), _moment(sent, "updated_datetime")
    if status not in ("open", "closed") or at is None:
        raise BadRequest("status is open or closed")
    if len(sent["update_id"]) > LONGEST_ID or len(sent["description"]) > LONGEST_DESCRIPTION:
        raise BadRequest(f"update_id may have {LONGEST_ID} characters at most, description {LONGEST_DESCRIPTION}")
    return Update(sent["update_id"].strip(), "open" if status == "open" else "closed", at, sent["description"].strip())


def _pointed(sent: Sent) -> bool:
    """Say whether the place is told as a position, not by a name or the code of a village."""
    return bool(sent.get("lat") or sent.get("long"))


def _place(connection: Connection, sent: Sent) -> tuple[float, float]:
    """Find the lon, lat that is meant by a position, by the code of a village, or by a name."""
    if _pointed(sent):
        try:
            return float(sent.get("long", "")), float(sent.get("lat", ""))
        except ValueError:
            raise BadRequest("lat and long must both be numbers") from None
    if sent.get("address_id"):
        point = centre(connection, sent["address_id"])
        if point is None:
            raise BadRequest("address_id must be the code of a village, such as 18.03.05.2001")
        return point
    places = find_places(connection, sent.get("address_string", ""), 1)
    if not places:
        raise BadRequest("say where: lat and long, or address_id, or an address_string that is known here")
    return places[0].lon, places[0].lat


def _check_inside(connection: Connection, lon: float, lat: float) -> None:
    home = regency(connection)
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise BadRequest("lat lies between -90 and 90, long between -180 and 180")
    village = village_at(connection, lon, lat)
    if home and not home.holds(village.code if village else None):
        raise BadRequest(f"that place lies outside {home.name}: turn to the regency it belongs to")


def _span(sent: Sent, now: datetime) -> dict[str, datetime | None]:
    """Read the days in which requests were made: 90 at most, the last where only changes are not asked for."""
    start, end = _moment(sent, "start_date"), _moment(sent, "end_date")
    if not start and not end and (sent.get("updated_after") or sent.get("updated_before")):
        return {}
    try:
        end = end or (start + SPAN if start else now)
        start = start or end - SPAN
    except OverflowError:
        raise BadRequest("start_date or end_date lies too near the end of the calendar") from None
    if not timedelta(0) <= end - start <= SPAN:
        raise BadRequest("end_date lies 0 to 90 days after start_date")
    return {"start": start, "end": end}


def _status(sent: Sent) -> list[str]:
    wanted = _list(sent, "status") or []
    if not set(wanted) <= {"open", "closed"}:
        raise BadRequest("status is open, closed or both")
    return wanted


def _codes(sent: Sent) -> list[str] | None:
    codes = _list(sent, "service_code")
    if codes and not set(codes) <= TITLES.keys():
        raise BadRequest("a service_code is unknown: see /open311/v2/services.json")
    return codes


def _list(sent: Sent, name: str) -> list[str] | None:
    found = [part.strip() for part in sent.get(name, "").split(",") if part.strip()]
    if len(found) > MOST:
        raise BadRequest(f"{name} may list {MOST} at most")
    return found or None


def _moment(sent: Sent, name: str) -> datetime | None:
    written = sent.get(name, "").strip().replace(" ", "+")  # a plus that nobody escaped
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = datetime.min
    if moment.tzinfo is None:
        raise BadRequest(f"{name} must be a date-time with Z or an offset, such as 2026-11-21T08:00:00+07:00")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise BadRequest(f"{name} lies beyond the calendar") from None


def _number(sent: Sent, name: str, usual: int, most: int) -> int:
    written = sent.get(name) or str(usual)
    plain = written.isascii() and written.isdigit() and len(written) <= len(str(most))
    if not (plain and 1 <= int(written) <= most):
        raise BadRequest(f"{name} is a number from 1 to {most}")
    return int(written)


def _attribute(sent: Form, code: str) -> str:
    """Read the answer to a question of the definition, each of which takes one, written as one value or as a list."""
    told = {value for name in (f"attribute[{code}]", f"attribute[{code}][]") for value in sent.getlist(name) if value}
    if len(told) > 1:
        raise BadRequest(f"attribute[{code}] takes one value")
    return told.pop() if told else ""
