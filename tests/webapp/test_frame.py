"""What frames a page is read once, however often the page asks for it."""

from flask import Flask
from sqlalchemy import event

from layers.settings import Settings
from webapp import create_app
from webapp.frame import frame


def test_the_frame_is_read_once_a_request_and_anew_in_the_next(settings: Settings) -> None:
    app: Flask = create_app(settings)
    lent: list[object] = []
    event.listen(app.extensions["engine"], "checkout", lambda *connection: lent.append(connection))
    for requests in (1, 2):
        with app.test_request_context("/"):
            assert frame() is frame()
        assert len(lent) == requests
