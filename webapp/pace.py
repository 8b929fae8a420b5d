"""How often one browser may send, and one address, more generously, since a whole village may share one."""

import time
from typing import Any

from flask import Flask, request
from limits import parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import TooManyRequests

from layers.records.visits import count_visit, forget, visits
from webapp.security.mark import mark

PACES = {  # by the names of routes; the nearest office and the tiles of the map are for everyone at any time
    "explore.ground": "600 per minute",
    "rasters.picture": "600 per minute",
    "rasters.take": "60 per minute",
    "explore.search": "300 per minute",
    "api.search": "600 per minute",
    "export.export": "60 per minute",
    "open311.list_requests": "120 per minute",
    "open311.updates": "120 per minute",
    "priority.locked_file": "60 per minute",
    "access.around": "120 per minute",
    "access.around_geojson": "120 per minute",
    "complaints.begin": "300 per hour",
    "complaints.send": "120 per hour",
    "complaints.add_photo": "600 per hour",
    "complaints.locate_photo": "300 per hour",
    "complaints.join": "300 per hour",
    "complaints.enter_code": "300 per hour",
    "complaints.ask_for_link": "60 per hour",
    "complaints.follow": "120 per hour",
    "complaints.judge": "300 per hour",
    "alerts.take": "120 per hour",
    "alerts.confirm": "300 per hour",
    "alerts.end": "600 per hour",
    "internet.ping": "1200 per hour",
    "internet.download": "600 per hour",
    "internet.upload": "200 per hour",
    "internet.keep": "120 per hour",
    "internet.tell": "120 per hour",
}

OF_BROWSER = {  # of one that carries a mark of ours; one without is held back by its address alone
    "complaints.begin": "30 per hour",
    "complaints.send": "10 per hour",
    "complaints.add_photo": "60 per hour",
    "complaints.locate_photo": "30 per hour",
    "complaints.join": "30 per hour",
    "complaints.enter_code": "30 per hour",
    "internet.ping": "120 per hour",
    "internet.download": "60 per hour",
    "internet.upload": "20 per hour",
    "internet.keep": "10 per hour",
    "internet.tell": "20 per hour",
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
        if asked in OF_BROWSER and (browser := mark()):
            count(OF_BROWSER[asked], asked, browser)
        if asked in PACES:  # most are not, and should cost nothing
            count(PACES[asked], asked, request.remote_addr or "")

    def count(written: str, *caller: str) -> None:
        pace = parse(written)
        if not counting.hit(pace, *caller):
            anew = counting.get_window_stats(pace, *caller).reset_time
            raise TooManyRequests(retry_after=max(1, int(anew - time.time())))
