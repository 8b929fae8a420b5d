"""A photo made anew from its pixels: the process that opens what people send, alone and within limits.

Started as a plain script by layers.records.photos with the file as standard input. On standard output stand one line of
JSON about the photo and then its two JPEGs; a refusal is that line alone. It knows nothing of the project.
"""

import json
import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import isfinite
from struct import error as StructError  # noqa: N812 struct calls it `error`
from typing import IO

NO_LIBRARY = 3  # the exit status that says so
try:
    import pi_heif
    from PIL import Image, ImageDraw
except ImportError:
    sys.exit(NO_LIBRARY)

MOST_PIXELS = 50_000_000
FULL_PX, SMALL_PX = 2048, 480
QUALITY = 82
MEMORY_BYTES = 1_000_000_000
CPU_S = 20
SIGNATURE_BYTES = 12
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
ORIENTATION, GPS = 0x0112, 0x8825
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
UNREADABLE = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, ArithmeticError, StructError)

Area = tuple[float, float, float, float]
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
pi_heif.register_heif_opener()


class RefusedError(Exception):
    """Says by one of the names that layers.records.photos puts into words why nothing is made of a file."""


@dataclass(frozen=True)
class Developed:
    """Two JPEGs without anything but pixels, and the position (lon, lat in EPSG:4326) that the file told."""

    full: bytes
    small: bytes
    width: int
    height: int
    position: tuple[float, float] | None


def develop(file: IO[bytes], black: Sequence[Area] = ()) -> Developed:
    """Make a photo anew, areas (left, top, right, bottom in parts of 1) blackened; raises RefusedError."""
    kind = form(file.read(SIGNATURE_BYTES))
    file.seek(0)
    try:
        with Image.open(file, formats=[kind]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise RefusedError("too_large")
            position, turn = told(image)
            picture = plain(image, turn)
    except Image.DecompressionBombError:
        raise RefusedError("too_large") from None
    except UNREADABLE:
        raise RefusedError("broken") from None
    blacken(picture, black)
    width, height = picture.size
    full = encoded(picture)
    picture.thumbnail((SMALL_PX, SMALL_PX))
    return Developed(full, encoded(picture), width, height, position)


def form(beginning: bytes) -> str:
    """Name the format by its first bytes, as Pillow calls it; raises RefusedError for every other."""
    if beginning.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if beginning.startswith(b"RIFF") and beginning[8:] == b"WEBP":
        return "WEBP"
    if beginning[4:8] == b"ftyp" and beginning[8:] in HEIC_BRANDS:
        return "HEIF"
    raise RefusedError("unknown" if beginning else "empty")


def told(image: Image.Image) -> tuple[tuple[float, float] | None, int]:
    """Read where a photo says that it was taken (lon, lat) and how it says to be turned; nonsense says nothing."""
    try:
        exif = image.getexif()
        return position(exif.get_ifd(GPS)), int(exif.get(ORIENTATION, 1))
    except UNREADABLE:
        return None, 1


def position(gps: dict[int, object]) -> tuple[float, float] | None:
    """Read lon, lat in degrees from a block of GPS tags; None where it names no place on the globe."""
    try:
        lat, lon = (sum(float(part) / 60**i for i, part in enumerate(gps[tag])) for tag in (2, 4))  # type: ignore[arg-type, var-annotated]
    except UNREADABLE:
        return None
    south, west = gps.get(1) in ("S", b"S"), gps.get(3) in ("W", b"W")
    found = round(-lon if west else lon, 5), round(-lat if south else lat, 5)
    real = all(map(isfinite, found)) and abs(found[0]) <= 180 and abs(found[1]) <= 90 and found != (0, 0)
    return found if real else None


def plain(image: Image.Image, turn: int) -> Image.Image:
    """Give a new RGB picture of at most 2048 px that holds an image's pixels upright, on white, and nothing else."""
    seen: Image.Image = image
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off instead of scaling
        seen = image.point(lambda value: value / 257).convert("L")
    elif image.mode not in ("RGB", "RGBA", "L", "CMYK", "YCbCr"):
        seen = image.convert("RGBA")
    seen.thumbnail((FULL_PX, FULL_PX), reducing_gap=2.0)
    sheet = Image.new("RGB", seen.size, "white")
    sheet.paste(seen.convert("RGB"), mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    return sheet.transpose(TURNS[turn]) if turn in TURNS else sheet


def blacken(picture: Image.Image, areas: Sequence[Area]) -> None:
    """Paint areas black; where an edge runs through a pixel, the whole pixel is painted."""
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in areas:
        corners = int(left * picture.width), int(top * picture.height), right * picture.width, bottom * picture.height
        pen.rectangle(corners, fill="black")


def encoded(picture: Image.Image) -> bytes:
    """Write a picture as JPEG."""
    file = BytesIO()
    picture.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


def limit() -> None:
    """Let others go first, and hold this process to its memory and time; it may write to no file."""
    os.nice(10)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(black: str) -> None:
    """Make a photo of standard input."""
    limit()
    output = sys.stdout.buffer
    try:
        with open(0, "rb") as file:
            made = develop(file, json.loads(black))
    except RefusedError as refused:
        output.write(json.dumps({"refused": str(refused)}).encode())
        return
    about = {"width": made.width, "height": made.height, "position": made.position, "full": len(made.full)}
    output.write(json.dumps(about).encode() + b"\n" + made.full + made.small)


if __name__ == "__main__":
    main(*sys.argv[1:])
