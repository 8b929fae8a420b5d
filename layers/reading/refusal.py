"""Why a file or a row is not taken, in words a clerk understands."""

from enum import StrEnum


class FileRefusedError(Exception):
    """A file that is not taken at all; the message is shown to people, `rows` says how many rows it holds if known."""

    def __init__(self, message: str, rows: int = 0) -> None:
        super().__init__(message)
        self.rows = rows


class Kind(StrEnum):
    """The kinds of reason for which a row is refused, as the summary counts them."""

    LEFT_OUT = "sengaja tidak dimasukkan"
    MISSING_PLACE = "tanpa koordinat"
    UNREADABLE_PLACE = "koordinat tidak terbaca"
    ZERO = "koordinat nol"
    OUT_OF_RANGE = "koordinat di luar bumi"
    SWAPPED = "bujur dan lintang tertukar"
    WRONG_SIGN = "tanda lintang terbalik"
    FAR_OFF = "jauh dari wilayah kerja"
    OUTSIDE = "di luar wilayah kerja"
    WRONG_TYPE = "bukan titik, garis, atau bidang yang diperlukan"
    INVALID_SHAPE = "bentuk tidak sah"
    NO_LENGTH = "garis tanpa panjang"
    MISSING_VALUE = "isian wajib kosong"
    UNKNOWN_VALUE = "isian tidak dikenal"
    UNREADABLE_VALUE = "isian tidak terbaca"
    CONTRADICTION = "isian bertentangan"
    DUPLICATE = "pengenal ganda dalam berkas"
    TAKEN = "kode sudah dipakai sumber lain"
    NOT_FOUND = "kode belum ada di peta"
    BROKEN_ROW = "baris rusak"
