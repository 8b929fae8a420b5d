"""Do slow lines hold up others: how long the nearest office takes to find while photos trickle in."""

import http.client
import io
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookies import SimpleCookie
from statistics import quantiles
from threading import Event
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from PIL import Image

from scripts.benchmarks.importing import Row

LINES, PACE = 30, 50_000  # uploads at once, bytes a second each
PHOTO_PX = (1600, 1200)
SLICE_S, AGAIN_S = 0.1, 5
QUESTIONS = 200
NEAREST = "/nearest?lat=-4.83&lon=104.9&kind=puskesmas"
BOUNDARY = "slow-lines"
ANSWERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    ("/tempat", {"lat": "-4.83", "lon": "104.9", "go": "1"}),
    ("/patokan", {"landmark": "uji beban", "go": "1"}),
    ("/jenis", {"kind": "tanya_layanan", "go": "1"}),
    ("/serupa", {"go": "1"}),
    ("/rincian", {"details": "Laporan uji beban jaringan lambat", "go": "1"}),
    ("/siapa", {"visibility": "secret", "go": "1"}),
    ("/kontak", {"go": "1"}),
    ("/kirim", {}),
)


def measure(server: str) -> list[Row]:
    """Measure /nearest alone, then beside slow uploads; times in ms."""
    place = urlsplit(server)
    host, port = str(place.hostname), int(place.port or 80)
    quiet = asked(host, port)
    with uploading(host, port) as statuses:
        busy = asked(host, port)
    rows: list[Row] = [
        (f"come whole over {LINES} lines of {PACE // 1000} kB/s", statuses.count(http.client.CREATED), "photos")
    ]
    for title, times, aim in (("alone", quiet, ""), ("beside the uploads", busy, " (under 300)")):
        middle, late = quantiles(times, n=100)[49], quantiles(times, n=100)[94]
        rows += [(f"/nearest {title}, median", round(middle), "ms"), (f"the same, p95{aim}", round(late), "ms")]
    return rows


def asked(host: str, port: int, questions: int = QUESTIONS) -> list[float]:
    """Ask which office is nearest, one question after the other; gives the milliseconds of each."""
    times = []
    for _ in range(questions):
        began = time.perf_counter()
        status, _ = ask(host, port, "GET", NEAREST)
        times.append((time.perf_counter() - began) * 1000)
        if status != http.client.OK:
            raise SystemExit(f"{NEAREST} answers {status}: start the server with the sample data")
    return times


@contextmanager
def uploading(host: str, port: int, lines: int = LINES, pace: int = PACE) -> Iterator[list[int]]:
    """Keep all lines busy with photos meanwhile; gives the statuses of those that ended, 0 where the line was cut."""
    over, statuses = Event(), list[int]()
    cookie, body = reporter(host, port), form(photo())

    def line() -> None:
        while not over.is_set():
            statuses.append(send_slowly(host, port, cookie, body, pace, over))
            if statuses[-1] != http.client.CREATED:  # as phones do that were asked to come back
                over.wait(AGAIN_S)

    with ThreadPoolExecutor(lines) as sending:
        for _ in range(lines):
            sending.submit(line)
        time.sleep(2)
        try:
            yield statuses
        finally:
            over.set()


def reporter(host: str, port: int) -> str:
    """Send a report, and give the cookie with which photos may be added to it."""
    cookies: SimpleCookie = SimpleCookie()
    for path, answer in ANSWERS:
        sent = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
        _, headers = ask(host, port, "POST", f"/lapor{path}", urlencode(answer), sent)
        for value in headers.get_all("Set-Cookie") or ():
            cookies.load(value)
    return f"reporter={cookies['reporter'].value}"


def ask(
    host: str, port: int, method: str, path: str, body: str = "", cookie: str = ""
) -> tuple[int, http.client.HTTPMessage]:
    """Ask once, and give status and headers."""
    connection = http.client.HTTPConnection(host, port, timeout=60)
    connection.request(method, path, body, {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.headers


def photo() -> bytes:
    """Make a photo of about 300 KB."""
    file = io.BytesIO()
    Image.effect_noise(PHOTO_PX, 24).convert("RGB").save(file, "JPEG", quality=45)
    return file.getvalue()


def form(content: bytes) -> bytes:
    """Put a photo into a form, with the id that it keeps when it is sent again."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="client_id"\r\n\r\n{uuid4().hex}\r\n'
    head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def send_slowly(host: str, port: int, cookie: str, body: bytes, pace: int, over: Event) -> int:
    """Send a form at the pace of a slow line (bytes a second), and give the status of the answer; 0 if cut off."""
    head = f"POST /laporan/saya/foto HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nAccept: application/json\r\n"
    head += f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection((host, port), timeout=120) as line:
        line.sendall(head.encode())
        step = int(pace * SLICE_S)
        for at in range(0, len(body), step):
            if over.is_set():
                return 0
            try:
                line.sendall(body[at : at + step])
            except ConnectionError:  # refused before all was said; why stands in the answer, if that came through
                break
            time.sleep(SLICE_S)
        told = line.makefile("rb").readline().split()
        return int(told[1]) if len(told) > 1 else 0
