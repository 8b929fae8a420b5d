"""A house to try the commands in: a copy of the project's files at a path with a space."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from scripts.database import HOME_OF_POSTGRES, home
from tests.conftest import ROOT

OURS = ("DATABASE_URL", "PORT", "PETA_")
PATIENCE_S = 300  # for a server that has everything to set up
ALONE = () if os.geteuid() == 0 else ("--user", "--map-root-user")  # what unshare needs of an ordinary user


class House:
    """A copy of the project, and what runs in it."""

    def __init__(self, made: bool) -> None:
        """Copy the project as git would clone it; `made` gives it this checkout's packages and front end."""
        self.folder = Path(mkdtemp(prefix="peta-house-", dir="/tmp")) / "peta layanan"
        self.folder.parent.chmod(0o755)
        self.data = self.folder / ".data"
        self.port = free_port()
        self._running: list[subprocess.Popen[bytes]] = []
        for name in _tracked():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, self.folder / name)
        if made:
            self._bring_packages()
            shutil.copytree(ROOT / "webapp/static/dist", self.folder / "webapp/static/dist", dirs_exist_ok=True)

    def _bring_packages(self) -> None:
        """Give the house this checkout's packages, but no console scripts: those of a moved folder do not start."""
        there, here = ROOT / ".venv", self.folder / ".venv"
        (here / "bin").mkdir(parents=True)
        (here / "bin/python").symlink_to((there / "bin/python").resolve())
        (here / "lib").symlink_to(there / "lib")
        for file in (there / "pyvenv.cfg", *there.glob("*.installed")):
            shutil.copy2(file, here)

    def run(self, *words: str, within: tuple[str, ...] = (), **environment: str) -> tuple[int, str]:
        """Run a command of the house to its end; gives its exit status and all it printed."""
        status = self._start(*words, within=within, **environment).wait()
        return status, self.printed()

    def serve(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start scripts/server and wait until it tells its address."""
        program = self._start("scripts/server", *words, PORT=str(self.port), **environment)
        last = time.monotonic() + PATIENCE_S
        while f"\nPeta Layanan: http://127.0.0.1:{self.port} " not in self.printed():
            assert program.poll() is None and time.monotonic() < last, self.printed()
            time.sleep(0.1)
        return program

    def printed(self) -> str:
        """Read what the command started last has printed so far."""
        return self._output.read_text(encoding="utf-8")

    def processes(self) -> list[str]:
        """List what runs out of this house, its private database included."""
        marks = (str(self.folder), str(home(self.data)))
        return [line for line in _command_lines() if any(mark in line for mark in marks)]

    def tear_down(self) -> None:
        """Stop what a failed test left, and take the house and its database away."""
        for program in self._running:
            program.terminate()
            program.wait()
        shutil.rmtree(self.folder.parent)
        for left in HOME_OF_POSTGRES.glob(f"{home(self.data).name}*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()

    def _start(self, *words: str, within: tuple[str, ...] = (), **environment: str) -> subprocess.Popen[bytes]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        command = [*within, str(self.folder / words[0]), *words[1:]]
        self._output = self.folder.parent / f"output {len(self._running)}"
        with self._output.open("wb") as output:
            everything = {**plain, **environment}
            program = subprocess.Popen(
                command, cwd="/", env=everything, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        self._running.append(program)
        return program


def free_port() -> int:
    """Find a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tracked() -> list[str]:
    listed = subprocess.check_output(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, text=True)
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _command_lines() -> Iterator[str]:
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(FileNotFoundError, ProcessLookupError):
            yield file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
