"""What was acknowledged is there, once, however often the web server and the database are killed meanwhile."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest

from layers import db, migrations
from layers.settings import driver_url
from scripts.benchmarks import faults, reports
from scripts.cluster import Cluster
from tests.webapp.complaints.conftest import settle


@pytest.mark.usefixtures("built")
def test_no_acknowledged_report_is_lost_or_kept_twice_though_everything_is_killed() -> None:
    folder = Path(mkdtemp(prefix="peta-faults-", dir="/tmp"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "postgres")
    url = driver_url(cluster.start())
    migrations.upgrade(url)
    settle(url)
    engine = db.connect(url)
    with engine.begin() as connection:
        tokens = reports.write(connection, folder, 150)
    outcome = faults.check(engine, folder, faults.endure(cluster, url, folder, tokens, photo_every=50, kills=3, seed=1))
    engine.dispose()
    cluster.stop()
    shutil.rmtree(folder)
    assert outcome.faults == []
    assert len(outcome.acknowledged) == len({sent.number for sent in outcome.acknowledged}) == 150
    assert sum(sent.photo for sent in outcome.acknowledged) == 3
    assert min(outcome.kills.values()) >= 1, outcome.kills
