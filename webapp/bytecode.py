"""Compiled templates, kept in the data folder from one start to the next."""

from contextlib import suppress
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

FOLDER = "templates"


class Kept(FileSystemBytecodeCache):
    """Bytecode in a folder of our own; a page does without where it cannot be read or written."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what a template was compiled to, if it was."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write what a template was compiled to; a full disk costs no more than the time to compile it again."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def install(app: Flask, data_dir: Path) -> None:
    """Let templates be compiled once and not at each start, some 50 ms each; a folder that fails is no hindrance."""
    folder = data_dir / FOLDER
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = Kept(str(folder))
