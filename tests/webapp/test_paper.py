"""From HTML to PDF: the paper is A4, its words can be read again, and nothing outside of the HTML is asked for."""

import http.server
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pypdfium2
import pytest

from webapp import assets, paper

A4_PT = (595, 842)
LINES = "".join(f"<tr><td>desa {i}</td></tr>" for i in range(120))


def sheet(body: str) -> str:
    return f"<title>Uji</title><style>{assets.content('a4.css')}</style><main data-title='Uji coba'>{body}</main>"


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine that notes what it is asked for."""
    asked: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    server = http.server.HTTPServer(("127.0.0.1", 0), Noting)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_a_long_table_goes_on_over_numbered_pages_of_a4() -> None:
    made = pypdfium2.PdfDocument(paper.to_pdf(sheet(f"<h1>Kabupaten</h1><table>{LINES}</table>")))
    pages = [page.get_textpage().get_text_bounded() for page in made]
    assert len(pages) > 1
    assert {tuple(round(side) for side in page.get_size()) for page in made} == {A4_PT}
    assert "Kabupaten" in pages[0] and "desa 119" in pages[-1]
    for number, words in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in words and "Uji coba" in words


def test_nothing_outside_of_the_html_is_asked_for(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("h1::after { content: 'rahasia' }")
    with listening() as (home, asked):
        reaching = f"""<link rel="stylesheet" href="{home}/a.css"><link rel="stylesheet" href="{secret.as_uri()}">
            <style>@import url({home}/b.css); body {{ background: url({home}/c.png) }}</style>
            <img src="{home}/d.png" alt=""><a rel="attachment" href="{secret.as_uri()}">x</a><h1>Judul</h1>"""
        made = pypdfium2.PdfDocument(paper.to_pdf(reaching))
    assert asked == []
    words = made[0].get_textpage().get_text_bounded()
    assert "Judul" in words and "rahasia" not in words
    assert made.count_attachments() == 0


def test_what_is_too_large_or_too_slow_or_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(paper.NotSetError, match="bytes of HTML"):
        paper.to_pdf("x" * (paper.MOST_BYTES + 1))
    program = tmp_path / "broken.py"
    program.write_text("raise MemoryError('habis')")
    monkeypatch.setattr(paper, "PROGRAM", program)
    with pytest.raises(paper.NotSetError, match="habis"):
        paper.to_pdf("<p>")
    program.write_text("import signal; signal.pause()")
    monkeypatch.setattr(paper, "PATIENCE_S", 0.2)
    with pytest.raises(paper.NotSetError, match="within"):
        paper.to_pdf("<p>")
