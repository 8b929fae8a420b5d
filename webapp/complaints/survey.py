"""The form of the survey: what it shows, and what it brings."""

from typing import Any

from flask import request
from sqlalchemy import Connection

from layers.complaints import surveys
from layers.complaints.acts import judge


def answer(connection: Connection, complaint: int, person: str) -> None:
    """Keep what a form says; raises ActRefusedError."""
    written = request.form.get("satisfied", "")
    satisfied = int(written) if len(written) == 1 and written.isdecimal() else 0
    words = request.form.get("words", "").strip()
    judge(connection, person, complaint, request.form.get("solved", ""), satisfied, words)


def shown(connection: Connection, complaint: int, person: str) -> dict[str, Any]:
    """Gather what the form of the survey shows: whether it can be answered, and what was said before."""
    return {
        "answerable": surveys.answerable(connection, complaint),
        "said": surveys.said_by(connection, complaint, person),
        "solved": surveys.SOLVED,
        "typed": request.form,
    }
