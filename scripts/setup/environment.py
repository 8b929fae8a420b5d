"""The folder .venv: made once, filled from the locked requirements, from wheels alone."""

import hashlib
import subprocess
import sys
from pathlib import Path

from scripts.setup import machine
from scripts.setup.progress import ROOT, run

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def is_made() -> bool:
    """Tell whether there is a virtual environment whose Python runs here, wherever it was made."""
    return PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0


def make() -> None:
    """Make the virtual environment if there is none yet."""
    if not is_made():
        machine.make_room(ROOT)
        run("Make the Python environment .venv", [sys.executable, "-m", "venv", "--clear", VENV])


def install(requirements: str) -> None:
    """Install a locked list, such as "requirements.txt", unless this very list is in already."""
    listed = ROOT / requirements
    stamp = VENV / f"{requirements}.installed"
    if is_current(stamp, listed):
        return
    machine.make_room(ROOT)
    run(f"Install Python packages from {requirements}", [*pip(), "-r", listed])
    mark(stamp, listed)


def pip() -> list[str | Path]:
    """Give the command that installs wheels into .venv; nothing is compiled, modules not before they are used."""
    quiet = ["--no-compile", "--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--retries", "2"]
    return [PYTHON, "-m", "pip", "install", "--only-binary", ":all:", *quiet]


def compile_modules() -> None:
    """Compile every module of .venv, for where nobody may write what is compiled later."""
    run("Compile Python packages", [PYTHON, "-m", "compileall", "-q", "-j", "0", VENV / "lib"])


def digest(*files: Path) -> str:
    """Tell the state of files: one SHA-256 over their names and contents."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def is_current(stamp: Path, *files: Path) -> bool:
    """Tell whether a stamp was left by these very files."""
    return stamp.exists() and stamp.read_text(encoding="ascii") == digest(*files)


def mark(stamp: Path, *files: Path) -> None:
    """Leave a stamp that tells the state of the files a step came from."""
    stamp.write_text(digest(*files), encoding="ascii")
