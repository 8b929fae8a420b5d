"""What files from outside say about offices."""

import pyarrow as pa
import pyarrow.compute as pc
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # missing in its stubs

from layers.offices.acts import assign_default_services
from layers.offices.written_hours import osm_notation
from layers.reading.meaning import Meaning
from layers.reading.refusal import Kind
from layers.reading.rows import Rows


def read_hours(rows: Rows) -> None:
    """Turn opening hours as clerks type them into OSM's notation, and refuse what cannot be read."""
    written = rows.values.get("opening_hours")
    if written is None:
        return
    unique = written.dictionary_encode()
    understood = pa.array([text and _osm(text) for text in unique.dictionary.to_pylist()], pa.string())
    hours = understood.take(unique.indices)
    lost = pc.and_(pc.is_valid(written), pc.is_null(hours)).to_numpy(zero_copy_only=False)
    rows.refuse(
        lost,
        Kind.UNREADABLE_VALUE,
        lambda i: f"Jam buka “{written[i]}” tidak terbaca. Tulis misalnya Senin-Jumat 07.30-16.00.",
    )
    rows.values["opening_hours"] = hours


def _osm(text: str) -> str | None:
    for notation in (text, osm_notation(text)):
        try:
            if notation:
                OpeningHours(notation)
                return notation
        except ParserError:
            continue
    return None


MEANING = Meaning(
    columns={
        "name": ("nama", "sekolah", "nama_kantor", "namobj"),
        "kind": ("jenis", "bentuk"),
        "address": ("alamat", "alamat_jalan"),
        "phone": ("telepon", "telp", "no_telp"),
        "website": ("situs", "web"),
        "opening_hours": ("jam_buka", "jam_layanan"),
        "wheelchair": ("kursi_roda",),
        "photo_url": ("foto",),
        "ownership": ("pemilik", "kepemilikan"),
        "capacity": ("kapasitas", "daya_tampung"),
        "checked_on": ("diperiksa",),
    },
    values={
        "kind": {
            "kantor kepala desa": "kantor_desa",
            "kantor lurah": "kantor_kelurahan",
            "kantor polisi": "polisi",
            "tk": "paud",
            "kb": "paud",
            "mi": "sd",
            "mts": "smp",
            "ma": "sma",
            "smk": "sma",
            "disdukcapil": "dukcapil",
            "rs": "rumah_sakit",
            "rsud": "rumah_sakit",
        },
        "wheelchair": {"ya": "yes", "bisa": "yes", "terbatas": "limited", "tidak": "no"},
    },
    complete=read_hours,
    named=("name",),
    afterwards=assign_default_services,
)
