"""Roads: the ruas with their owner, function, class, surface and condition; the surveys and the rules behind it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base, Feature, geometry
from layers.records.calendar import FIRST_DAY, LAST_DAY


class Road(Feature, Base):
    """One ruas or a part of it; lengths in metres, null where unknown; the condition follows from its surveys."""

    __tablename__ = "road"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        CheckConstraint("width_m >= 0", "width_m"),
        CheckConstraint("load_limit_t >= 0", "load_limit_t"),
        CheckConstraint("length_decree_m >= 0", "length_decree_m"),
    )
    ruas_number: Mapped[str | None]
    status: Mapped[str]
    function: Mapped[str | None]
    road_class: Mapped[str | None]
    surface: Mapped[str | None]
    condition: Mapped[str] = mapped_column(server_default="belum_disurvei")
    condition_on: Mapped[date | None] = mapped_column(Date)
    width_m: Mapped[float | None]
    direction: Mapped[str | None]
    meets: Mapped[str] = mapped_column(server_default="silang")
    load_limit_t: Mapped[float | None]
    length_decree_m: Mapped[float | None]
    length_m: Mapped[float] = mapped_column(Computed("st_length(geom::geography)", persisted=True))
    geom: Mapped[Any] = geometry("MULTILINESTRING")


class RuleVersion(Base):
    """One version of all rule tables: who made it, when, and why."""

    __tablename__ = "road_rule_version"
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    actor: Mapped[str]
    reason: Mapped[str]


class RuleCell(Base):
    """One cell of a rule table in one version."""

    __tablename__ = "road_rule"
    __table_args__ = (ForeignKeyConstraint(["version"], ["road_rule_version.version"]),)
    version: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    row: Mapped[str] = mapped_column("row_key", key="row", primary_key=True)
    column: Mapped[str] = mapped_column("column_key", key="column", primary_key=True)
    value: Mapped[str]
    source: Mapped[str]
    certainty: Mapped[str]


class RoadSurvey(Base):
    """What somebody found on a road between two positions in m; kept for good, withdrawn rather than deleted."""

    __tablename__ = "road_survey"
    __table_args__ = (
        CheckConstraint(f"surveyed_on between '{FIRST_DAY}' and '{LAST_DAY}' or withdrawn_at is not null", "days"),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    road_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("road.id", ondelete="cascade"), index=True)
    kind: Mapped[str]
    from_m: Mapped[float]
    to_m: Mapped[float]
    surveyed_on: Mapped[date] = mapped_column(Date)
    officer: Mapped[str]
    inputs: Mapped[dict[str, Any]]
    value: Mapped[float | None]
    metres: Mapped[dict[str, Any]]
    rule_version: Mapped[int] = mapped_column(ForeignKey("road_rule_version.version"))
    source: Mapped[str]
    doubt: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    withdrawn_because: Mapped[str | None]


class RoadSurveyPhoto(Base):
    """A photo of what a survey saw; `name` is that of its files, at random, `by` who added it."""

    __tablename__ = "road_survey_photo"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    survey_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("road_survey.id", ondelete="cascade"), index=True)
    name: Mapped[str] = mapped_column(unique=True)
    width: Mapped[int]
    height: Mapped[int]
    by: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class RoadStretch(Base):
    """A length of a road in one class, by the survey that counts there; positions in m, null where unknown."""

    __tablename__ = "road_stretch"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    road_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("road.id", ondelete="cascade"), index=True)
    survey_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("road_survey.id", ondelete="cascade"), index=True)
    condition: Mapped[str]
    length_m: Mapped[float]
    from_m: Mapped[float | None]
    to_m: Mapped[float | None]


class RoadNetwork(Base):
    """The network in use: when it was made, how large it is, and how many metres of it hang together."""

    __tablename__ = "road_network"
    version: Mapped[str] = mapped_column(primary_key=True)
    built_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    epsg: Mapped[int]
    nodes: Mapped[int]
    edges: Mapped[int]
    length_m: Mapped[float]
    components: Mapped[int]
    connected_m: Mapped[float]
    walking_kmh: Mapped[float]


class RoadNetworkAttempt(Base):
    """What came of the last attempt to make a network: from what, and why it could not be used (null: it could)."""

    __tablename__ = "road_network_attempt"
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    made_from: Mapped[dict[str, Any]]
    problem: Mapped[str | None]


class RoadEdge(Base):
    """A piece of a road between two nodes of a network; direction 1 along the line alone, -1 against it, 0 both."""

    __tablename__ = "road_edge"
    version: Mapped[str] = mapped_column(ForeignKey("road_network.version", ondelete="cascade"), primary_key=True)
    edge: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    road_id: Mapped[int] = mapped_column(BigInteger)
    tail: Mapped[int]
    head: Mapped[int]
    length_m: Mapped[float]
    direction: Mapped[int] = mapped_column(SmallInteger)
    limit_t: Mapped[float | None]
    function: Mapped[str]
    surface: Mapped[str]
    condition: Mapped[str]
    geom: Mapped[Any] = geometry("LINESTRING")


Index(
    "uq_road_survey_extent",
    *(RoadSurvey.road_id, RoadSurvey.kind, RoadSurvey.surveyed_on, RoadSurvey.from_m, RoadSurvey.to_m),
    unique=True,
    postgresql_where=text("withdrawn_at is null"),
)
Index(
    "ix_road_survey_work",
    RoadSurvey.surveyed_on,
    postgresql_where=text("kind = 'work' and withdrawn_at is null"),
)
