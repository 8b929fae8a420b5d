"""Works come in from a spreadsheet; what contradicts itself stays out, with the reason in words."""

from pathlib import Path

from openpyxl import Workbook
from sqlalchemy import Engine, text

from tests.layers.reading.files import Bring

HEAD = ("kode_paket", "nama_paket", "jenis_pekerjaan", "status", "opd", "sumber_dana", "tahun_anggaran", "pagu")
HEAD += ("nomor_kontrak", "tanggal_kontrak", "nilai_kontrak", "penyedia", "rencana_mulai", "rencana_selesai")
HEAD += ("tanggal_mulai", "tanggal_selesai", "progres", "realisasi", "bujur", "lintang")
GOOD = {
    "kode_paket": "A1", "nama_paket": "Rehabilitasi Ruas A", "jenis_pekerjaan": "Rehabilitasi", "status": "Berjalan",
    "opd": "Dinas PUPR", "sumber_dana": "DAK Fisik", "tahun_anggaran": 2026, "pagu": "1.250.000.000",
    "nomor_kontrak": "600/1", "tanggal_kontrak": "1/6/2026", "nilai_kontrak": 1_200_000_000, "penyedia": "CV Uji",
    "rencana_mulai": "2026-06-10", "rencana_selesai": "2026-11-30", "tanggal_mulai": "12 Juni 2026",
    "progres": 45, "realisasi": 400_000_000, "bujur": 104.05, "lintang": -4.95,
}  # fmt: skip


def spreadsheet(path: Path, *rows: dict[str, object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    for row in rows:
        sheet.append([row.get(name) for name in HEAD])
    book.save(path)
    return path


def test_works_of_a_spreadsheet_come_onto_the_map(home: Bring, empty: Engine, tmp_path: Path) -> None:
    odd: dict[str, dict[str, object]] = {
        "B1": {"pagu": -5},
        "B2": {"progres": 130},
        "B3": {"rencana_selesai": "2026-01-01"},
        "B4": {"tanggal_selesai": "2026-11-01"},
        "B5": {"status": "Tender"},
        "B6": {"tahun_anggaran": "TA26"},
        "B7": {"bujur": 110.0},
        "B8": {"nama_paket": None},
        "B9": {"rencana_mulai": "0026-06-10"},
        "B10": {"rencana_mulai": "1826-06-10"},
        "B11": {"tahun_anggaran": 1826},
    }
    file = spreadsheet(tmp_path / "paket.xlsx", GOOD, *({**GOOD, "kode_paket": code} | odd[code] for code in odd))
    outcome = home("works", file)
    assert (outcome.written.added, outcome.refused.total()) == (1, len(odd))
    with empty.connect() as connection:
        (work,) = connection.execute(text("select * from work")).all()
    assert (work.kind, work.stage, work.agency, work.fund) == ("rehabilitasi_jalan", "under_way", "pupr", "dak")
    assert (work.budget, work.contract_value, work.year) == (1_250_000_000, 1_200_000_000, "2026")
    assert (work.number, work.village_code) == (f"P-{work.id}", "18.03.01.2001")


def test_a_road_finished_in_1998_comes_in_with_its_days_and_its_budget_year(
    home: Bring, empty: Engine, tmp_path: Path
) -> None:
    days = {"tanggal_kontrak": "1/2/1998", "rencana_mulai": "1998-02-10", "rencana_selesai": "1998-06-30"}
    days |= {"tanggal_mulai": "12 Februari 1998", "tanggal_selesai": "1 Juli 1998"}
    file = spreadsheet(
        tmp_path / "lama.xlsx", GOOD | {"status": "Selesai", "progres": 100, "tahun_anggaran": 1998} | days
    )
    assert home("works", file).written.added == 1
    with empty.connect() as connection:
        (work,) = connection.execute(text("select year, contract_on::text, finished_on::text from work")).all()
    assert tuple(work) == ("1998", "1998-02-01", "1998-07-01")


def test_the_same_file_again_changes_nothing(home: Bring, tmp_path: Path) -> None:
    file = spreadsheet(tmp_path / "paket.xlsx", GOOD)
    home("works", file)
    again = home("works", file)
    assert (again.written.added, again.written.changed) == (0, 0)
