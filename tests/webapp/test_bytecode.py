"""Compiled templates are kept where that can be done, and pages show where it cannot."""

from layers.settings import Settings
from webapp import create_app
from webapp.bytecode import FOLDER

ABOUT = "/about/sample"


def test_what_one_start_has_compiled_the_next_one_finds_and_a_page_shows_without(settings: Settings) -> None:
    folder = settings.data_dir / FOLDER
    assert create_app(settings).test_client().get(ABOUT).status_code == 200
    kept = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert kept
    client = create_app(settings).test_client()
    assert client.get(ABOUT).status_code == 200
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == kept
    for file in kept:
        file.unlink()
    folder.rmdir()
    folder.write_text("a file in its place")
    assert create_app(settings).test_client().get(ABOUT).status_code == 200
