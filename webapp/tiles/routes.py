"""The addresses of vector tiles: /tiles/<layer>/<z>/<x>/<y>.mvt, with ?v=<version> kept by browsers for good."""

from flask import Blueprint, Response, abort
from flask_babel import gettext

from layers.tiles import LAST_ZOOM, exists
from webapp.question import layer_named
from webapp.security.access import EVERYONE, open_room
from webapp.tile_answers import answer

room = Blueprint("tiles", __name__)
open_room(room, EVERYONE)


@room.get("/tiles/<layer_id>/<int:z>/<int:x>/<int:y>.mvt")
def tile(layer_id: str, z: int, x: int, y: int) -> Response:
    """Answer one tile of the web map's grid."""
    layer = layer_named(layer_id)
    if not exists(z, x, y):
        abort(
            404, gettext("Ubin ini tidak ada; z antara 0 dan %(last)s, x dan y di bawah 2 pangkat z.", last=LAST_ZOOM)
        )
    return answer(layer, z, x, y)
