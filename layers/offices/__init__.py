"""Service offices: where people go, what they get there and when it is open."""

from layers.layer import Choice, Field, Layer, Licence, Text, Zooms
from layers.offices.kinds import KINDS
from layers.offices.table import Office

WHEELCHAIR = (
    Choice("yes", Text("Bisa dengan kursi roda", "Wheelchair accessible")),
    Choice("limited", Text("Kursi roda terbatas", "Limited wheelchair access")),
    Choice("no", Text("Tidak bisa dengan kursi roda", "Not wheelchair accessible")),
)

LAYER = Layer(
    id="offices",
    title=Text("Kantor layanan", "Service offices"),
    about=Text(
        "Kantor pemerintah, kesehatan, keamanan, sekolah, dan tempat layanan lain.",
        "Government, health, safety, schools and other places that serve the public.",
    ),
    table=Office,
    geometry="Point",
    classify="kind",
    fields=(
        Field("name", Text("Nama", "Name"), tile=True, search=True),
        Field("kind", Text("Jenis", "Kind"), "choice", tile=True, filter=True, choices=KINDS),
        Field("address", Text("Alamat", "Address"), search=True),
        Field("phone", Text("Telepon", "Phone")),
        Field("website", Text("Situs", "Website"), "link"),
        Field("opening_hours", Text("Jam buka", "Opening hours"), "hours"),
        Field("wheelchair", Text("Kursi roda", "Wheelchair"), "choice", filter=True, choices=WHEELCHAIR),
        Field("photo_url", Text("Foto", "Photo"), "link"),
        Field("ownership", Text("Pemilik", "Ownership"), filter=True),
        Field(
            "capacity",
            Text("Daya tampung (orang, kursi, atau tempat tidur)", "Capacity (people, seats or beds)"),
            "integer",
            least=0,
        ),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Diperiksa", "Checked on"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Pemerintah kabupaten, BIG, Kemendikdasmen", "Regency, BIG, Ministry of Education"),
    zooms=Zooms(first=5, near=11),
    needs=("areas", "roads"),
    sample="layers.offices.sample:rows",
    related="layers.offices.related:related",
    order=10,
)
