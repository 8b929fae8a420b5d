"""ZIP files from outside: opened only when small enough, and never written anywhere but into one flat folder."""

import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from layers.reading.refusal import FileRefusedError

LARGEST_BYTES = 2_000_000_000
LARGEST_RATIO = 200
RATIO_COUNTS_FROM = 10_000_000
LARGEST_STRINGS = 100_000_000  # the words of an XLSX, which are held in memory all at once
MOST_ENTRIES = 10_000
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def check(path: Path) -> None:
    """Refuse a ZIP or XLSX that would unpack to far more than it is: over 2 GB, or 200 times its size."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(path.stat().st_size, 1)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_BYTES:
        raise FileRefusedError(f"Isi {path.name} terlalu besar bila dibuka ({unpacked / 1e6:.0f} MB).")
    if unpacked > RATIO_COUNTS_FROM and unpacked / packed > LARGEST_RATIO:
        raise FileRefusedError(
            f"Isi {path.name} {unpacked // packed} kali lebih besar daripada berkasnya: tidak wajar."
        )


def check_workbook(path: Path) -> None:
    """Refuse an XLSX that would unpack to far more than it is, or whose words would fill the memory."""
    check(path)
    with zipfile.ZipFile(path) as archive:
        words = sum(e.file_size for e in archive.infolist() if e.filename.lower().endswith("sharedstrings.xml"))
    if words > LARGEST_STRINGS:
        raise FileRefusedError(
            f"Teks dalam {path.name} terlalu besar bila dibuka ({words / 1e6:.0f} MB). Simpan lembarnya sebagai CSV."
        )


def unpack_shapefile(path: Path, folder: Path) -> Path:
    """Unpack the one Shapefile of a ZIP into a folder under plain names, and give the path of its .shp part."""
    check(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _unpack_parts(archive, path.name, folder)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as problem:
        raise FileRefusedError(f"Berkas ZIP {path.name} rusak atau bersandi. Buat ZIP-nya sekali lagi.") from problem
    return folder / "data.shp"


def _unpack_parts(archive: zipfile.ZipFile, name: str, folder: Path) -> None:
    shapes = [e for e in archive.infolist() if e.filename.lower().endswith(".shp")]
    if len(shapes) != 1:
        raise FileRefusedError(f"Berkas ZIP {name} berisi {len(shapes)} Shapefile; kirim satu per satu.")
    stem = PurePosixPath(shapes[0].filename).with_suffix("")
    for entry in archive.infolist():
        part = PurePosixPath(entry.filename)
        if part.with_suffix("") == stem and part.suffix.lower() in SHAPEFILE_PARTS:
            _unpack(archive, entry, folder / f"data{part.suffix.lower()}")


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise FileRefusedError(f"Berkas ZIP berisi tautan ({entry.filename}); kirim berkasnya sendiri.")
    with archive.open(entry) as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file, 1 << 20)  # no more than the size that the entry tells, which was checked


def copy_shapefile(path: Path, folder: Path) -> Path:
    """Copy a loose Shapefile's parts under plain names into a folder; a part that is a link is refused."""
    for part in path.parent.glob(f"{_escape(path.stem)}.*"):
        suffix = part.suffix.lower()
        if suffix in SHAPEFILE_PARTS:
            if part.is_symlink():
                raise FileRefusedError(f"Bagian Shapefile {part.name} adalah tautan; kirim berkasnya sendiri.")
            shutil.copyfile(part, folder / f"data{suffix}")
    return folder / "data.shp"


def _escape(stem: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in stem)
