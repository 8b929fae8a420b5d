"""A report as one HTML file: a map drawn without a network, and all that its template says below it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from flask import render_template
from sqlalchemy import Connection

from layers import features
from layers.areas.naming import named
from layers.exporting.notes import SAMPLE_NOTICE
from layers.layer import Layer
from layers.query import Query
from layers.registry import layers
from webapp import assets, folium_map
from webapp.folium_map import Label
from webapp.frame import home_regency


def map_file(
    connection: Connection,
    template: str,
    layer: Layer,
    rows: Iterable[dict[str, Any]],
    told: Mapping[str, Any],
    labels: Sequence[Label] = (),
) -> bytes:
    """Draw rows as a layer over the kecamatan, and write the file of a template with what it is told besides."""
    districts = features.stream(connection, Query(layers()["areas"], filters={"level": "kecamatan"}))
    drawn = folium_map.draw(layer, rows, districts, partial(named, connection), labels)
    scripts = [assets.content("export-leaflet.js"), drawn.script]
    home = home_regency(connection)
    return render_template(
        template,
        drawn=drawn,
        scripts=scripts,
        policy=folium_map.policy(scripts),
        leaflet_css=assets.content("export-leaflet.css"),
        regency=home.name if home else "",
        notice=SAMPLE_NOTICE,
        **told,
    ).encode()
