"""From HTML to PDF, in a process of its own with limits of memory and time.

`to_pdf(html)` gives the PDF. The HTML must hold all that it shows: styles in a `<style>`, pictures inline or as data:
addresses; every other address is left out, for nothing is fetched. Only the worker calls it, since it may take seconds:
rooms lay a sheet out and order it with `webapp.printed`.
"""

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).with_name("paper_process.py")
PATIENCE_S = 180
MOST_BYTES = 5_000_000  # of HTML; a table of 2,000 lines and two maps take a fifth of it


class NotSetError(RuntimeError):
    """A sheet could not be set: too large, too slow, or not to be understood; holds what the process said last."""


def to_pdf(html: str) -> bytes:
    """Set HTML as PDF, its pages as its `@page` says; raises NotSetError."""
    written = html.encode()
    if len(written) > MOST_BYTES:
        raise NotSetError(f"{len(written)} bytes of HTML, but {MOST_BYTES} at most")
    command = [sys.executable, "-I", str(PROGRAM)]  # -I: modules of this folder must not pass for others
    try:
        done = subprocess.run(  # noqa: S603 ours
            command, input=written, capture_output=True, timeout=PATIENCE_S, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotSetError(f"not set within {PATIENCE_S} s") from None
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise NotSetError((done.stderr.decode("utf-8", "replace").strip().splitlines() or ["ended without a word"])[-1])
    return done.stdout
