"""What the map's module says: one place, so that translations stay on the server."""

from flask_babel import gettext


def texts() -> dict[str, str]:
    """Give the words of the interactive map in the language of this request."""
    return {
        "layers": gettext("Lapisan"),
        "close": gettext("Tutup"),
        "loading": gettext("Memuat peta…"),
        "opacity": gettext("Ketebalan"),
        "counted": gettext("di layar / semua"),
        "details": gettext("Lihat rincian"),
        "unnamed": gettext("Tanpa nama"),
        "count": gettext("{n} titik di sini. Perbesar peta untuk melihat satu per satu."),
        "crowded": gettext("Lingkaran bernomor: banyak titik, berwarna menurut jenis terbanyak."),
        "nearest": gettext("Kantor terdekat dari sini"),
        "print": gettext("Cetak"),
        "preparing": gettext("Menyiapkan lembar cetak…"),
        "share": gettext("Salin tautan"),
        "copied": gettext("Tautan tersalin"),
        "whole": gettext("Kabupaten"),
        "sources": gettext("Sumber data"),
        "estimate": gettext("perkiraan"),
        "sampleTag": gettext("data contoh"),
        "sample": gettext("Memuat data contoh (karangan), bukan hanya data sebenarnya."),
        "scale": gettext("Skala sekitar 1 : {n}"),
        "printed": gettext("Dicetak {day}"),
        "title": gettext("Peta layanan"),
        "lost": gettext("Peta interaktif terhenti. Peta sederhana ditampilkan."),
        "unreachable": gettext("Sebagian peta belum dapat dimuat. Periksa sambungan internet."),
        "zoomIn": gettext("Perbesar"),
        "zoomOut": gettext("Perkecil"),
        "myLocation": gettext("Lokasi saya"),
        "noLocation": gettext("Lokasi tidak tersedia"),
        "attribution": gettext("Sumber peta"),
        "wheel": gettext("Tekan Ctrl sambil menggulir untuk memperbesar peta"),
        "fingers": gettext("Gunakan dua jari untuk menggeser peta"),
    }
