"""All layers at a glance: what each shows, how much of it there is, where it comes from."""

from flask import render_template
from sqlalchemy import Connection

from layers.layer import Choice, Layer, Text
from layers.provenance import Origin, terms
from layers.registry import menu
from webapp import remembered
from webapp.explore import roads
from webapp.extensions import reading


def show() -> str:
    """List the layers with their legends."""
    with reading() as connection:
        legends = [(layer, _legend(connection, layer), _terms(connection, layer)) for layer in menu()]
    return render_template("explore/layers.html", legends=legends)


def about_data() -> str:
    """Tell each layer's sources, licence and dates."""
    return render_template("explore/about_data.html", known=_known(), network=roads.network())


def about_sample() -> str:
    """Explain what sample data is."""
    return render_template("explore/about_sample.html")


def _known() -> list[tuple[Layer, list[Origin]]]:
    with reading() as connection:
        return [(layer, remembered.origins(connection, layer)) for layer in menu()]


def _terms(connection: Connection, layer: Layer) -> Text:
    """Say under which licences a layer's rows may be used, or is published once it holds some."""
    found = remembered.origins(connection, layer)
    return terms(found) if found else Text(layer.licence.name, layer.licence.name)


def _legend(connection: Connection, layer: Layer) -> list[tuple[Choice, int]]:
    known = remembered.counts(connection, layer)
    return [(choice, known[choice.id]) for choice in layer.choices if choice.id in known]
