"""What goes wrong on a newcomer's machine is told in one line that says what to do, and ends with a status of not 0."""

import os
import shutil
import socket
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.scripts.houses import ALONE, House, free_port


def _one_line(said: str) -> str:
    """The line of trouble: all that was printed, or what follows the steps that went well."""
    lines = [line for line in said.splitlines() if not line.startswith(("•", "  "))]
    assert len(lines) == 1, said
    return lines[0]


def _only(folder: Path, *names: str) -> str:
    """A PATH with nothing but these programs."""
    folder.mkdir()
    for name in names:
        (folder / name).symlink_to(shutil.which(name, path="/usr/bin:/bin"))
    return str(folder)


def test_a_port_in_use_leads_to_another_port(house: House) -> None:
    with socket.create_server(("127.0.0.1", house.port)):
        status, said = house.run("scripts/server", "--port", str(house.port))
    assert status == 1
    assert _one_line(said) == (
        f"Port {house.port} is in use by another program: "
        f"stop that one, or take another port: scripts/server --port {house.port + 1}"
    )


def test_a_port_that_cannot_be_leads_to_one_that_can(house: House) -> None:
    status, said = house.run("scripts/server", "--port", "80000")
    assert status == 1
    assert "take one from 1024 to 65535" in _one_line(said)


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("nonsense", "write postgresql://user:password@host:5432/database"),
        ("postgresql://someone:secret@127.0.0.1:port/peta", "write postgresql://user:password@host:5432/database"),
        ("mysql://someone:secret@localhost/peta", "write postgresql://user:password@host:5432/database"),
        ("postgresql://someone:secret@127.0.0.1:{free}/peta", "check DATABASE_URL"),
        ("postgresql://someone:secret@no.such.host.invalid/peta", "check DATABASE_URL"),
    ],
)
def test_a_broken_database_address_is_named_without_its_password(house: House, address: str, advice: str) -> None:
    status, said = house.run("scripts/server", PORT=str(house.port), DATABASE_URL=address.format(free=free_port()))
    assert status == 1
    assert advice in _one_line(said)
    assert "secret" not in said


def test_a_broken_database_address_is_named_before_anything_is_fetched(bare_house: House) -> None:
    status, said = bare_house.run("scripts/server", DATABASE_URL="foo")
    assert status == 1
    assert "write postgresql://user:password@host:5432/database" in _one_line(said)
    assert not (bare_house.folder / ".venv").exists()


def test_a_database_that_is_not_there_is_named(house: House, database_url: str) -> None:
    nowhere = make_url(database_url).set(database="none").render_as_string(hide_password=False)
    status, said = house.run("scripts/server", PORT=str(house.port), DATABASE_URL=nowhere)
    assert status == 1
    assert 'database "none" does not exist' in _one_line(said)


def test_a_wrong_python_leads_to_the_right_one(bare_house: House, tmp_path: Path) -> None:
    path = _only(tmp_path / "bin", "bash", "env", "dirname", "readlink")
    old = Path(path) / "python3"
    old.write_text('#!/bin/bash\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    old.chmod(0o755)
    status, said = bare_house.run("scripts/server", PATH=path)
    assert status == 1
    assert _one_line(said).startswith("Python 3.11 or later is missing here (found: Python 3.9.2): apt-get install")


def test_no_network_is_said_at_the_first_download(bare_house: House) -> None:
    status, said = bare_house.run("scripts/server", "--port", "8000", within=("unshare", *ALONE, "--net"))
    assert status == 1
    assert _one_line(said).startswith("No network: ")


def test_a_disk_without_room_is_said_before_anything_is_written(bare_house: House) -> None:
    steps = (
        'mount -t tmpfs -o size=60m tmpfs "$1"',
        'cp -r "${2%/scripts/server}" "$1/house"',
        'exec "$1/house/scripts/server"',
    )
    mounted = bare_house.folder.parent / "small disk"
    mounted.mkdir()
    within = ("unshare", *ALONE, "--mount", "bash", "-c", " && ".join(steps), "bash", str(mounted))
    status, said = bare_house.run("scripts/server", within=within, PORT=str(bare_house.port))
    assert status == 1
    assert _one_line(said).startswith(f"The disk has no room: {mounted}/house has 0.")


def test_an_ordinary_user_who_lacks_a_part_gets_the_one_line_to_type(bare_house: House) -> None:
    path = _only(bare_house.folder.parent / "bin", "bash", "env", "dirname", "readlink", "python3", "apt-get")
    nobody = (str(shutil.which("setpriv")), "--reuid", "65534", "--regid", "65534", "--clear-groups")
    within = nobody if os.geteuid() == 0 else ()
    status, said = bare_house.run("scripts/test", within=within, PATH=path, HOME="/nonexistent")
    assert status == 1
    assert _one_line(said) == (
        "Something is missing that only an administrator can install: "
        "apt-get install --no-install-recommends chromium fonts-dejavu-core gdal-bin"
    )


@pytest.mark.parametrize(
    ("variable", "value", "wanted"),
    [
        ("PETA_TRUSTED_PROXIES", "ya", "a whole number"),
        ("PETA_EXPORT_LIMIT_MB", "200MB", "a whole number"),
        ("PETA_METRICS_FROM", "tetangga", "networks with commas between"),
        ("PETA_LOG_LEVEL", "loud", "one of DEBUG, INFO"),
    ],
)
def test_a_mistyped_setting_is_named_with_what_belongs_there(
    bare_house: House, variable: str, value: str, wanted: str
) -> None:
    status, said = bare_house.run("scripts/server", **{variable: value})
    assert status == 1
    assert _one_line(said).startswith(f"{variable} must be {wanted}")
    assert f"not “{value}”" in said
