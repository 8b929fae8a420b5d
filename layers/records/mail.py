"""Letters in plain text, and the mail server that takes them."""

import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
LONGEST = 254
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
PATIENCE_S = 20.0  # for each answer of the mail server
UNFOLDED = SMTP.clone(max_line_length=998)  # a link in a header must stay whole, and not be encoded word by word

NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Letter:
    """What a message says; `headers` are those beside sender, recipient, subject and date."""

    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)


@dataclass(frozen=True)
class Relay:
    """The mail server through which all letters go, and who they are from."""

    host: str
    port: int
    security: str  # smtp, smtp+starttls or smtps
    user: str
    password: str = field(repr=False)
    sender: str

    @classmethod
    def from_address(cls, address: str, sender: str) -> "Relay":
        """Read an address such as smtp+starttls://user:word@mail.example.id:587; raises ValueError where it is none."""
        parts = urlsplit(address)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError(
                "PETA_SMTP_URL must be such as smtp+starttls://user:password@host:587, or smtps:, or smtp:"
            )
        if not is_address(sender):
            raise ValueError("PETA_MAIL_FROM must be a plain e-mail address, such as peta@example.go.id")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, parts.port or PORTS[parts.scheme], parts.scheme, user, password, sender)

    def deliver(self, letter: Letter, to: str, message_id: str, written_at: datetime) -> None:
        """Hand one letter to the mail server; raises OSError (smtplib's errors are such) where it does not take it."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, letter.subject
        message["Date"] = written_at
        message["Message-ID"] = f"<{message_id}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # so that no absence note answers
        for name, value in letter.headers.items():
            message[name] = value
        message.set_content(letter.text, cte="quoted-printable")
        with self._connected() as server:
            server.sendmail(self.sender, [to], message.as_bytes(policy=UNFOLDED))

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """Connect, with TLS and a password where the settings say so; the mail server must prove who it is.

        What goes wrong at the farewell does not matter: the letter has been taken.
        """
        trusted = ssl.create_default_context()
        if self.security == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE_S, context=trusted)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE_S)
        try:
            if self.security == "smtp+starttls":
                server.starttls(context=trusted)
            if self.user:
                server.login(self.user, self.password)
            yield server
            with suppress(OSError):
                server.quit()
        finally:
            server.close()


def is_address(written: str) -> bool:
    """Say whether this is one plain e-mail address, and nothing that could smuggle in another."""
    return len(written) <= LONGEST and ADDRESS.fullmatch(written) is not None
