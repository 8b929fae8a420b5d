"""What the desk calls the moves of a case: acts, while the states that they lead to have names of their own."""

from flask_babel import gettext


def move(start: str, target: str) -> str:
    """Name the move from one state to another as something to do."""
    return _odd().get((start, target)) or _usual()[target]


def _usual() -> dict[str, str]:
    return {
        "received": gettext("Kembalikan ke antrean verifikasi"),
        "needs_info": gettext("Bertanya kepada pelapor"),
        "dispatched": gettext("Serahkan ke dinas"),
        "coordinating": gettext("Minta dinas lain mengambil alih"),
        "scheduled": gettext("Jadwalkan"),
        "in_progress": gettext("Mulai mengerjakan"),
        "external": gettext("Teruskan ke instansi lain"),
        "pending_check": gettext("Selesai, minta diperiksa"),
        "resolved": gettext("Jawab dan selesaikan"),
        "closed": gettext("Tutup dengan jawaban instansi itu"),
        "rejected": gettext("Tolak laporan"),
        "merged": gettext("Gabungkan ke laporan lain"),
        "withdrawn": gettext("Cabut laporan"),
    }


def _odd() -> dict[tuple[str, str], str]:
    """Name the moves that are called otherwise where they start from one state."""
    return {
        ("needs_info", "received"): gettext("Catat jawaban pelapor"),
        ("coordinating", "dispatched"): gettext("Ambil alih"),
        ("external", "dispatched"): gettext("Tangani sendiri lagi"),
        ("pending_check", "resolved"): gettext("Hasilnya baik, selesaikan"),
        ("pending_check", "in_progress"): gettext("Belum baik, kembalikan untuk diperbaiki"),
        ("merged", "received"): gettext("Pisahkan lagi"),
    }
