"""Compiled templates, kept in the system's temporary folder from one start to the next."""

from contextlib import suppress

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Kept(FileSystemBytecodeCache):
    """Bytecode in a folder that nobody but this user may enter; a page does without where it cannot be written."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write what a template was compiled to; a full disk costs no more than the time to compile it again."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def install(app: Flask) -> None:
    """Let templates be compiled once and not at each start, some 50 ms each."""
    app.jinja_env.bytecode_cache = Kept()
