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

HEADINGS = {
    "appeared": Text("Laporan baru", "New complaints"),
    "resolved": Text("Dinyatakan selesai", "Said to be solved"),
}
LEVELS = {"kecamatan": "Kecamatan", "kelurahan": "Kelurahan", "desa": "Desa"}
WHY = Text(
    "Surat ini dikirim paling banyak sekali sehari, karena alamat e-mail ini meminta kabar dari tempat itu.",
    "This letter comes once a day at most, because this e-mail address asked for news from that place.",
)
MORE = Text("Dan {more} kabar lain, lihat di:\n{page}", "And {more} more, see:\n{page}")
SUBJECT = Text("{number} kabar laporan warga: {place}", "{number} news about complaints: {place}")
HEADING = Text("Kabar {place}.", "News {place}.")
TOPIC = Text(", tentang {topic}", ", about: {topic}")
AROUND = Text("sekitar {km} km dari titik pilihan Anda{topic}", "from within {km} km of the point you chose{topic}")
FROM = Text("dari {area}{topic}", "from {area}{topic}")
THERE = Text("daerah itu", "that area")


def write(connection: Connection, head: Letterhead, message: Row[Any]) -> Letter | None:
    """Word the letter of an alert; None where the alert has been stopped, or nothing of it may be seen any more."""
    told = message.data
    where = place(connection, head, told["alert"])
    news = connection.execute(sql("complaints/told_news.sql"), {"events": told["news"]}).all()
    if not where or not news:
        return None
    villages = named(connection, (one.village_code for one in news))
    lists = [_listed(head, what, [one for one in news if one.what == what], villages) for what in HEADINGS]
    page = head.page("layers/complaints")
    more = head.says(MORE).format(more=told["more"], page=page) if told["more"] else ""
    stop, headers = head.stop(ABOUT_ALERT, told["alert"], message.recipient)
    subject = head.says(SUBJECT).format(number=len(news) + told["more"], place=where)
    heading = head.says(HEADING).format(place=where)
    return Letter(subject, paragraphs([heading, *lists, more, f"{head.says(WHY)} {stop}"]), headers)


def place(connection: Connection, head: Letterhead, alert: int) -> str:
    """Word what an alert is about: "sekitar 2 km dari titik pilihan Anda, tentang jalan rusak"; empty without one."""
    scope = alerts.scope(connection, alert)
    if scope is None:
        return ""
    topic = head.says(TOPIC).format(topic=head.says(TITLES[scope.category]).lower()) if scope.category else ""
    if scope.radius_m:
        km = f"{scope.radius_m / 1000:g}"
        return head.says(AROUND).format(km=km if head.language == "en" else km.replace(".", ","), topic=topic)
    area = named(connection, [scope.area_code]).get(scope.area_code or "")
    title = f"{LEVELS.get(area.level, '')} {area.name}".strip() if area else head.says(THERE)
    return head.says(FROM).format(area=title, topic=topic)


def _listed(head: Letterhead, what: str, news: list[Row[Any]], villages: dict[str, Named]) -> str:
    if not news:
        return ""
    lines = [f"- {_title(head, one, villages)} ({one.number})\n  {head.page(f'laporan/{one.number}')}" for one in news]
    return "\n".join([f"{head.says(HEADINGS[what])}:", *lines])


def _title(head: Letterhead, one: Row[Any], villages: dict[str, Named]) -> str:
    village = villages.get(one.village_code or "")
    title = one.title or head.says(TITLES.get(one.kind, Text(one.kind, one.kind)))
    return f"{title}, {village.name}" if village else str(title)
