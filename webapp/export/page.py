"""The page around an exported map: title, legend, source, and a policy that lets only our own scripts run."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import render_template

from layers.exporting.limits import check_folder
from layers.exporting.notes import SAMPLE_NOTICE
from layers.layer import Layer
from layers.provenance import Origin, terms
from webapp import assets
from webapp.export import folium_map

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
        policy=policy(scripts),
        leaflet_css=assets.content("export-leaflet.css"),
        notice=SAMPLE_NOTICE,
        made=datetime.now(UTC),
    )
    path.write_text(html, encoding="utf-8")
    check_folder(folder, min(limit_mb, MOST_MB))
    return path


def policy(scripts: list[str]) -> str:
    """Allow the given scripts by their hashes, and nothing that a value could bring: no handler, no other host."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{each}'" for each in hashes)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
