"""The form of a budget: what a planner typed, as the question it asks, or a sentence about what to mend."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

from flask_babel import gettext

from layers.priority.budget_questions import MOST_PICKED, MOST_RULES, MOST_YEARS, Asked, RuleAsked
from webapp import language
from webapp.typed import number, plain

MILLION = 1_000_000
USUAL_CONNECTION = 60
LONGEST_MIN = 100_000
RULE, PICK, LEAST, MOST = "rule:", "pick:", "least:", "most:"
PAIRS = 3
Typed = Mapping[str, str]


class FormError(ValueError):
    """A form from which no question follows; the message says what to mend."""


@dataclass(frozen=True)
class Line:
    """A work on offer: its key, what it is called, its cost in rupiah, and what the form says of it."""

    key: str
    row: Mapping[str, Any]
    rule: str
    picked: bool


def question(typed: Typed) -> Asked:
    """Read the question that a form asks; raises FormError."""
    budgets = list(_budgets(typed))
    if not budgets:
        raise FormError(gettext("Isi anggaran paling sedikit satu tahun."))
    rules = tuple(_rules(typed))
    if len(rules) > MOST_RULES:
        raise FormError(gettext("Paling banyak %(n)s aturan sekaligus.", n=MOST_RULES))
    pick = tuple(sorted(key.removeprefix(PICK) for key, ticked in typed.items() if key.startswith(PICK) and ticked))
    if len(pick) > MOST_PICKED:
        raise FormError(gettext("Paling banyak %(n)s pekerjaan dalam pilihan sendiri.", n=MOST_PICKED))
    first = amount(typed.get("year") or str(date.today().year + 1))
    if not (first == int(first) and 2000 <= first <= 2100):
        raise FormError(gettext("Tahun pertama ditulis dengan empat angka, misalnya 2027."))
    worth = amount(typed.get("connection") or str(USUAL_CONNECTION))
    if worth > LONGEST_MIN:
        raise FormError(gettext("Nilai hubungan baru paling tinggi %(n)s menit.", n=language.number(LONGEST_MIN, 0)))
    return Asked(tuple(budgets), int(first), worth, bool(typed.get("made_up")), rules, pick)


def written(asked: Asked) -> dict[str, str]:
    """Write a question as the fields of the form."""
    typed = {f"b{i}": plain(budget / MILLION) for i, budget in enumerate(asked.budgets, 1)}
    typed |= {"year": str(asked.first_year), "connection": plain(asked.connection)}
    typed |= {PICK + key: "1" for key in asked.pick} | ({"made_up": "1"} if asked.made_up else {})
    pairs = 0
    for kind, *rest in asked.rules:
        if kind == "share":
            code, least, most = rest
            typed |= {f"{LEAST}{code}": plain(100 * least), f"{MOST}{code}": plain(100 * most)}
        elif kind == "not_both":
            pairs += 1
            typed |= {f"one{pairs}": rest[0], f"other{pairs}": rest[1]}
        else:
            typed[RULE + rest[0]] = kind
    return typed


def lines(typed: Typed, rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Put what the form says of each work beside it."""
    return [
        Line(row["source_id"], row, typed.get(RULE + row["source_id"], ""), bool(typed.get(PICK + row["source_id"])))
        for row in rows
    ]


def named(typed: Typed) -> set[str]:
    """List the keys of the works that a form says something of."""
    chosen = {key.partition(":")[2] for key, value in typed.items() if key.startswith((RULE, PICK)) and value}
    return chosen | {key for pair in pairs(typed) for key in pair if key}


def pairs(typed: Typed) -> list[tuple[str, str]]:
    """List the pairs of works of which no more than one may be done, as far as they are filled in."""
    return [(typed.get(f"one{i}", ""), typed.get(f"other{i}", "")) for i in range(1, PAIRS + 1)]


def amount(typed: str) -> float:
    """Read a number of zero or more as people type it: 1.250,5; raises FormError."""
    found = number(typed)
    if found is None or not 0 <= found < inf:
        raise FormError(gettext("%(typed)s bukan angka nol atau lebih; tulis misalnya 1.250,5.", typed=typed[:40]))
    return found


def _budgets(typed: Typed) -> Iterator[float]:
    for i in range(1, MOST_YEARS + 1):
        written_ = typed.get(f"b{i}", "").strip()
        if written_:
            budget = amount(written_) * MILLION
            if budget <= 0:
                raise FormError(gettext("Anggaran setiap tahun harus lebih dari nol."))
            yield budget


def _rules(typed: Typed) -> Iterator[RuleAsked]:
    for key, rule in sorted(typed.items()):
        if key.startswith(RULE) and rule in ("must", "must_not"):
            yield rule, key.removeprefix(RULE)
    for one, other in pairs(typed):
        if bool(one) != bool(other) or (one and one == other):
            raise FormError(gettext("Untuk “tidak keduanya” pilih dua pekerjaan yang berbeda."))
        if one:
            yield "not_both", one, other
    yield from _shares(typed)


def _shares(typed: Typed) -> Iterator[RuleAsked]:
    codes = sorted({key.partition(":")[2] for key in typed if key.startswith((LEAST, MOST))})
    for code in codes:
        low, high = typed.get(LEAST + code, "").strip(), typed.get(MOST + code, "").strip()
        if not low and not high:
            continue
        least, most = amount(low or "0") / 100, amount(high or "100") / 100
        if not least <= most <= 1:
            told = gettext("Bagian kecamatan dari 0 sampai 100; yang paling sedikit tidak melebihi yang paling banyak.")
            raise FormError(told)
        yield "share", code, least, most


def kept(rows: Sequence[Mapping[str, Any]], wanted: set[str], words: str, offered: int) -> list[Mapping[str, Any]]:
    """Pick the works to offer: those the form speaks of, those a name finds, and the first ones."""
    spoken = [row for row in rows if row["source_id"] in wanted]
    found = [row for row in rows if words and words in (row["name"] or "").lower()]
    first = [row for row in rows if row["unit"] == "ruas"][:offered]
    return list({row["source_id"]: row for row in [*spoken, *found[: 2 * offered], *first]}.values())
