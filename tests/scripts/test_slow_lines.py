"""Photos that trickle in over slow lines, more of them than a worker has threads, leave everybody else an answer."""

import shutil
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

import pytest

from scripts.benchmarks import servers, slow_lines
from tests.databases import beside
from tests.webapp.complaints.conftest import settle

PACE = 5_000  # bytes a second: a photo takes a minute, and so long would wait who waits for a line
BLOCKED_MS = 20_000
SEEN_OFF_MS = 2_000  # so long one who was refused a place may go on sending; nobody else waits for that


@pytest.mark.usefixtures("built")
def test_the_nearest_office_is_told_while_more_lines_than_there_are_threads_send_photos_slowly(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = beside(database_url, "slow_lines")
    monkeypatch.setenv("DATABASE_URL", url)  # what serves cannot be read without
    threads = import_module("webapp.serving").threads
    settle(url)
    folder = Path(mkdtemp(prefix="peta-slow-", dir="/tmp"))
    with servers.ours(url, folder, cache_mb=0, workers=1) as ours:
        place = ours.removeprefix("http://").split(":")
        host, port = place[0], int(place[1])
        with slow_lines.uploading(host, port, lines=threads + 5, pace=PACE):
            waited = slow_lines.asked(host, port, questions=10)
    shutil.rmtree(folder)
    assert max(waited) < BLOCKED_MS
    assert median(waited) < SEEN_OFF_MS
