"""A private PostgreSQL cluster: made once, reached over a socket alone, shared by all who use it at one time."""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from tempfile import mkdtemp
from urllib.parse import quote as url_quote

from scripts.setup.progress import Trouble

DATABASE = "peta"
OLDEST = 15
SOCKET_NUMBER = 54329  # names the socket file; nothing listens on TCP
LONGEST_SOCKET_PATH = 107
# Nothing outlives the tests; each of their applications keeps some connections until Python collects it.
FOR_TESTS = " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400"
CRASH_S = 30  # within which what a killed server has left is gone


def binaries(version: str = "") -> Path:
    """Find the programs of one PostgreSQL with PostGIS, or of the newest from 15 on; raises Trouble without."""
    found = {p.parent for p in Path("/usr/lib/postgresql").glob(f"{version or '*'}/bin/initdb") if _serves(p.parts[-3])}
    if not found:
        number = version or OLDEST
        raise Trouble(
            f"PostgreSQL {number} with PostGIS is not installed: "
            f"apt-get install postgresql-{number} postgresql-{number}-postgis-3, or set DATABASE_URL"
        )
    return max(found, key=lambda p: int(p.parent.name))


class Cluster:
    """A cluster in one folder; as root it runs as the user `postgres`, since PostgreSQL refuses root.

    Whoever uses it holds a shared lock beside the folder; the last to stop takes the server down. A user that was
    killed holds no lock any more, so that the next one finds a running server, goes on with it and stops it.
    """

    def __init__(self, folder: Path, port: int = SOCKET_NUMBER, durable: bool = True) -> None:
        self.folder = folder
        self.port = port
        self.durable = durable
        self.sockets = folder
        self._use = -1
        self._as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    @property
    def url(self) -> str:
        """Give the address of the cluster's database, over its socket."""
        return f"postgresql://postgres@/{DATABASE}?host={url_quote(str(self.sockets))}&port={self.port}"

    def start(self) -> str:
        """Make the cluster if need be, start it unless it runs, and give the address of its database."""
        with self._gate():
            if not (self.folder / "PG_VERSION").exists():
                self._make()
            if not self._joined():
                self._launch()
            self._use = self._lock("users", fcntl.LOCK_SH)
        return self.url

    def stop(self) -> None:
        """Stop the cluster, unless somebody else still uses it."""
        with self._gate():
            try:
                fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                os.close(self._use)
            self._run("pg_ctl", "-D", self.folder, "-m", "fast", "-w", "stop")
            if self.sockets != self.folder:
                shutil.rmtree(self.sockets, ignore_errors=True)

    def kill(self) -> None:
        """Kill the server where it stands, as a crash would; `revive` starts it again."""
        os.kill(int(self._record()[0]), signal.SIGKILL)

    def revive(self) -> None:
        """Start the server after a crash; the processes that it left end by themselves first."""
        with self._gate():
            last = time.monotonic() + CRASH_S
            while True:
                try:
                    return self._launch()
                except Trouble:
                    if time.monotonic() > last:
                        raise
                    time.sleep(0.1)

    @contextmanager
    def _gate(self) -> Iterator[None]:
        """Let one process at a time start or stop the server."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        gate = self._lock("gate", fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(gate)

    def _lock(self, name: str, kind: int) -> int:
        file = os.open(
            self.folder.with_name(f"{self.folder.name}.{name}"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
        )
        fcntl.flock(file, kind)
        return file

    def _make(self) -> None:
        """Make the cluster beside its folder and move it there whole, so that a killed run leaves no half of one."""
        unfinished = self.folder.with_name(f"{self.folder.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        self._own(unfinished)
        self._run("initdb", "-D", unfinished, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust")
        self._run(
            "postgres",
            "--single",
            "-D",
            unfinished,
            "-c",
            "log_checkpoints=off",
            "postgres",
            said=f"create database {DATABASE};\n",
        )
        unfinished.rename(self.folder)

    def _joined(self) -> bool:
        """Tell whether the server runs already, and learn from its own record where its socket is."""
        while (record := self._record()) and record[-1].strip() != "ready":
            time.sleep(0.1)
        if record:
            self.port, self.sockets = int(record[3]), Path(record[4])
        return bool(record)

    def _record(self) -> list[str]:
        """Read what a running server tells of itself; nothing where it does not run, whatever a stale file says."""
        file = self.folder / "postmaster.pid"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return lines if lines and _works_in(self.folder, lines[0]) else []

    def _launch(self) -> None:
        for left in (self.folder / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)  # by a server that was killed, whose number another process may have by now
        self.sockets = self._socket_folder()
        self._run("pg_ctl", "-D", self.folder, "-w", "-l", self.folder / "log", "-o", self._options(), "start")

    def _socket_folder(self) -> Path:
        """Put the socket into the cluster's own folder, or into a short one where the system allows no path as long."""
        longest = f"{self.folder}/.s.PGSQL.{self.port}.lock"
        if len(longest.encode()) < LONGEST_SOCKET_PATH and "," not in longest:
            return self.folder
        short = Path(mkdtemp(prefix="peta-"))
        self._own(short)
        return short

    def _own(self, folder: Path) -> None:
        folder.chmod(0o700)
        if self._as_owner:
            shutil.chown(folder, "postgres")

    def _options(self) -> str:
        quick = "" if self.durable else FOR_TESTS
        socket = f"-k {quote(str(self.sockets))} -p {self.port}"
        discreet = "-c log_min_error_statement=panic"  # statements hold where people are
        return f"{socket} -c listen_addresses='' -c shared_buffers=256MB {discreet}{quick}"

    def _run(self, program: str, *arguments: object, said: str = "") -> None:
        command = [*self._as_owner, str(binaries(self._version()) / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, cwd="/", input=said, text=True, check=False)
        if done.returncode:
            reason = next(iter(done.stderr.strip().splitlines()), f"status {done.returncode}")
            raise Trouble(f"The database in {self.folder} cannot be used ({program}: {reason}): see its file log")

    def _version(self) -> str:
        """Tell which PostgreSQL made the cluster, the only one that can run it; nothing before it is made."""
        file = self.folder / "PG_VERSION"
        return file.read_text(encoding="ascii").strip() if file.exists() else ""


def _serves(version: str) -> bool:
    postgis = Path(f"/usr/share/postgresql/{version}/extension/postgis.control")
    return version.isdigit() and int(version) >= OLDEST and postgis.exists()


def _works_in(folder: Path, pid: str) -> bool:
    """Tell whether a process works in a folder, which no other process does by chance."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder.resolve()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return False
