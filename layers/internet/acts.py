"""Changes of the internet layer: a phone's measurement or a person's word is kept, and nothing of who sent it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Literal, get_args

from geoalchemy2.elements import WKTElement
from sqlalchemy import Connection, insert, select

from layers.areas.queries import regency, village_at
from layers.internet.table import InternetMeasurement, InternetSite
from layers.layer import Text
from layers.records.actors import VISITOR
from layers.records.events import record

Says = Literal["terukur", "ada", "tidak_ada"]
Via = Literal["seluler", "wifi"]

DIGITS = 3  # of degrees: about 100 m
OLDEST = timedelta(days=365)
AHEAD = timedelta(minutes=10)  # a phone's clock may be that much ahead of ours
MOST_MBPS, MOST_MS = 10_000.0, 60_000.0

ELSEWHERE = Text(
    "Titik ini di luar wilayah kabupaten; pilih titik di dalamnya.",
    "This point lies outside the regency; choose one within.",
)
INCOMPLETE = Text("Pilih ada sinyal atau tidak, dan lewat apa.", "Say whether there is a signal, and by which way.")
WRONG_SPEED = Text("Hasil ukurnya tidak masuk akal; ukur sekali lagi.", "The result makes no sense; measure once more.")
WRONG_HOUR = Text(
    "Tulis hari dan jam yang sudah lewat, paling lama setahun yang lalu.",
    "Write a day and hour that have passed, at most a year ago.",
)


class MeasurementError(ValueError):
    """A measurement or word that cannot be kept; the text says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True)
class Measurement:
    """What a phone measured (Mbps, ms), or a person says, where (EPSG:4326) and when; `operator` "" where unknown."""

    says: str
    via: str
    operator: str
    lon: float
    lat: float
    at: datetime
    down_mbps: float | None = None
    up_mbps: float | None = None
    latency_ms: float | None = None


def operators(connection: Connection) -> list[str]:
    """Name the operators that have a tower or coverage here."""
    named = select(InternetSite.operator).distinct().order_by(InternetSite.operator)
    return [name for name in connection.execute(named).scalars() if name]


def keep_measurement(connection: Connection, sent: Measurement) -> None:
    """Keep what was measured or said, its place rounded to 0.001° and its time to the hour; raises MeasurementError.

    An operator that nobody knows here is left out: a free text could tell of a person.
    """
    check(connection, sent)
    lon, lat = round(sent.lon, DIGITS), round(sent.lat, DIGITS)
    values = {
        "says": sent.says,
        "via": sent.via,
        "operator": sent.operator if sent.operator in operators(connection) else None,
        **{name: getattr(sent, name) for name in ("down_mbps", "up_mbps", "latency_ms")},
        "hour": sent.at.replace(minute=0, second=0, microsecond=0),
        "geom": WKTElement(f"POINT({lon} {lat})", srid=4326),
    }
    connection.execute(insert(InternetMeasurement).values(values))
    record(connection, VISITOR.name, "measure", "internet", says=sent.says, via=sent.via)


def check(connection: Connection, sent: Measurement) -> None:
    """Refuse what makes no sense; raises MeasurementError."""
    if sent.says not in get_args(Says) or sent.via not in get_args(Via):
        raise MeasurementError(INCOMPLETE)
    speeds = (sent.down_mbps, sent.up_mbps)
    if (sent.says == "terukur") != (sent.down_mbps is not None) or not all(_within(mbps, MOST_MBPS) for mbps in speeds):
        raise MeasurementError(WRONG_SPEED)
    if not _within(sent.latency_ms, MOST_MS):
        raise MeasurementError(WRONG_SPEED)
    now = datetime.now(UTC)
    if not now - OLDEST <= sent.at <= now + AHEAD:
        raise MeasurementError(WRONG_HOUR)
    home, village = regency(connection), village_at(connection, sent.lon, sent.lat)
    if home is None or village is None or not home.holds(village.code):
        raise MeasurementError(ELSEWHERE)


def _within(number: float | None, most: float) -> bool:
    return number is None or (isfinite(number) and 0 <= number <= most)
