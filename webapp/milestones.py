"""What a public step of a complaint is called: the same on its page, in its feed and for programs."""

from flask_babel import gettext

from layers.complaints.categories import TITLES
from layers.complaints.queries import Step
from webapp.language import in_language


def milestone(step: Step) -> str:
    """Name a step by what was done; one that moved the complaint by the state that it came into."""
    if step.moved and step.state:
        return in_language(step.state.label)
    kind = TITLES.get(step.kind or "")
    told = {
        "change_category": gettext("Jenis diubah menjadi “%(kind)s”", kind=in_language(kind) if kind else step.kind),
        "split": gettext("Dipecah menjadi beberapa laporan"),
        "dispute": gettext("Warga menyatakan belum selesai"),
    }
    return str(told.get(step.act) or gettext("Keterangan petugas"))
