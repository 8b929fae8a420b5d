"""What the rules are called on screens."""

from flask_babel import gettext


def case_class(name: str) -> str:
    """Name a class of complaints."""
    known: dict[str, str] = {
        "informasi": gettext("Permintaan informasi"),
        "pengaduan": gettext("Pengaduan tidak berkadar pengawasan"),
        "pengawasan": gettext("Pengaduan berkadar pengawasan"),
        "aspirasi": gettext("Aspirasi"),
    }
    return known[name]


def sureness(name: str) -> str:
    """Say how sure a rule is."""
    known: dict[str, str] = {
        "V": gettext("V: dibaca di aturannya"),
        "S": gettext("S: menurut sumber lain"),
        "M": gettext("M: menurut ingatan"),
    }
    return known[name]


def limit(name: str) -> str:
    """Say what a number of the workflow limits."""
    known: dict[str, str] = {
        "verify": gettext("Hari kerja untuk verifikasi"),
        "respond": gettext("Hari kerja untuk tanggapan dinas"),
        "silence": gettext("Hari kerja tanpa jawaban sampai ditutup"),
        "reopen": gettext("Hari untuk membuka kembali"),
        "reopenings": gettext("Berapa kali boleh dibuka kembali"),
        "appeals": gettext("Berapa kali boleh keberatan"),
        "hops": gettext("Berapa kali boleh berpindah dinas"),
        "supporters": gettext("Pendukung yang bersama-sama membantah"),
        "office_closes": gettext("Jam kantor tutup"),
    }
    return known[name] if name in known else gettext("Hari kerja: %(name)s", name=case_class(name))
