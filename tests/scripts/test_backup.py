"""What was kept comes back whole, and nothing is given up unless somebody said so."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extras import LogicalReplicationConnection
from sqlalchemy import Engine, create_engine, make_url, text

from layers.records.versions import States, states
from layers.settings import ROOT
from scripts.keeping.archive import FILES, KEPT, pack
from scripts.keeping.backup import backup
from scripts.keeping.restore import restore
from scripts.setup.progress import Trouble
from tests.databases import SAMPLED, beside
from tests.scripts.houses import ALONE

PREFERENCES = "select t::text from preference t where key <> 'installation'"


@pytest.fixture(scope="module")
def source(sample_url: str) -> str:
    """A database that holds the sample data."""
    return beside(sample_url, "kept", like=SAMPLED)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for name, content in (("refused/a.csv", "alasan"), ("keys/secret", "kunci"), ("exports/half", "")):
        (folder / name).parent.mkdir()
        (folder / name).write_text(content)
    return folder


@pytest.fixture(scope="module")
def kept(source: str, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return backup(source, data, tmp_path_factory.mktemp("backups"))


def content(url: str) -> dict[str, str]:
    """Read every row of every table but the mark, sorted as text: slower than the tally, and independent of it."""
    engine = create_engine(url, connect_args={"options": "-c timezone=UTC"})
    with engine.connect() as connection:
        names = connection.scalars(text("select tablename from pg_tables where schemaname = 'public'")).all()
        found = {name: fingerprint(connection.scalars(text(f'select t::text from "{name}" t'))) for name in names}
        found["preference"] = fingerprint(connection.scalars(text(PREFERENCES)))
    engine.dispose()
    del found["complaint_figure_change"]  # a restore has the figures counted anew
    return found


def fingerprint(rows: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()


def states_after(url: str, change: str) -> States:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(change))
        found = states(connection)
    engine.dispose()
    return found


def rows(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text(f"select count(*) from {table}")) or 0)


def test_an_empty_database_gets_every_row_of_every_table(
    source: str, data: Path, kept: Path, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    target = new_database("restored")
    restore(target, tmp_path / "data", kept, replace=False)
    assert content(target) == content(source)
    assert (tmp_path / "data/refused/a.csv").read_text() == "alasan"
    assert (tmp_path / "data/keys/secret").read_text() == "kunci"
    assert not (tmp_path / "data/exports").exists()


def test_what_browsers_have_kept_of_later_days_is_not_taken_for_what_came_back(
    kept: Path, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    target = new_database("went_back")
    restore(target, tmp_path, kept, replace=False)
    lost = states_after(target, "update waste_site set name = 'kemarin'")
    restore(target, tmp_path, kept, replace=True)
    present = states_after(target, "update waste_site set name = 'hari ini'")
    assert present.versions == lost.versions
    assert present.of("waste") != lost.of("waste")


def test_new_rows_get_new_numbers_after_a_restore(
    kept: Path, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    target = new_database("renumbered")
    restore(target, tmp_path, kept, replace=False)
    engine = create_engine(target)
    with engine.begin() as connection:
        added = connection.scalar(
            text(
                "insert into waste_site (source, source_id, kind, geom) values ('u', '1', 'tps', 'POINT(1 1)')"
                " returning id > (select max(id) from waste_site)"
            )
        )
    engine.dispose()
    assert added


def test_data_is_not_overwritten_unless_somebody_said_so(source: str, kept: Path, tmp_path: Path) -> None:
    before = content(source)
    with pytest.raises(Trouble, match="add --replace"):
        restore(source, tmp_path, kept, replace=False)
    assert content(source) == before


def test_the_command_refuses_in_one_line(source: str, kept: Path, tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": source, "PETA_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [ROOT / "scripts/restore", kept], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == (
        "There is data already: add --replace to give it up, or set DATABASE_URL to an empty database\n"
    )


def test_later_data_is_replaced_on_demand(
    source: str, kept: Path, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    target = new_database("replaced")
    restore(target, tmp_path, kept, replace=False)
    engine = create_engine(target)
    with engine.begin() as connection:
        connection.execute(text("delete from office"))
        connection.execute(text("create table later (id int)"))
    engine.dispose()
    (tmp_path / "refused/later.csv").touch()
    restore(target, tmp_path, kept, replace=True)
    assert content(target) == content(source)
    assert not (tmp_path / "refused/later.csv").exists()


def test_a_damaged_backup_is_refused_before_anything_is_touched(source: str, kept: Path, tmp_path: Path) -> None:
    damaged = copy(kept, tmp_path / "damaged")
    cut(damaged / "database.dump")
    with pytest.raises(Trouble, match=r"database\.dump is damaged"):
        restore(source, tmp_path, damaged, replace=True)


def test_a_restore_that_fails_half_way_leaves_all_as_it_was(source: str, kept: Path, tmp_path: Path) -> None:
    before = content(source)
    damaged = copy(kept, tmp_path / "damaged")
    cut(damaged / "database.dump")
    manifest = json.loads((damaged / "manifest.json").read_text())
    manifest["files"]["database.dump"] = hashlib.sha256((damaged / "database.dump").read_bytes()).hexdigest()
    (damaged / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(Trouble):
        restore(source, tmp_path, damaged, replace=True)
    assert content(source) == before


@pytest.mark.parametrize(
    "end",
    [
        "exit 1",
        '"$real" "$@" | sed "/^COPY public.complaint /q"; exit 1',
        '"$real" "$@" | sed "/^COPY public.complaint /{n;q}"; exit 1',
        '"$real" "$@" | sed "/^COPY public.complaint /{n;n;n;n;n;n;n;q}"; kill -9 $$',
    ],
    ids=["at once", "before the first row", "after one row", "after seven rows"],
)
def test_a_program_that_fails_at_any_point_leaves_all_as_it_was(
    source: str, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    before = content(source)
    failing = tmp_path / "bin/pg_restore"
    failing.parent.mkdir()
    failing.write_text(f"#!/bin/bash\nreal={shutil.which('pg_restore')}\n{end}\n")
    failing.chmod(0o755)
    monkeypatch.setenv("PATH", str(failing.parent), prepend=":")
    with pytest.raises(Trouble):
        restore(source, tmp_path / "data", kept, replace=True)
    assert content(source) == before


def test_a_disk_without_room_for_the_files_leaves_all_as_it_was_and_is_told_in_one_line(
    source: str, kept: Path, tmp_path: Path
) -> None:
    before = content(source)
    large = copy(kept, tmp_path / "large")
    photos = tmp_path / "packed/files"
    photos.mkdir(parents=True)
    (photos / "foto.jpg").write_bytes(os.urandom(2_000_000))
    pack(photos.parent, KEPT, large / FILES)
    manifest = json.loads((large / "manifest.json").read_text())
    manifest["files"][FILES] = hashlib.sha256((large / FILES).read_bytes()).hexdigest()
    (large / "manifest.json").write_text(json.dumps(manifest))
    small, status = tmp_path / "small", tmp_path / "status"
    small.mkdir()
    steps = (
        'mount -t tmpfs -o size=1m tmpfs "$1"',
        'mkdir "$1/files"',
        'echo kemarin > "$1/files/foto.jpg"',
        '("$2" --replace "$3"; echo $? > "$4")',
        'cat "$1/files/foto.jpg"; ls "$1"',
    )
    words = ["bash", "-c", " && ".join(steps), "bash", small, ROOT / "scripts/restore", large, status]
    environment = os.environ | {"DATABASE_URL": source, "PETA_DATA_DIR": str(small)}
    done = subprocess.run(
        ["unshare", *ALONE, "--mount", *words], env=environment, capture_output=True, text=True, check=True
    )
    assert status.read_text() == "1\n"
    assert re.fullmatch(
        rf"The backup cannot be restored: No space left on device \({small}\S*\); make room.*\n", done.stderr
    )
    assert done.stdout.endswith("kemarin\nfiles\n")
    assert content(source) == before


def test_a_table_that_came_back_otherwise_is_named(
    kept: Path, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    altered = copy(kept, tmp_path / "altered")
    manifest = json.loads((altered / "manifest.json").read_text())
    manifest["tables"]["office"]["hash"] = "1"
    (altered / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(Trouble, match="office"):
        restore(new_database("otherwise"), tmp_path / "data", altered, replace=False)


def test_a_running_server_is_not_pulled_away_from_under_its_users(source: str, kept: Path, tmp_path: Path) -> None:
    engine = create_engine(source)
    with engine.connect() as user:
        user.execute(text("select 1"))
        with pytest.raises(Trouble, match="stop it"):
            restore(source, tmp_path, kept, replace=True)
    engine.dispose()


def test_a_process_of_the_database_itself_is_no_user(
    kept: Path, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    target = new_database("replicated")
    address = make_url(target).set(drivername="postgresql").render_as_string(hide_password=False)
    sender = psycopg2.connect(address, connection_factory=LogicalReplicationConnection)
    restore(target, tmp_path, kept, replace=False)
    sender.close()


def test_keys_may_be_kept_elsewhere(kept: Path, new_database: Callable[[str], str], tmp_path: Path) -> None:
    without = copy(kept, tmp_path / "without")
    (without / "keys.tar.gz").unlink()
    restore(new_database("keyless"), tmp_path / "data", without, replace=False)
    assert not (tmp_path / "data/keys").exists()


def test_a_backup_is_for_its_owners_eyes(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0


def copy(folder: Path, to: Path) -> Path:
    to.mkdir()
    for file in folder.iterdir():
        (to / file.name).write_bytes(file.read_bytes())
    return to


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
