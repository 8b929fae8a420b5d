"""Is a report ever lost while web server and database are killed.

A report that was acknowledged must be there, once, and with its photo, once, where that was acknowledged too.
"""

import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Engine, text

from layers import db, migrations, sample
from layers.complaints.photos import FOLDER
from layers.records.photo_files import path
from layers.settings import driver_url
from scripts.benchmarks.importing import Row
from scripts.benchmarks.reports import Phone, Sent, phones, write
from scripts.benchmarks.slow_lines import form, photo
from scripts.cluster import Cluster
from scripts.setup.progress import Trouble

HOST = "127.0.0.1"
AT_ONCE = 12
REPORTS, PHOTO_EVERY, REPORTS_A_KILL = 10_000, 20, 50
SOON_S, LATE_S = 0.3, 2.5  # a kill comes so long after everything runs again


@dataclass
class Outcome:
    """What was acknowledged, how often each part was killed, and whatever is not as it should be."""

    acknowledged: list[Sent] = field(default_factory=list)
    kills: dict[str, int] = field(default_factory=lambda: {"web": 0, "database": 0})
    faults: list[str] = field(default_factory=list)


class Web:
    """The web server as it runs for people, in a group of processes of its own that can be killed at once."""

    def __init__(self, url: str, data_dir: Path) -> None:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = int(probe.getsockname()[1])
        self._log = data_dir / "web.log"
        self._environment = os.environ | {
            "DATABASE_URL": url,
            "PETA_DATA_DIR": str(data_dir),
            "PETA_TRUSTED_PROXIES": "1",  # each phone says where it is, as behind a proxy
        }
        self.start()

    def start(self) -> None:
        """Start the server; it answers some seconds later."""
        gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "-c", "python:webapp.serving"]
        with self._log.open("ab") as log:
            command = [*gunicorn, "--bind", f"{HOST}:{self.port}"]
            self._process = subprocess.Popen(
                command, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """Kill the server and its workers where they stand."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def answers(self) -> bool:
        """Say whether a worker answers, which takes longer than to listen."""
        line = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            line.request("GET", "/ogc/conformance")
            return line.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()


def endure(
    cluster: Cluster, url: str, data_dir: Path, tokens: list[str], photo_every: int, kills: int, seed: int
) -> Outcome:
    """Send all drafts while web server and database are killed in turn at random moments, so often in all."""
    outcome, web, chance = Outcome(), Web(url, data_dir), random.Random(seed)  # noqa: S311 moments
    picture = form(photo())
    with ThreadPoolExecutor(AT_ONCE) as senders:
        waiting = [
            senders.submit(_report, phone, picture if number % photo_every == 0 else None)
            for number, phone in enumerate(phones(HOST, web.port, tokens))
        ]
        while sum(outcome.kills.values()) < kills and not all(one.done() for one in waiting):
            _until(web.answers)
            time.sleep(chance.uniform(SOON_S, LATE_S))
            victim = "database" if outcome.kills["web"] > outcome.kills["database"] else "web"
            if victim == "web":
                web.kill()
                web.start()
            else:
                cluster.kill()
                cluster.revive()
            outcome.kills[victim] += 1
        outcome.acknowledged = [one.result() for one in waiting]
    web.kill()
    return outcome


def check(engine: Engine, data_dir: Path, outcome: Outcome) -> Outcome:
    """Compare what was acknowledged with what the database and the disk hold."""
    with engine.connect() as connection:
        numbers = connection.scalars(text("select number from complaint where source = 'warga'")).all()
        pictures = connection.execute(text(PICTURES)).all()
    kept = {number: [name for owner, name in pictures if owner == number] for number in numbers}
    if len(numbers) != len(outcome.acknowledged):
        outcome.faults.append(f"{len(outcome.acknowledged)} reports were sent, {len(numbers)} are kept")
    for sent in outcome.acknowledged:
        if sent.number not in kept:
            outcome.faults.append(f"{sent.number} was acknowledged and is gone")
        elif len(kept[sent.number]) != int(sent.photo):
            outcome.faults.append(f"{sent.number} has {len(kept[sent.number])} photos instead of {int(sent.photo)}")
    missing = [name for _, name in pictures if not path(data_dir, name, "full", FOLDER).exists()]
    outcome.faults += [f"the file of the photo {name} is gone" for name in missing]
    return outcome


PICTURES = """
select complaint.number, photo.name
from complaint_photo as photo
join complaint on complaint.id = photo.complaint_id
"""


def _report(phone: Phone, picture: bytes | None) -> Sent:
    return phone.report(picture)


def _until(holds: Callable[[], bool]) -> None:
    last = time.monotonic() + 60
    while not holds() and time.monotonic() < last:
        time.sleep(0.05)


def measure(reports: int = REPORTS) -> list[Row]:
    """Try it on a cluster of its own, with the sample data, and tell what came of it; raises Trouble for any fault."""
    folder = Path(mkdtemp(prefix="peta-faults-", dir="/tmp"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "postgres")
    url = driver_url(cluster.start())
    engine = db.connect(url)
    try:
        migrations.upgrade(url)
        sample.load(engine, lambda step, done, total: None)
        with engine.begin() as connection:
            tokens = write(connection, folder, reports)
        began = time.monotonic()
        outcome = endure(cluster, url, folder, tokens, PHOTO_EVERY, kills=reports // REPORTS_A_KILL, seed=reports)
        lasting_s = time.monotonic() - began
        check(engine, folder, outcome)
    finally:
        engine.dispose()
        cluster.stop()
    if outcome.faults:
        raise Trouble("\n".join(outcome.faults))
    shutil.rmtree(folder)
    return [
        ("acknowledged, each there once", len(outcome.acknowledged), "reports"),
        ("acknowledged with them, each there", sum(one.photo for one in outcome.acknowledged), "photos"),
        *((f"the {part} killed meanwhile", number, "times") for part, number in outcome.kills.items()),
        ("lasting", round(lasting_s), "s"),
    ]
