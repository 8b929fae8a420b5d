"""A real mail server for tests, that keeps what comes and answers as it is told."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Postbox:
    """What came, and what the server says to each letter; `on_data` is called while it is being taken."""

    def __init__(self) -> None:
        self.came: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.says = "250 OK"
        self.on_data: Callable[[], None] = lambda: None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 aiosmtpd's
        assert isinstance(envelope.content, bytes)
        self.came.append(envelope.content)
        self.recipients.append(envelope.rcpt_tos)
        self.on_data()
        return self.says


@contextmanager
def running(postbox: Postbox) -> Iterator[str]:
    """Serve a postbox until the test ends; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(postbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        server.stop()
