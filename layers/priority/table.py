"""Priority: candidates with their criteria, what a repair does and costs, weights, and rankings that are locked."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Date, DateTime, Identity, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base, Feature, geometry


class RoadPriority(Feature, Base):
    """A ruas or a damaged part of one, with the value of each criterion in its unit, null where it is not known.

    `unit` is ruas or bagian, `from_m` and `to_m` are where a part lies; `owner` is the road's status. `cost_rp` is
    what the treatments cost, by prices that are made up where `cost_made_up`; only then is `cost` (Rp/km) null.
    """

    __tablename__ = "road_priority"
    __table_args__ = (UniqueConstraint("source", "source_id"),)
    road_id: Mapped[int] = mapped_column(BigInteger, index=True)
    unit: Mapped[str]
    owner: Mapped[str]
    standing: Mapped[str]
    rank: Mapped[int | None]
    score: Mapped[float | None]
    rests_on: Mapped[float]
    length_m: Mapped[float]
    from_m: Mapped[float | None]
    to_m: Mapped[float | None]
    treatment: Mapped[str | None]
    cost_rp: Mapped[float | None]
    cost_made_up: Mapped[bool] = mapped_column(server_default="false")
    condition: Mapped[float | None]
    people: Mapped[float | None]
    saved: Mapped[float | None]
    connected: Mapped[float | None]
    complaints: Mapped[float | None]
    facilities: Mapped[float | None]
    detour: Mapped[float | None]
    cut_off: Mapped[float | None]
    cost: Mapped[float | None]
    traffic: Mapped[float | None]
    poverty: Mapped[float | None]
    ijd: Mapped[float | None]
    geom: Mapped[Any] = geometry("MULTILINESTRING")


class Proposal(Base):
    """Something that could be built: a link (a line), or an office, a TPS or a tower (a point).

    `unit` is one of layers.priority.units, `key` names it for good, `criteria` holds the value of each criterion in its
    unit, without those that are not known; `length_m` is 0 for a point.
    """

    __tablename__ = "priority_proposal"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    unit: Mapped[str] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str | None]
    village_code: Mapped[str | None]
    length_m: Mapped[float]
    criteria: Mapped[dict[str, Any]]
    geom: Mapped[Any] = geometry("GEOMETRY")


class LeftOut(Base):
    """A road that is judged nowhere, since all of its line lies on the road `beneath`: it was drawn twice."""

    __tablename__ = "priority_left_out"
    road_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    beneath: Mapped[int | None] = mapped_column(BigInteger)


class Treatment(Base):
    """What a repair does to a road in one of the conditions from `worst` to `best`, and costs in rupiah a km."""

    __tablename__ = "treatment"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    best: Mapped[str]
    worst: Mapped[str]
    becomes: Mapped[str]
    rp_per_km: Mapped[float | None]
    life_years: Mapped[float | None]
    source: Mapped[str]
    stated_on: Mapped[date] = mapped_column(Date)


class Trip(Base):
    """How often people go to a kind of office (trips a person and month), and the longest trip that counts."""

    __tablename__ = "priority_trip"
    kind: Mapped[str] = mapped_column(primary_key=True)
    trips: Mapped[float]
    longest_min: Mapped[float]
    source: Mapped[str]


class RoadFigure(Base):
    """A figure from elsewhere: traffic or IJD of a ruas (by its number), or poverty of a village (by its code)."""

    __tablename__ = "road_figure"
    criterion: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[float]
    source: Mapped[str]
    stated_on: Mapped[date] = mapped_column(Date)


class WeightProfile(Base):
    """Weights that somebody gave a name, by criterion."""

    __tablename__ = "weight_profile"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    method: Mapped[str]
    weights: Mapped[dict[str, Any]]
    author: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class LockedRanking(Base):
    """A ranking as it was decided: its inputs, frozen and hashed, versions, weights, author and result; never changed.

    `inputs` holds the criteria and, for each candidate, key, name and values; `hash` is their SHA-256.
    """

    __tablename__ = "locked_ranking"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    title: Mapped[str]
    author: Mapped[str]
    locked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    method: Mapped[str]
    weights: Mapped[dict[str, Any]]
    versions: Mapped[dict[str, Any]]
    inputs: Mapped[dict[str, Any]]
    hash: Mapped[str]
    result: Mapped[dict[str, Any]]


class PriorityRun(Base):
    """A question that the worker answers: a scenario or a choice for a budget; asked anew it is the same run.

    `tries` tells how often the worker has begun, `versions` what the answer was worked out from.
    """

    __tablename__ = "priority_run"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    asked: Mapped[dict[str, Any]]
    author: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    answer: Mapped[dict[str, Any] | None]
    problem: Mapped[str | None]
    tries: Mapped[int] = mapped_column(server_default="0")
    versions: Mapped[dict[str, Any] | None]


Index("ix_locked_ranking_locked_at", LockedRanking.locked_at)
Index("ix_priority_run_made_at", PriorityRun.made_at)
