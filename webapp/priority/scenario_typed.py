"""A scenario as it was typed, right or wrong: all of it stands in the form itself, so that nothing is ever lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext

from layers.priority.places import OPENED, is_place
from layers.priority.scenario_questions import MOST_MOVED, MOST_OPENED, Asked, Move, Opening, Where
from webapp import arguments
from webapp.priority.scenario_places import Places

WORK, PLACE, TO = "road:", "place:", "to:"  # how the fields begin that name a key
LONGEST = 100  # letters of a place
Form = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """What opens, and where, as it was typed."""

    kind: str = ""
    at: str = ""


@dataclass(frozen=True)
class Typed:
    """Acts by the keys of roads (`works`), and of offices and TPS (`places`); where these move `to`; what opens."""

    works: Mapping[str, str]
    places: Mapping[str, str]
    to: Mapping[str, str]
    rows: tuple[Row, ...]
    wet: bool
    words: str

    @property
    def moved(self) -> list[str]:
        """List the keys of what moves."""
        return _of(self.places, "move")

    @property
    def full(self) -> bool:
        """Say whether no more rows may be added."""
        return len(self.rows) >= MOST_OPENED

    def longer(self) -> "Typed":
        """Add an empty row."""
        return self if self.full else replace(self, rows=(*self.rows, Row()))

    def at_point(self, typed: str) -> "Typed":
        """Put a point that was pressed where a place is still wanted: what opens, then what moves, then a new row."""
        empty = [n for n, row in enumerate(self.rows) if not row.at]
        wanting = [n for n in empty if self.rows[n].kind]
        homeless = [key for key in self.moved if not self.to.get(key)]
        if wanting or (empty and not homeless):
            n = (wanting or empty)[0]
            rows = (*self.rows[:n], replace(self.rows[n], at=typed), *self.rows[n + 1 :])
            return replace(self, rows=rows)
        if homeless:
            return replace(self, to={**self.to, homeless[0]: typed})
        return self if self.full else replace(self, rows=(*self.rows, Row(at=typed)))

    def problems(self, places: Places) -> dict[str, str]:
        """Say what is missing or wrong, by the id of its field."""
        again = self._repeated(places)
        found = {f"at{n}": _wrong_row(row, places) or again.get(n, "") for n, row in enumerate(self.rows, 1)}
        found |= {TO + key: _wrong_place(self.to.get(key, ""), places) for key in self.moved}
        found["places"] = self._wrong_all()
        return {name: words for name, words in found.items() if words}

    def _repeated(self, places: Places) -> dict[int, str]:
        """Say of each row, by its number, that one before it opens the same at the same place: it brings nothing."""
        found: dict[int, str] = {}
        first: dict[tuple[str, Where | None], int] = {}
        for n, row in enumerate(self.rows, 1):
            before = first.setdefault((row.kind, places.read(row.at)), n)
            if row.kind and before < n:
                found[n] = str(gettext("Baris ini sama dengan baris %(n)s.", n=before))
        return found

    def _wrong_all(self) -> str:
        if not all(map(is_place, self.places)):
            return str(gettext("Kantor atau TPS ini tidak dikenal; pilih dari daftar."))
        if len(self.moved) > MOST_MOVED:
            return str(gettext("Paling banyak %(n)s kantor atau TPS pindah sekaligus.", n=MOST_MOVED))
        if self.works or self.places or self.wet or any(row.kind or row.at for row in self.rows):
            return ""
        return str(gettext("Pilih paling sedikit satu perubahan: perbaiki, bangun, tutup, pindah, buka, atau hujan."))

    def asked(self, places: Places) -> Asked:
        """Give the question; only where there are no problems."""
        asked = Asked(
            repair=tuple(_of(self.works, "repair")),
            close=tuple(_of(self.works, "close")),
            wet=self.wet,
            opens=tuple(Opening(row.kind, places.read(row.at) or Where()) for row in self.rows if row.kind),
            shut=tuple(_of(self.places, "shut")),
            moves=tuple(Move(key, places.read(self.to[key]) or Where()) for key in self.moved),
        )
        return asked.like_with_like()


def read(form: Form) -> Typed:
    """Read what was typed, cut to what each field may hold."""
    rows = tuple(
        Row(form.get(f"kind{n}", ""), form.get(f"at{n}", "").strip()[:LONGEST])
        for n in range(1, MOST_OPENED + 1)
        if f"kind{n}" in form
    )
    works, places = _chosen(form, WORK, ("repair", "close")), _chosen(form, PLACE, ("move", "shut"))
    to = _named(form, TO)
    return Typed(works, places, to, rows or (Row(),), "wet" in form, arguments.words(form))


def linked(address: Form, places: Places) -> Typed:
    """Read what a link to the form chooses already: a road to repair, a kind of office to open in a village."""
    works = {address["road"]: "repair"} if address.get("road") else {}
    village = address.get("village", "")
    row = Row(address.get("kind", ""), places.labels.get(village, ""))
    return Typed(works, {}, {}, (row,), False, arguments.words(address))


def fields(asked: Asked, places: Places) -> dict[str, str]:
    """Write a question as the fields of the form, to be sent again."""
    written = {WORK + key: "repair" for key in asked.repair} | {WORK + key: "close" for key in asked.close}
    written |= {PLACE + key: "shut" for key in asked.shut} | ({"wet": "1"} if asked.wet else {})
    for one in asked.moves:
        written |= {PLACE + one.key: "move", TO + one.key: places.typed(one.where)}
    for n, opening in enumerate(asked.opens, 1):
        written |= {f"kind{n}": opening.kind, f"at{n}": places.typed(opening.where)}
    return written


def _wrong_row(row: Row, places: Places) -> str:
    if row.kind not in (*OPENED, ""):
        return str(gettext("Jenis kantor ini tidak dikenal; pilih dari daftar."))
    if row.at and not row.kind:
        return str(gettext("Pilih apa yang dibuka di “%(place)s”.", place=row.at))
    return _wrong_place(row.at, places) if row.kind else ""


def _wrong_place(typed: str, places: Places) -> str:
    return (
        places.wrong(typed) if typed else str(gettext("Tulis desa tempat kantor atau TPS itu dibuka, atau tekan peta."))
    )


def _chosen(form: Form, prefix: str, acts: tuple[str, ...]) -> dict[str, str]:
    return {key: act for key, act in _named(form, prefix).items() if act in acts}


def _named(form: Form, prefix: str) -> dict[str, str]:
    found = {name.removeprefix(prefix): value.strip() for name, value in form.items() if name.startswith(prefix)}
    return {key: value[:LONGEST] for key, value in found.items() if value}


def _of(acts: Mapping[str, str], act: str) -> list[str]:
    return sorted(key for key, chosen in acts.items() if chosen == act)
