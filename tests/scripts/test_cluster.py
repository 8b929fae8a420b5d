"""A private cluster is run by the PostgreSQL that made it, and says in one sentence what keeps it from running."""

from pathlib import Path

import pytest

from scripts.cluster import Cluster
from scripts.setup.progress import Trouble


def made_by(version: str, folder: Path) -> Cluster:
    """What is left of a cluster that one version of PostgreSQL made."""
    (folder / "pg").mkdir()
    (folder / "pg/PG_VERSION").write_text(f"{version}\n")
    return Cluster(folder / "pg")


def test_a_cluster_of_another_version_asks_for_that_version(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"^PostgreSQL 14 with PostGIS is not installed: apt-get install postgresql-14 "):
        made_by("14", tmp_path).start()


def test_a_cluster_that_cannot_run_is_told_in_one_sentence(tmp_path: Path, cluster: Cluster) -> None:
    version = (cluster.folder / "PG_VERSION").read_text().strip()
    with pytest.raises(Trouble, match=r"^The database in .*/pg cannot be used \(pg_ctl: .+\): see its file log$"):
        made_by(version, tmp_path).start()
