"""Photos as phones, clerks and attackers send them."""

import struct
import zlib
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from PIL import Image

from tests.conftest import ROOT

HEIC = ROOT / "tests" / "fixtures" / "turned.heic"  # 64 x 48, to be turned by 90 degrees, taken at TAKEN
TAKEN = (104.8875, -4.825)
MARK = b"RAHASIA-KAMERA-0812"


def picture(size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A red picture whose left half is blue."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, size[0] // 2, size[1]))
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: its maker, how it was held, where."""
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x010F] = MARK.decode()
    told.get_ifd(0x8825).update({1: "S", 2: (4.0, 49.0, 30.0), 3: "E", 4: (104.0, 53.0, 15.0)})
    return told


def sent(form: str, image: Image.Image | None = None, **options: object) -> bytes:
    """The bytes of a picture in a format."""
    file = BytesIO()
    (image or picture()).save(file, form, **options)
    return file.getvalue()


def from_a_phone(form: str, orientation: int = 1) -> bytes:
    """A picture with everything that a phone hides in it."""
    if form == "HEIF":
        return Path(HEIC).read_bytes()
    hidden: dict[str, object] = {"exif": exif(orientation), "icc_profile": MARK, "xmp": b"<x>" + MARK + b"</x>"}
    return sent(form, comment=MARK, **hidden)


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that claims a size, with chunks of our choice."""
    head = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in (head, *chunks, (b"IEND", b"")))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def on_disk(content: bytes) -> IO[bytes]:
    """A file as the web server holds what is sent."""
    file = TemporaryFile()  # noqa: SIM115 it is closed, and gone, with the test
    file.write(content)
    return file
