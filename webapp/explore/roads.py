"""What stands behind travel times, in words: for whom they hold, from when the roads are, or why there are none."""

from flask_babel import gettext
from sqlalchemy import Connection

from layers.roads.queries import network_problem
from layers.roads.speeds import MODE_CHOICES, SEASON_CHOICES, Mode, Season
from webapp.journey import placed_offices
from webapp.language import in_language, moment, number, within


def standing(connection: Connection, mode: Mode, season: Season) -> str:
    """Say for which way of going and season times are told and from when the roads are; or that there are none yet."""
    placed, problem = placed_offices(), _problem(network_problem(connection))
    straight = gettext("Jarak garis lurus; lewat jalan lebih jauh.")
    if placed is None:
        counting = gettext("Waktu tempuh lewat jalan sedang dihitung.")
        return f"{straight} {problem or counting}"
    words = {choice.id: within(in_language(choice.title)) for choice in (*MODE_CHOICES, *SEASON_CHOICES)}
    built_at = moment(placed.network.report.built_at)
    told = gettext("Waktu tempuh: %(mode)s, %(season)s.", mode=words[mode], season=words[season])
    roads = gettext("Jalan seperti diketahui pada %(moment)s.", moment=built_at)
    return " ".join(filter(None, (told, roads, problem and gettext("Perubahan sesudahnya belum dipakai."), problem)))


def network() -> str:
    """Say how large the road network in use is and how much of it hangs together, "" before the first is ready."""
    placed = placed_offices()
    if placed is None:
        return ""
    report = placed.network.report
    told = {
        "km": number(report.length_m / 1000, 0),
        "share": number(100 * report.connected_share),
        "parts": number(report.components, 0),
        "moment": moment(report.built_at),
    }
    return str(gettext("%(km)s km, %(share)s%% saling terhubung, %(parts)s bagian; dibuat %(moment)s", **told))


def _problem(code: str | None) -> str:
    """Say why a network could not be made, "" where it could."""
    sentences = {
        "no_regency": gettext("Waktu tempuh belum dapat dihitung: batas kabupaten belum dimuat."),
        "no_roads": gettext("Waktu tempuh belum dapat dihitung: belum ada data jalan."),
        "disconnected": gettext(
            "Waktu tempuh tidak dapat dihitung dari data jalan ini: ruasnya tidak saling terhubung."
        ),
    }
    return str(sentences[code]) if code else ""
