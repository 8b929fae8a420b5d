"""What files from outside say about settlements."""

from layers.reading.meaning import Meaning

MEANING = Meaning(
    columns={"name": ("nama", "namobj", "name"), "kind": ("jenis",), "checked_on": ("diperiksa",)},
    constants={"kind": "permukiman"},
    replaces_whole=True,
)
