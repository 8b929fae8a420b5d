"""Where watchers look: is it well, and how busy is it."""

from dataclasses import asdict

from flask import Blueprint, Response, abort, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from webapp.extensions import engine, settings
from webapp.health import checks, metrics
from webapp.security.access import EVERYONE, open_room

room = Blueprint("health", __name__)
open_room(room, EVERYONE)
room.after_app_request(metrics.count)


@room.get("/health")
def health() -> tuple[Response, int]:
    """Answer 200 where database, worker and disk are well, else 503, with each part's finding."""
    parts = checks.check(engine(), settings().data_dir)
    well = all(part.ok for part in parts.values())
    body = {"status": "ok" if well else "failing", "parts": {name: asdict(part) for name, part in parts.items()}}
    return jsonify(body), 200 if well else 503


@room.get("/metrics")
def read_metrics() -> Response:
    """Give Prometheus the counters; only callers on this machine, or from where a setting says, may read them."""
    if not metrics.may_read(settings()):
        abort(404)
    return Response(metrics.exposition(settings().metrics_dir), content_type=CONTENT_TYPE_LATEST)
