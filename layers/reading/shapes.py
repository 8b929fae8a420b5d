"""What is wrong with a shape, in words of whoever drew it."""

import re

import shapely

FAULTS = {
    "Self-intersection": "garis tepinya memotong dirinya sendiri",
    "Ring Self-intersection": "garis tepinya menyinggung dirinya sendiri",
    "Repeated Point": "satu titik tertulis dua kali",
    "Hole lies outside shell": "sebuah lubang berada di luar bidangnya",
    "Holes are nested": "sebuah lubang berada di dalam lubang lain",
    "Interior is disconnected": "lubang-lubangnya membelah bidang itu",
    "Nested shells": "satu bagian berada di dalam bagian lain",
    "Duplicate Rings": "garis tepi yang sama tertulis dua kali",
    "Too few points in geometry component": "garis tepinya terlalu sedikit titik",
    "Ring is not closed": "garis tepinya tidak tertutup",
    "Invalid Coordinate": "salah satu koordinatnya bukan bilangan",
}
PLACE = re.compile(r"\[(\S+) (\S+)\]")


def fault(shape: shapely.Geometry) -> str:
    """Say why a shape in EPSG:4326 is not valid, and where; GEOS says it in English."""
    said = str(shapely.is_valid_reason(shape))
    reason = FAULTS.get(said.partition("[")[0].strip(), "garis tepinya tidak membentuk bidang yang utuh")
    place = PLACE.search(said)
    if place is None:
        return reason
    lon, lat = (f"{float(number):.4f}".replace(".", ",") for number in place.groups())
    return f"{reason} di bujur {lon}, lintang {lat}"
