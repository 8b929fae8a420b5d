"""An area that an administrator draws for a rule: corners one a line, or GeoJSON, checked before a rule goes by it."""

import json
import re
from collections.abc import Iterator
from math import cos, radians
from typing import Any

import shapely
from sqlalchemy import Connection

from layers.areas.queries import area_shapes
from layers.complaints.refusals import ActRefusedError
from layers.layer import Text
from layers.records.preferences import REGENCY, preference

Corner = tuple[float, float]  # lon, lat in EPSG:4326
LONGEST = 500_000  # characters of a text, bytes of a file: MOST_CORNERS with all decimals, twice
MOST_CORNERS = 5_000
LEAST_M2 = 100.0
MOST_REGENCIES = 2.0  # an area may be so many times as large as the regency
MOST_LAT = 90.0
DEGREE_M = 111_200.0
LINE = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*,?\s*")
WHERE = re.compile(r"\[(-?[\d.]+(?:e-?\d+)?) (-?[\d.]+(?:e-?\d+)?)\]")
CROSSING = "elf-intersection"  # in the reason of GEOS for a line that meets itself or another one of its polygon
DEGREES = ("CRS84", "4326")  # what the name of a reference system ends with where it means WGS 84

TOO_LONG = Text("Batas itu terlalu panjang; sederhanakan dahulu.", "The boundary is too long; simplify it first.")
NO_LINE = Text(
    "Tulis satu titik tiap baris, lintang lalu bujur, misalnya -4.8123, 104.9012; atau tempel GeoJSON seutuhnya.",
    "Write one corner a line, latitude then longitude, such as -4.8123, 104.9012; or paste the whole GeoJSON.",
)
NO_GEOJSON = Text(
    "GeoJSON itu tidak utuh; salin seluruh isinya, dari { pertama sampai } terakhir.",
    "That GeoJSON is not whole; copy all of it, from the first { to the last }.",
)
NO_AREA = Text(
    "Isinya tidak hanya bidang; yang dipakai adalah Polygon atau MultiPolygon, bukan titik atau garis.",
    "There is more in it than areas; what counts is Polygon or MultiPolygon, no points or lines.",
)
EMPTY = Text("Isinya kosong; tidak ada satu bidang pun.", "It is empty; there is no area in it.")
FEW = Text("Sebuah batas perlu paling sedikit tiga titik.", "A boundary needs three corners at least.")
MANY = Text(
    f"Batas itu punya lebih dari {MOST_CORNERS} titik; sederhanakan dahulu.",
    f"The boundary has more than {MOST_CORNERS} corners; simplify it first.",
)
NOT_DEGREES = Text(
    "Koordinatnya bukan derajat; simpan berkasnya sebagai WGS 84 (EPSG:4326).",
    "Its coordinates are no degrees; save the file as WGS 84 (EPSG:4326).",
)
SMALL = Text("Batas itu terlalu kecil; periksa titik-titiknya.", "The area is too small; check its corners.")
LARGE = Text(
    "Batas itu lebih dari dua kali luas kabupaten; periksa titik-titiknya.",
    "The area is more than twice as large as the regency; check its corners.",
)
SWAPPED = Text(
    "Lintang dan bujurnya tertukar: di GeoJSON bujur ditulis dahulu, pada baris titik lintang dahulu.",
    "Latitude and longitude are swapped: GeoJSON begins with longitude, lines of corners with latitude.",
)
OUTSIDE = Text("Batas itu di luar kabupaten ini.", "The area lies outside this regency.")


def read(written: str) -> shapely.MultiPolygon:
    """Read an area in EPSG:4326 from GeoJSON, or from corners one a line; raises ActRefusedError for anything else."""
    if len(written) > LONGEST:
        raise _refused(TOO_LONG)
    parts = _of_geojson(written) if is_geojson(written) else [_polygon([corners(written)])]
    if not parts:
        raise _refused(EMPTY)
    if sum(shapely.get_num_coordinates(part) for part in parts) > MOST_CORNERS:
        raise _refused(MANY)
    for part in parts:
        _check_lines(part)
    whole = shapely.union_all(parts)
    return whole if isinstance(whole, shapely.MultiPolygon) else shapely.MultiPolygon([whole])


def is_geojson(written: str) -> bool:
    """Say whether somebody means GeoJSON rather than corners."""
    return written.lstrip("\ufeff \t\r\n").startswith(("{", "["))


def corners(written: str) -> list[Corner]:
    """Read corners, one a line, latitude first; raises ActRefusedError for a line that is none."""
    found = [LINE.fullmatch(line) for line in written.splitlines() if line.strip()]
    if not all(found):
        raise _refused(NO_LINE)
    return [(float(one[2]), float(one[1])) for one in found if one]


def written(found: list[Corner]) -> str:
    """Write corners one a line, latitude first, as `corners` reads them; to 0.1 m."""
    return "\n".join(f"{lat:.6f}, {lon:.6f}" for lon, lat in found)


def check(connection: Connection, area: shapely.MultiPolygon) -> None:
    """Refuse an area that is hardly any, or not one of the regency at home, where that is known; ActRefusedError."""
    code = preference(connection, REGENCY)
    home = shapely.union_all([shape for _, _, shape in area_shapes(connection, (code,)).get(code, [])])
    if not home.is_empty and not home.intersects(area):
        swapped = home.intersects(shapely.transform(area, lambda xy: xy[:, ::-1]))
        raise _refused(SWAPPED if swapped else OUTSIDE)
    if max(map(abs, area.bounds[1::2])) > MOST_LAT:
        raise _refused(SWAPPED)
    if area.area * DEGREE_M**2 * cos(radians(area.centroid.y)) < LEAST_M2:
        raise _refused(SMALL)
    if not home.is_empty and area.area > MOST_REGENCIES * home.area:
        raise _refused(LARGE)


def _of_geojson(written: str) -> list[shapely.Polygon]:
    try:
        told = json.loads(written.lstrip("\ufeff"))
        if not _in_degrees(told):
            raise _refused(NOT_DEGREES)
        return [_polygon(rings) for rings in _rings(told)]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError):
        raise _refused(NO_GEOJSON) from None


def _in_degrees(told: Any) -> bool:
    """Say whether the reference system is WGS 84, as of GeoJSON that names none."""
    named = told.get("crs")
    return named is None or str(named["properties"]["name"]).endswith(DEGREES)


def _rings(told: Any) -> Iterator[list[list[Corner]]]:
    """Give the rings of each polygon in a GeoJSON object, however deep it lies in collections."""
    kind = told["type"]
    if kind in ("FeatureCollection", "GeometryCollection"):
        for one in told["features" if kind == "FeatureCollection" else "geometries"]:
            yield from _rings(one)
    elif kind == "Feature":
        yield from _rings(told["geometry"])
    elif kind in ("Polygon", "MultiPolygon"):
        for polygon in [told["coordinates"]] if kind == "Polygon" else told["coordinates"]:
            yield [[(float(place[0]), float(place[1])) for place in ring] for ring in polygon]
    else:
        raise _refused(NO_AREA)


def _polygon(rings: list[list[Corner]]) -> shapely.Polygon:
    """Make a polygon of its outer ring and its holes, each closed or not."""
    if not rings or any(len(set(ring)) < 3 for ring in rings):
        raise _refused(FEW)
    if not all(abs(lon) <= 180 and abs(lat) <= 180 for ring in rings for lon, lat in ring):
        raise _refused(NOT_DEGREES)
    return shapely.Polygon(rings[0], rings[1:])


def _check_lines(part: shapely.Polygon) -> None:
    if part.is_valid:
        return
    reason = shapely.is_valid_reason(part)
    where = WHERE.search(reason)
    lon, lat = (float(where[1]), float(where[2])) if where else part.exterior.coords[0]
    near = f"{lat:.5f}, {lon:.5f}"
    if part.interiors and CROSSING not in reason:
        raise _refused(
            Text(
                f"Lubang di dekat {near} keluar dari bidangnya atau menyentuh lubang lain; hapus lubang itu.",
                f"The hole near {near} lies outside its area or touches another one; remove it.",
            )
        )
    raise _refused(
        Text(
            f"Garis batasnya bersilangan di dekat {near}; urutkan titiknya berkeliling.",
            f"The boundary crosses itself near {near}; put its corners in the order around it.",
        )
    )


def _refused(told: Text) -> ActRefusedError:
    return ActRefusedError("area", told)
