"""Opening hours as clerks type them ("Senin-Jumat 07.30-16.00"), turned into OSM's notation."""

import re

from opening_hours import validate

DAYS = {
    "senin": "Mo",
    "selasa": "Tu",
    "rabu": "We",
    "kamis": "Th",
    "jumat": "Fr",
    "jum'at": "Fr",
    "sabtu": "Sa",
    "minggu": "Su",
    "ahad": "Su",
    "hari libur nasional": "PH",
    "libur nasional": "PH",
    "hari libur": "PH",
    "hari besar": "PH",
    "tanggal merah": "PH",
    "setiap hari kerja": "Mo-Fr",
    "hari kerja": "Mo-Fr",
    "setiap hari": "Mo-Su",
    "tiap hari": "Mo-Su",
}
CLOSED = {"tutup": "off", "libur": "off"}
WORDS = (
    DAYS | CLOSED | {"dan": ",", "&": ",", "sampai dengan": "-", "sampai": "-", "s/d": "-", "s.d.": "-", "hingga": "-"}
)
SILENT = ("pukul", "jam", "wib", "wita", "wit", "buka", "hari")
_ALL_DAY = re.compile(r"\b24\s*jam\b|\b24/7\b")
_TIME = re.compile(r"\b([01]?\d|2[0-4])[.:]([0-5]\d)\b")
_WORDS = re.compile("|".join(re.escape(w) for w in sorted([*WORDS, *SILENT], key=len, reverse=True)))
_DASH = re.compile(r"\s*[-–—]\s*")
_DAY_LIST = re.compile(r"(?<=[a-uH])\s*,\s*(?=[A-Z])")
_RULE = re.compile(r"(?<=[\df])[\s,;]+(?=[A-Z])")
_TIMES = r"\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*"
_PLAIN = re.compile(rf"[A-Z][a-zH](?:[-,][A-Z][a-zH])* (?:off|{_TIMES})|{_TIMES}")


def osm_notation(text: str) -> str | None:
    """Read Indonesian opening hours; None where a part is not understood: a guess sends people to a closed door."""
    line = text.casefold().strip().rstrip(".")
    if _ALL_DAY.fullmatch(re.sub(r"\b(?:buka|setiap hari|tiap hari)\b|,", "", line).strip()):
        return "24/7"
    line = _TIME.sub(lambda t: f"{int(t[1]):02d}:{t[2]}", line)
    line = _WORDS.sub(lambda w: WORDS.get(w[0], " "), line.replace("’", "'"))
    line = _DASH.sub("-", line.replace(": ", " "))
    line = _DAY_LIST.sub(",", re.sub(r"\s+", " ", line))
    line = re.sub(r"(?<=\d)\s*,\s*(?=\d)", ",", line).strip()
    rules = [rule.strip() for part in line.split(";") for rule in _RULE.split(part.strip())]
    notation = "; ".join(rules)
    return notation if all(map(_PLAIN.fullmatch, rules)) and validate(notation) else None
