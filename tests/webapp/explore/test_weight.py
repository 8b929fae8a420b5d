"""On a slow line: what a page weighs before the interactive map, and what a browser keeps."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geo.svgmap import LIMIT
from tests.webapp.explore.pages import Page

MOST = 60_000  # bytes, compressed
PAGES = ["/", "/?lat=-4.83&lon=104.9", "/nearest?lat=-4.83&lon=104.9", "/search?q=bukit", "/layers", "/layers/roads"]
PAGES += ["/layers/offices", "/layers/areas", "/layers/settlements", "/about/data", "/about/sample"]
BROTLI = {"Accept-Encoding": "br"}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_all_it_needs_weighs_less_than_60_kb(client: FlaskClient, dist: Path, address: str):
    answer = client.get(address, headers=BROTLI)
    files = json.loads((dist / "manifest.json").read_text())
    needed = {files["site.css"], *imported(dist, files["site.js"])}
    built = sum((dist / f"{name}.br").stat().st_size for name in needed)
    maps = {image for image in Page(client.get(address).text).images if image.startswith("/map.svg")}
    drawn = [len(client.get(image, headers=BROTLI).data) for image in maps]
    assert all(size <= LIMIT for size in drawn)
    assert len(answer.data) + built + sum(drawn) <= MOST


def imported(dist: Path, script: str) -> set[str]:
    """Find a script with all that it imports before it runs."""
    found = {script}
    for part in re.findall(r"""(?:from|import)\s*["']\./([^"']+)["']""", (dist / script).read_text()):
        found |= imported(dist, part)
    return found


def test_the_drawing_of_a_map_is_kept_for_good_and_never_sent_twice(client: FlaskClient):
    image = next(i for i in Page(client.get("/").text).images if i.startswith("/map.svg"))
    first = client.get(image)
    assert first.cache_control.immutable and first.cache_control.public
    again = client.get(image, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_views_a_little_apart_share_one_drawing(client: FlaskClient):
    views = [f"104.{n},-4.8{n},10.0{n}" for n in range(1000, 1020)]
    assert len({client.get(f"/map.svg?view={view}").headers["ETag"] for view in views}) == 1


def test_the_address_of_a_drawing_does_not_tell_where_somebody_stands(client: FlaskClient):
    pages = [client.get(f"/nearest?lat=-4.83&lon={lon}&kind=rumah_sakit").text for lon in ("104.9001", "104.9009")]
    first, second = (next(i for i in Page(html).images if i.startswith("/map.svg")) for html in pages)
    assert first == second
