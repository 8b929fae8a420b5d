"""Works as projects of the Open Contracting for Infrastructure Data Standard (OC4IDS) 0.9.5.

https://standard.open-contracting.org/infrastructure/0.9.5/
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import shapely
from sqlalchemy import Connection, Row

from layers.records.agencies import agencies
from layers.records.calendar import calendar
from layers.works import queries
from layers.works.stages import PLANS
from layers.works.vocabulary import FUNDS, SECTOR_CODES, STATUS_CODES, TITLES, TYPE_CODES

VERSION = "0.9"
RUPIAH = "IDR"
CLOSED = ("finished", "maintained", "cancelled")
DECIMALS = 0.000001  # degrees, about 10 cm
FUND_TITLES = {fund.id: fund.title.id for fund in FUNDS}

Json = dict[str, Any]


@dataclass(frozen=True)
class Publisher:
    """Who publishes, at which public address, and the prefix of identifiers that was registered for them, if any."""

    name: str
    site: str
    prefix: str = ""


def package(
    connection: Connection, works: Iterable[Row[Any]], publisher: Publisher, uri: str, published: datetime
) -> Json:
    """Put works into a project package."""
    zone, titles = calendar(connection).zone, {agency.id: agency.name for agency in agencies(connection)}
    writer = _Writer(connection, publisher, zone, titles)
    return {
        "uri": uri,
        "version": VERSION,
        "publishedDate": published.isoformat(timespec="seconds"),
        "publisher": {"name": publisher.name},
        "projects": [writer.project(work) for work in works],
    }


@dataclass(frozen=True)
class _Writer:
    """Writes projects; days are moments of the regency's clock, since the standard knows no days."""

    connection: Connection
    publisher: Publisher
    zone: ZoneInfo
    titles: Mapping[str, str]

    def project(self, work: Row[Any]) -> Json:
        """Write one work; what is unknown is left out."""
        sector = SECTOR_CODES.get(work.kind)
        return _filled(
            {
                "id": f"{self.publisher.prefix}{work.number}",
                "updated": work.updated_at.astimezone(self.zone).isoformat(timespec="seconds"),
                "title": work.name,
                "description": work.description or TITLES[work.kind].id,
                "status": STATUS_CODES[work.stage],
                "type": TYPE_CODES.get(work.kind, "construction"),
                "sector": [sector] if sector else None,
                "period": self._period(work.planned_start, work.planned_end),
                "implementationPeriod": self._period(work.started_on, work.finished_on),
                "locations": [{"id": "1", "description": work.name, "geometry": _geometry(work)}],
                "budget": self._budget(work),
                "publicAuthority": self._authority(work),
                "parties": self._parties(work),
                "documents": self._documents(work),
                "contractingProcesses": self._contracts(work),
                "completion": self._completion(work),
            }
        )

    def _budget(self, work: Row[Any]) -> Json:
        source = FUND_TITLES.get(work.fund)
        groups = [{"id": work.year, "budgetBreakdown": [self._share(work)]}] if source and work.year else None
        return _filled({"description": source, "amount": _value(work.budget), "budgetBreakdowns": groups})

    def _share(self, work: Row[Any]) -> Json:
        year = int(work.year)
        period = self._period(date(year, 1, 1), date(year, 12, 31))
        return _filled(
            {"id": "1", "description": FUND_TITLES[work.fund], "amount": _value(work.budget), "period": period}
        )

    def _authority(self, work: Row[Any]) -> Json | None:
        return {"id": work.agency, "name": self.titles.get(work.agency, work.agency)} if work.agency else None

    def _parties(self, work: Row[Any]) -> list[Json]:
        authority = self._authority(work)
        parties = [{**authority, "roles": ["publicAuthority", "buyer"]}] if authority else []
        if work.contractor:
            parties.append({"id": _supplier(work)["id"], "name": work.contractor, "roles": ["supplier"]})
        return parties

    def _documents(self, work: Row[Any]) -> list[Json]:
        return [
            {
                "id": str(document.id),
                "documentType": document.kind,
                "title": document.title,
                "url": document.url or f"{self.publisher.site}/pekerjaan/dokumen/{document.id}.pdf",
                "datePublished": document.added_at.astimezone(self.zone).isoformat(timespec="seconds"),
            }
            for document in queries.documents_of(self.connection, work.id)
        ]

    def _contracts(self, work: Row[Any]) -> list[Json]:
        if work.stage in PLANS or work.contract_value is None:
            return []
        changes = queries.changes_of(self.connection, work.id)
        summary = {
            "externalReference": work.contract_number,
            "nature": ["construction"],
            "title": work.name,
            "status": "closed" if work.stage in CLOSED else "active",
            "suppliers": [_supplier(work)] if work.contractor else None,
            "contractValue": _value(_first(changes, "old_value", work.contract_value)),
            "contractPeriod": self._period(work.contract_on, _first(changes, "old_end", work.planned_end)),
            "modifications": [self._modification(change) for change in changes],
            "transactions": self._payments(work),
        }
        return [{"id": work.contract_number or work.number, "summary": _filled(summary)}]

    def _modification(self, change: Row[Any]) -> Json:
        money = change.new_value is not None
        return _filled(
            {
                "id": str(change.id),
                "date": self._at(change.changed_on),
                "rationale": change.reason,
                "type": "value" if money else "duration",
                "oldContractValue": _value(change.old_value),
                "newContractValue": _value(change.new_value),
                "oldContractPeriod": self._period(None, change.old_end),
                "newContractPeriod": self._period(None, change.new_end),
            }
        )

    def _payments(self, work: Row[Any]) -> list[Json]:
        """Write what each entry of progress paid beyond the one before."""
        paid, payments = 0, []
        for entry in queries.progress_of(self.connection, work.id):
            more = (entry.spent or paid) - paid
            if more > 0:
                payments.append({"id": str(entry.id), "date": self._at(entry.day), "value": _value(more)})
                paid += more
        return payments

    def _completion(self, work: Row[Any]) -> Json | None:
        if work.finished_on is None:
            return None
        final = {"endDate": self._at(work.finished_on), "finalValue": _value(work.contract_value)}
        return _filled(final)

    def _period(self, start: date | None, end: date | None) -> Json | None:
        return _filled({"startDate": start and self._at(start), "endDate": end and self._at(end)}) or None

    def _at(self, day: date) -> str:
        """Write the beginning of a day; offsets of long ago had seconds, which no moment of the standard may have."""
        at = datetime.combine(day, time(), self.zone)
        minutes = (at.utcoffset() or timedelta()) // timedelta(minutes=1)
        return at.replace(tzinfo=timezone(timedelta(minutes=minutes))).isoformat()


def _geometry(work: Row[Any]) -> Json:
    shape = shapely.set_precision(queries.shape_of(work), DECIMALS, mode="pointwise")
    return dict(shapely.geometry.mapping(shape))


def _supplier(work: Row[Any]) -> Json:
    return {"id": f"penyedia-{work.number}", "name": work.contractor}


def _value(rupiah: int | None) -> Json | None:
    return None if rupiah is None else {"amount": rupiah, "currency": RUPIAH}


def _first(changes: Sequence[Row[Any]], name: str, now: Any) -> Any:
    """Give what was agreed at first: what the first change took the place of, or what still holds."""
    return next((getattr(change, name) for change in changes if getattr(change, name) is not None), now)


def _filled(written: Json) -> Json:
    """Leave out what is unknown or empty, which the standard does not allow to stand there."""
    return {name: value for name, value in written.items() if value not in (None, "", [], {})}
