"""Complaints: what citizens report and how far the repair has come."""

from layers.complaints.categories import CATEGORIES, KIND_CHOICES, POSITIONS, STATES
from layers.complaints.table import PUBLIC_ROWS, Complaint
from layers.layer import Field, Layer, Licence, Text, Zooms

LAYER = Layer(
    id="complaints",
    title=Text("Laporan warga", "Complaints"),
    about=Text(
        "Masalah yang dilaporkan warga dan sejauh mana ditangani.",
        "What citizens reported and how far it has come.",
    ),
    table=Complaint,
    geometry="Point",
    classify="category",
    fields=(
        Field("name", Text("Judul", "Title"), tile=True, search=True),
        Field("number", Text("Nomor", "Number"), search=True),
        Field(
            "category",
            Text("Jenis masalah", "Category"),
            "choice",
            tile=True,
            filter=True,
            choices=CATEGORIES,
        ),
        Field("kind", Text("Rincian", "Kind"), "choice", filter=True, choices=KIND_CHOICES),
        Field("state", Text("Status", "State"), "choice", tile=True, filter=True, choices=STATES),
        Field("precision", Text("Letak", "Position"), "choice", choices=POSITIONS),
        Field("story", Text("Uraian", "Description")),
        Field("description", Text("Uraian asli", "Description as written"), public=False),
        Field("channel", Text("Saluran", "Channel"), filter=True),
        Field("reported_at", Text("Dilaporkan", "Reported at"), "datetime"),
        Field("closed_at", Text("Ditutup", "Closed at"), "datetime"),
        Field("agency", Text("Dinas penanggung jawab", "Responsible agency"), filter=True),
        Field("due_on", Text("Batas waktu", "Due on"), "date"),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Warga kabupaten", "Citizens of the regency"),
    datetime_field="reported_at",
    zooms=Zooms(first=5, near=11),
    needs=("areas", "roads"),
    public_rows=PUBLIC_ROWS,
    sample="layers.complaints.sample:rows",
    order=50,
)
