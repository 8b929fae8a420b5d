"""What a person sees while the machine works: one line a step, the seconds it takes, and one clear line on trouble."""

import re
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import join
from typing import IO, cast

ROOT = Path(__file__).resolve().parent.parent.parent
PULSE_SECONDS = 10
TAIL = 4_000

CAUSES = (
    (
        r"no space left on device|ENOSPC|not enough free space|disk quota",
        "The disk has no room left: free 4 GB and start again.",
    ),
    (
        r"temporary failure|name resolution|name or service not known|could not resolve|network is unreachable"
        r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|failed to establish a new connection|failed to fetch"
        r"|unable to connect",
        "No network: the package servers of Debian, PyPI or npm do not answer; connect this machine and start again.",
    ),
    (
        r"no matching distribution|not a supported wheel",
        "PyPI has a package in no ready-made form for this Python or processor: "
        "start again with Python 3.11 of Debian 12 on x86-64 or arm64.",
    ),
)


class Trouble(Exception):  # noqa: N818  # it reads as what it is: nobody made an error
    """Something a person has to mend first; its text is one clear line that says what to do."""


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


def run(title: str, command: Sequence[str | Path], cwd: Path = ROOT) -> None:
    """Run a program under a title, show that it lives, and raise Trouble with its cause where it fails."""
    started = time.monotonic()
    words = [str(word) for word in command]
    say(f"• {title} …")
    nothing, pipe = subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(words, 0, cwd=cwd, stdin=nothing, stdout=pipe, stderr=subprocess.STDOUT) as program:
        try:
            output = _watched(program, started)
        except KeyboardInterrupt:
            program.terminate()
            raise
    if program.returncode:
        raise Trouble(_cause(title, words, output))
    say(f"  done in {time.monotonic() - started:.0f} s")


def _watched(program: "subprocess.Popen[bytes]", started: float) -> str:
    output = ""
    for chunk in _chunks(program):
        output = (output + chunk)[-TAIL:]
        if not chunk:
            say(f"  {time.monotonic() - started:.0f} s: {_last_line(output)}")
    return output


def _chunks(program: "subprocess.Popen[bytes]") -> Iterator[str]:
    """Give what the program prints, and an empty text whenever the pulse is due."""
    printed = cast(IO[bytes], program.stdout)
    due = time.monotonic() + PULSE_SECONDS
    with selectors.DefaultSelector() as waiting:
        waiting.register(printed, selectors.EVENT_READ)
        while True:
            if waiting.select(timeout=1):
                chunk = printed.read(TAIL)
                if not chunk:
                    return
                yield chunk.decode(errors="replace")
            if time.monotonic() >= due:
                due += PULSE_SECONDS
                yield ""


def _last_line(output: str) -> str:
    lines = [line.strip() for line in re.split(r"[\r\n]", output) if line.strip()]
    return lines[-1][:100] if lines else "working"


def _cause(title: str, words: list[str], output: str) -> str:
    for pattern, sentence in CAUSES:
        if re.search(pattern, output, re.IGNORECASE):
            return sentence
    sys.stderr.write(output)
    return f"{title} failed: the lines above say why; mend it, or try by hand: {join(words)}"
