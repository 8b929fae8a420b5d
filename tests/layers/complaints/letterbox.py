"""What comes out of the outbox, through a real mail server, as its readers see it."""

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import Connection

from layers.complaints.letters import Writer
from layers.records.mail import Relay
from layers.records.sending import Write, send_due
from tests.layers.records.postboxes import Postbox, running

SITE = "https://peta-layanan.kabupaten-lampung-utara.contoh.test"


def sent(connection: Connection, folder: Path, write: Write | None = None) -> list[EmailMessage]:
    """Send what waits in the outbox, as complaints or somebody else words it, and read what came, in its order."""
    postbox = Postbox()

    @contextmanager
    def act() -> Iterator[Connection]:
        yield connection

    with running(postbox) as address:
        send_due(act, folder, Relay.from_address(address, "peta@contoh.test"), write or Writer(SITE, folder))
    read = (
        email.message_from_bytes(came.replace(b"\r\n", b"\n"), policy=email.policy.default) for came in postbox.came
    )
    return [letter for letter in read if isinstance(letter, EmailMessage)]


def link(letter: EmailMessage, page: str) -> str:
    """Find the token of the link to a page that a letter holds; fails where there is none."""
    found = re.search(rf"^{re.escape(SITE)}/{page}/(\S+)$", letter.get_content(), re.MULTILINE)
    assert found, page
    return found[1]
