"""What the importer says, in the words of the page: its options are fields there, and a file has its own name."""

import re

from sqlalchemy.exc import DBAPIError

FIELDS = {
    "--area all": "“Wilayah kerja: di mana saja”",
    "--area": "“Wilayah kerja”",
    "--crs": "“Sistem koordinat”",
    "--layer": "“Lapisan berkas”",
    "--map": "“Pemetaan”",
    "--source": "“Sumber”",
    "--whole": "“Berkas ini lengkap”",
}
OPTIONS = re.compile("|".join(re.escape(option) for option in FIELDS))
NO_LONGER = "Hanya administrator dan perencana kabupaten yang boleh memasukkan berkas."
LONGEST = 600  # letters


def on_page(said: str, stored: str, name: str) -> str:
    """Word a refusal for the page of an upload that is kept under a random name."""
    worded = OPTIONS.sub(lambda found: FIELDS[found[0]], said.replace(stored, name))
    return worded.replace("\x00", "")[:LONGEST]


def not_taken(error: DBAPIError) -> str:
    """Say that the database did not take the rows, by the code of its error alone: its words would quote the rows."""
    code = getattr(error.orig, "pgcode", None) or "tanpa angka"
    return (
        "Tidak ada yang disimpan: ada isian yang tidak dapat disimpan. Periksa pemetaannya, lalu coba lagi;"
        f" bila tetap gagal, sebutkan kode {code} kepada administrator."
    )
