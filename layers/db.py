"""The database: engine, sessions, table base and the loader of .sql files."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from select import select
from typing import Any, ClassVar

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    DateTime,
    Engine,
    Identity,
    MetaData,
    Text,
    TextClause,
    create_engine,
    event,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

HERE = Path(__file__).parent
STATEMENT_TIMEOUT_MS = 15_000
PATIENCE_S = 5  # for a connection that others hold, and for a server that answers no more
WATCH = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 1000 * PATIENCE_S}
OPTIONS = f"-c statement_timeout={STATEMENT_TIMEOUT_MS} -c timezone=UTC -c jit=off"


class Base(DeclarativeBase):
    """Every table of the project, with names that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {dict[str, Any]: JSONB, str: Text}


class Feature:
    """The columns that every layer's table has: identity, origin and place; geometry is EPSG:4326."""

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    source: Mapped[str]
    source_id: Mapped[str]
    name: Mapped[str | None]
    village_code: Mapped[str | None] = mapped_column(index=True)
    checked_on: Mapped[date | None]
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


def geometry(kind: str) -> Any:  # GeoAlchemy2 columns carry no useful static type
    """Make a geometry column of one kind in EPSG:4326 with its GiST index."""
    return mapped_column(Geometry(kind, srid=4326, spatial_index=True), nullable=False)


def connect(url: str, pool_size: int = 8) -> Engine:
    """Make an engine whose statements end by themselves after 15 s and whose dead connections are replaced."""
    return _engine(url, pool_size)


def connect_for_questions(url: str, pool_size: int = 8) -> Engine:
    """Make an engine for single statements that write nothing: each takes one round trip and no transaction."""
    return _engine(url, pool_size, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)


def _engine(url: str, pool_size: int, **more: Any) -> Engine:
    """Make an engine that, instead of asking whether a connection is alive, looks whether the server has closed it."""
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=4,
        pool_timeout=PATIENCE_S,
        pool_use_lifo=True,  # the server knows the tables best on the connection that asked last
        hide_parameters=True,  # which may hold where a person is, and errors end up in logs
        connect_args={"options": OPTIONS, "connect_timeout": 3, **WATCH},
        **more,
    )
    event.listen(engine, "checkout", _replace_closed)
    return engine


def _replace_closed(raw: Any, _record: object, _fairy: object) -> None:
    readable, _, _ = select([raw], [], [], 0)
    if readable:  # nobody has asked it anything, so what it has to say is farewell
        raise DisconnectionError


@cache
def sql(path: str) -> TextClause:
    """Read a statement from a .sql file below layers/, such as "offices/nearest_offices.sql"."""
    return text((HERE / path).read_text(encoding="utf-8"))
