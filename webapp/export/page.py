"""The page around an exported map: title, legend, source, and a policy that lets only our own scripts run."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import render_template

from layers.exporting.limits import check_folder
from layers.exporting.notes import SAMPLE_NOTICE
from layers.layer import Layer
from layers.provenance import Origin, terms
from webapp import assets, folium_map

MOST_MB = 40  # more would make a browser wait for minutes

Rows = Iterable[dict[str, Any]]


def write(
    layer: Layer,
    rows: Rows,
    folder: Path,
    limit_mb: int,
    origins: Sequence[Origin],
    *,
    districts: Rows,
    regency: str,
    naming: folium_map.Naming,
) -> Path:
    """Write the one file that shows a layer without a network; raises TooLargeError."""
    drawn = folium_map.draw(layer, rows, districts, naming)
    scripts = [assets.content("export-leaflet.js"), drawn.script]
    path = folder / f"{layer.id}.html"
    html = render_template(
        "export/map.html",
        layer=layer,
        drawn=drawn,
        regency=regency,
        sources=", ".join(each.source for each in origins),
        licence=terms(origins),
        scripts=scripts,
        policy=folium_map.policy(scripts),
        leaflet_css=assets.content("export-leaflet.css"),
        notice=SAMPLE_NOTICE,
        made=datetime.now(UTC),
    )
    path.write_text(html, encoding="utf-8")
    check_folder(folder, min(limit_mb, MOST_MB))
    return path
