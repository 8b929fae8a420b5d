"""What spreadsheets from outside say about works, and what a work cannot be."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from layers.reading.meaning import Meaning
from layers.reading.refusal import Kind
from layers.reading.rows import Rows
from layers.records.calendar import FIRST_DAY, LAST_DAY
from layers.works.guards import is_year

MONEY = {"budget": "Anggaran", "contract_value": "Nilai kontrak", "spent": "Yang sudah dibayar"}
DAYS = {
    "stage_on": "Tahap sejak",
    "contract_on": "Tanggal kontrak",
    "planned_start": "Rencana mulai",
    "planned_end": "Rencana selesai",
    "started_on": "Tanggal mulai",
    "finished_on": "Tanggal selesai",
}
BOUND = ("contracted", "under_way", "finished", "maintained")


def check_works(rows: Rows) -> None:
    """Refuse works whose money, dates, progress and stage contradict each other."""
    for name, title in MONEY.items():
        below = _holds(rows, name, lambda column: pc.less(column, 0))
        rows.refuse(below, Kind.CONTRADICTION, f"{title} di bawah nol: isi jumlah dalam rupiah penuh.")
    odd = _holds(rows, "progress", lambda column: pc.or_(pc.less(column, 0), pc.greater(column, 100)))
    rows.refuse(odd, Kind.CONTRADICTION, "Kemajuan harus dari 0 sampai 100 persen.")
    _check_year(rows)
    for name, title in DAYS.items():
        slip = _holds(rows, name, _beyond)
        rows.refuse(slip, Kind.UNREADABLE_VALUE, f"{title}: periksa tahunnya, dari 1900 sampai 2099.")
    _check_order(rows, "planned_start", "planned_end", "Rencana selesai mendahului rencana mulai.")
    _check_order(rows, "started_on", "finished_on", "Tanggal selesai mendahului tanggal mulai.")
    _check_stage(rows)


def _check_year(rows: Rows) -> None:
    years = rows.values.get("year")
    if years is not None:
        odd = np.array([year is not None and not is_year(year) for year in years.to_pylist()])
        rows.refuse(odd, Kind.UNREADABLE_VALUE, "Tahun anggaran ditulis dengan empat angka, dari 1900 sampai 2099.")


def _beyond(days: pa.Array) -> pa.Array:
    """Mark the days of no year of our time; days are texts such as 2026-11-21, which sort as days do."""
    return pc.or_(pc.less(days, str(FIRST_DAY)), pc.greater(days, str(LAST_DAY)))


def _check_order(rows: Rows, first: str, then: str, reason: str) -> None:
    before, after = rows.values.get(first), rows.values.get(then)
    if before is not None and after is not None:
        rows.refuse(_mask(pc.less(after, before)), Kind.CONTRADICTION, reason)


def _check_stage(rows: Rows) -> None:
    stage, agreed, ended = (rows.values.get(name) for name in ("stage", "contract_value", "finished_on"))
    if stage is None:
        return
    unfinished = pc.and_(pc.invert(pc.is_in(stage, pa.array(["finished", "maintained"]))), _known(ended, len(stage)))
    rows.refuse(_mask(unfinished), Kind.CONTRADICTION, "Ada tanggal selesai, padahal tahapnya belum selesai.")
    unbound = pc.and_(pc.invert(pc.is_in(stage, pa.array([*BOUND, "cancelled"]))), _known(agreed, len(stage)))
    rows.refuse(_mask(unbound), Kind.CONTRADICTION, "Ada nilai kontrak, padahal tahapnya belum terkontrak.")


def _known(column: pa.Array | None, length: int) -> pa.Array:
    return pa.array(np.zeros(length, bool)) if column is None else pc.is_valid(column)


def _holds(rows: Rows, name: str, wrong: object) -> np.ndarray:
    column = rows.values.get(name)
    return np.zeros(len(rows.good), bool) if column is None else _mask(wrong(column))  # type: ignore[operator]


def _mask(found: pa.Array) -> np.ndarray:
    mask: np.ndarray = pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return mask


MEANING = Meaning(
    columns={
        "name": ("nama_paket", "nama_pekerjaan", "pekerjaan", "paket", "nama"),
        "kind": ("jenis", "jenis_pekerjaan"),
        "stage": ("tahap", "status"),
        "stage_on": ("tahap_sejak",),
        "description": ("uraian", "keterangan"),
        "agency": ("opd", "dinas"),
        "fund": ("sumber_dana",),
        "year": ("tahun", "tahun_anggaran"),
        "budget": ("pagu", "anggaran", "pagu_anggaran"),
        "contract_number": ("nomor_kontrak", "no_kontrak"),
        "contract_on": ("tanggal_kontrak", "tgl_kontrak"),
        "contract_value": ("nilai_kontrak",),
        "contractor": ("penyedia", "kontraktor", "pelaksana"),
        "spent": ("realisasi", "realisasi_keuangan", "dibayar"),
        "progress": ("kemajuan", "progres", "realisasi_fisik"),
        "planned_start": ("rencana_mulai",),
        "planned_end": ("rencana_selesai",),
        "started_on": ("mulai", "tanggal_mulai"),
        "finished_on": ("selesai", "tanggal_selesai"),
        "checked_on": ("diperiksa",),
    },
    values={
        "stage": {
            "rencana": "planned",
            "perencanaan": "planned",
            "penganggaran": "budgeted",
            "tender": "tendered",
            "lelang": "tendered",
            "kontrak": "contracted",
            "pelaksanaan": "under_way",
            "berjalan": "under_way",
            "selesai 100%": "finished",
            "batal": "cancelled",
        },
        "kind": {
            "rehabilitasi": "rehabilitasi_jalan",
            "rekonstruksi": "rekonstruksi_jalan",
            "pemeliharaan berkala": "pemeliharaan_jalan",
            "pemeliharaan rutin": "pemeliharaan_jalan",
            "peningkatan jalan": "rekonstruksi_jalan",
        },
        "agency": {
            "dinas pekerjaan umum dan penataan ruang": "pupr",
            "dinas pupr": "pupr",
            "dinas lingkungan hidup": "dlh",
            "dinas perhubungan": "dishub",
            "dinas kesehatan": "dinkes",
            "dinas perumahan dan kawasan permukiman": "perkim",
        },
        "fund": {"apbd": "apbd_kabupaten", "dak fisik": "dak", "dd": "dana_desa"},
    },
    complete=check_works,
    lasting=True,
    named=("name",),
)
