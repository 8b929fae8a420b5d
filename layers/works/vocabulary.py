"""What works are, who pays for them, and what documents tell of them; with the code of OC4IDS 0.9.5 for each."""

from layers.layer import Choice, Text

KINDS = (
    Choice("pembangunan_jalan", Text("Pembangunan jalan", "New road")),
    Choice("rekonstruksi_jalan", Text("Rekonstruksi jalan", "Road reconstruction")),
    Choice("rehabilitasi_jalan", Text("Rehabilitasi jalan", "Road rehabilitation")),
    Choice("pemeliharaan_jalan", Text("Pemeliharaan jalan", "Road maintenance")),
    Choice("jembatan", Text("Jembatan dan gorong-gorong", "Bridge or culvert")),
    Choice("drainase", Text("Drainase", "Drainage")),
    Choice("lampu_jalan", Text("Lampu jalan", "Street lights")),
    Choice("gedung", Text("Gedung kantor", "Office building")),
    Choice("kesehatan", Text("Gedung kesehatan", "Health building")),
    Choice("sekolah", Text("Gedung sekolah", "School building")),
    Choice("air_bersih", Text("Air bersih", "Clean water")),
    Choice("persampahan", Text("Persampahan", "Waste")),
    Choice("telekomunikasi", Text("Internet dan sinyal", "Internet and signal")),
    Choice("lain", Text("Lainnya", "Other")),
)
TITLES = {kind.id: kind.title for kind in KINDS}
ROADWORKS = ("pembangunan_jalan", "rekonstruksi_jalan", "rehabilitasi_jalan", "pemeliharaan_jalan")  # mend the surface
FUNDS = (
    Choice("apbd_kabupaten", Text("APBD Kabupaten", "Regency budget")),
    Choice("apbd_provinsi", Text("APBD Provinsi", "Provincial budget")),
    Choice("apbn", Text("APBN", "State budget")),
    Choice("dak", Text("Dana Alokasi Khusus (DAK)", "Special allocation fund (DAK)")),
    Choice("dana_desa", Text("Dana Desa", "Village fund")),
    Choice("lain", Text("Sumber lain", "Other source")),
)
CONDITIONS = (
    Choice("baik", Text("Baik", "Good")),
    Choice("sedang", Text("Sedang", "Fair")),
    Choice("rusak_ringan", Text("Rusak ringan", "Lightly damaged")),
    Choice("rusak_berat", Text("Rusak berat", "Heavily damaged")),
)
DOCUMENTS = (
    Choice("contractSigned", Text("Kontrak", "Signed contract")),
    Choice("contractAmendment", Text("Adendum kontrak", "Contract amendment")),
    Choice("tenderNotice", Text("Pengumuman tender", "Tender notice")),
    Choice("billOfQuantity", Text("RAB", "Bill of quantity")),
    Choice("technicalSpecifications", Text("Gambar dan spesifikasi", "Drawings and specifications")),
    Choice("physicalProgressReport", Text("Laporan kemajuan", "Progress report")),
    Choice("completionCertificate", Text("Berita acara serah terima", "Completion certificate")),
    Choice("budgetApproval", Text("Pengesahan anggaran", "Budget approval")),
    Choice("projectPlan", Text("Dokumen lain", "Other document")),
)

STATUS_CODES = {
    "proposal": "identification",
    "planned": "identification",
    "budgeted": "preparation",
    "tendered": "preparation",
    "contracted": "implementation",
    "under_way": "implementation",
    "finished": "completion",
    "maintained": "maintenance",
    "cancelled": "cancelled",
}
TYPE_CODES = dict.fromkeys(("rekonstruksi_jalan", "rehabilitasi_jalan", "pemeliharaan_jalan"), "rehabilitation")
SECTOR_CODES = {
    **dict.fromkeys((*ROADWORKS, "jembatan", "lampu_jalan"), "transport.road"),
    "drainase": "naturalResources.floodProtection",
    "gedung": "governance",
    "kesehatan": "health",
    "sekolah": "education",
    "air_bersih": "waterAndWaste",
    "persampahan": "waterAndWaste",
    "telekomunikasi": "communications",
}
