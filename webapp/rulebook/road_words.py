"""What the rows, columns and values of the rule tables of roads are called."""

from collections.abc import Mapping

from layers.layer import Text
from layers.roads import CONDITIONS, FUNCTIONS, SURFACES
from layers.roads.rules import CLOSED, ELSE, PAVED
from layers.roads.vocabulary import DAMAGES
from webapp.language import in_language

TITLES: Mapping[str, Text] = {
    **{choice.id: choice.title for choice in (*CONDITIONS, *FUNCTIONS, *SURFACES)},
    **DAMAGES,
    "rusak_sedang": Text("Rusak sedang", "Medium damage"),
    "limit": Text("Batas", "Limit"),
    "gives": Text("Menjadi", "Gives"),
    "sdi": Text("SDI", "SDI"),
    "iri": Text("IRI", "IRI"),
    "tti": Text("TTI", "TTI"),
    "speed": Text("Kecepatan", "Speed"),
    "wet": Text("Saat hujan", "In the rain"),
    "surface": Text("Permukaan dianggap", "Assumed surface"),
    "tidak_diketahui": Text("Fungsi belum diketahui", "Function unknown"),
    "saat_tertutup": Text("Saat tertutup", "Where closed"),
    "mobil": Text("Mobil", "Car"),
    "motor": Text("Motor", "Motorcycle"),
    "jalan_kaki": Text("Jalan kaki", "Walking"),
    "area": Text("Luas kerusakan", "Area of damage"),
    "side": Text("Satu sisi", "One side"),
    "none": Text("Utuh", "Sound"),
    "light": Text("Rusak ringan", "Lightly damaged"),
    "severe": Text("Rusak berat", "Badly damaged"),
    "width_m": Text("Lebar tepi (m)", "Width of the edge (m)"),
    "ya": Text("ya", "yes"),
    "tidak": Text("tidak", "no"),
    PAVED: Text("diperkeras, menurut fungsi", "paved, by function"),
    CLOSED: Text("tertutup", "closed"),
    ELSE: Text("selebihnya", "all else"),
}


def rank(key: str) -> tuple[int, str]:
    """Tell where a row or a column stands in its table: classes from good to bad, numbers by their size."""
    return list(TITLES).index(key) if key in TITLES else len(TITLES), key


def word(key: str) -> str:
    """Name a row, a column or a value; numbers and limits stand as they are."""
    return in_language(TITLES[key]) if key in TITLES else key.replace("_", " ")
