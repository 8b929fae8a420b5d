"""Why a question of planners has no answer."""

from layers import questions

NO_ROADS = "Batas kabupaten atau jalannya belum ada; impor dahulu, lalu coba lagi."
NOBODY = "Belum diketahui berapa orang tinggal di desa-desa; isi jumlah penduduk atau impor raster penduduk dahulu."
NOWHERE = "Belum ada kantor atau TPS yang dituju orang; impor lapisan Kantor layanan dahulu."
BUSY = "Data sedang dihitung ulang; coba lagi sebentar."
MISSING = "Tidak dapat dihitung: %s"
GIVEN_UP = MISSING % questions.GIVEN_UP.id


class WhatIfError(ValueError):
    """A question that cannot be worked out; the message says, in Indonesian, what to mend."""
