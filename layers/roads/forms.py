"""What each kind of survey notes, and what it says about the road by the rule tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from layers.layer import Text
from layers.roads import condition
from layers.roads.refusals import FormError
from layers.roads.rules import CLASSES, Rules
from layers.roads.vocabulary import DAMAGES, INPUTS

Class = Literal["baik", "sedang", "rusak_ringan", "rusak_berat"]
OutsideClass = Literal["baik", "rusak_ringan", "rusak_sedang", "rusak_berat"]
Percent = Annotated[float, Field(ge=0, le=100)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Length = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Roughness = Annotated[float, Field(gt=0, le=40)]
NEEDS_SURFACE = Text(
    "TTI bergantung pada permukaan jalan, dan permukaan jalan ini belum dicatat: pakai IRI atau pengamatan.",
    "TTI depends on the road's surface, which is not known here: use IRI, or judge by eye.",
)
UNKNOWN_SURFACE = "aspal"  # whose limits are the strictest, so that a road nobody has looked at is not flattered


@dataclass(frozen=True)
class Finding:
    """What a survey says of a stretch: its index, if it has one, and the metres of each class."""

    value: float | None
    metres: Mapping[str, float]

    @property
    def condition(self) -> str:
        """Give the class of most metres, the worse where two have the same."""
        return max(self.metres, key=lambda name: (self.metres[name], CLASSES.index(name)))


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SdiForm(_Form):
    """An SDI form (asphalt): `potholes` counted on `over_m` metres; with an IRI in m/km both count together."""

    crack_percent: Percent
    crack_width_mm: Amount
    potholes: Amount
    over_m: Length = 100
    rut_cm: Amount
    iri: Roughness | None = None

    def find(self, rules: Rules, surface: str | None, length_m: float) -> Finding:
        """Compute the SDI and its class."""
        if why := unfit("sdi", rules, surface):
            raise FormError(why.id, why.en)
        potholes = self.potholes * 1000 / self.over_m
        index = condition.sdi(rules, condition.Distress(self.crack_percent, self.crack_width_mm, potholes, self.rut_cm))
        found = condition.sdi_class(rules, index)
        if self.iri is not None:
            rough = condition.iri_class(rules, surface or UNKNOWN_SURFACE, self.iri)
            found = condition.both_class(rules, rough, found)
        return Finding(index, {found: length_m})


class IriForm(_Form):
    """A measured roughness in m/km."""

    iri: Roughness

    def find(self, rules: Rules, surface: str | None, length_m: float) -> Finding:
        """Classify the roughness; an unknown surface is judged as strictly as asphalt."""
        return Finding(self.iri, {condition.iri_class(rules, surface or UNKNOWN_SURFACE, self.iri): length_m})


class TtiForm(_Form):
    """A TTI form: the width in m, damages by class of area or by count, and what both edges look like."""

    width_m: Length
    shares: dict[str, int] = {}
    counts: dict[str, Annotated[int, Field(ge=0)]] = {}
    left: condition.EdgeDamage = "none"
    right: condition.EdgeDamage = "none"

    def find(self, rules: Rules, surface: str | None, length_m: float) -> Finding:
        """Compute the TTI and its class."""
        if surface is None:
            raise FormError(NEEDS_SURFACE.id, NEEDS_SURFACE.en)
        damage = condition.Damage(length_m, self.width_m, self.shares, self.counts, (self.left, self.right))
        known = condition.damages(rules, surface)
        counted = {kind for kind in known if kind.endswith("_count")}
        if not (set(self.shares) <= set(known) - counted and set(self.counts) <= counted):
            there = ", ".join(known)
            told = f"Jenis kerusakan untuk {surface}: {there or 'tidak ada'}."
            raise FormError(told, f"Kinds of damage on {surface}: {there or 'none'}.")
        try:
            index = condition.tti(rules, surface, damage)
        except KeyError as unknown:
            told = f"Kelas luas kerusakan {unknown} tidak ada di tabel tti.shares."
            raise FormError(told, f"The table tti.shares has no class of area {unknown}.") from None
        return Finding(index, {condition.tti_class(rules, index): length_m})


class EyeForm(_Form):
    """A class as an officer saw it."""

    condition: Class

    def find(self, rules: Rules, surface: str | None, length_m: float) -> Finding:
        """Take the class as it is."""
        return Finding(None, {self.condition: length_m})


class MetresForm(_Form):
    """Metres of each of four outside classes, without their position; `read_as` names the row of four_classes."""

    metres: dict[OutsideClass, Amount]
    read_as: str

    def find(self, rules: Rules, surface: str | None, length_m: float) -> Finding:
        """Translate the classes by the rule table; the metres stay as they were stated."""
        if self.read_as not in rules.cells["four_classes"]:
            told = f"four_classes tidak punya baris {self.read_as}."
            raise FormError(told, f"four_classes has no row {self.read_as}.")
        found: dict[str, float] = {}
        for outside, metres in self.metres.items():
            ours = rules.word("four_classes", self.read_as, outside)
            found[ours] = found.get(ours, 0) + metres
        stated = {name: metres for name, metres in found.items() if metres > 0}
        if not stated:
            told = "Tidak ada panjang dalam satu kelas pun: isi meter tiap kelas."
            raise FormError(told, "There are no metres in any class: fill in the metres of each.")
        return Finding(None, stated)


class WorkForm(_Form):
    """A class declared by a finished work, until a survey has seen it."""

    work: Annotated[str, Field(min_length=1, max_length=200)]
    condition: Class

    def find(self, rules: Rules, surface: str | None, length_m: float) -> Finding:
        """Take the class as declared."""
        return Finding(None, {self.condition: length_m})


Form = SdiForm | IriForm | TtiForm | EyeForm | MetresForm | WorkForm
FORMS: Mapping[str, type[Form]] = {
    "sdi": SdiForm,
    "iri": IriForm,
    "tti": TtiForm,
    "eye": EyeForm,
    "metres": MetresForm,
    "work": WorkForm,
}


WRONG: Mapping[str, Text] = {  # by what pydantic calls it
    "missing": Text("belum diisi", "is not filled in"),
    "greater_than_equal": Text("paling sedikit {ge:g}", "must be {ge:g} at least"),
    "greater_than": Text("harus lebih dari {gt:g}", "must be more than {gt:g}"),
    "less_than_equal": Text("paling banyak {le:g}", "may be {le:g} at most"),
    "int_from_float": Text("harus bilangan bulat", "must be a whole number"),
    "finite_number": Text("harus berupa angka", "must be a number"),
    "literal_error": Text("dipilih dari yang ada", "must be one of those offered"),
    "extra_forbidden": Text("tidak ada di survei jenis ini", "is not part of this kind of survey"),
}
UNREADABLE = Text("tidak dapat dibaca", "cannot be read")


def form(kind: str, inputs: Mapping[str, Any]) -> Form:
    """Check the inputs of one kind of survey; raises FormError naming the first field that is wrong."""
    if kind not in FORMS:
        known = ", ".join(FORMS)
        told = f"Jenis survei {kind} tidak dikenal. Yang ada: {known}."
        raise FormError(told, f"There is no survey {kind}. There are: {known}.")
    try:
        return FORMS[kind].model_validate(inputs)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False, include_context=True)[0]
        name = str(wrong["loc"][-1]) if wrong["loc"] else kind
        title = INPUTS.get(name) or DAMAGES.get(name) or Text(name, name)
        why, limits = WRONG.get(wrong["type"], UNREADABLE), wrong.get("ctx", {})
        told = f"{title.id}: {why.id.format(**limits)}."
        raise FormError(told, f"{title.en}: {why.en.format(**limits)}.") from None


def unfit(kind: str, rules: Rules, surface: str | None) -> Text | None:
    """Say why a kind of survey is not for a surface, None where it is; None as surface: unknown."""
    if kind == "tti" and surface is None:
        return NEEDS_SURFACE
    if kind == "sdi" and surface is not None and rules.word("surface", surface, "sdi") == "tidak":
        return Text(
            f"SDI hanya untuk aspal; jalan ini {surface}. Pakai TTI atau pengamatan.",
            "SDI is for asphalt alone, which this road is not. Use TTI, or judge by eye.",
        )
    return None
