"""What the API takes and gives, as pydantic models: the source of /api/openapi.json."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from layers.offices.kinds import KINDS
from layers.roads.speeds import Mode, Season

KIND_IDS = tuple(kind.id for kind in KINDS)
TEXT = r"^[^\x00]+$"


def known_kind(value: str) -> str:
    """Let a kind of office through; raises ValueError for any other text."""
    if value not in KIND_IDS:
        raise ValueError("unknown kind")
    return value


def plain_boolean(value: object) -> object:
    """Read true and false alone; raises ValueError for the many other spellings that pydantic would take."""
    if value not in ("true", "false"):
        raise ValueError("neither true nor false")
    return value == "true"


Flag = Annotated[bool, BeforeValidator(plain_boolean)]
Kind = Annotated[str, AfterValidator(known_kind), Field(json_schema_extra={"enum": list(KIND_IDS)})]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]


class Asked(BaseModel):
    """Parameters of any question; an unknown one is an error, since a misspelt filter would filter nothing."""

    model_config = ConfigDict(extra="forbid")

    lang: Literal["id", "en"] = Field("id", description="Language of sentences and directions")


class NearestQuery(Asked):
    """Where from, which offices, how many."""

    lat: Latitude = Field(description="Latitude in degrees, WGS 84")
    lon: Longitude = Field(description="Longitude in degrees, WGS 84")
    kind: Kind = Field("", validate_default=False, description="Kind of office, see /api/kinds")
    service: str = Field("", pattern=TEXT, max_length=50, description="Service given there, see /api/services")
    open_now: Flag = Field(False, description="Only offices known to be open now")
    wheelchair: Flag = Field(False, description="Only offices known to be accessible with a wheelchair")
    limit: int = Field(3, ge=1, le=50, description="At most so many offices")
    mode: Mode = Field("motor", description="On foot, by motorcycle or by car")
    season: Season = Field("kering", description="When the roads are dry, or wet")


class WayQuery(Asked):
    """From where to which office, how, and when."""

    lat: Latitude = Field(description="Latitude in degrees, WGS 84")
    lon: Longitude = Field(description="Longitude in degrees, WGS 84")
    office: int = Field(ge=1, lt=2**63, description="Number of the office, as in /api/nearest")
    mode: Mode = Field("motor", description="On foot, by motorcycle or by car")
    season: Season = Field("kering", description="When the roads are dry, or wet")


class SearchQuery(Asked):
    """What place to look for."""

    q: str = Field(pattern=TEXT, min_length=1, max_length=100, description="Name of a place, may be misspelt")
    limit: int = Field(10, ge=1, le=50, description="At most so many places")


class Point(BaseModel):
    """A GeoJSON point: longitude, latitude."""

    type: Literal["Point"]
    coordinates: tuple[Longitude, Latitude]


class OfferedService(BaseModel):
    """A service that an office gives; more of it in /api/services."""

    id: str
    name: str


class NearOfficeProperties(BaseModel):
    """An office as seen from the point asked for; null is unknown."""

    id: int
    kind: str
    name: str | None
    minutes: float | None = Field(
        ge=0, description="Travel time; null where no known way leads, or times are not ready"
    )
    length_m: float | None = Field(ge=0, description="Length of the way, the walks to and from the road included")
    damaged_m: float | None = Field(ge=0, description="How much of the way is damaged, lightly or heavily")
    distance_m: float = Field(ge=0, description="Geodesic distance on WGS 84 in metres")
    bearing_deg: float | None = Field(ge=0, lt=360, description="Clockwise from north; null where one stands on it")
    direction: str | None = Field(description="The bearing as one of eight winds, in words")
    open: bool | None
    open_until: datetime | None = Field(description="When an open office closes; null if not within a year")
    opens_at: datetime | None = Field(description="When a closed office opens; null if not within a year")
    opening_hours: str | None = Field(description="As recorded, in OpenStreetMap's notation")
    phone: str | None
    address: str | None
    wheelchair: str | None
    services: list[OfferedService]
    village_code: str | None
    checked_on: date | None
    source: str


class NearOfficeFeature(BaseModel):
    """One office as a GeoJSON feature."""

    type: Literal["Feature"]
    id: int
    geometry: Point
    properties: NearOfficeProperties


class RoadsAsOf(BaseModel):
    """The road network behind travel times: its version, and when it was made."""

    version: str
    built_at: datetime


class NearOffices(BaseModel):
    """The offices by travel time, then those without a known way; by distance where there is no road network yet."""

    type: Literal["FeatureCollection"]
    roads: RoadsAsOf | None = Field(description="Null where times are not ready, and offices come by distance")
    features: list[NearOfficeFeature]


class Line(BaseModel):
    """A GeoJSON line: its positions, longitude and latitude each."""

    type: Literal["LineString"]
    coordinates: list[tuple[Longitude, Latitude]]


class LegProperties(BaseModel):
    """A part of a way in one condition; null is on foot beside the roads."""

    condition: str | None
    title: str = Field(description="The condition in words of the language asked for")
    colour: str
    length_m: float


class LegFeature(BaseModel):
    """One part of a way as a GeoJSON feature."""

    type: Literal["Feature"]
    geometry: Line
    properties: LegProperties


class Way(BaseModel):
    """The parts of a way in the order of travel, with its minutes, its length and how much of it is damaged."""

    type: Literal["FeatureCollection"]
    minutes: float
    length_m: float
    damaged_m: float
    roads: RoadsAsOf
    features: list[LegFeature]


class PlaceProperties(BaseModel):
    """A named place and the area it lies in."""

    layer: str
    name: str
    kind: str
    kind_title: str = Field(description="The kind in words of the language asked for")
    context: str
    source: str = Field(description="Where it is known from; contoh is made up")


class PlaceFeature(BaseModel):
    """One place as a GeoJSON feature; its id is one within its layer."""

    type: Literal["Feature"]
    id: int
    geometry: Point
    properties: PlaceProperties


class Places(BaseModel):
    """The places, best match first."""

    type: Literal["FeatureCollection"]
    features: list[PlaceFeature]


class Words(BaseModel):
    """A text in Indonesian and English."""

    id: str
    en: str


class OfficeKind(BaseModel):
    """A kind of office."""

    id: str
    title: Words


class Kinds(BaseModel):
    """Every kind of office."""

    kinds: list[OfficeKind]


class ServiceRecord(BaseModel):
    """A service: what to bring, what it costs, how long it takes, which law says so; null is unknown."""

    id: str
    name: Words
    requirements: str | None
    cost: str | None
    duration: str | None
    legal_basis: str | None
    source: str


class Services(BaseModel):
    """Every service."""

    services: list[ServiceRecord]


class Problem(BaseModel):
    """Why a request failed and what to do (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    reference: str
