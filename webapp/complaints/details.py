"""What happens there, and since when."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext
from sqlalchemy import Connection

from layers.complaints.categories import CATEGORY_OF
from layers.complaints.submission import can_have_been_seen
from layers.records.calendar import calendar
from webapp.complaints.drafting import Answers
from webapp.complaints.steps import Problems, Step

LEAST, MOST = 10, 4000  # letters
WHEN = 40


def happened(answers: Answers, zone: ZoneInfo) -> datetime | None:
    """Read when it happened, by the clock of the regency; None where nobody said so, or not as a moment."""
    try:
        return datetime.fromisoformat(answers.get("happened", "")).replace(tzinfo=zone)
    except ValueError:
        return None


def _problems(connection: Connection, answers: Answers) -> Problems:
    found = {}
    if len(answers.get("details", "")) < LEAST:
        found["details"] = gettext("Ceritakan masalahnya sedikit lebih panjang, paling sedikit 10 huruf.")
    if answers.get("happened"):
        zone = calendar(connection).zone
        moment = happened(answers, zone)
        if moment is None or not can_have_been_seen(moment, datetime.now(zone)):
            found["happened"] = gettext(
                "Tulis tanggal dan jam yang sudah lewat, paling lama lima tahun lalu, misalnya 2026-11-20T14:30."
            )
    return found


def _shows(_connection: Connection, answers: Answers) -> dict[str, Any]:
    return {"signal": CATEGORY_OF.get(answers.get("kind", "")) == "internet"}


DETAILS = Step("rincian", {"details": MOST, "happened": WHEN}, _problems, _shows)
