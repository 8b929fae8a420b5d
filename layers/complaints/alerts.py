"""Area alerts: whoever asked for news from a place hears, once a day at most, what appears and is resolved there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Connection,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from layers.complaints.categories import CATEGORIES
from layers.complaints.refusals import ActRefusedError
from layers.db import Base, sql
from layers.layer import Text
from layers.records import events, outbox, readers
from layers.records.actors import SYSTEM, VISITOR

KIND = "alert"
RADII_M = (500, 1000, 2000, 5000, 10000)
DECIMALS = 3  # of a degree, about 100 m: near enough for news, too coarse to tell a house
MOST = 10  # alerts of one reader
PAUSE = timedelta(days=1)  # between two letters of one alert
AT_ONCE = 500
LISTED = 20  # pieces of news in one letter
CATEGORY_IDS = tuple(category.id for category in CATEGORIES)
NO_PLACE = Text("Pilih tempat dan jaraknya dahulu.", "Choose a place and a distance first.")


class ComplaintAlert(Base):
    """What one reader wants to hear of: an area by its code, or a circle, of one category or of all.

    `centre` (EPSG:4326) is rounded to about 100 m; `reach` is the box around the circle, by which it is found.
    Nothing is sent before it is confirmed.
    """

    __tablename__ = "complaint_alert"
    __table_args__ = (
        CheckConstraint(
            "(area_code is null) = (centre is not null) and (centre is null) = (radius_m is null)"
            " and (centre is null) = (reach is null)",
            "place",
        ),
    )
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    reader_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("reader.id", ondelete="cascade"), index=True)
    area_code: Mapped[str | None]
    centre: Mapped[Any] = mapped_column(Geometry("POINT", srid=4326, spatial_index=False), nullable=True)
    radius_m: Mapped[int | None]
    reach: Mapped[Any] = mapped_column(Geometry("POLYGON", srid=4326, spatial_index=False), nullable=True)
    category: Mapped[str | None]
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    next_letter_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class ComplaintNews(Base):
    """That a complaint appeared before the public, or was resolved; `spread_at` is when it reached the alerts."""

    __tablename__ = "complaint_news"
    __table_args__ = (CheckConstraint("what in ('appeared', 'resolved')", "what"),)
    event_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id", ondelete="cascade"), index=True)
    what: Mapped[str]
    spread_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ComplaintAlertNews(Base):
    """A piece of news that waits for the next letter of an alert."""

    __tablename__ = "complaint_alert_news"
    alert_id: Mapped[int] = mapped_column(ForeignKey("complaint_alert.id", ondelete="cascade"), primary_key=True)
    event_id: Mapped[int] = mapped_column(
        ForeignKey("complaint_news.event_id", ondelete="cascade"), primary_key=True, index=True
    )


CONFIRMED = ComplaintAlert.confirmed_at.is_not(None)
Index("ix_complaint_alert_area_code", ComplaintAlert.area_code, postgresql_where=CONFIRMED)
Index("ix_complaint_alert_reach", ComplaintAlert.reach, postgresql_using="gist", postgresql_where=CONFIRMED)
Index("ix_complaint_alert_unconfirmed", ComplaintAlert.asked_at, postgresql_where=ComplaintAlert.confirmed_at.is_(None))
Index(
    "ix_complaint_news_appeared",
    ComplaintNews.complaint_id,
    unique=True,
    postgresql_where=ComplaintNews.what == text("'appeared'"),
)
Index("ix_complaint_news_waiting", ComplaintNews.event_id, postgresql_where=ComplaintNews.spread_at.is_(None))


@dataclass(frozen=True)
class Scope:
    """What an alert is about: the area with a code, or a circle (lon, lat in EPSG:4326, metres); a category or all."""

    area_code: str | None = None
    lon: float | None = None
    lat: float | None = None
    radius_m: int | None = None
    category: str | None = None


def check(scope: Scope) -> None:
    """Raise ActRefusedError where an alert could be about nothing: no place, another radius, no such category."""
    known = scope.category is None or scope.category in CATEGORY_IDS
    circle = scope.lon is not None and scope.lat is not None and scope.radius_m in RADII_M
    if not known or not (circle if scope.area_code is None else scope.lon is None):
        raise ActRefusedError("place", NO_PLACE)


def ask_for(connection: Connection, reader: int, scope: Scope) -> int | None:
    """Keep what a reader wants to hear of, to be confirmed, and give its number; None where he has 10 already."""
    if connection.execute(select(func.count()).where(ComplaintAlert.reader_id == reader)).scalar_one() >= MOST:
        return None
    values = {"reader_id": reader, "area_code": scope.area_code, "category": scope.category, **_circle(scope)}
    return int(connection.execute(insert(ComplaintAlert).values(values).returning(ComplaintAlert.id)).scalar_one())


def confirm(connection: Connection, alert: int) -> bool:
    """Let an alert be heard from now on; say whether it is there still."""
    confirmed = update(ComplaintAlert).where(ComplaintAlert.id == alert).values(confirmed_at=func.now())
    there = connection.execute(confirmed).rowcount > 0
    if there:
        events.record(connection, VISITOR.name, "confirm_alert", subject=f"alert:{alert}")
    return there


def stop(connection: Connection, alert: int) -> bool:
    """Forget an alert and what it was about; say whether there was one."""
    gone = connection.execute(delete(ComplaintAlert).where(ComplaintAlert.id == alert)).rowcount > 0
    if gone:
        events.record(connection, VISITOR.name, "stop_alert", subject=f"alert:{alert}")
    return gone


def scope(connection: Connection, alert: int) -> Scope | None:
    """Tell what an alert is about; None where there is none any more."""
    centre = ComplaintAlert.__table__.c.centre
    columns = (ComplaintAlert.area_code, func.st_x(centre).label("lon"), func.st_y(centre).label("lat"))
    asked = select(*columns, ComplaintAlert.radius_m, ComplaintAlert.category).where(ComplaintAlert.id == alert)
    found = connection.execute(asked).one_or_none()
    return Scope(**found._mapping) if found else None


def spread(connection: Connection) -> int:
    """Hand what is new to the alerts that it is for, 500 pieces at most, and give the number of pieces."""
    waiting = select(ComplaintNews.event_id, ComplaintNews.complaint_id).where(ComplaintNews.spread_at.is_(None))
    taken = connection.execute(
        waiting.order_by(ComplaintNews.event_id).limit(AT_ONCE).with_for_update(skip_locked=True)
    ).all()
    for event_id, complaint_id in taken:
        connection.execute(sql("complaints/spread_news.sql"), {"event": event_id, "complaint": complaint_id})
    told = update(ComplaintNews).where(ComplaintNews.event_id.in_([row.event_id for row in taken]))
    connection.execute(told.values(spread_at=func.now()))
    return len(taken)


def write_letters(connection: Connection) -> int:
    """Leave a letter for each alert that has news and was silent for a day, 500 at most, and give their number."""
    due = connection.execute(sql("complaints/due_alerts.sql"), {"most": AT_ONCE}).all()
    for alert, reader in due:
        mine = delete(ComplaintAlertNews).where(ComplaintAlertNews.alert_id == alert)
        news = sorted(connection.scalars(mine.returning(ComplaintAlertNews.event_id)), reverse=True)
        event = events.record(connection, SYSTEM.name, "write_alert", subject=f"alert:{alert}", news=len(news))
        data = {"alert": alert, "news": news[:LISTED], "more": len(news[LISTED:])}
        outbox.post(connection, event, KIND, readers.name(reader), None, data)
        silent = update(ComplaintAlert).where(ComplaintAlert.id == alert)
        connection.execute(silent.values(next_letter_at=func.now() + PAUSE))
    return len(due)


def _circle(scope: Scope) -> dict[str, Any]:
    """Work out the columns of a circle: its box is a little larger, since a buffer is drawn with corners."""
    if scope.lon is None or scope.lat is None or scope.radius_m is None:
        return {}
    centre = func.st_setsrid(func.st_makepoint(round(scope.lon, DECIMALS), round(scope.lat, DECIMALS)), 4326)
    circle = func.st_buffer(func.geography(centre), scope.radius_m * 1.01)
    return {"centre": centre, "radius_m": scope.radius_m, "reach": func.st_envelope(func.geometry(circle))}
