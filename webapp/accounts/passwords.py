"""Passwords as NIST SP 800-63B has them: long, never known to be guessed, and nothing else asked of them."""

import unicodedata
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from secrets import token_hex

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask_babel import gettext

SHORTEST, LONGEST = 12, 128
GUESSES = 10**10  # what zxcvbn thinks can be found in fewer is refused
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # as OWASP has Argon2id at least
hashing = ThreadPoolExecutor(1, "hashing")  # one thread a worker: each that hashes keeps 19 MB for good
HERE = (
    *("peta", "layanan", "kabupaten", "dinas", "kecamatan", "kelurahan", "desa", "pemda", "indonesia"),
    *("petugas", "verifikator", "administrator", "admin", "rahasia", "sandi"),
)


def fault(password: str, about: Iterable[str]) -> str | None:
    """Say in a sentence what is wrong with a new password, or None; `about` is what others know of its owner."""
    letters = len(normal(password))
    if letters < SHORTEST:
        return str(gettext("Kata sandi ini terlalu pendek; pakai paling sedikit %(n)s huruf.", n=SHORTEST))
    if letters > LONGEST:
        return str(gettext("Kata sandi ini terlalu panjang; pakai paling banyak %(n)s huruf.", n=LONGEST))
    if guessable(normal(password), about):
        return str(
            gettext("Kata sandi ini mudah ditebak; pakai kalimat pendek yang tidak ada hubungannya dengan Anda.")
        )
    return None


def guessable(password: str, about: Iterable[str]) -> bool:
    """Say whether lists of common passwords, words of this place and of its owner, and plain patterns make it up."""
    from zxcvbn import zxcvbn  # its lists take 12 MB, which only a worker needs in which somebody sets a password

    found = zxcvbn(password, user_inputs=[*HERE, *about], max_length=LONGEST)
    return bool(found["guesses"] < GUESSES)


def hashed(password: str) -> str:
    """Give the Argon2id hash of a password."""
    return hashing.submit(HASHER.hash, normal(password)).result()


def matches(known: str | None, password: str) -> bool:
    """Say whether a password is the one whose hash is known; takes as long where none is."""
    try:
        return hashing.submit(HASHER.verify, known or _nobodys(), normal(password)).result() and known is not None
    except VerificationError:
        return False


def outdated(known: str) -> bool:
    """Say whether a hash was made in a way that is no longer ours."""
    return HASHER.check_needs_rehash(known)


def normal(password: str) -> str:
    """Write a password in the one form of Unicode, whatever the keyboard sent."""
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    return hashed(token_hex())
