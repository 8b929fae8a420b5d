"""Who reports: what others may see of the report, and how the reporter can be reached, if at all."""

from typing import Any

from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints.table import VISIBILITIES
from layers.records.identities import Contact
from webapp.complaints.drafting import Answers
from webapp.complaints.steps import Problems, Step
from webapp.contacts import FIELDS, wrong


def contact(answers: Answers) -> Contact:
    """Give the contact that was typed, and agreed to; an empty one otherwise."""
    if answers.get("consent") != "1":
        return Contact()
    return Contact(**{name: answers.get(name, "") for name in FIELDS})


def consent() -> str:
    """Word what a reporter agrees to, as it is shown and kept."""
    return str(
        gettext(
            "Saya setuju nama, e-mail, dan nomor telepon saya disimpan terenkripsi dan dipakai petugas hanya untuk "
            "menghubungi saya tentang laporan ini. Saya dapat melihat, memperbaiki, dan menghapusnya kapan saja."
        )
    )


def _visibility_problems(_connection: Connection, answers: Answers) -> Problems:
    if answers.get("visibility") not in VISIBILITIES:
        return {"visibility": gettext("Pilih salah satu.")}
    return {}


def _contact_problems(_connection: Connection, answers: Answers) -> Problems:
    found = wrong(answers)
    if any(answers.get(name) for name in FIELDS) and answers.get("consent") != "1":
        found["consent"] = gettext("Centang persetujuan ini, atau kosongkan nama, e-mail, dan telepon.")
    return found


def _shows_consent(_connection: Connection, _answers: Answers) -> dict[str, Any]:
    return {"consent_words": consent()}


VISIBILITY = Step("siapa", {"visibility": 10}, _visibility_problems)
CONTACT = Step("kontak", {**FIELDS, "consent": 1}, _contact_problems, _shows_consent)
