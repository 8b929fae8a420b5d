"""From the temporary table into the layer: what changed is changed, what is new is added, nothing else is touched."""

from contextlib import nullcontext
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, literal, or_, select, tuple_, update

from layers.layer import Layer
from layers.provenance import SAMPLE
from layers.reading.incoming import KEY, Incoming, unique_column
from layers.reading.indexes import alone, set_aside, worth_it
from layers.reading.meaning import Meaning
from layers.records.preferences import REGENCY, preference


@dataclass(frozen=True)
class Written:
    """How many rows were new, were changed, stood there already, and how many sample rows made way.

    `missing` rows of the same source were not in the file and stay, `retired` ones went.
    """

    added: int
    changed: int
    same: int
    replaced: int
    missing: int = 0
    retired: int = 0

    @property
    def any(self) -> bool:
        """Say whether anything on the map has changed."""
        return bool(self.added or self.changed or self.replaced or self.retired)


def write(incoming: Incoming, layer: Layer, supersedes: tuple[str, ...], means: Meaning) -> Written:
    """Write staged rows; known rows are changed where they differ.

    Sample rows of the same kind go (of every kind where real rows replace the whole) where rows come for the regency at
    home; so do rows of superseded sources whose code comes.
    """
    staged = incoming.settle()
    connection = incoming.connection
    replaced = _replace_sample(incoming, layer, means)
    _supersede(incoming, layer, supersedes)
    there = connection.execute(select(func.count()).select_from(incoming.target)).scalar_one()
    changed = _change(incoming)
    unseen = worth_it(staged, there) and alone(connection)
    with set_aside(connection, layer.table_name) if unseen else nullcontext():
        added = _add(incoming)
    return Written(added, changed, staged - added - changed, replaced)


def amend(incoming: Incoming, key: str) -> Written:
    """Write the fields of rows that name a feature on the map by its key; nothing else of it changes."""
    staged = incoming.settle()
    same = incoming.target.c[key] == incoming.staging.c[key]
    changed = _update(incoming, same, [name for name in incoming.fields if name != key])
    return Written(0, changed, staged - changed, 0)


def _change(incoming: Incoming) -> int:
    return _update(incoming, _known(incoming), [*incoming.fields, "geom", "village_code"])


def _add(incoming: Incoming) -> int:
    """Add the rows that are not known yet, in the order of a curve through the plane: neighbours lie side by side."""
    names = (*incoming.fields, *KEY, "geom", "village_code")
    known = select(literal(1)).where(_known(incoming)).exists()
    rows = select(*(incoming.staging.c[n] for n in names)).where(~known).order_by(incoming.staging.c.geom)
    return incoming.connection.execute(insert(incoming.target).from_select(names, rows)).rowcount


def _known(incoming: Incoming) -> ColumnElement[bool]:
    mine = incoming.target.c.source == incoming.source
    return mine & (incoming.target.c.source_id == incoming.staging.c.source_id)


def _update(incoming: Incoming, same: ColumnElement[bool], names: list[str]) -> int:
    held, sent = (tuple_(*(t.c[n] for n in names)) for t in (incoming.target, incoming.staging))
    values = {**{n: incoming.staging.c[n] for n in names}, "updated_at": func.now()}
    changed = update(incoming.target).values(values).where(same, held.is_distinct_from(sent))
    return incoming.connection.execute(changed).rowcount


def _replace_sample(incoming: Incoming, layer: Layer, means: Meaning) -> int:
    """Take sample rows away, where real rows of their kind come for the regency at home: others tell nothing of it.

    Those whose code comes go in any case: no two rows may share it.
    """
    home = preference(incoming.connection, REGENCY)
    kinds = select(incoming.staging.c[layer.classify])
    if home and (means.placed_by_code or "areas" in layer.needs):
        code = incoming.staging.c.code if means.placed_by_code else incoming.staging.c.village_code
        kinds = kinds.where((code == home) | code.startswith(f"{home}.", autoescape=True))
    gone: list[ColumnElement[bool]] = [
        kinds.exists() if means.replaces_whole else incoming.target.c[layer.classify].in_(kinds)
    ]
    name = unique_column(layer)
    if name in incoming.fields:
        gone.append(incoming.target.c[name].in_(select(incoming.staging.c[name])))
    replaced = delete(incoming.target).where(incoming.target.c.source == SAMPLE, or_(*gone))
    return incoming.connection.execute(replaced).rowcount


def _supersede(incoming: Incoming, layer: Layer, sources: tuple[str, ...]) -> None:
    name = unique_column(layer)
    if sources and name:
        coming = incoming.target.c[name].in_(select(incoming.staging.c[name]))
        incoming.connection.execute(delete(incoming.target).where(incoming.target.c.source.in_(sources), coming))
