"""Questions about roads: the rules in force, the surveys of a road, and how much of a network is in good order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from layers.db import sql
from layers.roads.rules import CLASSES, UNSURVEYED, Cell, Rules, checked
from layers.roads.table import RoadNetworkAttempt, RuleCell, RuleVersion

STEADY = ("baik", "sedang")


@dataclass(frozen=True)
class Version:
    """When a version of the rules was made, by whom and why."""

    version: int
    made_at: datetime
    actor: str
    reason: str


@dataclass(frozen=True)
class Lengths:
    """Metres of road by class, unsurveyed among them."""

    metres: Mapping[str, float]

    @property
    def total_m(self) -> float:
        """Add up all lengths."""
        return sum(self.metres.values())

    @property
    def surveyed_m(self) -> float:
        """Add up the lengths that somebody has seen."""
        return self.total_m - self.metres.get(UNSURVEYED, 0)

    @property
    def steady_share(self) -> float | None:
        """Give kemantapan: baik and sedang as a share of the total length, where what nobody has seen is not good."""
        return self._steady_m / self.total_m if self.total_m else None

    @property
    def steady_share_of_surveyed(self) -> float | None:
        """Give kemantapan of the surveyed length alone; None where nothing has been surveyed."""
        return self._steady_m / self.surveyed_m if self.surveyed_m else None

    @property
    def _steady_m(self) -> float:
        return sum(self.metres.get(name, 0) for name in STEADY)


def rules(connection: Connection, version: int | None = None) -> Rules:
    """Read the rules in force, or those of one version; raises KeyError where there is no such version."""
    wanted = version or newest_version(connection)
    cells = rule_cells(connection, wanted)
    if not cells:
        raise KeyError(f"There is no version {wanted} of the road rules.")
    return checked(wanted, cells)


def newest_version(connection: Connection) -> int:
    """Give the number of the rules in force."""
    return int(connection.execute(select(func.max(RuleVersion.version))).scalar_one())


def rule_cells(connection: Connection, version: int) -> list[Cell]:
    """List the cells of one version, table by table."""
    columns = (RuleCell.rule, RuleCell.row, RuleCell.column, RuleCell.value, RuleCell.source, RuleCell.certainty)
    found = select(*columns).where(RuleCell.version == version).order_by(RuleCell.rule, RuleCell.row, RuleCell.column)
    return [Cell(*row) for row in connection.execute(found)]


def rule_versions(connection: Connection) -> list[Version]:
    """List the versions of the rules, the newest first."""
    columns = (RuleVersion.version, RuleVersion.made_at, RuleVersion.actor, RuleVersion.reason)
    return [Version(*row) for row in connection.execute(select(*columns).order_by(RuleVersion.version.desc()))]


def network_problem(connection: Connection) -> str | None:
    """Tell why the last attempt to make a network failed: no_regency, no_roads or disconnected; None: it did not."""
    return connection.scalar(select(RoadNetworkAttempt.problem))


def surveys_of(connection: Connection, road_id: int) -> Sequence[Row[Any]]:
    """List the surveys of a road, the newest first, withdrawn ones too."""
    return connection.execute(sql("roads/surveys_of.sql"), {"road": road_id}).all()


def survey_found(connection: Connection, number: int) -> Row[Any] | None:
    """Find a survey by its number, withdrawn or not."""
    return connection.execute(sql("roads/one_survey.sql"), {"survey": number}).one_or_none()


def stretches_of(connection: Connection, road_id: int) -> Sequence[Row[Any]]:
    """List the stretches of a road by class, in their order along it, each with the survey that counts there."""
    return connection.execute(sql("roads/stretches_of.sql"), {"road": road_id}).all()


def changed_rules(connection: Connection, version: int) -> Sequence[Row[Any]]:
    """List the cells that a version of the rules changed; none for the first."""
    return [] if version == 1 else connection.execute(sql("roads/changed_rules.sql"), {"version": version}).all()


def awaiting_survey(connection: Connection) -> Sequence[Row[Any]]:
    """List the roads on which a finished work declares a condition that no survey has seen yet, the oldest first."""
    return connection.execute(sql("roads/awaiting_survey.sql")).all()


def lengths_by_status(connection: Connection, source: str | None = None) -> dict[str, Lengths]:
    """Give the lengths of all roads, or of those of one source, by status."""
    rows = connection.execute(sql("roads/lengths_by_status.sql"), {"source": source})
    return {status: lengths for (status,), lengths in _grouped(rows).items()}


def lengths_in_regency(connection: Connection, regency: str) -> dict[tuple[str, str], Lengths]:
    """Give the lengths within a regency by code of kecamatan and status.

    A road across a border counts on each side by the share of its length there; its classes count as spread evenly.
    """
    rows = connection.execute(sql("roads/lengths_in_regency.sql"), {"regency": regency})
    return {(code, status): lengths for (code, status), lengths in _grouped(rows).items()}


def together(lengths: Iterable[Lengths]) -> Lengths:
    """Add up lengths class by class."""
    held = list(lengths)
    names = (*CLASSES, UNSURVEYED)
    return Lengths({name: sum(one.metres.get(name, 0) for one in held) for name in names})


def _grouped(rows: Iterable[Any]) -> dict[tuple[str, ...], Lengths]:
    metres: dict[tuple[str, ...], dict[str, float]] = {}
    for *key, condition, length_m in rows:
        metres.setdefault(tuple(key), {})[condition] = length_m
    return {key: Lengths(held) for key, held in metres.items()}
