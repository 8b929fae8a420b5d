"""What files from outside say about complaints."""

from layers.reading.meaning import Meaning

MEANING = Meaning(
    lasting=True,
    identified_by="number",
    columns={
        "name": ("judul", "title"),
        "number": ("nomor", "no_laporan", "id"),
        "category": ("kategori", "jenis"),
        "state": ("status",),
        "description": ("uraian", "isi", "keterangan"),
        "channel": ("saluran", "kanal"),
        "reported_at": ("dilaporkan", "tanggal", "tanggal_lapor", "created"),
        "closed_at": ("ditutup", "tanggal_selesai", "closed"),
    },
    constants={"state": "received", "precision": "point"},
)
