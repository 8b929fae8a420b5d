"""How the API describes itself and refuses what does not fit the description."""

from copy import deepcopy
from functools import cache
from typing import Any

from flask import Request, Response, abort, make_response
from flask_babel import gettext
from spectree import SpecTree
from spectree.plugins.flask_plugin import FlaskPlugin

from webapp.api import elsewhere
from webapp.api.schemas import Problem

MEDIA = {
    "/api/nearest": "application/geo+json",
    "/api/way": "application/geo+json",
    "/api/search": "application/geo+json",
}


class UncheckedAnswers(FlaskPlugin):
    """Checks what comes in; that answers fit their model is for the tests to say, not for every request."""

    def validate_response(self, resp: Any, *_: Any) -> tuple[Response, None]:
        """Pass the answer on."""
        return make_response(resp), None


def refuse(_request: Request, _response: Response | None, error: Any, *_: Any) -> None:
    """Refuse with 400 and the sentence of the first parameter that does not fit; never repeats what was sent."""
    if error is not None:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = "" if first["type"] == "extra_forbidden" else str(first["loc"][0])
        abort(400, sentence(name))


def sentence(parameter: str) -> str:
    """Say what a parameter takes."""
    sentences = {
        "lat": gettext("lat adalah lintang dalam derajat, angka dari -90 sampai 90, misalnya lat=-4.83."),
        "lon": gettext("lon adalah bujur dalam derajat, angka dari -180 sampai 180, misalnya lon=104.9."),
        "kind": gettext("kind bukan jenis kantor yang dikenal; daftarnya ada di /api/kinds."),
        "service": gettext("service bukan layanan yang dikenal; daftarnya ada di /api/services."),
        "open_now": gettext("open_now adalah true atau false."),
        "wheelchair": gettext("wheelchair adalah true atau false."),
        "office": gettext("office adalah nomor kantor, seperti id di jawaban /api/nearest."),
        "mode": gettext("mode adalah jalan_kaki, motor, atau mobil."),
        "season": gettext("season adalah kering atau hujan."),
        "limit": gettext("limit adalah bilangan bulat dari 1 sampai 50."),
        "q": gettext("q adalah nama tempat, 1 sampai 100 huruf."),
        "lang": gettext("lang adalah id atau en."),
    }
    return str(sentences.get(parameter, gettext("Ada parameter yang tidak dikenal; lihat /api/openapi.json.")))


@cache
def document() -> dict[str, Any]:
    """Give the OpenAPI document, with the media types that the answers really have."""
    described: dict[str, Any] = deepcopy(spec.spec)
    for path, operations in described["paths"].items():
        for status, answer in operations["get"]["responses"].items():
            media = "application/problem+json" if status != "200" else MEDIA.get(path, "application/json")
            answer["content"] = {media: answer["content"]["application/json"]}
    described["paths"] |= elsewhere.paths()
    described["externalDocs"] = {"url": "/ogc/api", "description": "OGC API Features and Tiles have their own"}
    return described


spec = SpecTree(
    backend=UncheckedAnswers,
    before=refuse,
    mode="strict",
    title="Peta Layanan",
    version="1",
    description="Nearest public service offices, places by name, kinds of offices and their services.",
    validation_error_status=400,
    validation_error_model=Problem,
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _parent, child: child,
    annotations=False,
)
