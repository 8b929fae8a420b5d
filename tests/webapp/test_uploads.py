"""Photos over slow lines: a line that falls silent ends, and no room takes the threads of everybody else."""

import pytest
from flask import Flask

from layers.settings import Settings
from webapp import create_app, uploads


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings)


class Trickle:
    """A line on which hardly anything comes, and then nothing."""

    def __init__(self, silent: bool) -> None:
        self.silent = silent

    def read(self, size: int = -1) -> bytes:
        if self.silent:
            raise TimeoutError
        return b"x"

    readline = read


@pytest.mark.parametrize("silent", [True, False])
def test_a_line_on_which_nothing_comes_is_given_up(app: Flask, silent: bool) -> None:
    began = uploads.time.monotonic() - 2 * uploads.GRACE_S
    with app.test_request_context(), pytest.raises(uploads.RequestTimeout, match="terlalu lambat"):
        uploads.Paced(Trickle(silent), began).read(10)
