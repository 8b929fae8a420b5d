"""Which services offices are given of themselves, and what a hand has changed about that."""

import pytest
from sqlalchemy import Connection, text

from layers.offices.acts import assign_default_services, give_service, withdraw_service


@pytest.fixture
def office(connection: Connection) -> int:
    """An office of the police that has just come."""
    connection.execute(text("delete from office"))
    return int(
        connection.execute(
            text(
                "insert into office (source, source_id, kind, geom)"
                " values ('uji', '1', 'polisi', st_point(105, -5, 4326)) returning id"
            )
        ).scalar_one()
    )


def given(connection: Connection) -> set[str]:
    return set(connection.scalars(text("select service_id from office_service")))


def usual(connection: Connection, kind: str) -> set[str]:
    return set(connection.scalars(text("select service_id from service_kind where kind = :kind"), {"kind": kind}))


def become(connection: Connection, kind: str) -> None:
    connection.execute(text("update office set kind = :kind"), {"kind": kind})
    assign_default_services(connection)


def test_a_service_withdrawn_by_hand_does_not_return_with_the_next_import(connection: Connection, office: int) -> None:
    assert assign_default_services(connection) == len(usual(connection, "polisi")) > 0
    for service in usual(connection, "polisi"):
        withdraw_service(connection, office, service)
    assert assign_default_services(connection) == 0
    assert given(connection) == set()


def test_an_office_of_another_kind_changes_the_usual_services_and_keeps_those_given_by_hand(
    connection: Connection, office: int
) -> None:
    assign_default_services(connection)
    give_service(connection, office, "imunisasi")
    become(connection, "kantor_desa")
    assert given(connection) == usual(connection, "kantor_desa") | {"imunisasi"}


def test_an_office_of_a_kind_without_usual_services_keeps_none_of_its_former_kind(
    connection: Connection, office: int
) -> None:
    connection.execute(text("delete from service_kind where kind = 'pemerintah_lain'"))
    assign_default_services(connection)
    become(connection, "pemerintah_lain")
    assert given(connection) == set()
    become(connection, "polisi")
    assert given(connection) == usual(connection, "polisi")
