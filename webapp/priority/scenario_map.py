"""A scenario on a map without a network: villages that come nearer, and those that get farther away."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from layers import features
from layers.layer import Choice, Field, Layer, Licence, Text, Zooms
from layers.priority import LAYER
from layers.priority.scenario_questions import Asked
from layers.query import Query
from layers.registry import layers
from webapp.folium_map import Label
from webapp.language import in_language
from webapp.priority.map_file import map_file
from webapp.priority.scenario import GAIN, LOSS

CHANGES = (
    Choice("nearer", Text("Lebih dekat", "Nearer"), GAIN, width=2),
    Choice("farther", Text("Lebih jauh", "Farther"), LOSS, dashed=True, width=2),
)
SHOWN = Layer(
    id="scenario",
    title=Text("Bagaimana jika?", "What if?"),
    about=Text("", ""),
    table=LAYER.table,
    geometry="MultiPolygon",
    classify="change",
    fields=(
        Field("name", Text("Desa", "Village")),
        Field("change", Text("Perubahan", "Change"), "choice", choices=CHANGES),
        Field("minutes", Text("Dihemat", "Saved"), "number", unit="orang-menit/bulan", digits=0),
    ),
    licence=Licence("Data publik", ""),
    source=Text("", ""),
    zooms=Zooms(first=6, near=11),
)


def write(connection: Connection, told: dict[str, Any]) -> bytes:
    """Write the file from what the report has gathered."""
    areas = layers()["areas"]
    changed = {one["code"]: one["minutes"] for one in told["run"].answer["villages"]}
    rows = [
        {"id": row["id"], "name": row["name"], "geometry": row["geometry"], "minutes": changed[row["code"]]}
        | {"change": "nearer" if changed[row["code"]] > 0 else "farther"}
        for row in features.stream(connection, Query(areas))
        if row["code"] in changed
    ]
    return map_file(connection, "priority/scenario_file.html", SHOWN, rows, told, list(_points(told)))


def _points(told: Mapping[str, Any]) -> Iterator[Label]:
    """Name on the map what opens at a point of it, or moves there."""
    asked: Asked = told["asked"]
    placed = [(one.where, in_language(told["titles"][one.kind])) for one in asked.opens]
    placed += [(one.where, told["names"].get(one.key, one.key)) for one in asked.moves]
    for where, words in placed:
        if where.point:
            yield Label(*where.point, words)
