"""What people call offices and services: filler words, everyday words, and "the health centre near Ogan Lima"."""

import re
from dataclasses import dataclass

from layers.layer import Choice, Text
from layers.offices.kinds import KINDS

NEAR = re.compile(r"(?:\b(?:terdekat|dekat|dari|near|nearest|closest)\b\s*)+", re.IGNORECASE)
FILLER = (
    "apa bagaimana bikin buat butuh cara cari daftar di dimana ganti hilang ingin kantor ke mana mau melapor membuat"
    " memperpanjang mencari mengurus perpanjang rusak tempat umum untuk urus yang"
)
ALSO = {
    "kantor_bupati": "pemda pemkab bupati",
    "dukcapil": "capil disdukcapil catatan sipil kependudukan akta nikah",
    "kantor_camat": "kecamatan",
    "kantor_kelurahan": "lurah",
    "kantor_desa": "balai kepala kades lurah",
    "rumah_sakit": "rsud rs dokter ugd igd opname",
    "puskesmas": "pkm dokter bidan berobat posyandu imunisasi kesehatan sakit klinik",
    "polisi": "polsek polres kehilangan",
    "damkar": "pemadam kebakaran",
    "paud": "sekolah taman kanak-kanak",
    "sd": "sekolah dasar sdn",
    "smp": "sekolah menengah pertama smpn mts",
    "sma": "sekolah menengah atas kejuruan sman smkn stm madrasah aliyah",
    "slb": "sekolah luar biasa",
    "pos": "paket surat",
    "wifi": "internet hotspot",
}


@dataclass(frozen=True)
class Wish:
    """What somebody asks for, and near which place; `place` is empty where none is named."""

    thing: str
    place: str


def wish(typed: str) -> Wish:
    """Tell the thing from the place: "puskesmas dekat Ogan Lima", "puskesmas terdekat"."""
    thing, _, place = _parted(typed)
    return Wish(thing.strip(), place.strip())


def kinds(typed: str) -> list[Choice]:
    """Find the kinds of office that the words name, in either language or as people say it."""
    return [kind for kind in KINDS if names(typed, kind.title, ALSO.get(kind.id, ""))]


def names(typed: str, title: Text, also: str = "") -> bool:
    """Say whether every word that matters begins a word of the title in one language, or is said of it too."""
    spoken = set(_words(typed))
    wanted = spoken.difference(FILLER.split()) or spoken
    calls = [{*_words(name), *also.split()} for name in (title.id, title.en)]
    return bool(wanted) and any(all(any(c.startswith(w) for c in call) for w in wanted) for call in calls)


def _parted(typed: str) -> tuple[str, str, str]:
    found = NEAR.search(typed)
    return (typed[: found.start()], found.group(), typed[found.end() :]) if found else (typed, "", "")


def _words(text: str) -> list[str]:
    return re.sub(r"[^\w-]", " ", text).casefold().split()
