"""What the page of waste is asked; nonsense gets 400 and a sentence."""

from collections.abc import Mapping
from typing import Literal, cast, get_args

from flask import abort
from flask_babel import gettext

from webapp import question

Level = Literal["desa", "kecamatan"]
SORTS = ("name", "people", "far", "far_share", "waste_m3", "metres", "reports")


def level(arguments: Mapping[str, str]) -> Level:
    """Read what the lines of the table are."""
    value = arguments.get("tingkat") or "desa"
    if value not in get_args(Level):
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    return cast(Level, value)


def district(arguments: Mapping[str, str]) -> str:
    """Read of which kecamatan, "" for all."""
    return question.search(arguments.get("kecamatan", ""))


def sort(arguments: Mapping[str, str]) -> tuple[str, bool]:
    """Read by what the table is sorted, and whether the other way round."""
    written = arguments.get("sort") or "-far"
    name = written.removeprefix("-")
    if name not in SORTS:
        abort(400, gettext("Daftar ini tidak dapat diurutkan menurut kolom itu."))
    return name, written.startswith("-")
