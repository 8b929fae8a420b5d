"""Under which licence each source of a layer is published, as the mapping of its last import says."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from layers.layer import Licence
from layers.records.tables import SourceLicence


def keep_licence(connection: Connection, layer: str, source: str, name: str, url: str) -> None:
    """Note the licence of a source, in the place of any that was noted before."""
    statement = insert(SourceLicence).values(layer=layer, source=source, name=name, url=url)
    terms = {"name": name, "url": url}
    connection.execute(statement.on_conflict_do_update(index_elements=["layer", "source"], set_=terms))


def licences(connection: Connection, layer: str) -> dict[str, Licence]:
    """Give the licence of each source of a layer for which one is known."""
    known = select(SourceLicence.source, SourceLicence.name, SourceLicence.url).where(SourceLicence.layer == layer)
    return {row.source: Licence(row.name, row.url) for row in connection.execute(known)}
