"""What people send is a photo made anew from pixels, or nothing."""

import os
import subprocess
import sys
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from layers.records import photos, pixels
from layers.records.photos import PhotoRefusedError, develop
from tests.layers.records.pictures import MARK, TAKEN, exif, from_a_phone, on_disk, picture, png, sent

FORMS = ["JPEG", "PNG", "WEBP", "HEIF"]
PIXELS_ALONE = {0xDB, 0xC0, 0xC4, 0xDA, 0xE0}  # tables, frame, scan and the plain JFIF head
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BOMB = png(60_000, 60_000, (b"IDAT", b"x\x9c" + bytes(100)))


def segments(jpeg: bytes) -> list[int]:
    """The kinds of a JPEG's segments up to its pixels; fails where bytes stand between or behind them."""
    kinds, at = [], 2
    while not kinds or kinds[-1] != 0xDA:
        assert jpeg[at] == 0xFF
        kinds.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    assert jpeg.index(b"\xff\xd9", at) == len(jpeg) - 2
    return kinds


def refusal(content: bytes) -> str:
    with pytest.raises(PhotoRefusedError) as refused:
        develop(on_disk(content))
    return refused.value.reason


@pytest.mark.parametrize("form", FORMS)
def test_a_photo_keeps_its_pixels_and_loses_all_else(form: str) -> None:
    made = develop(on_disk(from_a_phone(form) + b"PK\x03\x04" + MARK))
    for jpeg in (made.full, made.small):
        assert set(segments(jpeg)) <= PIXELS_ALONE
        assert MARK not in jpeg and b"Exif" not in jpeg and b"PK\x03\x04" not in jpeg
        with Image.open(BytesIO(jpeg)) as image:
            assert not image.getexif() and "comment" not in image.info
    with Image.open(BytesIO(made.full)) as image:
        red, _, blue = image.convert("RGB").getpixel((image.width - 4, image.height - 4))  # type: ignore[misc]
        assert red > 150 and blue < 80


@pytest.mark.parametrize("form", FORMS)
def test_the_place_is_read_before_it_is_lost(form: str) -> None:
    assert develop(on_disk(from_a_phone(form))).position == TAKEN


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(orientation: int) -> None:
    turned = sent("JPEG", exif=exif(orientation))
    made = develop(on_disk(turned))
    with Image.open(BytesIO(turned)) as image:
        stored = image.convert("RGB")
        asked = {5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE", 8: "ROTATE_90"}
        asked |= {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM"}
        upright = stored.transpose(Image.Transpose[asked[orientation]]) if orientation > 1 else stored
    with Image.open(BytesIO(made.full)) as image:
        assert image.size == upright.size
        for corner in ((3, 3), (upright.width - 4, upright.height - 4)):
            difference = zip(image.getpixel(corner), upright.getpixel(corner), strict=True)  # type: ignore[arg-type]
            assert max(abs(a - b) for a, b in difference) < 12


def test_a_heic_photo_stands_upright_too() -> None:
    made = develop(on_disk(from_a_phone("HEIF")))
    assert (made.width, made.height) == (48, 64)
    with Image.open(BytesIO(made.full)) as image:
        assert image.getpixel((5, 5))[2] > 150 > image.getpixel((5, 60))[2]  # type: ignore[index]


def test_a_large_photo_is_made_smaller_and_keeps_its_shape() -> None:
    made = develop(on_disk(sent("JPEG", picture((6000, 3000)))))
    assert (made.width, made.height) == (2048, 1024)
    with Image.open(BytesIO(made.small)) as image:
        assert image.size == (480, 240)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixel_becomes_plain_colour(mode: str) -> None:
    bright = Image.new("L", (40, 40), 255).convert(mode) if mode != "I;16" else Image.new(mode, (40, 40), 65535)
    with Image.open(BytesIO(develop(on_disk(sent("PNG", bright))).full)) as image:
        assert image.mode == "RGB" and image.getpixel((20, 20)) == (255, 255, 255)


def test_what_is_seen_through_becomes_white() -> None:
    with Image.open(BytesIO(develop(on_disk(sent("PNG", Image.new("RGBA", (9, 9))))).full)) as image:
        assert image.getpixel((4, 4)) == (255, 255, 255)


HOSTILE = {
    "a drawing that runs scripts": (SVG, "unknown"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "unknown"),
    "a page behind a picture's name": (b"GIF89a/*" + SVG, "unknown"),
    "a document before a picture": (b"%PDF-1.7\n" + sent("JPEG"), "unknown"),
    "an archive before a picture": (b"PK\x03\x04" + sent("JPEG"), "unknown"),
    "a picture of another kind": (sent("BMP"), "unknown"),
    "a picture for films": (b"\0\0\0\x1cftypavif" + bytes(40), "unknown"),
    "nothing": (b"", "empty"),
    "a bomb of 3.6 billion pixels": (BOMB, "too_large"),
    "one row more than 50 megapixels": (png(10_000, 5_001, (b"IDAT", b"")), "too_large"),
    "a JPEG that ends early": (sent("JPEG", picture((600, 400)))[:1500], "broken"),
    "a PNG that ends early": (sent("PNG", Image.effect_noise((300, 300), 90))[:9000], "broken"),
    "a WebP that ends early": (sent("WEBP", Image.effect_noise((300, 300), 90))[:2000], "broken"),
    "a HEIC that ends early": (from_a_phone("HEIF")[:500], "broken"),
    "a head alone": (b"\xff\xd8\xff\xe0", "broken"),
    "a PNG that holds no pixels": (png(10, 10), "broken"),
}


@pytest.mark.parametrize(("content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_photo_is_refused_in_words(content: bytes, reason: str) -> None:
    assert refusal(content) == reason
    assert photos.REASONS[reason].id.endswith(".") and photos.REASONS[reason].en.endswith(".")


def test_more_than_20_megabytes_are_not_even_opened() -> None:
    file = on_disk(sent("JPEG"))
    file.truncate(photos.MOST_BYTES + 1)
    with pytest.raises(PhotoRefusedError, match="20 MB"):
        develop(file)


def test_a_text_that_unfolds_to_gigabytes_costs_nothing() -> None:
    text = b"Comment\0\0" + zlib.compress(bytes(300_000_000), 9)
    assert refusal(png(4, 4, (b"zTXt", text), (b"IDAT", b""))) == "broken"


def test_a_photo_that_needs_more_memory_than_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    tight = PROGRAM_WITH.format("pixels.MEMORY_BYTES = 60_000_000")
    monkeypatch.setattr(photos.subprocess, "run", in_place_of_the_program(tight))
    assert refusal(sent("PNG", picture((6000, 6000)))) == "broken"


def test_without_the_library_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    run = subprocess.run
    bare = [sys.executable, "-I", "-S", str(photos.PROGRAM), "[]"]  # -S: no installed packages
    monkeypatch.setattr(photos.subprocess, "run", lambda _command, **how: run(bare, **how))
    assert refusal(sent("JPEG")) == "unavailable"


PROGRAM_WITH = "from layers.records import pixels; {}; pixels.main('[]')"


def in_place_of_the_program(words: str):
    run = subprocess.run
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return lambda _command, **how: run([sys.executable, "-c", words], env=environment, **how)


def test_the_process_may_write_to_no_file(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "kept"
    words = f"from layers.records import pixels; pixels.limit(); open({str(target)!r}, 'wb', 0).write(b'x')"
    monkeypatch.setattr(photos.subprocess, "run", in_place_of_the_program(words))
    assert refusal(sent("JPEG")) == "broken"
    assert not target.exists() or target.read_text() == ""


def test_faces_and_plates_are_blackened_for_good() -> None:
    made = develop(on_disk(sent("JPEG", picture((400, 200)))), black=[(0.0, 0.0, 0.25, 1.0)])
    with Image.open(BytesIO(made.full)) as image:
        assert max(image.getpixel((50, 100))) < 12  # type: ignore[type-var, arg-type]
        assert image.getpixel((150, 100))[2] > 150  # type: ignore[index]
    with Image.open(BytesIO(made.small)) as image:
        assert max(image.getpixel((50, 100))) < 12  # type: ignore[type-var, arg-type]


BEGINNINGS = [
    b"",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\x10\0\0\0WEBP",
    b"\0\0\0\x18ftypheic",
    b"\0\0\0\x18ftypmif1",
]


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=300))
def test_random_bytes_are_refused(beginning: bytes, rest: bytes) -> None:
    with pytest.raises(pixels.RefusedError) as refused:
        pixels.develop(BytesIO(beginning + rest))
    assert str(refused.value) in photos.REASONS


@settings(max_examples=40)
@given(st.sampled_from(FORMS), st.data())
def test_a_damaged_photo_is_a_photo_or_refused(form: str, data: st.DataObject) -> None:
    """In the process of its own, as damage may end it."""
    content = bytearray(from_a_phone(form))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    try:
        made = develop(on_disk(bytes(content)))
    except PhotoRefusedError as refused:
        assert refused.reason in photos.REASONS
    else:
        assert set(segments(made.full)) <= PIXELS_ALONE


@given(
    st.dictionaries(
        st.integers(0, 6), st.one_of(st.text(), st.binary(), st.tuples(st.floats(), st.floats(), st.floats()))
    )
)
def test_a_place_is_on_the_globe_or_not_told(tags: dict[int, object]) -> None:
    told = pixels.position(tags)
    assert told is None or (abs(told[0]) <= 180 and abs(told[1]) <= 90)
