"""Sealing what the database may hold but nobody may read there: Fernet (AES-128-CBC, HMAC-SHA256), a ring of keys."""

from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from layers.records.keys import ring


class SealError(ValueError):
    """What is to be opened was sealed with a key that is not there, or was changed since."""


class Seal:
    """Seals with the newest key of a ring and opens with any of them, as the ring stands when this is made."""

    def __init__(self, data_dir: Path, name: str, newest_only: bool = False) -> None:
        keys = ring(data_dir, name)[: 1 if newest_only else None]
        self._fernet = MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])

    def close(self, words: str) -> bytes:
        """Seal a text."""
        return self._fernet.encrypt(words.encode())

    def open(self, sealed: bytes) -> str:
        """Open a text; raises SealError."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise SealError("this was sealed with another key: bring the folder keys/ of its backup back") from None

    def opens(self, sealed: bytes) -> bool:
        """Say whether this can open what was sealed."""
        try:
            self.open(sealed)
        except SealError:
            return False
        return True

    def renew(self, sealed: bytes) -> bytes:
        """Seal anew with the newest key; raises SealError."""
        return self.close(self.open(sealed))
