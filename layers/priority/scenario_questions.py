"""What if as planners ask it, a set of edits: light enough for every page; the worker answers."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

MOST_OPENED = MOST_MOVED = 5


@dataclass(frozen=True)
class Where:
    """A place to open something at: a village by its code, or a point (lon, lat in degrees)."""

    village: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Opening:
    """A kind of office, or a TPS, that opens somewhere."""

    kind: str
    where: Where


@dataclass(frozen=True)
class Move:
    """An office or a TPS, by its key (o:12, w:7), that closes and opens anew elsewhere."""

    key: str
    where: Where


@dataclass(frozen=True)
class Asked:
    """A scenario: keys of candidates to repair or build, and to close, whether it rains, what opens and what moves.

    `shut` are keys of offices and TPS that close for good. `wet_before`: it rains before too, so that only what else is
    changed is compared; questions kept from before this was asked lack it, and were compared with the dry.
    """

    repair: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    wet: bool = False
    opens: tuple[Opening, ...] = ()
    shut: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    wet_before: bool = False

    def like_with_like(self) -> "Asked":
        """Let it rain before as after, unless the rain is all that changes."""
        return replace(self, wet_before=self.wet and self.edited)

    @property
    def edited(self) -> bool:
        """Say whether anything changes but the season."""
        return bool(self.keys or self.opens)

    @property
    def mixed(self) -> bool:
        """Say whether the rain and what else changes are told as one."""
        return self.wet and self.edited and not self.wet_before

    @property
    def wheres(self) -> tuple[Where, ...]:
        """List the places at which something opens, or to which something moves."""
        return (*(one.where for one in self.opens), *(one.where for one in self.moves))

    @property
    def keys(self) -> list[str]:
        """List the keys of all that is changed and stands on a map already."""
        return [*self.repair, *self.close, *self.shut, *(one.key for one in self.moves)]

    def written(self) -> dict[str, Any]:
        """Write the question down as it is kept."""
        return asdict(self)


def read(kept: Mapping[str, Any]) -> Asked:
    """Read a question that was kept, also of the time when all that opened or moved had one village for it."""
    named = {name: tuple(kept.get(name, ())) for name in ("repair", "close", "shut")}
    village = Where(kept.get("village", ""))
    opens = [Opening(one["kind"], _where(one["where"])) for one in kept.get("opens", ())]
    moves = [Move(one["key"], _where(one["where"])) for one in kept.get("moves", ())]
    opens += [Opening(kept["kind"], village)] if kept.get("kind") else []
    moves += [Move(key, village) for key in kept.get("move", ())]
    wet_before = kept.get("wet_before", False)
    return Asked(**named, wet=kept["wet"], opens=tuple(opens), moves=tuple(moves), wet_before=wet_before)


def _where(kept: Mapping[str, Any]) -> Where:
    return Where(kept["village"], tuple(kept["point"]) if kept["point"] else None)
