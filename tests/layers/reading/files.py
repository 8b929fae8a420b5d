"""Small files to bring in, and what of them stands on the map."""

from collections.abc import Callable
from pathlib import Path

import geopandas
import shapely
from sqlalchemy import Engine, text

from layers.reading.importing import Outcome

Bring = Callable[..., Outcome]
HEAD = "id;nama;jenis;bujur;lintang\n"
SITES = HEAD + "1;TPS Pasar;TPS;104,05;-4,95\n2;TPA Barat;TPA;104,15;-4,95\n"


def areas(path: Path, **shapes: shapely.Geometry) -> Path:
    codes = [code.replace("_", ".").strip("k") for code in shapes]
    names = [f"Wilayah {code}" for code in codes]
    geopandas.GeoDataFrame({"kode": codes, "nama": names}, geometry=list(shapes.values()), crs=4326).to_file(path)
    return path


def csv(tmp_path: Path, words: str, name: str = "tps.csv") -> Path:
    path = tmp_path / name
    path.write_text(words, encoding="utf-8")
    return path


def sites(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        rows = connection.execute(text("select source_id, name, kind, village_code from waste_site order by 1"))
        return [tuple(row) for row in rows]
