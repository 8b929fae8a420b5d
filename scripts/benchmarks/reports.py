"""Reports as phones send them: drafts that are written beforehand, sent until they are acknowledged, with photos."""

import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, text

from layers.areas.queries import NamedVillage, villages
from layers.complaints.categories import KINDS
from layers.records import drafts
from scripts.benchmarks.slow_lines import BOUNDARY
from scripts.setup.progress import Trouble

DONE = ("tempat", "patokan", "jenis", "serupa", "rincian", "siapa", "kontak")
FORM, PICTURE = "application/x-www-form-urlencoded", f"multipart/form-data; boundary={BOUNDARY}"
FEW = 100
PATIENCE_S = 60
AGAIN_S = 0.1
NUMBER = "Nomor laporan:"


@dataclass(frozen=True)
class Sent:
    """What a phone was told: the number of its report, and whether its photo was taken."""

    number: str
    photo: bool


def write(connection: Connection, data_dir: Path, many: int) -> list[str]:
    """Write drafts about every kind at places all over the regency, and give their tokens."""
    places = villages(connection)
    if not places:
        raise Trouble("There are no villages to report from: load the sample data first.")
    tokens = []
    for number in range(many):
        tokens.append(drafts.begin(connection, data_dir, _answers(number, places[number % len(places)])))
        if number == FEW:  # what is known of an empty table would have each draft look at all others
            connection.execute(text("analyze draft"))
    return tokens


def _answers(number: int, place: NamedVillage) -> dict[str, object]:
    told = {"details": f"Laporan uji nomor {number}, lubang di tengah jalan", "landmark": "dekat balai desa"}
    contact = {"name": f"Warga {number}", "phone": f"0812{number:08d}", "consent": "1"}
    where = {"lon": place.lon, "lat": place.lat, "precision": "point"}
    kind = {"kind": KINDS[number % len(KINDS)].id, "visibility": "public", "client_id": str(uuid4())}
    return {**told, **contact, **where, **kind, "done": list(DONE)}


class Phone:
    """One phone with a draft, behind an address of its own; it tries again whatever happens to the server."""

    def __init__(self, host: str, port: int, number: int, token: str) -> None:
        self._host, self._port = host, port
        self._cookies = {"draft": token}
        self._address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    def report(self, photo: bytes | None = None) -> Sent:
        """Send the report, read its number, and send a photo; each until it is acknowledged."""
        self.send()
        page = self._insist("GET", "/lapor/terima", 200).decode()
        number = page.partition(NUMBER)[2].partition("<b>")[2].partition("</b>")[0]
        if photo:
            self._insist("POST", "/laporan/saya/foto", 201, photo)
        return Sent(number, photo is not None)

    def send(self) -> None:
        """Send the report until it is acknowledged."""
        self._insist("POST", "/lapor/kirim", 303)

    def _insist(self, method: str, path: str, wanted: int, body: bytes = b"") -> bytes:
        last = time.monotonic() + PATIENCE_S
        while time.monotonic() < last:
            status, said = self._once(method, path, body)
            if status == wanted:
                return said
            if status and status < 500:
                raise Trouble(f"{path} answers {status}: {said[:200]!r}")
            time.sleep(AGAIN_S)
        raise Trouble(f"{path} was not acknowledged for {PATIENCE_S} s.")

    def _once(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Ask once; gives status 0 where the line broke."""
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "X-Forwarded-For": self._address, "Content-Type": PICTURE if body else FORM}
        connection = http.client.HTTPConnection(self._host, self._port, timeout=20)
        try:
            connection.request(method, path, body, headers | ({"Accept": "application/json"} if body else {}))
            response = connection.getresponse()
            said = response.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()
        for value in response.headers.get_all("Set-Cookie") or ():
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(value).items()}
        return response.status, said


def phones(host: str, port: int, tokens: list[str]) -> Iterator[Phone]:
    """Give a phone to each draft."""
    return (Phone(host, port, number, token) for number, token in enumerate(tokens))
