"""What letters of area alerts say: what appeared and what was resolved there, as far as anyone may see it."""

from typing import Any

from sqlalchemy import Connection, Row

from layers.areas.naming import Named, named
from layers.complaints import alerts
from layers.complaints.alerts import KIND
from layers.complaints.categories import TITLES
from layers.complaints.letterhead import Letterhead, paragraphs
from layers.complaints.stopping import ABOUT_ALERT
from layers.db import sql
from layers.layer import Text
from layers.records.mail import Letter

__all__ = ["KIND", "place", "write"]

HEADINGS = {"appeared": "Laporan baru", "resolved": "Dinyatakan selesai"}
LEVELS = {"kecamatan": "Kecamatan", "kelurahan": "Kelurahan", "desa": "Desa"}
WHY = "Surat ini dikirim paling banyak sekali sehari, karena alamat e-mail ini meminta kabar dari tempat itu."


def write(connection: Connection, head: Letterhead, message: Row[Any]) -> Letter | None:
    """Word the letter of an alert; None where the alert has been stopped, or nothing of it may be seen any more."""
    told = message.data
    where = place(connection, told["alert"])
    news = connection.execute(sql("complaints/told_news.sql"), {"events": told["news"]}).all()
    if not where or not news:
        return None
    villages = named(connection, (one.village_code for one in news))
    lists = [_listed(head.site, what, [one for one in news if one.what == what], villages) for what in HEADINGS]
    more = f"Dan {told['more']} kabar lain, lihat di:\n{head.site}/layers/complaints" if told["more"] else ""
    stop, headers = head.stop(ABOUT_ALERT, told["alert"], message.recipient)
    subject = f"{len(news) + told['more']} kabar laporan warga: {where}"
    return Letter(subject, paragraphs([f"Kabar {where}.", *lists, more, f"{WHY} {stop}"]), headers)


def place(connection: Connection, alert: int) -> str:
    """Word what an alert is about: "sekitar 2 km dari titik pilihan Anda, tentang jalan rusak"; empty without one."""
    scope = alerts.scope(connection, alert)
    if scope is None:
        return ""
    topic = f", tentang {TITLES[scope.category].id.lower()}" if scope.category else ""
    if scope.radius_m:
        km = f"{scope.radius_m / 1000:g}".replace(".", ",")
        return f"sekitar {km} km dari titik pilihan Anda{topic}"
    area = named(connection, [scope.area_code]).get(scope.area_code or "")
    return (
        f"dari {LEVELS.get(area.level, '')} {area.name}{topic}".replace("  ", " ")
        if area
        else f"dari daerah itu{topic}"
    )


def _listed(site: str, what: str, news: list[Row[Any]], villages: dict[str, Named]) -> str:
    if not news:
        return ""
    lines = [f"- {_title(one, villages)} ({one.number})\n  {site}/laporan/{one.number}" for one in news]
    return "\n".join([f"{HEADINGS[what]}:", *lines])


def _title(one: Row[Any], villages: dict[str, Named]) -> str:
    village = villages.get(one.village_code or "")
    title = one.title or TITLES.get(one.kind, Text(one.kind, one.kind)).id
    return f"{title}, {village.name}" if village else str(title)
