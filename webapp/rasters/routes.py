"""The addresses of rasters: their page, their pictures for small maps, their tiles, and those made here as files."""

from io import BytesIO
from pathlib import Path

from flask import Blueprint, Response, abort, render_template, request, send_file
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from geo.ramps import RasterError
from layers.rasters.queries import Raster, home, raster, rasters
from layers.tiles import exists
from webapp import arguments, downloads, errors
from webapp.extensions import asking, reading, settings
from webapp.security.access import EVERYONE, open_room
from webapp.sheet import covered, home_view, sheet
from webapp.tile_answers import ANYONE, FOREVER, REVALIDATED

room = Blueprint("rasters", __name__, url_prefix="/rasters")
open_room(room, EVERYONE)


@room.get("")
def page() -> str:
    """Show each raster over the ground, with its classes and where it comes from."""
    with reading() as connection:
        ground = sheet(connection, arguments.view(request.args, home_view(connection)))
        known = rasters(connection)
    sheets = [covered(ground, raster) for raster in known]
    return render_template("rasters/page.html", rasters=list(zip(known, sheets, strict=True)))


@room.get("/<raster_id>.tif")
def take(raster_id: str) -> Response:
    """Send a raster that was made here as GeoTIFF; others have owners whom to ask for theirs."""
    known, path = _known(raster_id)
    if not known.made:
        abort(404, gettext("Raster ini dimasukkan dari luar; mintalah berkasnya kepada sumbernya."))
    from geo.grids import without_infinite  # not sooner: it brings GDAL along, which most workers never need

    with downloads.place():
        body = BytesIO(without_infinite(path))
    return send_file(body, "image/tiff", as_attachment=True, download_name=f"{known.id}.tif")


@room.get("/<raster_id>/picture.png")
def picture(raster_id: str) -> Response:
    """Draw a raster in the view of a small map, to be laid over its ground."""
    view = arguments.parse_view(request.args.get("view", ""))
    known, path = _known(raster_id)
    from geo import rasters as cells  # not sooner: it brings GDAL along, which most workers never need

    drawn = cells.draw(path, view.box(), (view.width, view.height), known.ramp, known.kind.resampling)
    return _answer(known, drawn)


@room.get("/<raster_id>/<int:z>/<int:x>/<int:y>.png")
def tile(raster_id: str, z: int, x: int, y: int) -> Response:
    """Draw one tile of the web map's grid."""
    if not exists(z, x, y):
        abort(404)
    known, path = _known(raster_id)
    from geo import rasters as cells  # not sooner, as above

    return _answer(known, cells.tile(path, z, x, y, known.ramp, known.kind.resampling))


def _known(raster_id: str) -> tuple[Raster, Path]:
    with asking() as connection:
        known = raster(connection, raster_id)
    if known is None:
        abort(404, gettext("Raster itu tidak ada; pilih salah satu dari daftar."))
    return known, home(settings().data_dir) / known.file


@room.errorhandler(RasterError)
def gone(_error: RasterError) -> Response:
    """Answer where a file went away while it was asked for: another state of the raster has taken its place."""
    return errors.answer(NotFound(gettext("Raster ini baru saja diganti; muat ulang halamannya.")))


def _answer(known: Raster, drawn: bytes | None) -> Response:
    """Answer a picture, kept for good where its address names the present state; 204 where nothing is to be seen."""
    lasting = request.args.get("v") == known.version
    headers = {**ANYONE, "Cache-Control": FOREVER if lasting else REVALIDATED}
    return Response(drawn, 200 if drawn else 204, headers, mimetype="image/png")
