"""A scenario on a map without a network: villages that come nearer, and those that get farther away."""

from functools import partial
from typing import Any

from flask import render_template
from sqlalchemy import Connection

from layers import features
from layers.areas.naming import named
from layers.exporting.notes import SAMPLE_NOTICE
from layers.layer import Choice, Field, Layer, Licence, Text, Zooms
from layers.priority import LAYER
from layers.query import Query
from layers.registry import layers
from webapp import assets, folium_map
from webapp.frame import home_regency
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
    districts = features.stream(connection, Query(areas, filters={"level": "kecamatan"}))
    drawn = folium_map.draw(SHOWN, rows, districts, partial(named, connection))
    scripts = [assets.content("export-leaflet.js"), drawn.script]
    home = home_regency(connection)
    return render_template(
        "priority/scenario_file.html",
        drawn=drawn,
        scripts=scripts,
        policy=folium_map.policy(scripts),
        leaflet_css=assets.content("export-leaflet.css"),
        regency=home.name if home else "",
        notice=SAMPLE_NOTICE,
        **told,
    ).encode()
