"""The form about a file of surveys: by which mapping it is read, or what each of its columns means, and the day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from layers.registry import layers
from layers.roads.queries import rules
from layers.roads.vocabulary import READINGS
from webapp import remembered
from webapp.language import in_language, zone

Form = Mapping[str, str]
LONGEST = 120  # letters of what is typed


def page(
    connection: Connection, row: Row[Any], form: Form | None = None, problems: Sequence[str] = ()
) -> ResponseReturnValue:
    """Ask, with what was typed, what the last trial said, or what the columns of the file suggest."""
    from layers.uploads import survey_wishes as wishes  # not sooner: what reads files is large

    before = row.wishes or {"part": "", "form": {}}
    part = _part(row, (form or {}).get("part") or request.args.get("part") or before["part"])
    fits = wishes.fitting(row.name, [column["name"] for column in part["columns"]])
    usual = {"base": fits[0].name if fits else wishes.OWN, "part": part["name"], "read_as": next(iter(READINGS))}
    kept = before["form"] if before["part"] == part["name"] else {}  # columns of another sheet mean something else
    chosen = dict(form or {**usual, **kept, **({"base": request.args["base"]} if "base" in request.args else {})})
    if chosen.get("base") not in {one.name for one in fits}:
        chosen["base"] = wishes.OWN
    page = {
        "row": row,
        "part": part,
        "chosen": chosen,
        "own": wishes.OWN,
        "fits": fits,
        "meanings": wishes.MEANINGS,
        "sources": remembered.sources(connection, layers()["roads"]),
        "readings": list(rules(connection).cells["four_classes"]),
        "read_as": READINGS,
        "today": _today(),
        "problems": problems,
    }
    return render_template("importing/surveys.html", **page), 422 if problems else 200


def read(connection: Connection, row: Row[Any], form: Form) -> tuple[dict[str, Any], list[str]]:
    """Read the form as it is kept for the worker, and say what is wrong with it."""
    from layers.uploads import survey_wishes as known  # not sooner, as above

    part = _part(row, form.get("part", ""))
    names = [column["name"] for column in part["columns"]]
    picked = [form.get(f"c{i}", "") for i in range(len(names))]
    fits = {one.name for one in known.fitting(row.name, names)}
    readings = rules(connection).cells["four_classes"]
    wishes = known.Wishes(
        part["name"],
        base if (base := form.get("base", "")) in fits else known.OWN,
        tuple((name, goes if goes in known.MEANINGS else "") for name, goes in zip(names, picked, strict=True)),
        form.get("source", ""),
        form.get("officer", "").strip()[:LONGEST],
        reading if (reading := form.get("read_as", "")) in readings else next(iter(readings)),
        _day(form.get("day", "")),
    )
    problems = [
        in_language(one) for one in known.wrong(wishes, remembered.sources(connection, layers()["roads"]), _today())
    ]
    if problems:
        return {}, problems
    mapping = wishes.mapping().model_dump(mode="json", by_alias=True)
    day = wishes.day.isoformat() if wishes.day else ""
    typed = {name: value[:LONGEST] for name, value in form.items()}
    return {"part": wishes.part, "mapping": mapping, "day": day, "form": typed}, []


def _part(row: Row[Any], name: str) -> dict[str, Any]:
    """Find a sheet or layer of the file that can be read, the first one where none is named."""
    readable = [part for part in row.about["parts"] if not part["problem"]]
    return next((part for part in readable if part["name"] == name), readable[0])


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _today() -> date:
    return datetime.now(zone()).date()
