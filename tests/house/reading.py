"""The project's files as the house tests read them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

from tests.conftest import ROOT


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control, relative to the root."""
    listed = subprocess.check_output(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, text=True)
    return tuple(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file())


def modules(*folders: str) -> list[Path]:
    """Python modules below some folders, or all of them; migrations are history and stay as they were."""
    python = (f for f in files() if f.suffix == ".py" and f.parent.name != "versions")
    return [f for f in python if not folders or f.parts[0] in folders]


@cache
def text(file: Path) -> str:
    """A file's text; what is no text, such as a picture, reads as nothing."""
    try:
        return (ROOT / file).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def tree(file: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(text(file))


def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, nested ones and methods too."""
    return [node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
