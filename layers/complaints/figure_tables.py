"""The figures of complaints as they are kept ready, and what has changed since they were counted."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Identity, Index, Integer, SmallInteger
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base


class ComplaintFigure(Base):
    """How many complaints came in within a month and are alike in everything that figures tell apart.

    `month` is its first day; `agency` and `district` (kecamatan code) are empty where unknown. `seen` says that anyone
    may see them. `state` and `age` (0 for a week, 1 for a month, 2 for 90 days, 3 beyond) are of those still open,
    `days` are the working days until those resolved were done. Of `received` some are `resolved`, `decided` (resolved
    with a deadline, or overdue), of these `on_time`; some were `reopened`, some are `overdue`. Surveys gave `answers`
    with so many `stars` (1 to 5 each).
    """

    __tablename__ = "complaint_figure"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    month: Mapped[date] = mapped_column(index=True)
    category: Mapped[str]
    agency: Mapped[str]
    district: Mapped[str]
    seen: Mapped[bool]
    state: Mapped[str | None]
    age: Mapped[int | None] = mapped_column(SmallInteger)
    days: Mapped[int | None] = mapped_column(SmallInteger)
    received: Mapped[int]
    resolved: Mapped[int]
    decided: Mapped[int]
    on_time: Mapped[int]
    reopened: Mapped[int]
    overdue: Mapped[int]
    answers: Mapped[int]
    stars: Mapped[int]


class ComplaintFigureSum(Base):
    """The figures of a month added up, ready for every choice of filters (see ComplaintFigure for what is counted).

    `parts` says what a row tells apart: category (4), agency (2) and kecamatan (1) added up; the others are empty.
    Of those resolved `done` took so many working `days`, the two lists side by side.
    """

    __tablename__ = "complaint_figure_sum"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    month: Mapped[date]
    parts: Mapped[int] = mapped_column(SmallInteger)
    category: Mapped[str]
    agency: Mapped[str]
    district: Mapped[str]
    seen: Mapped[bool]
    received: Mapped[int]
    resolved: Mapped[int]
    decided: Mapped[int]
    on_time: Mapped[int]
    reopened: Mapped[int]
    overdue: Mapped[int]
    answers: Mapped[int]
    stars: Mapped[int]
    days: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    done: Mapped[list[int]] = mapped_column(ARRAY(Integer))


class ComplaintFigureChange(Base):
    """A month of complaints whose figures no longer hold; all of them where no month is named."""

    __tablename__ = "complaint_figure_change"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    month: Mapped[date | None]


class ComplaintFigureStanding(Base):
    """When the figures were counted, and which day it was then: the one row of its table."""

    __tablename__ = "complaint_figure_standing"
    __table_args__ = (CheckConstraint("single", "single"),)
    single: Mapped[bool] = mapped_column(primary_key=True, server_default="true")
    counted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    today: Mapped[date]


Index("ix_complaint_figure_state", ComplaintFigure.state, postgresql_where=ComplaintFigure.state.is_not(None))
Index("ix_complaint_figure_sum_parts_month", ComplaintFigureSum.parts, ComplaintFigureSum.month)
