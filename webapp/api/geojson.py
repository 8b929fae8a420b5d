"""How offices, places and services stand in answers."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from geo.geodesy import wind
from layers.offices.placed import PlacedOffices
from layers.offices.queries import NearOffice, Service, Travel
from layers.offices.route import Leg
from layers.registry import layers
from layers.search import Place
from webapp.language import in_language
from webapp.ways import look


def collection(features: Iterable[dict[str, Any]], **told: Any) -> dict[str, Any]:
    """Put features together, in their order, beside what is told of all of them."""
    return {"type": "FeatureCollection", **told, "features": list(features)}


def roads(placed: PlacedOffices | None) -> dict[str, str] | None:
    """Name the road network behind travel times; None where there is none yet."""
    report = placed and placed.network.report
    return {"version": report.version, "built_at": report.built_at.isoformat()} if report else None


def leg(part: Leg) -> dict[str, Any]:
    """Write a part of a way with the colour of its condition, positions to a decimetre."""
    choice = look(part.condition)
    coordinates = [(round(lon, 6), round(lat, 6)) for lon, lat in part.line.coords]
    properties = {
        "condition": part.condition,
        "title": in_language(choice.title),
        "colour": choice.colour,
        "length_m": round(part.length_m, 1),
    }
    return {"type": "Feature", "geometry": {"type": "LineString", "coordinates": coordinates}, "properties": properties}


def near_office(office: NearOffice, language: str) -> dict[str, Any]:
    """Write an office with its distance to 0.1 m and its bearing to 0.1 degrees."""
    bearing = None if office.bearing_deg is None else round(office.bearing_deg, 1) % 360
    hours = office.hours
    properties = {
        "id": office.id,
        "kind": office.kind,
        "name": office.name,
        **_travel(office.travel),
        "distance_m": round(office.distance_m, 1),
        "bearing_deg": bearing,
        "direction": None if bearing is None else wind(bearing, language),
        "open": hours.open,
        "open_until": _iso(hours.until),
        "opens_at": _iso(hours.opens),
        "opening_hours": office.opening_hours,
        "phone": office.phone,
        "address": office.address,
        "wheelchair": office.wheelchair,
        "services": [{"id": s.id, "name": in_language(s.title)} for s in office.services],
        "village_code": office.village_code,
        "checked_on": _iso(office.checked_on),
        "source": office.source,
    }
    return _feature(office.id, office.lon, office.lat, properties)


def place(found: Place) -> dict[str, Any]:
    """Write a place with the layer it stands in."""
    choice = layers()[found.layer].choice(found.kind)
    properties = {
        "layer": found.layer,
        "name": found.name,
        "kind": found.kind,
        "kind_title": in_language(choice.title) if choice else found.kind,
        "context": found.context,
        "source": found.source,
    }
    return _feature(found.id, found.lon, found.lat, properties)


def service_record(service: Service) -> dict[str, Any]:
    """Write a service with its name in both languages."""
    record = asdict(service)
    record["name"] = {"id": service.name, "en": record.pop("name_en")}
    return record


def _travel(travel: Travel | None) -> dict[str, float | None]:
    """Write minutes to a second, and metres."""
    if travel is None:
        return {"minutes": None, "length_m": None, "damaged_m": None}
    return {
        "minutes": round(travel.minutes, 2),
        "length_m": round(travel.length_m, 1),
        "damaged_m": round(travel.damaged_m, 1),
    }


def _feature(number: int, lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "id": number, "geometry": point, "properties": properties}


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()
