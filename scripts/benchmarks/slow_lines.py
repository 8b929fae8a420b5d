"""Do slow lines hold up others: python -m scripts.benchmarks.slow_lines HOST PORT, before a server that runs."""

import http.client
import io
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookies import SimpleCookie
from statistics import quantiles
from threading import Event
from urllib.parse import urlencode
from uuid import uuid4

from PIL import Image

LINES, PACE = 30, 50_000  # uploads at once, bytes a second each
PHOTO_PX = (1600, 1200)
SLICE_S = 0.1
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


def main(host: str, port: int) -> None:
    """Measure /nearest alone, then beside slow uploads, and tell both."""
    quiet = asked(host, port)
    with uploading(host, port) as statuses:
        busy = asked(host, port)
    print(f"{LINES} uploads at {PACE // 1000} kB/s: {len(statuses)} ended, {sorted(set(statuses))}")
    for name, times in (("alone", quiet), ("beside uploads", busy)):
        print(f"/nearest {name}: p50 {quantiles(times, n=100)[49]:.0f} ms, p95 {quantiles(times, n=100)[94]:.0f} ms")


def asked(host: str, port: int) -> list[float]:
    """Ask which office is nearest, one question after the other; gives the milliseconds of each."""
    times = []
    for _ in range(QUESTIONS):
        began = time.perf_counter()
        status, _ = ask(host, port, "GET", NEAREST)
        times.append((time.perf_counter() - began) * 1000)
        if status != http.client.OK:
            raise SystemExit(f"{NEAREST} answers {status}: start the server with the sample data")
    return times


@contextmanager
def uploading(host: str, port: int) -> Iterator[list[int]]:
    """Keep all lines busy with photos meanwhile; gives the statuses of those that ended."""
    over, statuses = Event(), list[int]()
    cookie, body = reporter(host, port), form(photo())

    def line() -> None:
        while not over.is_set():
            statuses.append(send_slowly(host, port, cookie, body))

    with ThreadPoolExecutor(LINES) as lines:
        for _ in range(LINES):
            lines.submit(line)
        time.sleep(2)
        yield statuses
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


def send_slowly(host: str, port: int, cookie: str, body: bytes) -> int:
    """Send a form at the pace of a slow line, and give the status of the answer."""
    head = f"POST /laporan/saya/foto HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nAccept: application/json\r\n"
    head += f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection((host, port), timeout=120) as line:
        line.sendall(head.encode())
        step = int(PACE * SLICE_S)
        for at in range(0, len(body), step):
            line.sendall(body[at : at + step])
            time.sleep(SLICE_S)
        return int(line.makefile("rb").readline().split()[1])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
