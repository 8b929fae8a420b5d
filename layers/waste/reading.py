"""What files from outside say about waste sites."""

from layers.reading.meaning import Meaning

MEANING = Meaning(
    columns={
        "name": ("nama", "nama_tps", "namobj"),
        "kind": ("jenis", "tipe"),
        "capacity": ("kapasitas",),
        "capacity_unit": ("satuan", "satuan_kapasitas"),
        "pickup_days": ("hari_angkut", "jadwal"),
        "operator": ("pengelola",),
        "checked_on": ("diperiksa",),
    },
    values={"kind": {"tps 3r": "tps3r", "tps-3r": "tps3r", "bank sampah": "bank_sampah"}},
)
