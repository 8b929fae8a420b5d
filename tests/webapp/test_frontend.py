"""The front end's own checks, run where everything else is tested."""

import json
import subprocess

import pytest
from markupsafe import Markup

from scripts.setup import frontend
from webapp.assets import NotBuiltError, asset, content, icon


def test_the_types_of_the_modules_hold() -> None:
    checked = subprocess.run(
        [frontend.SOURCE / "node_modules" / ".bin" / "tsc", "-p", "jsconfig.json"],
        cwd=frontend.SOURCE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stdout == ""


def test_what_the_modules_compute_is_right() -> None:
    tested = subprocess.run(
        [frontend.node(), "--test"], cwd=frontend.SOURCE, capture_output=True, text=True, check=False
    )
    assert tested.returncode == 0, tested.stdout


def test_versions_are_exact_and_the_lock_names_no_registry() -> None:
    package = json.loads((frontend.SOURCE / "package.json").read_text())
    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert all(version.replace(".", "").isdigit() for version in wanted.values())
    assert "https://registry" not in (frontend.SOURCE / "package-lock.json").read_text()


def test_a_page_loads_at_most_20_kb_of_module_and_style_before_the_map() -> None:
    first = [asset("site.js"), asset("site.css")]
    sizes = [(frontend.BUILT / f"{address.removeprefix('/static/')}.br").stat().st_size for address in first]
    assert sum(sizes) < 20_000


def test_an_icon_takes_the_colour_of_its_text_and_is_silent() -> None:
    drawn = icon("town-hall")
    assert isinstance(drawn, Markup)
    assert 'aria-hidden="true"' in drawn
    assert "fill=" not in drawn


def test_a_file_that_was_not_built_says_what_to_run() -> None:
    with pytest.raises(NotBuiltError, match="npm run build"):
        asset("tidak-ada.js")


def test_exports_can_read_their_scripts_whole() -> None:
    assert "Leaflet 1.9.4" in content("export-leaflet.js")
