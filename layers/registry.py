"""Which layers there are: every package below layers/ that holds a LAYER."""

from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from layers.layer import Layer


@cache
def layers() -> dict[str, Layer]:
    """Find every layer, ordered so that each stands after those it needs; raises CycleError on a circle."""
    found = {layer.id: layer for layer in _discover()}
    order = TopologicalSorter({i: found[i].needs for i in sorted(found, key=lambda i: found[i].order)})
    ranked = list(order.static_order())
    return {i: found[i] for i in ranked}


def menu() -> list[Layer]:
    """List the layers in the order of legends and menus."""
    return sorted(layers().values(), key=lambda layer: layer.order)


def _discover() -> list[Layer]:
    packages = (m.name for m in iter_modules([str(Path(__file__).parent)]) if m.ispkg)
    modules = (import_module(f"layers.{name}") for name in packages)
    return [module.LAYER for module in modules if hasattr(module, "LAYER")]
