"""Keys lie outside the database, are the same for all processes, and are for their owner's eyes alone."""

import hashlib
import hmac
import stat
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from layers.records import keys


def test_a_key_is_made_once_and_stays(tmp_path: Path) -> None:
    made = keys.newest(tmp_path, "codes")
    assert len(made) == 32
    assert keys.ring(tmp_path, "codes") == (made,)
    assert keys.newest(tmp_path, "other") != made


def test_all_processes_that_start_at_once_agree_on_a_key(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as workers:
        assert len(set(workers.map(keys.newest, [tmp_path] * 16, ["codes"] * 16))) == 1
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["codes"]


def test_only_the_owner_may_read_keys(tmp_path: Path) -> None:
    keys.extend(tmp_path, "identities")
    file = tmp_path / "keys" / "identities"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_ring_grows_at_its_front_and_forgets_its_older_keys(tmp_path: Path) -> None:
    first = keys.newest(tmp_path, "identities")
    keys.extend(tmp_path, "identities")
    second, older = keys.ring(tmp_path, "identities")
    assert older == first != second
    keys.drop_older(tmp_path, "identities")
    assert keys.ring(tmp_path, "identities") == (second,)


def test_a_hash_is_an_hmac_sha256() -> None:
    assert keys.hashed(b"k" * 32, "kata") == hmac.new(b"k" * 32, b"kata", hashlib.sha256).digest()
