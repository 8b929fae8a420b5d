"""Rasters through the page: examined, described, tried with a picture, brought home by the worker; bad ones refused."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
import rasterio
from flask import Flask
from flask.testing import FlaskClient
from rasterio.transform import from_bounds
from sqlalchemy import Engine, text

from layers import db
from layers.rasters.acts import ONE_AT_A_TIME
from layers.rasters.queries import home
from layers.reading.limits import TOO_LARGE, Limits
from layers.records.accounts import set_active
from layers.records.actors import Grant
from layers.uploads import turns
from layers.uploads.queries import upload
from layers.uploads.words import NO_LONGER
from layers.uploads.work import advance
from tests.webapp.importing.conftest import HERE, Send, deliver
from tests.webapp.staff import OWNER, staff

Turn = Callable[[int], str]
HERE_DEG = (104.7, -4.9, 104.9, -4.7)
SAID = {"id": "sinyal-4g", "title": "Sinyal 4G", "source": "Diskominfo 2026", "licence": "", "estimate": "1"}


def geotiff(
    path: Path,
    bounds: tuple[float, ...] = HERE_DEG,
    crs: str | None = "EPSG:4326",
    bands: int = 1,
    strongest: float = -60,
    empty_rows: int = 0,
) -> bytes:
    """A raster of 40 by 40 signals, the first rows of which hold no value."""
    values = np.linspace(-110, strongest, 40 * 40, dtype=np.float32).reshape(40, 40)
    values[:empty_rows] = np.nan
    about = {"driver": "GTiff", "width": 40, "height": 40, "count": bands, "dtype": "float32", "crs": crs}
    about["nodata"] = np.nan if empty_rows else None
    with rasterio.open(path, "w", transform=from_bounds(*bounds, 40, 40), **about) as target:
        for band in range(bands):
            target.write(values, band + 1)
    return path.read_bytes()


def kept(store: Engine) -> list[tuple[str, str, bool]]:
    with store.connect() as connection:
        rows = connection.execute(text("select id, source, estimate from raster order by id"))
        return [tuple(row) for row in rows]


def files(data_dir: Path) -> set[str]:
    return {file.name for file in home(data_dir).glob("*")}


def everything(data_dir: Path) -> set[Path]:
    return {path for path in data_dir.rglob("*") if path.is_file()}


def state(store: Engine, number: int) -> tuple[str, str]:
    with store.connect() as connection:
        row = upload(connection, number)
    assert row is not None
    return row.state, row.problem or ""


def test_a_raster_is_examined_tried_with_a_picture_and_brought_home(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine, data_dir: Path, tmp_path: Path
) -> None:
    number = send(geotiff(tmp_path / "a.tif", empty_rows=5), "sinyal.tif", "signal")
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
    first = files(data_dir)
    again = send(geotiff(tmp_path / "b.tif", strongest=-50), "sinyal-baru.tif", "signal")
    turn(again)
    clerk.post(f"{HERE}/{again}/isian", data=SAID)
    turn(again)
    assert "diganti oleh berkas ini" in clerk.get(f"{HERE}/{again}").text
    clerk.post(f"{HERE}/{again}/masuk")
    assert turn(again) == "taken"
    assert first < files(data_dir), "the raster that was replaced may still be read"


def test_a_trial_that_is_refused_leaves_nothing_but_what_was_sent(
    send: Send, turn: Turn, clerk: FlaskClient, store: Engine, data_dir: Path, tmp_path: Path
) -> None:
    number = send(geotiff(tmp_path / "a.tif", empty_rows=40), "kosong.tif", "signal")
    assert turn(number) == "open"
    before = everything(data_dir)
    clerk.post(f"{HERE}/{number}/isian", data={**SAID, "id": "kosong"})
    assert turn(number) == "open"
    assert "tidak berisi satu nilai pun" in state(store, number)[1]
    assert everything(data_dir) == before


def test_a_raster_waits_for_others_longer_than_other_statements_may(
    send: Send,
    turn: Turn,
    clerk: FlaskClient,
    store: Engine,
    importing_url: str,
    data_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = send(geotiff(tmp_path / "a.tif"), "antre.tif", "signal")
    assert turn(number) == "open"
    clerk.post(f"{HERE}/{number}/isian", data={**SAID, "id": "antre"})
    monkeypatch.setattr(db, "OPTIONS", db.OPTIONS.replace(str(db.STATEMENT_TIMEOUT_MS), "1000"))
    hasty = db.connect(importing_url)
    with store.begin() as other:
        other.execute(ONE_AT_A_TIME)
        step = Thread(target=advance, args=(hasty, data_dir, upload(other, number)))
        step.start()
        step.join(1.5)
        assert step.is_alive()
    step.join()
    hasty.dispose()
    assert state(store, number) == ("tried", "")


def test_who_has_been_sent_away_meanwhile_brings_no_raster_in(
    app: Flask, turn: Turn, store: Engine, tmp_path: Path
) -> None:
    planner = staff(app, Grant("planner"))
    sent = deliver(planner, geotiff(tmp_path / "a.tif"), "pergi.tif", "signal")
    number = int(sent.headers["Location"].rpartition("/")[2])
    assert turn(number) == "open"
    planner.post(f"{HERE}/{number}/isian", data={**SAID, "id": "pergi"})
    assert turn(number) == "tried"
    planner.post(f"{HERE}/{number}/masuk")
    with store.begin() as connection:
        owner = str(connection.scalar(text("select actor from upload where id = :id"), {"id": number}))
        set_active(connection, OWNER, int(owner.partition(":")[2]), active=False)
    assert turn(number) == "open"
    assert state(store, number)[1] == NO_LONGER
    assert "pergi" not in [name for name, *_ in kept(store)]


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
    """Two rasters under the same limits: a small one, and one of few bytes that unpacks into 1.6 GB."""
    monkeypatch.setitem(turns.LIMITS, "trying", Limits(memory_bytes=2_000_000_000, cpu_s=60, clock_s=60))
    for content, became in ((geotiff(tmp_path / "a.tif"), ("tried", "")), (bomb(tmp_path), ("open", TOO_LARGE))):
        number = send(content, "dem.tif", "terrain")
        apart()
        assert state(store, number)[0] == "open"
        clerk.post(f"{HERE}/{number}/isian", data={**SAID, "id": "dem"})
        apart()
        assert state(store, number) == became


def bomb(folder: Path) -> bytes:
    """A raster of a single block, none of whose cells is in the file."""
    size = {"width": 14_000, "height": 14_000, "blockysize": 14_000, "count": 1, "dtype": "float64"}
    place = {"crs": "EPSG:4326", "transform": from_bounds(*HERE_DEG, 14_000, 14_000)}
    path = folder / "bomb.tif"
    rasterio.open(path, "w", driver="GTiff", sparse_ok=True, compress="deflate", **size, **place).close()
    return path.read_bytes()
