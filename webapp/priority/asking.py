"""What the addresses of the priority pages say: which candidates, by which weights, beside which others."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort
from flask_babel import gettext

from geo.priority import METHODS
from geo.weights import AllZeroError, NotAWeightError, shares
from layers.priority.criteria import BY_KEY
from layers.priority.profiles import Profile
from layers.priority.units import UNITS, Unit
from webapp.language import in_language, number

OWNERS = ("sendiri", "lain")
PREFIX = "w_"
SLIDER, SHOWN = "r_", "o_"  # where a slider stands now, and where it stood when the page was sent
WHOLE = 100.0
NEARLY = 0.05


@dataclass(frozen=True)
class Asked:
    """A ranking as an address asks for it; `weights` are as they were typed, `beside` the number of other weights."""

    unit: str
    owner: str
    method: str
    weights: Mapping[str, float]
    beside: int | None = None

    @property
    def of(self) -> Unit:
        """Give the unit whose candidates are asked for."""
        return UNITS[self.unit]

    @property
    def own(self) -> bool:
        """Say whether the regency's own roads are asked for."""
        return self.owner == OWNERS[0]

    @property
    def total(self) -> float:
        """Add up the weights as they were typed."""
        return sum(self.weights.values())

    @property
    def whole(self) -> bool:
        """Say whether the weights sum to 100."""
        return abs(self.total - WHOLE) < NEARLY

    @property
    def fields(self) -> dict[str, str]:
        """Write the question down as the fields of a form."""
        written = {PREFIX + key: f"{weight:g}" for key, weight in self.weights.items()}
        others = {"unit": self.unit, "owner": self.owner, "method": self.method}
        return others | written | ({"beside": str(self.beside)} if self.beside is not None else {})

    def written(self, **changes: str) -> str:
        """Write the question as the query of an address, with some of it changed."""
        return urlencode({name: value for name, value in (self.fields | changes).items() if value != ""})


def asked(arguments: Mapping[str, str]) -> Asked:
    """Read which ranking is asked for; refuses with 400 and a sentence what makes none."""
    beside = arguments.get("beside", "")
    if beside and not (beside.isascii() and beside.isdigit() and len(beside) < 9):
        abort(400, gettext("Pilih bobot pembanding dari daftar."))
    unit = one_of(arguments, "unit", tuple(UNITS))
    return Asked(
        unit,
        one_of(arguments, "owner", OWNERS if UNITS[unit].of_roads else OWNERS[:1]),
        one_of(arguments, "method", tuple(METHODS)),
        weights(arguments, UNITS[unit]),
        int(beside) if beside and UNITS[unit].of_roads else None,
    )


def of_roads(arguments: Mapping[str, str]) -> Asked:
    """Read which ranking of roads is asked for; refuses with 400 what makes none, and rankings of what could be built.

    What could be built has no treatments and no costs, of which reports and locked rankings tell.
    """
    given = asked(arguments)
    if not given.of.of_roads:
        abort(400, gettext("Ini hanya ada untuk urutan ruas dan bagian ruas; pilih salah satunya."))
    return given


def one_of(arguments: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    """Read a choice, the first where none is made; refuses others with 400."""
    given = arguments.get(name, "") or known[0]
    if given not in known:
        abort(400, gettext("Pilihan %(given)s tidak ada; yang ada: %(known)s.", given=given, known=", ".join(known)))
    return given


def weights(arguments: Mapping[str, str], unit: Unit) -> dict[str, float]:
    """Read the weights, the usual ones where none is given; refuses with 400 those from which no ranking follows."""
    typed = {key: _typed(arguments, key) for key in unit.usual if PREFIX + key in arguments}
    found = {key: _number(typed[key]) if key in typed else 0.0 for key in unit.usual} if typed else unit.usual
    try:
        shares(found)
    except AllZeroError:
        abort(400, gettext("Semua bobot nol; beri bobot kepada paling sedikit satu kriteria."))
    except NotAWeightError as wrong:
        names = ", ".join(in_language(BY_KEY[key].title) for key in wrong.keys)
        abort(400, gettext("Bobot harus angka nol atau lebih; perbaiki: %(names)s.", names=names))
    return found


def told_of_total(given: Asked) -> str:
    """Say how weights that do not sum to 100 are taken; "" where they do."""
    if given.whole:
        return ""
    told = gettext("Bobot berjumlah %(total)s, bukan 100: dipakai menurut perbandingannya.", total=number(given.total))
    return str(told)


def of_profile(profile: Profile, given: Asked) -> Asked:
    """Ask for the same candidates by the weights of a profile."""
    return Asked(
        given.unit, given.owner, profile.method, {key: profile.weights.get(key, 0.0) for key in given.of.usual}
    )


def told_of_gaps(missing: int, total: int) -> str:
    """Say of how many candidates a criterion is not known."""
    if missing == total:
        return str(gettext("belum tersedia"))
    return str(gettext("%(n)s belum ada datanya", n=number(missing, 0))) if missing else ""


def _typed(arguments: Mapping[str, str], key: str) -> str:
    """Give a weight as it was typed, or as its slider was moved: without JavaScript a form sends both."""
    slid, shown = (arguments.get(prefix + key, "") for prefix in (SLIDER, SHOWN))
    return arguments[PREFIX + key] if slid == shown else f"{_number(slid):.0f}"


def _number(written: str) -> float:
    """Read a number as people type it, with a comma or a point; what is none makes no weight."""
    try:
        return float(written.strip().replace(",", ".") or 0)
    except ValueError:
        return float("nan")
