"""What letters about works say: that a work is finished, and that its roads wait for a survey."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from layers.records.mail import Letter
from layers.roads.table import Road
from layers.works.table import Work

KINDS = ("survey_wanted",)
WHY = "Surat ini dikirim oleh Peta Layanan kepada instansi yang mengurus pekerjaan. Tidak perlu dibalas."


@dataclass(frozen=True)
class Writer:
    """Words messages about works, with links to the public address of this installation."""

    site: str

    def __call__(self, connection: Connection, message: Row[Any]) -> Letter | None:
        """Word a message of the outbox, in Indonesian; None where its work is gone."""
        work = connection.execute(select(Work.id, Work.name).where(Work.number == message.subject)).one_or_none()
        if work is None:
            return None
        roads = connection.execute(
            select(Road.id, Road.name).where(Road.id.in_(message.data["roads"])).order_by(Road.id)
        ).all()
        listed = "\n".join(f"- {road.name or road.id}: {self.site}/layers/roads/{road.id}" for road in roads)
        parts = [
            f"Pekerjaan: {work.name}\nNomor: {message.subject}",
            "Pekerjaan ini dinyatakan selesai. Kondisi ruas di bawah ini baru menurut pekerjaan itu:\n"
            "mohon disurvei, agar kondisinya dipastikan.",
            listed,
            f"Lihat pekerjaannya di:\n{self.site}/pekerjaan/{work.id}",
            WHY,
        ]
        return Letter(f"Pekerjaan {message.subject} selesai: ruasnya perlu disurvei", "\n\n".join(parts) + "\n")
