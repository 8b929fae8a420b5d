"""How often one browser may send, and one address, more generously, since a whole village may share one."""

import time
from typing import Any

from flask import Flask, request
from flask_babel import gettext
from limits import parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import TooManyRequests

from layers.records.visits import count_visit, forget, visits
from webapp.security.mark import mark

OF_BROWSER = {  # by the names of routes, of a browser that carries a mark of ours
    "alerts.confirm": "30 per hour",
    "alerts.correct": "12 per hour",
    "alerts.take": "12 per hour",
    "complaints.add_photo": "60 per hour",
    "complaints.answer": "300 per hour",
    "complaints.begin": "30 per hour",
    "complaints.ask_for_link": "10 per hour",
    "complaints.correct_contact": "30 per hour",
    "complaints.correct_words": "30 per hour",
    "complaints.detach": "60 per hour",
    "complaints.enter_code": "30 per hour",
    "complaints.erase": "10 per hour",
    "complaints.follow": "12 per hour",
    "complaints.join": "30 per hour",
    "complaints.judge": "30 per hour",
    "complaints.judge_own": "30 per hour",
    "complaints.locate_photo": "30 per hour",
    "complaints.open_link": "30 per hour",
    "complaints.open_other": "60 per hour",
    "complaints.own_act": "30 per hour",
    "complaints.own_visibility": "30 per hour",
    "complaints.send": "10 per hour",
    "complaints.take_spot": "30 per hour",
    "internet.download": "60 per hour",
    "internet.keep": "10 per hour",
    "internet.ping": "120 per hour",
    "internet.tell": "20 per hour",
    "internet.upload": "20 per hour",
    "works.follow": "12 per hour",
}
AS_ONE = ("complaints.enter_code",)  # where all browsers of an address that carry no mark are counted as one
PACES = {  # of an address; the nearest office and the tiles of the map are for everyone at any time
    **{name: f"{10 * int(pace.split()[0])} per hour" for name, pace in OF_BROWSER.items()},
    "access.around": "120 per minute",
    "access.around_geojson": "120 per minute",
    "alerts.end": "600 per hour",
    "api.search": "600 per minute",
    "complaints.send": "120 per hour",
    "explore.ground": "600 per minute",
    "explore.search": "300 per minute",
    "export.export": "60 per minute",
    "open311.list_requests": "120 per minute",
    "open311.send": "120 per minute",
    "open311.send_update": "120 per minute",
    "open311.updates": "120 per minute",
    "priority.locked_file": "60 per minute",
    "rasters.picture": "600 per minute",
    "rasters.take": "60 per minute",
}


class Visits(Storage):
    """Keeps the counts in the database, so that all web workers share them."""

    STORAGE_SCHEME = ["pg"]  # noqa: RUF012 the name and the type that limits asks for

    def __init__(self, uri: str, engine: Engine, **options: Any) -> None:
        super().__init__(uri, **options)
        self.engine = engine

    @property
    def base_exceptions(self) -> type[Exception]:
        """Name what a lost database raises."""
        return DBAPIError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count a request and give how many there were in its time, which lasts `expiry` seconds."""
        with self.engine.begin() as connection:
            return count_visit(connection, key, expiry, amount)

    def get(self, key: str) -> int:
        """Tell how many requests there were."""
        with self.engine.connect() as connection:
            known = visits(connection, key)
        return known[0] if known else 0

    def get_expiry(self, key: str) -> float:
        """Tell when counting begins anew, in seconds since 1970."""
        with self.engine.connect() as connection:
            known = visits(connection, key)
        return known[1].timestamp() if known else time.time()

    def check(self) -> bool:
        """Say whether the database answers."""
        try:
            self.engine.connect().close()
        except DBAPIError:
            return False
        return True

    def reset(self) -> int:
        """Forget all requests."""
        with self.engine.begin() as connection:
            return forget(connection)

    def clear(self, key: str) -> None:
        """Forget the requests of one caller."""
        with self.engine.begin() as connection:
            forget(connection, key)


def install(app: Flask) -> None:
    """Hold back whoever asks too often: 429, and in how many seconds to come back."""
    counting = FixedWindowRateLimiter(Visits("pg://", app.extensions["engine"]))

    @app.before_request
    def hold_back() -> None:
        """Count a request whose address has a pace, first for its browser; raises TooManyRequests."""
        asked = request.endpoint or ""
        if asked in OF_BROWSER and (browser := mark() or (f"at {request.remote_addr}" if asked in AS_ONE else "")):
            count(OF_BROWSER[asked], asked, browser)
        if asked in PACES:  # most are not, and should cost nothing
            count(PACES[asked], asked, request.remote_addr or "")

    def count(written: str, *caller: str) -> None:
        pace = parse(written)
        if not counting.hit(pace, *caller):
            wait_s = max(1, int(counting.get_window_stats(pace, *caller).reset_time - time.time()))
            told = gettext(
                "Terlalu sering dalam satu jam ini; coba lagi dalam %(minutes)s menit.", minutes=wait_s // 60 + 1
            )
            raise TooManyRequests(told if pace.GRANULARITY.name == "hour" else None, retry_after=wait_s)
