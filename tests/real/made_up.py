"""What nobody has published of Tulang Bawang Barat, made up from one seed: owners, people, conditions, prices."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas
from sqlalchemy import Connection, text

from layers.priority.treatments import Row, keep_treatments
from layers.records.actors import Actor, Grant
from layers.records.preferences import REGENCY, set_preference
from layers.roads.survey_import import SurveyFile, SurveyOutcome, import_surveys

HOME = "18.12"
SOURCE = "RBI 1:50.000 (BIG), bersimpul"
SOMEBODY = Actor("admin:uji", (Grant("administrator"), Grant("planner")))
CLASSES = ("baik", "rusak_ringan", "rusak_sedang", "rusak_berat")
HOW_MANY = (0.4, 0.2, 0.2, 0.2)
SEEN = 0.85
PRICES = (("rusak_ringan", 400e6), ("rusak_berat", 1_600e6))
MAP = f"""
source = "{SOURCE}"
id = ["nomor"]
[[survey]]
kind = "metres"
officer = "dibuat untuk uji"
metres = {{ {", ".join(f'{name} = "{name}"' for name in CLASSES)} }}
read_as = "urutan"
"""


def settle(connection: Connection, folder: Path) -> pandas.DataFrame:
    """Make the regency the one at home, with one sheet of its roads; gives the class of each road by its number.

    Other sheets' roads go from all of its network's box, for a line drawn on two sheets is one road of the network.
    """
    set_preference(connection, REGENCY, HOME)
    sheets = """delete from road using area where area.level = 'kabupaten' and area.code = :home
                and road.geom && area.geom and road.source <> :source"""
    connection.execute(text(sheets), {"home": HOME, "source": SOURCE})
    owners = "update road set status = case when function = 'kolektor' then 'provinsi' else 'kabupaten' end"
    connection.execute(text(f"{owners} where source = :source"), {"source": SOURCE})
    random = np.random.default_rng(5)
    _people(connection, random)
    classes = _surveyed(connection, random)
    outcome = _import(connection, classes, folder)
    assert (outcome.added, outcome.refused.total()) == (len(classes), 0)
    day = date(2026, 1, 2)
    rows = [Row(name, name, name, name, "baik", price, 8.0, "harga uji", day) for name, price in PRICES]
    keep_treatments(connection, SOMEBODY, rows)
    return classes


def _people(connection: Connection, random: np.random.Generator) -> None:
    villages = (
        "select id from area where starts_with(code, :home || '.') and level in ('desa', 'kelurahan') order by code"
    )
    found = connection.scalars(text(villages), {"home": HOME}).all()
    people = [{"id": i, "n": int(n)} for i, n in zip(found, random.integers(500, 6_000, len(found)), strict=True)]
    connection.execute(text("update area set population = :n where id = :id"), people)


def _surveyed(connection: Connection, random: np.random.Generator) -> pandas.DataFrame:
    known = "select source_id, length_m from road where source = :source order by source_id"
    roads = pandas.DataFrame(connection.execute(text(known), {"source": SOURCE}).all(), columns=["nomor", "metres"])
    seen = roads[random.random(len(roads)) < SEEN]
    return seen.assign(kind=random.choice(CLASSES, len(seen), p=HOW_MANY)).set_index("nomor")


def _import(connection: Connection, classes: pandas.DataFrame, folder: Path) -> SurveyOutcome:
    metres = {name: classes.metres.where(classes.kind == name).round(1) for name in CLASSES}
    pandas.DataFrame(metres).to_csv(folder / "kondisi.csv")
    (folder / "kondisi.toml").write_text(MAP)
    file = SurveyFile(folder / "kondisi.csv", folder / "refused", date(2026, 1, 2), str(folder / "kondisi.toml"))
    return import_surveys(connection, SOMEBODY, file)
