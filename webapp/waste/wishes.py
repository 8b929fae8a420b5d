"""What a planner may ask of a collection round, and one clear sentence for each thing that cannot be."""

import re
from collections.abc import Mapping

from flask_babel import gettext

from layers.layer import Choice, Text
from layers.roads.speeds import SEASON_CHOICES
from layers.waste_service.round_questions import Wish
from webapp import typed

DAYS = (
    Choice("0", Text("Senin", "Monday")),
    Choice("1", Text("Selasa", "Tuesday")),
    Choice("2", Text("Rabu", "Wednesday")),
    Choice("3", Text("Kamis", "Thursday")),
    Choice("4", Text("Jumat", "Friday")),
    Choice("5", Text("Sabtu", "Saturday")),
    Choice("6", Text("Minggu", "Sunday")),
)
USUAL = {
    **{"day": "0", "landfill": "", "trucks": "3", "capacity_m3": "12", "start": "06.00", "shift_h": "8"},
    **{"loading_min": "10", "tipping_min": "15", "season": "hujan", "weight_t": "12"},
}
MOST_TRUCKS = 50
CLOCK = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")


class WishError(ValueError):
    """What is asked for cannot be; says what to write instead."""


def wish(sent: Mapping[str, str], landfills: Mapping[int, str]) -> Wish:
    """Read what is asked for; raises WishError."""
    trucks = _number(sent, "trucks", 1, MOST_TRUCKS, gettext("Jumlah truk harus 1 sampai %(n)s.", n=MOST_TRUCKS))
    if trucks != int(trucks):
        raise WishError(gettext("Jumlah truk harus bilangan bulat."))
    landfill = sent.get("landfill", "")
    if not landfills:
        raise WishError(gettext("Belum ada TPA di data; isi dulu lapisan Sarana persampahan."))
    if landfill not in {str(number) for number in landfills}:
        raise WishError(gettext("Pilih TPA dari daftar."))
    return Wish(
        int(_choice(sent, "day", DAYS)),
        int(landfill),
        int(trucks),
        _number(sent, "capacity_m3", 0.5, 100, gettext("Isi truk harus 0,5 sampai 100 m³.")),
        _start(sent.get("start", "")),
        _number(sent, "shift_h", 0.5, 24, gettext("Jam kerja harus 0,5 sampai 24 jam.")),
        _number(sent, "loading_min", 0, 240, gettext("Waktu muat harus 0 sampai 240 menit.")),
        _number(sent, "tipping_min", 0, 240, gettext("Waktu bongkar harus 0 sampai 240 menit.")),
        _choice(sent, "season", SEASON_CHOICES),
        _number(sent, "weight_t", 0.5, 60, gettext("Berat truk penuh harus 0,5 sampai 60 ton.")),
    )


def _number(sent: Mapping[str, str], name: str, least: float, most: float, otherwise: str) -> float:
    number = typed.number(sent.get(name, ""))
    if number is None or not least <= number <= most:
        raise WishError(otherwise)
    return number


def _choice(sent: Mapping[str, str], name: str, choices: tuple[Choice, ...]) -> str:
    value = sent.get(name, "")
    if value not in {choice.id for choice in choices}:
        raise WishError(gettext("Pilihan ini tidak ada; pilih salah satu dari daftar."))
    return value


def _start(written: str) -> int:
    found = CLOCK.fullmatch(written.strip())
    if not found:
        raise WishError(gettext("Tulis jam mulai seperti 06.00."))
    return int(found[1]) * 60 + int(found[2])
