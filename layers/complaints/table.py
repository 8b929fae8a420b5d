"""Complaints: what citizens report, where, and how far it has come; and the rules by which they are handled."""

from datetime import date, datetime, time
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from layers.complaints.workflow import STATES
from layers.db import Base, Feature, geometry

VISIBILITIES = ("public", "anonymous", "secret")
MODERATIONS = ("pending", "approved", "hidden")
PRECISIONS = POINT, VILLAGE = "point", "village"
PUBLIC_ROWS = "visibility <> 'secret' and moderation <> 'hidden'"


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} in ({', '.join(repr(value) for value in values)})", column)


class Complaint(Feature, Base):
    """One geotagged complaint.

    What its reporter wrote (`description`, `place_note`) is never public; `name` and `story` are what a moderator
    has let pass. `category` is what the legend shows, `kind` the finer word below it. `version` counts the acts of
    staff and reporter; `updated_at` is when the public last saw something new of it. `anonymised_at` is when what was
    kept of people was erased, `anonymised_for` why. `act_by` is the day by which the present state should end, `due_on`
    the day by which all should be done. Of agencies the short id is kept, such as pupr; `declined_by` is the one that
    sent the complaint back, until another is found. `parent_id` is what a part was split from, `origin_id` the
    complaint as it came in, whose reporter is also its own.
    `precision` is `village` where nobody pointed the place out: `geom` is then a point that stands for its village.
    `about_nothing` tells that its reporter meant no thing of the map, whatever road the place lies on.
    """

    __tablename__ = "complaint"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        _one_of("state", tuple(state.id for state in STATES)),
        _one_of("visibility", VISIBILITIES),
        _one_of("moderation", MODERATIONS),
        CheckConstraint(
            "anonymised_for in ('retention', 'request') and anonymised_at is not null or anonymised_for is null",
            "anonymised_for",
        ),
        CheckConstraint("happened_at >= timestamptz '1900-01-01 00:00:00+00'", "happened_at"),
        _one_of("precision", PRECISIONS),
    )
    number: Mapped[str] = mapped_column(unique=True)
    category: Mapped[str]
    kind: Mapped[str | None]
    case_class: Mapped[str | None]
    state: Mapped[str] = mapped_column(index=True)
    state_since: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    version: Mapped[int] = mapped_column(server_default="1")
    visibility: Mapped[str] = mapped_column(server_default="public")
    moderation: Mapped[str] = mapped_column(server_default="approved")
    description: Mapped[str | None]
    place_note: Mapped[str | None]
    story: Mapped[str | None]
    channel: Mapped[str | None]
    reported_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    happened_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    asset_layer: Mapped[str | None]
    asset_id: Mapped[int | None] = mapped_column(BigInteger)
    about_nothing: Mapped[bool] = mapped_column(server_default=text("false"))
    agency: Mapped[str | None]
    next_agency: Mapped[str | None]
    declined_by: Mapped[str | None]
    authority: Mapped[str | None]
    why: Mapped[str | None]
    why_en: Mapped[str | None]
    assignee: Mapped[str | None]
    done_by: Mapped[str | None]
    planned_on: Mapped[date | None]
    act_by: Mapped[date | None]
    due_on: Mapped[date | None]
    hops: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    reopened: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    disputed: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    appealed: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    supporters: Mapped[int] = mapped_column(server_default="0")
    anonymised_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    anonymised_for: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="set null"))
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="set null"))
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="set null"))
    precision: Mapped[str] = mapped_column(server_default=POINT)
    geom: Mapped[Any] = geometry("POINT")


class ComplaintTransition(Base):
    """A pair of states that the database lets follow each other; the same as in `workflow.MOVES`."""

    __tablename__ = "complaint_transition"
    start: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)


class ComplaintKind(Base):
    """How complaints of a kind (or category) are handled: class, working days where they differ, agency, certainty.

    `source` is V (read in the rule itself), S (told by others) or M (from memory); administrators change the rows.
    """

    __tablename__ = "complaint_kind"
    id: Mapped[str] = mapped_column(primary_key=True)
    case_class: Mapped[str]
    working_days: Mapped[int | None]
    agency: Mapped[str]
    source: Mapped[str]


class ComplaintLimit(Base):
    """A number that the workflow goes by: working days of a class, days of silence, times that something may happen."""

    __tablename__ = "complaint_limit"
    id: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int | None]
    unit: Mapped[str]
    source: Mapped[str]


class ComplaintRoute(Base):
    """An ordered rule that names who handles a complaint; an empty condition is met by all.

    `asset_kind` is the value of the asset's classifying field, such as the status of a road; `starts` and `ends` are
    hours of the regency's clock, over midnight where the first is later. `area_code` names the kecamatan or village
    that `area` was taken from, if any; `area_name` is what a drawn one is called. `authority` is another authority that
    owns the thing, to which the agency passes the complaint on. `why` is shown to everyone.
    """

    __tablename__ = "complaint_route"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    position: Mapped[int] = mapped_column(index=True)
    asset_layer: Mapped[str | None]
    asset_kind: Mapped[str | None]
    kind: Mapped[str | None]
    area: Mapped[Any] = mapped_column(Geometry("MULTIPOLYGON", srid=4326, spatial_index=False), nullable=True)
    area_code: Mapped[str | None]
    area_name: Mapped[str | None]
    starts: Mapped[time | None]
    ends: Mapped[time | None]
    agency: Mapped[str]
    authority: Mapped[str | None]
    why: Mapped[str]
    why_en: Mapped[str]
    source: Mapped[str]


class ComplaintClock(Base):
    """A deadline as it was set, never changed afterwards; `replaces` names those that it took the place of."""

    __tablename__ = "complaint_clock"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="cascade"), index=True)
    reason: Mapped[str]
    case_class: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    working_days: Mapped[int]
    due_on: Mapped[date]
    replaces: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default="{}")


class ComplaintFollower(Base):
    """Somebody who follows a complaint, by a name that tells nobody who it is; counted only when `confirmed`.

    `carried_from` is the complaint that was merged and brought the follower along; `also` is a second name of the same
    person, such as of a caller who gave a phone number and an address.
    """

    __tablename__ = "complaint_follower"
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="cascade"), primary_key=True)
    follower: Mapped[str] = mapped_column(primary_key=True)
    confirmed: Mapped[bool] = mapped_column(server_default="false")
    followed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    carried_from: Mapped[int | None] = mapped_column(ForeignKey("complaint.id", ondelete="cascade"))
    disputed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    also: Mapped[str | None]


# Who has proved to be somebody: by the link of a letter, or with a complaint of his own that was merged.
PROVEN = ComplaintFollower.confirmed | ComplaintFollower.follower.startswith("reporter:")


class ComplaintTemplate(Base):
    """A text that staff send often; for moves to one state, or for one agency, where these are named."""

    __tablename__ = "complaint_template"
    id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str | None]
    agency: Mapped[str | None]
    title: Mapped[str]
    body: Mapped[str]


Index("ix_complaint_kind_id", Complaint.kind, Complaint.id, postgresql_where=Complaint.kind.is_not(None))
Index("ix_complaint_agency_id", Complaint.agency, Complaint.id, postgresql_where=Complaint.agency.is_not(None))
# The pages of the public list, the newest first, of one category or one state.
SHOWN = text(PUBLIC_ROWS)
Index(
    "ix_complaint_category_newest",
    Complaint.category,
    Complaint.reported_at.desc(),
    Complaint.id,
    postgresql_where=SHOWN,
)
Index("ix_complaint_state_newest", Complaint.state, Complaint.reported_at.desc(), Complaint.id, postgresql_where=SHOWN)
Index("ix_complaint_act_by", Complaint.act_by, postgresql_where=Complaint.act_by.is_not(None))
Index("ix_complaint_due_on", Complaint.due_on, postgresql_where=Complaint.due_on.is_not(None))
Index(
    "ix_complaint_to_forget",
    Complaint.closed_at,
    postgresql_where=Complaint.anonymised_at.is_(None) & (Complaint.source == "warga"),
)
Index("ix_complaint_pending", Complaint.id, postgresql_where=Complaint.moderation == "pending")
Index("ix_complaint_parent_id", Complaint.parent_id, postgresql_where=Complaint.parent_id.is_not(None))
Index("ix_complaint_origin_id", Complaint.origin_id, postgresql_where=Complaint.origin_id.is_not(None))
Index("ix_complaint_merged_into", Complaint.merged_into, postgresql_where=Complaint.merged_into.is_not(None))
Index("ix_complaint_asset", Complaint.asset_layer, Complaint.asset_id, postgresql_where=Complaint.asset_id.is_not(None))
Index(
    "ix_complaint_follower_carried_from",
    ComplaintFollower.carried_from,
    postgresql_where=ComplaintFollower.carried_from.is_not(None),
)
Index("ix_complaint_follower_follower", ComplaintFollower.follower)
Index("ix_complaint_follower_also", ComplaintFollower.also, postgresql_where=ComplaintFollower.also.is_not(None))
Index("ix_complaint_declined", Complaint.id, postgresql_where=Complaint.declined_by.is_not(None))
Index("ix_complaint_changed", Complaint.updated_at, Complaint.id)

# Beside these, migrations 0026 and 0053 make the indexes on expressions that the queues in desks.py go by.
Index("ix_complaint_next_agency", Complaint.next_agency, postgresql_where=Complaint.next_agency.is_not(None))
Index("ix_complaint_assignee", Complaint.assignee, postgresql_where=Complaint.assignee.is_not(None))
