"""How long twenty people at once wait for answers about a million complaints."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text

from layers.complaints import counting
from layers.complaints.categories import CATEGORIES
from scripts.benchmarks import load, questions
from scripts.benchmarks.load import Waits

PEOPLE = 20
LOOKING_MS = 1_000  # at an answer, before the next question
LOOKING_S = 15
WARMING_S = 3  # untimed: the first visitor after a start waits for what a worker compiles, others do not
MANY = 1_000
AROUND_DEG = 0.005  # some 500 m
SEED = 20
ZOOMS = range(8, 17)
PAGES = 40  # of a list, the ones that people turn

Place = tuple[float, float]


@dataclass(frozen=True)
class Wait:
    """One kind of question: how long answers took for people who look at each, and for programs that never pause."""

    title: str
    looking: Waits
    pressing: Waits


def measure(server: str, engine: Engine, folder: Path) -> Iterator[Wait]:
    """Ask each kind of question over 20 connections."""
    count(engine)
    for title, addresses in kinds(spots(engine)).items():
        file = folder / "waits.txt"
        file.write_text("\n".join(addresses))
        load.waits(server, file, PEOPLE, WARMING_S)
        looking = load.waits(server, file, PEOPLE, LOOKING_S, LOOKING_MS)
        yield Wait(title, looking, load.waits(server, file, PEOPLE))


def count(engine: Engine) -> None:
    """Count the figures, as the worker does every minute."""
    with engine.begin() as connection:
        connection.execute(text("set local statement_timeout = 0"))
        counting.count(connection)


def spots(engine: Engine) -> list[Place]:
    """Take the places of the first complaints, which were drawn at random."""
    asked = text(
        "select st_x(geom) as lon, st_y(geom) as lat from complaint where source = 'bench' order by id limit :n"
    )
    with engine.connect() as connection:
        return [(row.lon, row.lat) for row in connection.execute(asked, {"n": MANY})]


def kinds(places: Sequence[Place]) -> dict[str, list[str]]:
    """Write the addresses of each kind of question."""
    chance = random.Random(SEED)  # noqa: S311  # the same choice at each run is the point
    return {
        "a page of the list of complaints": [_page(chance) for _ in range(MANY)],
        "a search for words and numbers": [f"/search?q={_words(chance)}" for _ in range(MANY)],
        "a tile of complaints, z8 to z16": [_tile(chance, *place) for place in places],
        "complaints within 500 m of a place": [_around(*place) for place in places],
        "the page of figures": [_figures(chance) for _ in range(MANY)],
    }


def _page(chance: random.Random) -> str:
    category = chance.choice(["", *(choice.id for choice in CATEGORIES)])
    return f"/layers/complaints?category={category}&page={chance.randint(1, PAGES)}"


def _words(chance: random.Random) -> str:
    return chance.choice(("bukit", "puskesmas", "sd+negeri", "kotabumi", "laporan+{n}", "B-{n}")).format(
        n=chance.randrange(1_000_000)
    )


def _tile(chance: random.Random, lon: float, lat: float) -> str:
    z, x, y = questions.tile_of(chance.choice(ZOOMS), lon, lat)
    return f"/tiles/complaints/{z}/{x}/{y}.mvt"


def _around(lon: float, lat: float) -> str:
    box = ",".join(f"{edge:.5f}" for edge in (lon - AROUND_DEG, lat - AROUND_DEG, lon + AROUND_DEG, lat + AROUND_DEG))
    return f"/ogc/collections/complaints/items?limit=20&bbox={box}"


def _figures(chance: random.Random) -> str:
    by = chance.choice(("month", "agency", "category", "district"))
    category = chance.choice(["", *(choice.id for choice in CATEGORIES)])
    return f"/kinerja?by={by}&category={category}&kecamatan={chance.choice(('', '18.03.05', '18.03.06'))}"
