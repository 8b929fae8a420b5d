"""A contact as people type it: which fields it has, and what is wrong with an e-mail address or a phone number."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from layers.records.mail import is_address

FIELDS = {"name": 200, "email": 200, "phone": 30}  # the most letters of each
PHONE = re.compile(r"[+(]?\d[\d ().-]{6,18}\d")


def wrong(contact: Mapping[str, Any]) -> dict[str, str]:
    """Say what is wrong with an e-mail address or a phone number; nothing where they will do, or are empty."""
    found = {}
    email, phone = contact.get("email", ""), contact.get("phone", "")
    if email and not is_address(email):
        found["email"] = gettext("Tulis alamat e-mail lengkap, misalnya nama@contoh.id, atau kosongkan.")
    if phone and not PHONE.fullmatch(phone):
        found["phone"] = gettext("Tulis nomor telepon dengan angka, misalnya 0812 3456 7890, atau kosongkan.")
    return found
