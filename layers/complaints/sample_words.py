"""What people write in made-up complaints: `{tempat}` is the place, `{desa}` its village."""

CHANNELS = ("web", "whatsapp", "aplikasi", "sms", "tatap muka")

TITLES = {
    "jalan_rusak": (
        "Jalan berlubang di {tempat}",
        "Aspal terkelupas di dekat {tempat}, {desa}",
        "Jalan ambles setelah hujan di {tempat}",
        "Jalan licin dan berlumpur menuju {tempat}",
        "Lubang besar di tengah jalan, {desa}",
        "Bahu jalan longsor di {tempat}",
    ),
    "jembatan": (
        "Papan jembatan lapuk di {tempat}",
        "Pagar jembatan patah di {desa}",
        "Jembatan bergoyang di jalan ke {tempat}",
    ),
    "drainase": (
        "Saluran air tersumbat di {tempat}",
        "Jalan tergenang setiap hujan di {tempat}, {desa}",
        "Gorong-gorong pecah di {desa}",
        "Air meluap ke halaman rumah di {tempat}",
    ),
    "lampu_jalan": (
        "Lampu jalan mati di {tempat}",
        "Tiang lampu miring di {tempat}, {desa}",
        "Jalan gelap pada malam hari di {desa}",
    ),
    "sampah": (
        "Sampah menumpuk di {tempat}",
        "TPS penuh dan bau di {desa}",
        "Sampah dibuang ke saluran air di {tempat}",
        "Sampah belum diangkut lebih dari seminggu di {tempat}",
    ),
    "internet": (
        "Sinyal hilang di {tempat}",
        "Internet lambat di {tempat}, {desa}",
        "Wi-Fi gratis di {desa} tidak menyala",
    ),
    "air_bersih": (
        "Sumur bor rusak di {tempat}",
        "Air keruh di {tempat}, {desa}",
        "Pipa air bocor di {desa}",
    ),
    "layanan_kantor": (
        "Antrean KTP terlalu lama",
        "Kantor tutup pada jam kerja di {desa}",
        "Diminta biaya untuk surat pengantar di {desa}",
        "Blangko KTP habis",
    ),
    "lain": (
        "Pohon tumbang menutup jalan di {tempat}",
        "Hewan ternak berkeliaran di jalan {desa}",
        "Rambu lalu lintas hilang di {tempat}",
    ),
}

KINDS = {  # of each title above
    "jalan_rusak": (
        "jalan_berlubang", "jalan_berlubang", "jalan_ambles", "jalan_licin", "jalan_berlubang", "trotoar",
    ),
    "jembatan": ("jembatan_rusak", "pagar_jembatan", "jembatan_rusak"),
    "drainase": ("saluran_tersumbat", "genangan", "saluran_pecah", "genangan"),
    "lampu_jalan": ("lampu_mati", "tiang_lampu", "lampu_mati"),
    "sampah": ("tumpukan_sampah", "tps_penuh", "buang_sembarangan", "sampah_tak_diangkut"),
    "internet": ("sinyal_hilang", "internet_lambat", "wifi_publik"),
    "air_bersih": ("sumur_bor", "air_keruh", "pipa_bocor"),
    "layanan_kantor": ("antrean", "kantor_tutup", "pungutan_liar", "berkas_terlambat"),
    "lain": ("pohon", "hewan_liar", "ketertiban"),
}  # fmt: skip

DESCRIPTIONS = {
    "jalan_rusak": (
        "Lubangnya sudah sedalam mata kaki. Motor sering jatuh pada malam hari.",
        "Sudah tiga bulan begini. Truk singkong lewat setiap hari dan jalannya makin parah.",
        "Anak sekolah harus menuntun sepeda karena jalannya licin.",
    ),
    "jembatan": ("Papannya ada yang hilang. Mobil tidak berani lewat.", "Pagarnya patah sejak bulan lalu."),
    "drainase": ("Setiap hujan air naik sampai ke teras.", "Salurannya penuh tanah dan sampah, air tidak mengalir."),
    "lampu_jalan": ("Sudah dua minggu tidak menyala.", "Gelap sekali, warga takut lewat setelah magrib."),
    "sampah": ("Baunya sampai ke rumah. Mohon segera diangkut.", "Jadwal angkut tidak tentu."),
    "internet": ("Kalau mau menelepon harus ke pinggir jalan raya.", "Anak-anak tidak bisa belajar daring."),
    "air_bersih": ("Pompanya mati, warga mengambil air ke sungai.", "Airnya berwarna cokelat sejak seminggu lalu."),
    "layanan_kantor": ("Sudah datang tiga kali, disuruh kembali lagi.", "Tidak ada petugas sampai jam sepuluh."),
    "lain": ("Mohon ditindaklanjuti.", "Membahayakan pengguna jalan."),
}
