"""The sample regency's table of facts: names, codes, people and centre points rounded to 0.01 degrees."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FACTS = Path(__file__).parent / "facts"

SOURCE = "contoh"
REGENCY_CODE = "18.03"
REGENCY_BPS_CODE = "1806"
REGENCY_NAME = "Kabupaten Lampung Utara"
REGENCY_SEAT = (104.89, -4.83)  # the regent's office, to 0.01 degrees
TIME_ZONE = "Asia/Jakarta"


@dataclass(frozen=True)
class VillageFact:
    """One desa or kelurahan; `population` is an estimate that adds up to the regency's official total."""

    code: str
    bps_code: str | None
    level: str
    name: str
    lon: float
    lat: float
    population: int
    area_km2: float

    @property
    def district(self) -> str:
        """Give the code of the kecamatan it belongs to."""
        return self.code[:8]


@dataclass(frozen=True)
class DistrictFact:
    """One kecamatan with the place of its office, to 0.01 degrees."""

    code: str
    bps_code: str
    name: str
    lon: float
    lat: float


def villages() -> list[VillageFact]:
    """Read the 247 desa and kelurahan, ordered by code."""
    return [
        VillageFact(
            code=row["code"],
            bps_code=row["bps_code"] or None,
            level=row["level"],
            name=row["name"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            population=int(row["population"]),
            area_km2=float(row["area_km2"]),
        )
        for row in _rows("villages.csv")
    ]


def districts() -> list[DistrictFact]:
    """Read the 23 kecamatan, ordered by code."""
    return [
        DistrictFact(row["code"], row["bps_code"], row["name"], float(row["seat_lon"]), float(row["seat_lat"]))
        for row in _rows("districts.csv")
    ]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
