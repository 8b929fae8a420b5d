"""What the machine must bring: programs from Debian's packages, installed where that is allowed, else asked for."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from scripts.setup.progress import Trouble, run, say

NO_IDLE_CLUSTER = Path("/etc/postgresql-common/createcluster.d/peta-layanan.conf")
ROOM_BYTES = 4 * 10**9


@dataclass(frozen=True)
class Part:
    """Something that comes from Debian: its packages, and how to see that it is there."""

    packages: tuple[str, ...]
    found: Callable[[], bool]


def _extension(name: str) -> Callable[[], bool]:
    return lambda: any(Path("/usr/share/postgresql").glob(f"1[5-9]/extension/{name}.control"))


def _program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _library(name: str) -> Callable[[], bool]:
    return lambda: find_library(name) is not None


VENV = Part(("python3-venv",), lambda: find_spec("ensurepip") is not None)
POSTGIS = Part(("postgresql-15", "postgresql-15-postgis-3"), _extension("postgis"))
PGROUTING = Part(("postgresql-15-pgrouting",), _extension("pgrouting"))
CHROMIUM = Part(("chromium", "fonts-dejavu-core"), _program("chromium"))
PANGO = Part(("libpango-1.0-0", "libpangoft2-1.0-0", "fonts-dejavu-core"), _library("pangoft2-1.0"))  # sets our PDFs
DRIVER = Part(("libatomic1",), _library("atomic"))  # the Node that Playwright brings
GDAL = Part(("gdal-bin",), _program("ogr2ogr"))


def complete(parts: Sequence[Part]) -> None:
    """Install the packages of missing parts, after saying so; raises Trouble with the line to type where it may not."""
    packages = [package for part in parts if not part.found() for package in part.packages]
    if not packages:
        return
    asked = f"apt-get install --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise Trouble(f"This machine has no apt-get: install what Debian calls {' '.join(packages)} and start again.")
    prefix = _as_root()
    if prefix is None:
        raise Trouble(f"Something is missing that only an administrator can install: {asked}")
    say(f"Debian packages that are missing here and will be installed: {' '.join(packages)}")
    _install(prefix, packages)


def make_room(folder: Path, needed: int = ROOM_BYTES) -> None:
    """Check that a folder's disk has room for what is to come, in bytes; raises Trouble where it has not."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Trouble(
            f"The disk has no room: {folder} has {free / 1e9:.1f} GB free and the set-up takes {needed / 1e9:.0f} GB; "
            "free some and start again."
        )


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    quiet = [] if sys.stdin.isatty() else ["-n"]
    allowed = subprocess.run(["sudo", *quiet, "-v"], stderr=subprocess.DEVNULL if quiet else None).returncode == 0
    return ["sudo", *quiet] if allowed else None


def _install(prefix: list[str], packages: list[str]) -> None:
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "APT::Update::Error-Mode=any"]
    if any(name.startswith("postgresql") for name in packages):
        _keep_debian_from_starting_its_own(prefix)
    run("Read Debian's package lists", [*quiet, "update"], cwd=Path("/"))
    run("Install Debian packages", [*quiet, "install", "-y", "--no-install-recommends", *packages], cwd=Path("/"))


def _keep_debian_from_starting_its_own(prefix: list[str]) -> None:
    """Tell postgresql-common, before it is installed, to make no cluster on port 5432: the private one is enough."""
    if shutil.which("pg_createcluster"):
        return
    write = f"mkdir -p {NO_IDLE_CLUSTER.parent} && echo 'create_main_cluster = false' > {NO_IDLE_CLUSTER}"
    run(
        f"Keep Debian from starting a PostgreSQL of its own ({NO_IDLE_CLUSTER})",
        [*prefix, "sh", "-c", write],
        cwd=Path("/"),
    )
