"""One office of an answer in words: how far and whither, open until when, what it gives, how to get there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from flask_babel import gettext

from layers.offices.hours import OpenState
from layers.offices.queries import NearOffice, Travel
from layers.provenance import SAMPLE
from layers.registry import layers
from webapp.explore.origin import Origin
from webapp.hours import opening
from webapp.journey import duration
from webapp.language import direction, distance, in_language, within
from webapp.values import Told, phone

ROUTES = "https://www.openstreetmap.org/directions?"
LEAST_DAMAGE_M = 50.0  # less is not worth a word
SERVICES = 3  # named on a card; the office's page names all


@dataclass(frozen=True)
class Status:
    """Whether an office is open, in words, and the look of the tag that says so."""

    words: str
    look: str


@dataclass(frozen=True)
class Ways:
    """How to get to a place: the address of a route on the web, and that of the phone's own map."""

    route: str
    app: str


@dataclass(frozen=True)
class Card:
    """What the answer tells of one office; `more` counts the services beyond those named, `sample`: it is made up.

    `road` tells of the way over the roads, whose page is `way`; both are "" where nobody asked for it.
    """

    id: int
    title: str
    far: str
    road: str
    way: str
    status: Status
    facts: str
    phone: Told
    services: str
    more: int
    ways: Ways
    sample: bool


def cards(
    offices: Sequence[NearOffice], origin: Origin | None, now: datetime, *, of_one_kind: bool, way: str = ""
) -> list[Card]:
    """Put offices into words as seen from where somebody starts; where all are of one kind it is not said again.

    `way` begins the address of the ways over the roads, "" where they are not known.
    """
    start = (origin.lon, origin.lat) if origin else None
    return [_card(office, start, now, of_one_kind, way) for office in offices]


def status(hours: OpenState, now: datetime) -> Status:
    """Say whether an office is open, as a tag."""
    return Status(opening(hours, now), {None: "unknown", True: "", False: "shut"}[hours.open])


def ways(lon: float, lat: float, title: str, start: tuple[float, float] | None = None) -> Ways:
    """Lead to a place, lon, lat in EPSG:4326: from `start` where that is known, else the route's page asks for it."""
    here = _written(lon, lat)
    ends = {"from": _written(*start), "to": here} if start else {"to": here}
    return Ways(ROUTES + urlencode(ends), f"geo:{here}?q={here}({quote(title)})")


def road(travel: Travel) -> str:
    """Say how long a way is and how much of it is damaged: "2,1 km lewat jalan, 0,3 km rusak (14%)"."""
    length = str(gettext("%(km)s lewat jalan", km=distance(travel.length_m)))
    if travel.damaged_m < LEAST_DAMAGE_M:
        return length
    share = round(100 * travel.damaged_m / travel.length_m)
    damaged = str(gettext("%(km)s rusak (%(share)s%%)", km=distance(travel.damaged_m), share=share))
    return f"{length}, {damaged}"


def _card(office: NearOffice, start: tuple[float, float] | None, now: datetime, of_one_kind: bool, way: str) -> Card:
    kind = layers()["offices"].choice(office.kind)
    kind_title = in_language(kind.title) if kind else office.kind
    title = office.name or kind_title
    accessible = gettext("bisa dengan kursi roda") if office.wheelchair == "yes" else ""
    named = [within(in_language(service.title)) for service in office.services[:SERVICES]]
    return Card(
        id=office.id,
        title=title,
        far=duration(office.travel.minutes) if office.travel else _far(office),
        road=_road(office) if way else "",
        way=f"{way}{office.id}" if office.travel else "",
        status=status(office.hours, now),
        facts=" · ".join(filter(None, ("" if of_one_kind else kind_title, office.address, accessible))),
        phone=Told(office.phone, f"tel:{phone(office.phone)}") if office.phone else Told(""),
        services=", ".join(named),
        more=len(office.services) - len(named),
        ways=ways(office.lon, office.lat, title, start),
        sample=office.source == SAMPLE,
    )


def _road(office: NearOffice) -> str:
    if office.travel:
        return road(office.travel)
    return str(gettext("Garis lurus: tidak ada jalan yang diketahui sampai ke sini."))


def _far(office: NearOffice) -> str:
    """Say how far an office is and whither: "1,2 km ke utara"; who stands on it needs no direction."""
    if office.bearing_deg is None:
        return distance(office.distance_m)
    whither = gettext("ke %(wind)s", wind=direction(office.bearing_deg))
    return f"{distance(office.distance_m)} {whither}"


def _written(lon: float, lat: float) -> str:
    return f"{lat:.5f},{lon:.5f}"
