"""Alembic's entry: the project's tables, and GeoAlchemy2's ways of writing geometry columns down."""

from alembic import context
from geoalchemy2 import alembic_helpers
from sqlalchemy import NullPool, create_engine

from layers.access import saved as _views  # noqa: F401
from layers.complaints import alerts as _alerts  # noqa: F401
from layers.complaints import figure_tables as _figures  # noqa: F401
from layers.complaints import photos as _photos  # noqa: F401
from layers.complaints import saved as _saved  # noqa: F401
from layers.complaints import stopping as _stopping  # noqa: F401
from layers.complaints import surveys as _surveys  # noqa: F401
from layers.complaints import tracking as _tracking  # noqa: F401
from layers.db import Base
from layers.rasters import table as _rasters  # noqa: F401
from layers.records import api_keys as _api_keys  # noqa: F401
from layers.records import drafts as _drafts  # noqa: F401
from layers.records import identities as _identities  # noqa: F401
from layers.records import links as _links  # noqa: F401
from layers.records import papers as _papers  # noqa: F401
from layers.records import people as _people  # noqa: F401
from layers.records import readers as _readers  # noqa: F401
from layers.records import tables as _records  # noqa: F401
from layers.registry import layers
from layers.uploads import table as _uploads  # noqa: F401

layers()  # imports every table
engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "", poolclass=NullPool)
known = set(Base.metadata.tables)


def include(thing: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Leave the tables of PostGIS and Procrastinate alone, and the indexes that a migration wrote by hand."""
    if reflected and kind in ("table", "index") and compare_to is None and name not in known:
        return False
    return bool(alembic_helpers.include_object(thing, name, kind, reflected, compare_to))  # type: ignore[no-untyped-call]


with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=include,
        process_revision_directives=alembic_helpers.writer,
        render_item=alembic_helpers.render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
