"""What people agree to who leave an e-mail address to be written to, and whether it is one."""

from flask import request
from flask_babel import gettext

from layers.records.mail import LONGEST, is_address


def consent() -> str:
    """Word what is agreed to, as it is shown and kept."""
    return str(
        gettext(
            "Saya setuju alamat e-mail ini disimpan terenkripsi dan dipakai hanya untuk mengirim kabar yang saya "
            "minta, sampai saya berhenti lewat tautan di setiap surat."
        )
    )


def typed() -> str:
    """Read the address that a form brings, without the blanks around it."""
    return request.form.get("email", "").strip()[: LONGEST + 1]


def wrong() -> dict[str, str]:
    """Say what is wrong with the address of a form, by the name of the field; nothing where it will do."""
    if not is_address(typed()):
        return {"email": str(gettext("Tulis satu alamat e-mail lengkap, misalnya nama@contoh.id."))}
    if request.form.get("consent") != "1":
        return {"consent": str(gettext("Centang persetujuan ini agar kami boleh menulis kepada Anda."))}
    return {}
