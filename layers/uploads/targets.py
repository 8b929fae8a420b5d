"""Where a file may go: into an observed layer, to the roads as surveys of their condition, or onto the map as cells."""

from dataclasses import dataclass
from typing import Literal

from layers.layer import Text
from layers.rasters.kinds import BROUGHT
from layers.registry import layers, menu

Way = Literal["layer", "surveys", "raster"]
SURVEYS = "surveys"


@dataclass(frozen=True)
class Target:
    """One thing that files may become; `href` leads to where it is seen."""

    id: str
    title: Text
    way: Way
    href: str


def targets() -> dict[str, Target]:
    """List where files may go by the word that commands use for it: layers in the order of menus, then the others."""
    observed = [Target(one.id, one.title, "layer", f"/layers/{one.id}") for one in menu() if one.observed]
    surveys = Target(SURVEYS, Text("Survei kondisi jalan", "Surveys of road condition"), "surveys", "/jalan/kemantapan")
    rasters = [
        Target(kind.id, Text(f"Raster: {kind.title.id}", f"Raster: {kind.title.en}"), "raster", "/rasters")
        for kind in BROUGHT.values()
    ]
    return {one.id: one for one in (*observed, surveys, *rasters)}


def target(word: str) -> Target:
    """Find where a file goes; a layer that takes no files any more keeps its title."""
    known = targets().get(word)
    return known or Target(word, layers()[word].title, "layer", f"/layers/{word}")
