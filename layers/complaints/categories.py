"""What complaints are about: the categories of the legend, and below each the kinds that people choose from."""

from dataclasses import dataclass

from layers.complaints.table import POINT, VILLAGE
from layers.complaints.workflow import STATES as WORKFLOW
from layers.layer import Choice, Text

CATEGORIES = (
    Choice("jalan_rusak", Text("Jalan rusak", "Damaged road"), "#b2182b", "roadblock"),
    Choice("jembatan", Text("Jembatan", "Bridge"), "#8c510a", "bridge"),
    Choice("drainase", Text("Saluran air dan banjir", "Drains and floods"), "#0571b0", "water"),
    Choice("lampu_jalan", Text("Lampu jalan", "Street light"), "#8a6100", "lighthouse"),
    Choice("sampah", Text("Sampah menumpuk", "Dumped waste"), "#5c4033", "waste-basket"),
    Choice("internet", Text("Internet dan sinyal", "Internet and signal"), "#4a3b8f", "mobile-phone"),
    Choice("air_bersih", Text("Air bersih", "Clean water"), "#2b7bba", "drinking-water"),
    Choice("layanan_kantor", Text("Layanan kantor", "Office service"), "#0b6e69", "information"),
    Choice("lain", Text("Lainnya", "Other"), "#5b7f7c", "marker"),
)
STATES = tuple(Choice(state.id, state.label) for state in WORKFLOW)
POSITIONS = (
    Choice(POINT, Text("titik yang ditunjukkan", "the spot that was shown")),
    Choice(VILLAGE, Text("titik perkiraan, hanya desanya", "approximate, only its village")),
)


@dataclass(frozen=True)
class Kind:
    """One kind of complaint, below a category; which class and agency it has stands in the table complaint_kind."""

    id: str
    category: str
    title: Text


KINDS = tuple(
    Kind(id, category, Text(indonesian, english))
    for category, kinds in {
        "jalan_rusak": (
            ("jalan_berlubang", "Jalan berlubang", "Pothole"),
            ("jalan_ambles", "Jalan ambles atau longsor", "Road sunk or washed away"),
            ("jalan_licin", "Jalan licin atau berlumpur", "Slippery or muddy road"),
            ("trotoar", "Bahu jalan atau trotoar rusak", "Damaged shoulder or pavement"),
            ("rambu_marka", "Rambu, marka, atau pagar jalan", "Sign, marking or guard rail"),
        ),
        "jembatan": (
            ("jembatan_rusak", "Lantai atau tiang jembatan rusak", "Damaged bridge deck or pillar"),
            ("pagar_jembatan", "Pagar jembatan rusak", "Damaged bridge railing"),
            ("gorong_gorong", "Gorong-gorong ambles", "Collapsed culvert"),
        ),
        "drainase": (
            ("saluran_tersumbat", "Saluran tersumbat", "Blocked drain"),
            ("saluran_pecah", "Saluran atau tutupnya pecah", "Broken drain or drain cover"),
            ("genangan", "Genangan atau banjir", "Standing water or flood"),
            ("tanggul", "Tanggul atau tebing sungai longsor", "Collapsed dike or river bank"),
        ),
        "lampu_jalan": (
            ("lampu_mati", "Lampu jalan mati", "Street light out"),
            ("tiang_lampu", "Tiang atau kabel lampu rusak", "Damaged lamp post or cable"),
            ("lampu_lalu_lintas", "Lampu lalu lintas rusak", "Traffic light out of order"),
            ("usul_lampu", "Usul lampu jalan baru", "Proposal for a new street light"),
        ),
        "sampah": (
            ("tumpukan_sampah", "Sampah menumpuk di tepi jalan", "Waste piled up at the roadside"),
            ("sampah_tak_diangkut", "Sampah tidak diangkut", "Waste not collected"),
            ("tps_penuh", "TPS penuh atau berbau", "Waste site full or smelling"),
            ("buang_sembarangan", "Sampah dibuang ke sungai atau saluran", "Waste thrown into a river or drain"),
            ("pencemaran", "Pencemaran: asap, limbah, bau pabrik", "Pollution: smoke, sewage, smell of a factory"),
        ),
        "internet": (
            ("sinyal_hilang", "Tidak ada sinyal", "No signal"),
            ("internet_lambat", "Internet lambat", "Slow internet"),
            ("wifi_publik", "Wi-Fi umum mati", "Public Wi-Fi out of order"),
            ("menara", "Menara telekomunikasi", "Telecommunication tower"),
        ),
        "air_bersih": (
            ("air_mati", "Air tidak mengalir", "No water"),
            ("air_keruh", "Air keruh atau berbau", "Cloudy or smelling water"),
            ("pipa_bocor", "Pipa bocor", "Leaking pipe"),
            ("sumur_bor", "Sumur bor atau pompa rusak", "Well or pump out of order"),
        ),
        "layanan_kantor": (
            ("antrean", "Antrean terlalu lama", "Queue too long"),
            ("kantor_tutup", "Kantor tutup pada jam kerja", "Office closed during its hours"),
            ("berkas_terlambat", "KTP, KK, atau akta terlambat", "Identity card or certificate late"),
            ("sikap_petugas", "Sikap petugas", "Conduct of staff"),
            ("pungutan_liar", "Diminta biaya yang tidak resmi", "Asked for an unofficial fee"),
            ("layanan_kesehatan", "Layanan puskesmas atau rumah sakit", "Health centre or hospital"),
            ("layanan_sekolah", "Layanan sekolah", "School"),
            ("bantuan_sosial", "Bantuan sosial", "Social assistance"),
            ("tanya_layanan", "Bertanya tentang layanan", "Question about a service"),
        ),
        "lain": (
            ("pohon", "Pohon tumbang atau rawan tumbang", "Tree fallen or about to fall"),
            ("hewan_liar", "Hewan liar atau ternak lepas", "Stray animals or livestock"),
            ("ketertiban", "Gangguan ketertiban", "Public disorder"),
            ("fasilitas_umum", "Taman, lapangan, atau fasilitas umum", "Park, field or public facility"),
            ("usul_saran", "Usul dan saran", "Proposals and suggestions"),
        ),
    }.items()
    for id, indonesian, english in kinds
)
CATEGORY_OF = {category.id: category.id for category in CATEGORIES} | {kind.id: kind.category for kind in KINDS}
TITLES = {category.id: category.title for category in CATEGORIES} | {kind.id: kind.title for kind in KINDS}
KIND_CHOICES = tuple(Choice(kind.id, kind.title) for kind in KINDS)


def category_of(kind: str) -> str:
    """Give the category of the legend that a kind (or category) belongs to; raises KeyError for neither."""
    return CATEGORY_OF[kind]
