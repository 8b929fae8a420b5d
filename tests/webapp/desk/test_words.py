"""What staff read of what was done is words, never the name that programs give it."""

import re

import pytest
from flask import Flask
from sqlalchemy import Engine

from layers.complaints import photos
from layers.db import HERE
from layers.records.actors import Actor, Grant
from layers.records.photos import develop
from layers.records.trail import ERASED
from tests.layers.records.pictures import on_disk, sent
from tests.webapp.desk.conftest import Report
from tests.webapp.staff import staff
from webapp.desk import words

LEFT = re.compile(
    r'write\(connection, \w+, case, "(\w+)"|_record\(connection, actor, "(\w+)"'
    r'|events\.record\(connection, [\w.]+, "(\w+)", LAYER'
)


def acts() -> list[str]:
    """Every act that the code of complaints leaves in the history of one."""
    sources = "".join(file.read_text(encoding="utf-8") for file in (HERE / "complaints").glob("*.py"))
    return sorted({next(filter(None, found)) for found in LEFT.findall(sources)} | {ERASED})


def test_the_search_for_acts_finds_those_of_moving_talking_photos_and_followers() -> None:
    assert {"move", "submit", "answer", "add_photo", "confirm_follow", "correct_place", ERASED} <= set(acts())


@pytest.mark.parametrize("act", acts())
def test_every_act_has_words_in_both_languages(app: Flask, act: str) -> None:
    for language in ("id", "en"):
        with app.test_request_context(f"/?lang={language}"):
            assert words.act(act) != act


def test_the_history_tells_photos_in_words_and_who_added_and_who_moderated_them(
    app: Flask, report: Report, rows: Engine
) -> None:
    mine, verifier = report(), staff(app, Grant("verifier"))
    with rows.begin() as connection:
        made, me = develop(on_disk(sent("JPEG"))), Actor(f"reporter:{mine.complaint_id}")
        photo = photos.add_photo(connection, app.config["SETTINGS"].data_dir, me, mine.complaint_id, made)
    verifier.post(f"/meja/{mine.number}/foto/{photo}", data={"version": "1", "act": "show"})
    history = verifier.get(f"/meja/{mine.number}").text.partition("<h2>Riwayat</h2>")[2]
    told = re.findall(r'<li><b>([^<]+)</b>[^<]*<span class="soft">([^·]+) ·', history)
    assert told[:2] == [("Laporan masuk", "Pelapor"), ("Foto ditambahkan", "Pelapor")]
    assert told[2][0] == "Foto dimoderasi" and told[2][1] in ("Petugas", "Verifikator")
