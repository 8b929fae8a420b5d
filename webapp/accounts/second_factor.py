"""The second factor: codes of an authenticator app (TOTP), its picture to scan, and recovery codes for a lost phone."""

from base64 import b32encode
from pathlib import Path
from secrets import token_hex
from typing import Any

import segno
from markupsafe import Markup
from passlib.exc import TokenError
from passlib.totp import TOTP

from layers.records import keys
from layers.records.signing_in import Secrets

ISSUER = "Peta Layanan"
KEY = "second-factor"
ONE_STEP_S = 30  # a clock may be this much early or late
RECOVERY_CODES = 10
RECOVERY_BYTES = 6
GROUP = 4


def fresh_secret(data_dir: Path) -> str:
    """Make the secret that an authenticator app will share, sealed with this installation's key."""
    return str(_authenticator(data_dir).new().to_json(encrypt=True))


def letters(data_dir: Path, secret: str) -> str:
    """Write a secret as people type it who cannot scan its picture."""
    return str(_authenticator(data_dir).from_source(secret).pretty_key())


def step(data_dir: Path, code: str, secret: str, last: int | None) -> int | None:
    """Give the half minute that a code belongs to, or None where it is wrong or not later than the last."""
    try:
        right = _authenticator(data_dir).verify(code, secret, window=ONE_STEP_S, last_counter=last)
    except TokenError:
        return None
    return int(right.counter)


def picture(data_dir: Path, account: Secrets, secret: str) -> Markup:
    """Draw the picture that an authenticator app scans, as SVG inside the page."""
    address = _authenticator(data_dir).from_source(secret).to_uri(label=account.email)
    drawn = segno.make(address, error="m").svg_inline(scale=4, border=4, omitsize=True, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704 - drawn from squares alone


def fresh_codes() -> list[str]:
    """Make recovery codes, such as 12ab-34cd-56ef."""
    codes = (token_hex(RECOVERY_BYTES) for _ in range(RECOVERY_CODES))
    return ["-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP)) for code in codes]


def sealed(data_dir: Path, account_id: int, code: str) -> str:
    """Give what is kept of a recovery code, however its owner wrote it."""
    plain = "".join(filter(str.isalnum, code.lower()))
    return keys.hashed(keys.newest(data_dir, KEY), f"{account_id}:{plain}").hex()


def _authenticator(data_dir: Path) -> Any:  # a class of its own, with the key in it
    """Lend what makes and checks codes, with this installation's key."""
    return TOTP.using(secrets={"1": b32encode(keys.newest(data_dir, KEY)).decode()}, issuer=ISSUER)
