"""What a reporter may do with the own case: answer, dispute, open again, appeal, withdraw; each as its state allows."""

from dataclasses import dataclass

from flask_babel import gettext

from layers.complaints.workflow import BY_PAIR

TARGETS = {
    "jawab": "received",
    "sanggah": "in_progress",
    "buka": "received",
    "banding": "received",
    "cabut": "withdrawn",
}
STARTS = {"jawab": "needs_info", "sanggah": "resolved", "buka": "closed", "banding": "rejected"}


@dataclass(frozen=True)
class Act:
    """Something that a reporter may do now: its address and its words; `asks` for a reason, which it needs."""

    id: str
    title: str
    asks: str
    button: str


def acts(state: str, others: int) -> list[Act]:
    """List what the reporter of a case may do in a state, as the workflow says; what others are in he does not end."""
    allowed = (act for act in TARGETS if STARTS.get(act, state) == state and not (act == "cabut" and others))
    moves = ((act, BY_PAIR.get((state, TARGETS[act]))) for act in allowed)
    return [Act(act, *_words(act)) for act, move in moves if move and "reporter" in move.parties]


def _words(act_id: str) -> tuple[str, str, str]:
    return {
        "jawab": (gettext("Petugas bertanya"), gettext("Jawaban Anda"), gettext("Kirim jawaban")),
        "sanggah": (gettext("Belum beres?"), gettext("Apa yang belum beres"), gettext("Belum selesai")),
        "buka": (gettext("Belum beres?"), gettext("Apa yang belum beres"), gettext("Buka lagi")),
        "banding": (gettext("Tidak setuju?"), gettext("Alasan Anda"), gettext("Minta diperiksa lagi")),
        "cabut": (gettext("Tidak perlu lagi?"), gettext("Alasan mencabut"), gettext("Cabut laporan")),
    }[act_id]
