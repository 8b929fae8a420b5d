"""What is changed about services: their records, and which office gives which."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.postgresql import insert

from layers.db import sql
from layers.offices import table
from layers.offices.queries import Service


def assign_default_services(connection: Connection) -> int:
    """Give new offices, and those whose kind has changed, what their kind gives as a rule; return how many were given.

    What an office gave by its former kind goes; what was given or withdrawn by hand stays.
    """
    return int(connection.execute(sql("offices/assign_default_services.sql")).rowcount)


def keep_services(connection: Connection, services: Sequence[Service], usual: Mapping[str, Sequence[str]]) -> None:
    """Add services or renew those of the same id; `usual` names the kinds of office that give each as a rule."""
    records = {service.id: asdict(service) for service in services}
    statement = insert(table.Service).values(list(records.values()))
    renewed = {column.name: column for column in statement.excluded if column.name != "id"}
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=renewed))
    connection.execute(delete(table.ServiceKind).where(table.ServiceKind.service_id.in_(records)))
    kinds = [
        {"service_id": service, "kind": kind} for service in records for kind in dict.fromkeys(usual.get(service, ()))
    ]
    if kinds:
        connection.execute(insert(table.ServiceKind), kinds)


def give_service(connection: Connection, office: int, service: str) -> None:
    """Note that an office gives a service; raises IntegrityError where there is no such office or service."""
    statement = insert(table.OfficeService).values(office_id=office, service_id=service)
    connection.execute(statement.on_conflict_do_nothing())


def withdraw_service(connection: Connection, office: int, service: str) -> bool:
    """Note that an office gives a service no more; say whether it did."""
    given = (table.OfficeService.office_id == office, table.OfficeService.service_id == service)
    return bool(connection.execute(delete(table.OfficeService).where(*given)).rowcount)
