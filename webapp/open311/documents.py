"""How GeoReport v2 writes an answer: one structure, as XML or as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response

from webapp.markup import fit_for_xml

Form = Literal["xml", "json"]
TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
ITEMS = {  # what an XML container calls each of the things in it; in JSON containers are bare arrays
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "media_urls": "media_url",
    "notes": "note",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "services": "service",
    "values": "value",
}


@dataclass(frozen=True)
class Document:
    """An answer: the name of its XML root, and what it holds, a record or a list of them."""

    root: str
    content: Mapping[str, Any] | Sequence[Mapping[str, Any]]


def answer(document: Document, form: Form, status: int = 200) -> Response:
    """Write an answer in the form that the address asks for."""
    body = _xml(document) if form == "xml" else json.dumps(document.content, ensure_ascii=False, default=_plain)
    response = Response(body, status)
    response.headers["Content-Type"] = TYPES[form]
    return response


def _xml(document: Document) -> bytes:
    root = Element(document.root)
    _fill(root, document.content)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _fill(element: Element, content: Any) -> None:
    if isinstance(content, Mapping):
        for name, value in content.items():
            _fill(SubElement(element, name), value)
    elif isinstance(content, Sequence) and not isinstance(content, str):
        for value in content:
            _fill(SubElement(element, ITEMS[element.tag]), value)
    elif content is not None:
        element.text = fit_for_xml(_plain(content))


def _plain(value: object) -> str:
    """Write what JSON does not know, and everything for XML: moments as W3C date-times, booleans in small letters."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value).lower() if isinstance(value, bool) else str(value)
