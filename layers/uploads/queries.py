"""Questions about uploads."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from layers.uploads.table import Upload

MOST = 30


def upload(connection: Connection, number: int) -> Row[Any] | None:
    """Find an upload by its number."""
    return connection.execute(select(Upload.__table__).where(Upload.id == number)).one_or_none()


def newest(connection: Connection, actor: str = "") -> Sequence[Row[Any]]:
    """List the newest uploads, of one person where one is named."""
    columns = [Upload.__table__.c[name] for name in ("id", "name", "layer", "state", "moved_at")]
    asked = select(*columns).order_by(Upload.id.desc()).limit(MOST)
    return connection.execute(asked.where(Upload.actor == actor) if actor else asked).all()
