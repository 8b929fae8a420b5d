"""Whoever runs the installation sees which messages wait and why, and has them tried again."""

from argparse import Namespace

import pytest
from sqlalchemy import Connection, text

from layers.records import outbox as messages
from scripts.administration import outbox


def test_waiting_and_given_up_messages_are_counted_and_tried_again(
    connection: Connection, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.delenv("PETA_SMTP_URL", raising=False)
    for event in (1, 2):
        messages.post(connection, event, "moved", "reporter:7", "LP-2026-000007", {"state": "closed"})
    connection.execute(
        text(
            "update outbox set given_up_at = now(), problem = 'message refused (550)'"
            " where id = (select max(id) from outbox)"
        )
    )
    first, *counted = outbox.show(connection, Namespace())
    assert "PETA_SMTP_URL" in first
    assert [line.partition(",")[0] for line in counted] == ["dihentikan (message refused (550)): 1", "menunggu: 1"]
    assert list(outbox.retry(connection, Namespace())) == ["2 pesan akan dicoba lagi."]
    assert connection.scalar(text("select count(*) from outbox where given_up_at is not null")) == 0
