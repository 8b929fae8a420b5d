"""What files from outside say about rivers."""

from layers.reading.meaning import Meaning

MEANING = Meaning(
    columns={"name": ("nama", "namobj", "name"), "kind": ("jenis", "remark"), "checked_on": ("diperiksa",)},
    values={
        "kind": {
            "sungai satu garis": "sungai",
            "sungai dua garis": "sungai",
            "alur sungai": "alur",
            "anak sungai": "alur",
            "irigasi": "saluran",
            "saluran irigasi": "saluran",
            "kanal": "saluran",
        }
    },
    constants={"kind": "sungai"},
    replaces_whole=True,
)
