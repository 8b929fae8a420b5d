"""What GeoReport v2 says of services and service requests, field by field."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from layers.complaints.categories import CATEGORIES, KINDS, TITLES, Kind
from layers.complaints.georeport import ServiceRequest
from layers.complaints.queries import Step
from webapp.language import in_language
from webapp.milestones import milestone

Record = dict[str, Any]
CHANGESET = "2026-11-21T00:00:00Z"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
LANDMARK, SEEN_AT, VISIBILITY = "patokan", "waktu", "terlihat"


def discovery(contact: str) -> Record:
    """Say where the interface is and whom to ask for a key."""
    base = f"{request.host_url}open311/v2"
    endpoint = {
        "specification": SPECIFICATION,
        "url": base,
        "changeset": CHANGESET,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    return {"changeset": CHANGESET, "contact": contact, "key_service": contact, "endpoints": [endpoint]}


def kinds() -> list[Kind]:
    """List what can be reported: each category, for whoever knows no closer, and every kind below it."""
    return [
        kind
        for category in CATEGORIES
        for kind in (
            Kind(category.id, category.id, category.title),
            *(kind for kind in KINDS if kind.category == category.id),
        )
    ]


def service(kind: Kind) -> Record:
    """Describe a kind of complaint as a service."""
    group = TITLES[kind.category]
    return {
        "service_code": kind.id,
        "service_name": in_language(kind.title),
        "description": f"{in_language(group)}: {in_language(kind.title)}",
        "metadata": True,
        "type": "realtime",
        "keywords": ",".join((kind.title.id, kind.title.en, group.id, group.en)).replace(", ", " "),
        "group": in_language(group),
    }


def services() -> list[Record]:
    """Describe each category and every kind."""
    return [service(kind) for kind in kinds()]


def definition(kind: Kind) -> Record:
    """Say what else may be told about a complaint of a kind; nothing of it must be."""
    choices = [("public", "Publik"), ("anonymous", "Anonim")]
    attributes = [
        _attribute(1, LANDMARK, "string", "Patokan di dekat tempat itu"),
        _attribute(2, SEEN_AT, "datetime", "Kapan terlihat, bila bukan sekarang"),
        _attribute(3, VISIBILITY, "singlevaluelist", "Apakah nama pelapor disembunyikan", choices),
    ]
    return {"service_code": kind.id, "attributes": attributes}


def service_request(found: ServiceRequest, zone: ZoneInfo) -> Record:
    """Write a complaint with all the fields of the specification; what is not known or not public is null."""
    expected = datetime.combine(found.due_on, time(23, 59, 59), zone) if found.due_on else None
    return {
        "service_request_id": found.number,
        "status": found.state.open311,
        "status_notes": in_language(found.state.label),
        "service_name": in_language(found.service),
        "service_code": found.code,
        "description": found.description or found.title,
        "agency_responsible": found.agency,
        "service_notice": None,
        "requested_datetime": found.reported_at.astimezone(zone),
        "updated_datetime": found.updated_at.astimezone(zone),
        "expected_datetime": expected,
        "address": found.address,
        "address_id": found.address_id,
        "zipcode": None,
        "lat": found.lat,
        "long": found.lon,
        "media_url": next(iter(_photos(found)), None),
    }


def extended(found: ServiceRequest, steps: Iterable[Step], zone: ZoneInfo) -> Record:
    """Write what the extensions add: the state in detail, how many support it, all photos, and what has been done."""
    told = {"detailed_status": found.state.id, "supporters": found.supporters, "media_urls": _photos(found)}
    return {
        "extended_attributes": told,
        "notes": [_note(step, zone) for step in steps],
    }


def update(found: ServiceRequest, number: int, step: Step, zone: ZoneInfo) -> Record:
    """Write one public step of a complaint as an update."""
    return {
        "update_id": f"{found.number}-{number}",
        "service_request_id": found.number,
        "updated_datetime": step.at.astimezone(zone),
        "status": (step.state or found.state).open311,
        "description": _said(step),
    }


def _photos(found: ServiceRequest) -> list[str]:
    return [f"{request.host_url}laporan/foto/{photo}.jpg" for photo in found.photos]


def _note(step: Step, zone: ZoneInfo) -> Record:
    return {"datetime": step.at.astimezone(zone), "description": _said(step), "type": step.act}


def _said(step: Step) -> str:
    label = milestone(step)
    return f"{label}: {step.text}" if step.text else label


def _attribute(
    order: int, code: str, datatype: str, description: str, choices: Iterable[tuple[str, str]] = ()
) -> Record:
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": None,
        "order": order,
        "description": description,
        "values": [{"key": key, "name": name} for key, name in choices],
    }
