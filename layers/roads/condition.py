"""How bad a road is: SDI, IRI, both together, and TTI, each by the rule tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from layers.roads.rules import Rules

EdgeDamage = Literal["none", "light", "severe"]
EDGES: tuple[EdgeDamage, ...] = ("none", "light", "severe")


@dataclass(frozen=True)
class Distress:
    """What an SDI form notes: cracked area in %, crack width in mm, potholes per km, depth of ruts in cm."""

    crack_percent: float
    crack_width_mm: float
    potholes_per_km: float
    rut_cm: float


@dataclass(frozen=True)
class Damage:
    """What a TTI form notes of a stretch of length and width in m.

    `shares` holds by kind of damage the class of its area (1 the smallest), `counts` the number of those that are
    counted, `edges` what the left and the right edge look like.
    """

    length_m: float
    width_m: float
    shares: Mapping[str, int]
    counts: Mapping[str, int]
    edges: tuple[EdgeDamage, EdgeDamage] = ("none", "none")


def sdi(rules: Rules, distress: Distress) -> float:
    """Compute the Surface Distress Index (Bina Marga): cracks, doubled where wide, then potholes and ruts."""
    cracks = float(rules.step("sdi.crack_area", distress.crack_percent))
    cracks *= float(rules.step("sdi.crack_width", distress.crack_width_mm))
    potholes = float(rules.step("sdi.potholes", distress.potholes_per_km))
    return cracks + potholes + float(rules.step("sdi.ruts", distress.rut_cm))


def sdi_class(rules: Rules, index: float) -> str:
    """Classify an SDI."""
    return rules.step("sdi.class", index)


def iri_class(rules: Rules, surface: str, roughness: float) -> str:
    """Classify an IRI in m/km on a surface."""
    return rules.step(f"iri.{rules.word('surface', surface, 'iri')}", roughness)


def both_class(rules: Rules, iri: str, sdi: str) -> str:
    """Classify a road whose IRI and SDI are both known, by their classes."""
    return rules.word("both", iri, sdi)


def damages(rules: Rules, surface: str) -> tuple[str, ...]:
    """Name the kinds of damage that a TTI form asks for on a surface; those ending in _count are counted."""
    known = rules.cells["tti.weights"][rules.word("surface", surface, "tti")]
    return tuple(kind for kind in known if kind not in ("edge", "fixed"))


def tti(rules: Rules, surface: str, damage: Damage) -> float:
    """Compute the Treatment Trigger Index (PKRMS), 100 · Σ(area · weight) / (L · W), of a stretch.

    Classes of area count with their middle. A surface with a fixed index (earth) has that. Raises KeyError for a kind
    of damage or a class that the rules do not know.
    """
    weights = rules.cells["tti.weights"][rules.word("surface", surface, "tti")]
    if "fixed" in weights:
        return float(weights["fixed"])
    area = damage.length_m * damage.width_m
    weighted = sum(area * _share(rules, kind, at) * float(weights[kind]) for kind, at in damage.shares.items())
    weighted += sum(number * float(weights[kind]) for kind, number in damage.counts.items())
    sides = sum(rules.number("tti.edge", "side", edge) for edge in damage.edges)
    weighted += sides * damage.length_m * rules.number("tti.edge", "side", "width_m") * float(weights.get("edge", 0))
    return 100 * weighted / area


def tti_class(rules: Rules, index: float) -> str:
    """Classify a TTI."""
    return rules.step("tti.class", index)


def _share(rules: Rules, kind: str, at: int) -> float:
    return rules.number("tti.shares", "pothole" if kind == "pothole" else "area", str(at)) / 100
