"""Which format a file has: told by its content from a short list, never by its name alone."""

import struct
import zipfile
from enum import Enum
from pathlib import Path

from layers.reading.refusal import FileRefusedError


class Format(Enum):
    """The formats that are read; the value is the name of GDAL's driver where GDAL reads it."""

    GEOPACKAGE = "GPKG"
    FLATGEOBUF = "FlatGeobuf"
    GEOJSON = "GeoJSON"
    SHAPEFILE = "ESRI Shapefile"
    ZIPPED_SHAPEFILE = "zip"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    OSM_PBF = "osm"


ACCEPTED = "GeoPackage, Shapefile (juga dalam ZIP), GeoJSON, CSV, XLSX, GeoParquet, FlatGeobuf, atau OSM PBF"
SNIFFED_BYTES = 65_536


def detect(path: Path) -> Format:
    """Tell the format of a file from its first bytes; raises FileRefusedError for anything that is not on the list."""
    if not path.is_file():
        raise FileRefusedError(f"Berkas {path} tidak ada.")
    with path.open("rb") as file:
        head = file.read(SNIFFED_BYTES)
    if not head.strip():
        raise FileRefusedError(f"Berkas {path.name} kosong.")
    return _binary(path, head) or _text(path, head)


def _binary(path: Path, head: bytes) -> Format | None:
    if head.startswith(b"SQLite format 3\x00"):
        if head[68:72] in (b"GPKG", b"GP10", b"GP11"):
            return Format.GEOPACKAGE
        raise FileRefusedError("Berkas ini basis data SQLite, bukan GeoPackage. Simpan sebagai GeoPackage.")
    if head.startswith(b"fgb\x03fgb"):
        return Format.FLATGEOBUF
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if head.startswith(struct.pack(">i", 9994)):
        return Format.SHAPEFILE
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if b"OSMHeader" in head[4:32] and int.from_bytes(head[:4], "big") <= SNIFFED_BYTES:
        return Format.OSM_PBF
    return None


def _zipped(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.lower() for name in archive.namelist()]
    except zipfile.BadZipFile:
        raise FileRefusedError(f"Berkas ZIP {path.name} rusak.") from None
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if any(name.endswith(".shp") for name in names):
        return Format.ZIPPED_SHAPEFILE
    raise FileRefusedError(f"Berkas ZIP {path.name} tidak berisi Shapefile (.shp) dan bukan XLSX.")


def _text(path: Path, head: bytes) -> Format:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        raise FileRefusedError(f"Berkas {path.name} berisi XML (misalnya VRT atau KML), yang tidak diterima. {_ask()}")
    if start.startswith((b"{", b"[")):
        if b'"FeatureCollection"' in head or b'"Feature"' in head:
            return Format.GEOJSON
        raise FileRefusedError(f"Berkas {path.name} berisi JSON, tetapi bukan GeoJSON. {_ask()}")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in head:
        return Format.CSV
    raise FileRefusedError(f"Format berkas {path.name} tidak dikenal. {_ask()}")


def _ask() -> str:
    return f"Kirim sebagai {ACCEPTED}."
