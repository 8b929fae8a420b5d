"""The regency at home, its clock, whom its citizens call and turn to, how long it is known who reported."""

import re
from argparse import Namespace
from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Connection

from layers.areas.acts import time_zone
from layers.records.preferences import (
    DEFAULTS,
    ELSEWHERE,
    EMERGENCY,
    LONGEST_MONTHS,
    PUBLIC_WORDS,
    REGENCY,
    RETENTION,
    SHORTEST_MONTHS,
    TIME_ZONE,
    preference,
    set_preference,
)
from scripts.administration.acting import command, record
from scripts.setup.progress import Trouble

REGENCY_CODE = re.compile(r"\d\d\.\d\d")


def describe(subjects: Any) -> None:
    """Add the commands about preferences."""
    mine = subjects.add_parser("preferences", help="kabupaten dan zona waktu").add_subparsers(required=True)
    command(mine, "show", "Tampilkan pengaturan", show)
    regency = command(mine, "regency", "Tetapkan kabupaten, dengan zona waktu provinsinya", set_regency)
    regency.add_argument("value", metavar="KODE", help="kode Kemendagri, misalnya 18.03")
    zone = command(mine, "time-zone", "Tetapkan zona waktu", set_time_zone)
    zone.add_argument("value", metavar="ZONA", help="Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura")
    emergency = command(mine, "emergency", "Tetapkan nomor darurat yang tampil sebelum orang melapor", set_emergency)
    emergency.add_argument("value", metavar="NOMOR", help='misalnya "112 Darurat; 110 Polisi"')
    elsewhere = command(mine, "elsewhere", "Tetapkan ke mana melapor untuk tempat di luar kabupaten", set_elsewhere)
    elsewhere.add_argument("value", metavar="PETUNJUK", help='misalnya "SP4N-LAPOR! di lapor.go.id"')
    kept = command(mine, "retention", "Tetapkan berapa lama data pelapor disimpan setelah kasus ditutup", set_retention)
    kept.add_argument("value", metavar="BULAN", help=f"{SHORTEST_MONTHS} sampai {LONGEST_MONTHS} bulan")
    words = command(mine, "public-words", "Tetapkan apakah tulisan yang sudah tampil tetap ada sesudahnya", set_words)
    words.add_argument("value", metavar="PILIHAN", help="keep atau erase")


def show(connection: Connection, _arguments: Namespace) -> Iterator[str]:
    """Tell every preference."""
    for key in DEFAULTS:
        yield f"{key}: {preference(connection, key) or '(belum ditetapkan)'}"


def set_regency(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Set the regency's code, and the clock of its province; its areas may be imported afterwards."""
    if not REGENCY_CODE.fullmatch(arguments.value):
        raise Trouble("Kode kabupaten terdiri dari dua angka, titik, dua angka, misalnya 18.03.")
    yield from _keep(connection, REGENCY, arguments.value)
    yield from _keep(connection, TIME_ZONE, time_zone(arguments.value))


def set_time_zone(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Set the clock by which offices open."""
    if arguments.value not in available_timezones():
        raise Trouble("Zona waktu itu tidak dikenal; pakai Asia/Jakarta, Asia/Makassar, atau Asia/Jayapura.")
    yield from _keep(connection, TIME_ZONE, arguments.value)


def set_emergency(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Set the numbers to call in an emergency."""
    try:
        yield from _keep(connection, EMERGENCY, arguments.value)
    except ValueError:
        example = '"112 Darurat; 110 Polisi"'
        raise Trouble(f"Tulis nomor dan yang menjawabnya, dipisah titik koma, misalnya {example}.") from None


def set_elsewhere(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Set whom to turn to with what lies outside the regency."""
    yield from _keep(connection, ELSEWHERE, arguments.value)


def set_retention(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Set for how many months after a case was closed it is known who reported it."""
    try:
        yield from _keep(connection, RETENTION, arguments.value)
    except ValueError:
        raise Trouble(f"Tulis {SHORTEST_MONTHS} sampai {LONGEST_MONTHS} bulan, misalnya 24.") from None


def set_words(connection: Connection, arguments: Namespace) -> Iterator[str]:
    """Set whether words that a moderator has let pass outlast what is known of people."""
    try:
        yield from _keep(connection, PUBLIC_WORDS, arguments.value)
    except ValueError:
        raise Trouble("Pilih keep (tetap ada) atau erase (dihapus).") from None


def _keep(connection: Connection, key: str, value: str) -> Iterator[str]:
    set_preference(connection, key, value)
    record(connection, "set_preference", key, value=value)
    yield f"{key}: {value}"
