"""What one running server claims for itself: this folder's data, and a port."""

import fcntl
import os
import socket
import time
from pathlib import Path

from scripts.setup.progress import Trouble

PATIENCE_SECONDS = 8  # what a killed run leaves ends by itself within this time


def folder(data: Path, port: int) -> None:
    """Claim a data folder until this process ends, also across exec; raises Trouble where another has it."""
    data.mkdir(parents=True, exist_ok=True)
    lock = os.open(data / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Trouble(
            f"A server already runs from this folder: {os.read(lock, 200).decode()}; use it, or stop it first."
        ) from None
    os.truncate(lock, 0)
    os.write(lock, f"http://127.0.0.1:{port}, process {os.getpid()}".encode())
    os.set_inheritable(lock, True)


def port(number: int) -> None:
    """Check that nobody else listens on a port of 127.0.0.1; raises Trouble where somebody does."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not _is_free(number):
        if time.monotonic() > until:
            raise Trouble(
                f"Port {number} is in use by another program: "
                f"stop that one, or take another port: scripts/server --port {number + 1}"
            )
        time.sleep(0.2)


def _is_free(number: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except PermissionError:
            raise Trouble(
                f"Port {number} is for administrators: take one above 1023: scripts/server --port 8000"
            ) from None
        except OSError:
            return False
        except OverflowError:
            raise Trouble(
                f"There is no port {number}: take one from 1024 to 65535: scripts/server --port 8000"
            ) from None
        return True
