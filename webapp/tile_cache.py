"""Tiles kept in the memory of a web worker: the latest asked for, renewed when their layer has changed."""

import gzip
import time
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from threading import Lock

from cachetools import LRUCache
from sqlalchemy import Engine

from layers import tiles
from layers.layer import Layer
from layers.records.versions import States, states

ENTRY_BYTES = 1_000  # roughly
POLL_S = 1.0

Key = tuple[str, int, int, int]


@dataclass(frozen=True)
class Tile:
    """A tile as it was drawn when its layer was in a state."""

    body: bytes
    version: str

    @cached_property
    def etag(self) -> str:
        """Name the tile's content."""
        return f'W/"{blake2b(self.body, digest_size=9).hexdigest()}"'

    @cached_property
    def zipped(self) -> bytes:
        """Give the body as gzip, made when first asked for."""
        return gzip.compress(self.body, 5, mtime=0)


class TileCache:
    """The tiles of one worker, drawn over an engine for questions; `most_bytes` bounds what it keeps."""

    def __init__(self, engine: Engine, most_bytes: int) -> None:
        self.engine = engine
        self.kept: LRUCache[Key, Tile] = LRUCache(most_bytes, getsizeof=size)
        self._changing = Lock()
        self._states = States("", {})
        self._polled = float("-inf")
        self._polling = Lock()

    def tile(self, layer: Layer, z: int, x: int, y: int) -> Tile:
        """Find a tile that exists, or draw it."""
        version = self.version(layer)
        key = (layer.id, z, x, y)
        with self._changing:
            found = self.kept.get(key)
        if found is not None and found.version == version:
            return found
        with self.engine.connect() as connection:
            drawn = Tile(tiles.tile(connection, layer, z, x, y), version)
        if size(drawn) <= self.kept.maxsize:
            with self._changing:
                self.kept[key] = drawn
        return drawn

    def version(self, layer: Layer) -> str:
        """Name the layer's state, as known for at most a second."""
        if time.monotonic() - self._polled > POLL_S and self._polling.acquire(blocking=not self._states.mark):
            try:
                with self.engine.connect() as connection:
                    self._states = states(connection)
                self._polled = time.monotonic()
            finally:
                self._polling.release()
        return self._states.of(layer.id)


def size(tile: Tile) -> int:
    """Tell what a kept tile may come to take, in bytes: its body, the same again as gzip, and what holds them."""
    return ENTRY_BYTES + 2 * len(tile.body)
