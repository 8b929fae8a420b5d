"""Rasters through the page: examined, described, tried with a picture, brought home by the worker; bad ones refused."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from flask.testing import FlaskClient
from rasterio.transform import from_bounds
from sqlalchemy import Engine, text

from layers.rasters.queries import home
from layers.reading.limits import TOO_LARGE, Limits
from layers.uploads import turns
from layers.uploads.queries import upload
from tests.webapp.importing.conftest import HERE, Send

Turn = Callable[[int], str]
HERE_DEG = (104.7, -4.9, 104.9, -4.7)
SAID = {"id": "sinyal-4g", "title": "Sinyal 4G", "source": "Diskominfo 2026", "licence": "", "estimate": "1"}


def geotiff(path: Path, bounds: tuple[float, ...] = HERE_DEG, crs: str | None = "EPSG:4326", bands: int = 1) -> bytes:
    values = np.linspace(-110, -60, 40 * 40, dtype=np.float32).reshape(40, 40)
    about = {"driver": "GTiff", "width": 40, "height": 40, "count": bands, "dtype": "float32", "crs": crs}
    with rasterio.open(path, "w", transform=from_bounds(*bounds, 40, 40), **about) as target:
        for band in range(bands):
            target.write(values, band + 1)
    return path.read_bytes()


def kept(store: Engine) -> list[tuple[str, str, bool]]:
    with store.connect() as connection:
        rows = connection.execute(text("select id, source, estimate from raster order by id"))
        return [tuple(row) for row in rows]


def state(store: Engine, number: int) -> tuple[str, str]:
    with store.connect() as connection:
        row = upload(connection, number)
    assert row is not None
    return row.state, row.problem or ""


def test_a_raster_is_examined_tried_with_a_picture_and_brought_home(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine, data_dir: Path, tmp_path: Path
) -> None:
    number = send(geotiff(tmp_path / "a.tif"), "sinyal.tif", "signal")
    assert turn(number) == "open"
    page = clerk.get(f"{HERE}/{number}", follow_redirects=True).text
    assert "40 × 40 sel" in page and "EPSG:4326" in page and 'value="signal"' in page
    for wrong in ({"id": "nama ruas!"}, {"title": ""}, {"source": ""}):
        assert clerk.post(f"{HERE}/{number}/isian", data={**SAID, **wrong}).status_code == 422
    assert clerk.post(f"{HERE}/{number}/isian", data=SAID).status_code == 303
    assert turn(number) == "tried"
    told = clerk.get(f"{HERE}/{number}").text
    assert "Sinyal 4G" in told and told.count('rx="2"') == 5, "five classes"
    picture = clerk.get(f"{HERE}/{number}/gambar.png")
    assert picture.data.startswith(b"\x89PNG") and kept(store) == []
    assert list(home(data_dir).glob("*")) == [], "a trial leaves nothing"
    assert clerk.post(f"{HERE}/{number}/masuk").status_code == 303
    assert turn(number) == "taken"
    assert kept(store) == [("sinyal-4g", "Diskominfo 2026", True)]
    assert 'href="/rasters#sinyal-4g"' in clerk.get(f"{HERE}/{number}").text
    assert "Sinyal 4G" in clerk.get("/rasters").text
    with store.connect() as connection:
        asked = text("select actor, detail from event where layer = 'rasters' order by id desc limit 1")
        event = connection.execute(asked).one()
    assert event.actor.startswith("account:") and event.detail["file"] == "sinyal.tif"
    again = send(geotiff(tmp_path / "b.tif"), "sinyal-baru.tif", "signal")
    turn(again)
    clerk.post(f"{HERE}/{again}/isian", data=SAID)
    turn(again)
    assert "diganti oleh berkas ini" in clerk.get(f"{HERE}/{again}").text


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"bounds": (20.0, 40.0, 21.0, 41.0)}, "tidak menyentuh wilayah kabupaten"),
        ({"crs": None}, "tidak menyebut sistem koordinatnya"),
        ({"bands": 3}, "beberapa kanal"),
        (None, "bukan GeoTIFF yang utuh"),
    ],
)
@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_raster_of_another_place_or_kind_is_refused_in_words(
    send: Send, turn: Turn, clerk: FlaskClient, tmp_path: Path, made: dict[str, object] | None, words: str
) -> None:
    content = b"bukan raster" if made is None else geotiff(tmp_path / "a.tif", **made)  # type: ignore[arg-type]
    number = send(content, "dem.tif", "terrain")
    assert turn(number) == "refused"
    assert words in clerk.get(f"{HERE}/{number}").text


def test_a_raster_is_read_in_a_process_of_its_own_that_may_take_only_so_much(
    send: Send,
    clerk: FlaskClient,
    store: Engine,
    tmp_path: Path,
    apart: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = send(geotiff(tmp_path / "a.tif"), "dem.tif", "terrain")
    apart()
    assert state(store, number)[0] == "open"
    monkeypatch.setitem(turns.LIMITS, "trying", Limits(memory_bytes=150_000_000, cpu_s=60, clock_s=60))
    clerk.post(f"{HERE}/{number}/isian", data={**SAID, "id": "dem"})
    apart()
    assert state(store, number) == ("open", TOO_LARGE)
