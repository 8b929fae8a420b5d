"""Programs that run beside each other until one of them ends or a person stops them; none outlives its owner."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType

GRACE_SECONDS = 8


class Programs:
    """A set of programs, each in a process group of its own; the kernel ends them when this process is killed."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a program under a name."""
        tied = ["setpriv", "--pdeathsig", "INT", "--", *command]
        self._running[name] = subprocess.Popen(tied, start_new_session=True, stdin=subprocess.DEVNULL)

    def ended(self) -> Mapping[str, int]:
        """Tell which programs have ended by themselves, with their exit status."""
        return {name: p.returncode for name, p in self._running.items() if p.poll() is not None}

    def stop(self) -> None:
        """Ask every program to end, and end what does not within 8 s."""
        for program in self._running.values():
            _signal(program, signal.SIGTERM)
        until = time.monotonic() + GRACE_SECONDS
        for program in self._running.values():
            try:
                program.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(program, signal.SIGKILL)


@contextmanager
def stoppable() -> Iterator[None]:
    """Take Ctrl-C, SIGTERM and a closed terminal alike: as KeyboardInterrupt, and only the first of them."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        """Stop once, and be deaf to whoever presses the key again."""
        for again in signals:
            signal.signal(again, signal.SIG_IGN)
        raise KeyboardInterrupt

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for number in signals:
        signal.signal(number, interrupt)
    yield


def _signal(program: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    if program.poll() is None:
        os.killpg(program.pid, number)
