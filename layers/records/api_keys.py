"""Keys by which programs of others send reports: each has a name and a daily quota; only its hash is kept."""

from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import BigInteger, Connection, Identity, select, update
from sqlalchemy import insert as insert_into
from sqlalchemy.orm import Mapped, mapped_column

from layers.db import Base
from layers.records import events
from layers.records.actors import Actor
from layers.records.visits import count_visit

KEY_BYTES = 24  # at random, so that a plain hash is enough
A_DAY_S = 24 * 60 * 60


class ApiKey(Base):
    """The key of one program; `daily` is how many reports it may send within a day."""

    __tablename__ = "api_key"
    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str] = mapped_column(unique=True)
    daily: Mapped[int]
    active: Mapped[bool] = mapped_column(server_default="true")


@dataclass(frozen=True)
class Holder:
    """The program behind a key; as an actor it is called `key:<id>`."""

    id: int
    name: str
    daily: int
    active: bool

    @property
    def actor(self) -> Actor:
        """Name the program in the trail."""
        return Actor(f"key:{self.id}")


def issue(connection: Connection, actor: Actor, name: str, daily: int) -> str:
    """Make a key for a program and give it, this once; raises IntegrityError where the name is taken."""
    key = token_urlsafe(KEY_BYTES)
    connection.execute(insert_into(ApiKey).values(name=name, hash=_hash(key), daily=daily))
    events.record(connection, actor.name, "issue_key", subject=name, daily=daily)
    return key


def revoke(connection: Connection, actor: Actor, name: str) -> bool:
    """End a program's key for good; say whether it was in use."""
    ended = update(ApiKey).where(ApiKey.name == name, ApiKey.active).values(active=False)
    revoked = connection.execute(ended).rowcount > 0
    if revoked:
        events.record(connection, actor.name, "revoke_key", subject=name)
    return revoked


def holders(connection: Connection) -> list[Holder]:
    """List the programs by name, those without a valid key too."""
    columns = (ApiKey.id, ApiKey.name, ApiKey.daily, ApiKey.active)
    return [Holder(**row._mapping) for row in connection.execute(select(*columns).order_by(ApiKey.name))]


def holder(connection: Connection, key: str) -> Holder | None:
    """Find the program that a valid key belongs to."""
    columns = (ApiKey.id, ApiKey.name, ApiKey.daily, ApiKey.active)
    found = connection.execute(select(*columns).where(ApiKey.hash == _hash(key), ApiKey.active)).one_or_none()
    return Holder(**found._mapping) if found else None


def spend(connection: Connection, program: Holder) -> bool:
    """Count something sent against the quota of the day that began with the first; say whether it is within."""
    return count_visit(connection, f"key-{program.id}", A_DAY_S) <= program.daily


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()
