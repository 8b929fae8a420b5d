"""A choice of works on a map without a network: each chosen road in the colour of its year, with its number."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import render_template
from sqlalchemy import Connection

from layers import features
from layers.areas.naming import named
from layers.exporting.notes import SAMPLE_NOTICE
from layers.layer import Choice, Field, Layer, Text
from layers.priority import LAYER
from layers.query import Query
from layers.registry import layers
from webapp import assets, folium_map
from webapp.folium_map import Label
from webapp.frame import home_regency
from webapp.priority.budget_answer import Year

WIDTH = 5
FIELDS = (
    Field("name", Text("Pekerjaan", "Work")),
    Field("number", Text("Nomor", "Number"), "integer"),
    Field("treatment", Text("Penanganan", "Treatment")),
    Field("cost", Text("Biaya", "Cost"), "integer", unit="Rp"),
    Field("alone", Text("Dihemat sendirian", "Saved alone"), "number", unit="orang-menit/bulan", digits=0),
)


def write(connection: Connection, told: dict[str, Any]) -> bytes:
    """Write the file from what the report has gathered."""
    chosen: list[Year] = told["years"]
    districts = features.stream(connection, Query(layers()["areas"], filters={"level": "kecamatan"}))
    placed = [work for year in chosen for work in year.works if work.row]
    labels = [Label(work.row["lon"], work.row["lat"], str(work.number)) for work in placed if work.row]
    drawn = folium_map.draw(
        _layer(told["heading"], chosen), _rows(connection, chosen), districts, partial(named, connection), labels
    )
    scripts = [assets.content("export-leaflet.js"), drawn.script]
    home = home_regency(connection)
    return render_template(
        "priority/budget_file.html",
        drawn=drawn,
        scripts=scripts,
        policy=folium_map.policy(scripts),
        leaflet_css=assets.content("export-leaflet.css"),
        regency=home.name if home else "",
        notice=SAMPLE_NOTICE,
        missing=sum(len(year.works) for year in chosen) - len(placed),
        **told,
    ).encode()


def _rows(connection: Connection, chosen: list[Year]) -> list[dict[str, Any]]:
    """Give the lines of today with what the choice says of them."""
    told = {
        work.row["id"]: {
            "year": str(year.year),
            "name": work.name,
            "number": work.number,
            "treatment": work.treatment,
            "cost": round(work.cost),
            "alone": work.alone,
        }
        for year in chosen
        for work in year.works
        if work.row
    }
    lines = features.stream(connection, Query(LAYER))
    return [{"id": line["id"], "geometry": line["geometry"]} | told[line["id"]] for line in lines if line["id"] in told]


def _layer(title: str, chosen: list[Year]) -> Layer:
    years = tuple(
        Choice(str(year.year), Text(str(year.year), str(year.year)), year.colour, width=WIDTH) for year in chosen
    )
    when = Field("year", Text("Tahun", "Year"), "choice", choices=years)
    return replace(LAYER, title=Text(title, title), classify="year", fields=(*FIELDS, when))
