"""A choice of works on a map without a network: each chosen road in the colour of its year, with its number."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from layers import features
from layers.layer import Choice, Field, Layer, Text
from layers.priority import LAYER
from layers.query import Query
from webapp.folium_map import Label
from webapp.priority.budget_answer import Year
from webapp.priority.map_file import map_file

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
    placed = [work for year in chosen for work in year.works if work.row]
    labels = [Label(work.row["lon"], work.row["lat"], str(work.number)) for work in placed if work.row]
    missing = sum(len(year.works) for year in chosen) - len(placed)
    layer, rows = _layer(told["heading"], chosen), _rows(connection, chosen)
    return map_file(connection, "priority/budget_file.html", layer, rows, {"missing": missing, **told}, labels)


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
