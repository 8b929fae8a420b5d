"""Which queue an address names, and the address of a queue: filters in words, the same on all pages of the desk."""

from collections.abc import Mapping
from dataclasses import fields
from urllib.parse import urlencode

from flask import abort
from flask_babel import gettext

from layers.complaints.categories import CATEGORIES
from layers.complaints.desks import Queue
from layers.complaints.workflow import BY_ID
from layers.records.actors import Actor
from webapp import arguments, question

DESK = "/meja"
ORDERS = ("due", "oldest")
TICKED = ("overdue", "mine", "pending", "declined", "delayed", "again", "undecided")


def queue(asked: Mapping[str, str]) -> Queue:
    """Read a queue from an address; refuses nonsense with 400."""
    state, category = asked.get("state", ""), asked.get("category", "")
    order = asked.get("order") or "due"
    known = state in ("", *BY_ID) and category in ("", *(choice.id for choice in CATEGORIES)) and order in ORDERS
    if not known:
        abort(400, gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    return Queue(
        state=state,
        category=category,
        agency=question.search(asked.get("agency", "")),
        kecamatan=question.search(asked.get("kecamatan", "")),
        village=question.search(asked.get("village", "")),
        text=arguments.words(asked),
        order="oldest" if order == "oldest" else "due",
        **{name: arguments.ticked(asked, name) for name in TICKED},
    )


def written(queue: Queue, **more: object) -> str:
    """Write a queue for an address, "?…", or "" where nothing narrows it."""
    held = {"q" if field.name == "text" else field.name: getattr(queue, field.name) for field in fields(queue)}
    told = {name: "1" if value is True else value for name, value in {**held, **more}.items() if value}
    if told.get("order") == "due":
        del told["order"]
    return f"?{urlencode(told)}" if told else ""


def boards(actor: Actor) -> list[tuple[str, Queue]]:
    """Name the queues with an address of their own that somebody's roles make use of."""
    held = {grant.role for grant in actor.grants}
    every = (
        (held & {"verifier"}, gettext("Perlu diverifikasi"), Queue(state="received")),
        (held & {"verifier"}, gettext("Perlu dimoderasi"), Queue(pending=True)),
        (_sorts(actor), gettext("Dikembalikan dinas"), Queue(declined=True)),
        (_decides(actor), gettext("Perlu keputusan"), Queue(undecided=True)),
        (held & {"officer", "coordinator"}, gettext("Baru untuk dinas"), Queue(state="dispatched")),
        (held & {"officer", "coordinator"}, gettext("Tugas saya"), Queue(mine=True)),
        (held & {"checker"}, gettext("Perlu diperiksa"), Queue(state="pending_check")),
        (held - {"agent"}, gettext("Disanggah atau dibuka lagi"), Queue(again=True)),
        (held - {"agent"}, gettext("Langkah terlambat"), Queue(delayed=True)),
        (held, gettext("Lewat batas"), Queue(overdue=True)),
        (held, gettext("Semua yang terbuka"), Queue()),
    )
    return [(str(words), queue) for needed, words, queue in every if needed]


def _decides(actor: Actor) -> bool:
    """Say whether somebody decides which agency has what changed hands too often."""
    return any(grant.role == "coordinator" and grant.agency is None for grant in actor.grants)


def _sorts(actor: Actor) -> bool:
    """Say whether somebody finds another agency for what one sent back."""
    return any(grant.role in ("verifier", "coordinator") and grant.agency is None for grant in actor.grants)
