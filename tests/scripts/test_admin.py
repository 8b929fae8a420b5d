"""scripts/admin as an administrator types it, on a real database."""

import csv
import subprocess
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, text

from layers.offices.queries import services
from layers.rasters.acts import Arrival, import_raster
from layers.records import identities, keys
from layers.records.actors import SYSTEM
from layers.records.calendar import calendar, holidays
from layers.records.identities import Contact
from layers.records.preferences import emergency_numbers, preference
from scripts.administration.__main__ import parser
from scripts.setup.progress import Trouble
from tests.geo.test_rasters import LAMPUNG
from tests.geo.test_rasters import write as grid
from tests.layers.rasters.test_acts import CLERK

ROOT = Path(__file__).parents[2]


def admin(connection: Connection, *words: str) -> list[str]:
    arguments = parser().parse_args(words)
    return list(arguments.act(connection, arguments))


def trail(connection: Connection) -> list[tuple[str, str]]:
    return [tuple(row) for row in connection.execute(text("select act, subject from event order by id"))]


def write(path: Path, rows: list[dict[str, str]]) -> str:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def test_the_regency_and_its_clock_are_set_and_stand_in_the_trail(connection: Connection) -> None:
    assert admin(connection, "preferences", "regency", "91.71") == ["regency: 91.71", "time_zone: Asia/Jayapura"]
    assert (preference(connection, "regency"), preference(connection, "time_zone")) == ("91.71", "Asia/Jayapura")
    assert trail(connection) == [("set_preference", "regency"), ("set_preference", "time_zone")]
    assert admin(connection, "preferences", "show")[:2] == ["regency: 91.71", "time_zone: Asia/Jayapura"]


def test_another_clock_can_be_set_afterwards(connection: Connection) -> None:
    admin(connection, "preferences", "regency", "91.71")
    admin(connection, "preferences", "time-zone", "Asia/Makassar")
    assert preference(connection, "time_zone") == "Asia/Makassar"


def test_the_numbers_to_call_are_the_regency_s_own(connection: Connection) -> None:
    assert ("112", "Darurat") in emergency_numbers(connection)
    admin(connection, "preferences", "emergency", "112 Darurat; 0724 21234 RSUD Ryacudu")
    admin(connection, "preferences", "elsewhere", "Lapor ke kecamatan")
    assert preference(connection, "elsewhere") == "Lapor ke kecamatan"
    assert [number for number, _ in emergency_numbers(connection)] == ["112", "0724 21234"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("emergency", "Polisi"),
        ("emergency", "110"),
        ("regency", "Lampung"),
        ("time-zone", "WIB"),
        ("time-zone", "../etc/passwd"),
        ("time-zone", "Asia"),
        ("retention", "1"),
        ("public-words", "mungkin"),
    ],
)
def test_a_wrong_preference_is_refused_and_changes_nothing(connection: Connection, key: str, value: str) -> None:
    with pytest.raises(Trouble):
        admin(connection, "preferences", key, value)
    assert trail(connection) == []


def test_older_keys_go_only_when_nothing_is_sealed_with_them(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETA_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://")
    identities.keep(connection, tmp_path, SYSTEM, "complaint:1", Contact("Siti"), "Ya")
    keys.extend(tmp_path, identities.RING)
    with pytest.raises(Trouble, match="reseal dahulu"):
        admin(connection, "identities", "drop-keys")
    assert admin(connection, "identities", "reseal")[0].startswith("1 kontak")
    admin(connection, "identities", "drop-keys")
    assert len(keys.ring(tmp_path, identities.RING)) == 1
    assert identities.look(connection, tmp_path, SYSTEM, "complaint:1") == Contact("Siti")


def test_a_holiday_comes_and_goes(connection: Connection) -> None:
    admin(connection, "holidays", "add", "2026-06-15", "Hari jadi", "--source", "Perda 1/2026")
    assert date(2026, 6, 15) in calendar(connection).holidays
    assert any("Hari jadi" in line for line in admin(connection, "holidays", "list", "2026"))
    admin(connection, "holidays", "remove", "2026-06-15")
    assert date(2026, 6, 15) not in calendar(connection).holidays
    assert trail(connection) == [("keep_holiday", "2026-06-15"), ("remove_holiday", "2026-06-15")]


def test_a_year_without_holidays_says_what_that_means(connection: Connection) -> None:
    (line,) = admin(connection, "holidays", "list", "2031")
    assert "Belum ada" in line


def test_a_decree_takes_the_place_of_the_estimates(connection: Connection, tmp_path: Path) -> None:
    decree = {"day": "2027-03-10", "name": "Idul Fitri 1448 H", "kind": "nasional", "source": "SKB 2027"}
    admin(connection, "holidays", "import", write(tmp_path / "skb.csv", [decree]), "--replace")
    assert [h.day for h in holidays(connection, 2027)] == [date(2027, 3, 10)]
    assert len(holidays(connection, 2026)) == 25


@pytest.mark.parametrize(
    "wrong",
    [{"day": "10 Maret 2027"}, {"kind": "pesta"}, {"name": ""}, {"source": " "}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_wrong_row_is_named_and_no_row_is_kept(connection: Connection, tmp_path: Path, wrong: dict[str, str]) -> None:
    good = {"day": "2028-01-01", "name": "Tahun Baru", "kind": "nasional", "source": "SKB"}
    path = write(tmp_path / "libur.csv", [good, good | wrong])
    with pytest.raises(Trouble, match="Baris 3"):
        admin(connection, "holidays", "import", path)
    assert holidays(connection, 2028) == []


@pytest.mark.parametrize("content", [b"", b"day;name\n", b"\xff\xfe\x00", b"day,name\n2027-01-01,x\n"])
def test_a_file_that_is_no_list_of_holidays_is_refused(connection: Connection, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(Trouble, match=r"x\.csv"):
        admin(connection, "holidays", "import", str(tmp_path / "x.csv"))


def test_a_service_is_renewed_from_a_file_and_given_by_its_kinds(connection: Connection, tmp_path: Path) -> None:
    row = {"id": "sim", "name": "SIM", "name_en": "Licence", "requirements": "", "cost": "Rp1", "duration": ""}
    path = write(tmp_path / "layanan.csv", [row | {"legal_basis": "", "source": "PP", "kinds": "polisi damkar"}])
    before = len(services(connection))
    admin(connection, "services", "import", path)
    licence = next(service for service in services(connection) if service.id == "sim")
    assert (licence.cost, licence.requirements, len(services(connection))) == ("Rp1", None, before)
    connection.execute(
        text(
            "insert into office (source, source_id, kind, geom) values ('uji', '1', 'damkar', st_point(105, -5, 4326))"
        )
    )
    admin(connection, "services", "assign")
    given = connection.execute(text("select service_id from office_service order by 1")).scalars().all()
    assert given == ["kebakaran", "sim"]


def test_one_office_may_give_what_its_kind_does_not(connection: Connection) -> None:
    office = connection.scalar(
        text(
            """insert into office (source, source_id, kind, geom) values ('uji', '1', 'polisi', st_point(105, -5, 4326))
               returning id"""
        )
    )
    admin(connection, "services", "give", "sim", str(office))
    admin(connection, "services", "withdraw", "sim", str(office))
    with pytest.raises(Trouble):
        admin(connection, "services", "withdraw", "sim", str(office))
    assert [act for act, _ in trail(connection)] == ["give_service", "withdraw_service"]


def test_a_service_that_is_not_there_cannot_be_given(connection: Connection) -> None:
    with pytest.raises(Trouble, match="tidak ada"):
        admin(connection, "services", "give", "terbang", "1")


def test_the_command_runs_from_any_folder(database_url: str, tmp_path: Path) -> None:
    command = [str(ROOT / "scripts" / "admin"), "holidays", "list", "2026"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={"DATABASE_URL": database_url, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "Idul Fitri 1447 H" in done.stdout


def test_a_raster_is_listed_and_taken_off_the_map(connection: Connection, tmp_path: Path) -> None:
    path = grid(tmp_path / "a.tif", np.arange(900, dtype=np.float32).reshape(30, 30))
    import_raster(connection, CLERK, Arrival(path, "uji", "terrain", "Uji", "Uji"), LAMPUNG, tmp_path)
    assert admin(connection, "rasters", "list") == ["uji  Uji  30 × 30 sel  [Uji]"]
    assert admin(connection, "rasters", "remove", "uji") == ["uji dihapus dari peta."]
    with pytest.raises(Trouble, match="bukan raster"):
        admin(connection, "rasters", "remove", "uji")
