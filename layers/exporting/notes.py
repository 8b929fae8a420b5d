"""What a file says about itself: where its data come from, and what its columns mean."""

from collections.abc import Sequence
from datetime import datetime

from layers.layer import Field, Layer, Text
from layers.provenance import NOT_STATED, SAMPLE, Origin, terms

SAMPLE_NOTICE = Text(
    "Memuat DATA CONTOH yang dibuat untuk mencoba aplikasi ini; bukan data sebenarnya.",
    "Holds SAMPLE DATA made to try out this application; it is not real.",
)
COLUMNS_HEADER = ("kolom", "nama", "arti", "meaning", "satuan", "nilai")


def origin(layer: Layer, origins: Sequence[Origin], made_at: datetime) -> list[tuple[str, str]]:
    """List title, sources with their licences, and time of making; a notice where rows of the sample are among them."""
    sampled = any(each.source == SAMPLE for each in origins)
    lines = [
        ("Judul / Title", f"{layer.title.id} / {layer.title.en}"),
        ("Tentang / About", f"{layer.source.id} / {layer.source.en}"),
        *(("Sumber, lisensi / Source, licence", f"{each.source}: {_terms(each)}") for each in origins),
        ("Dibuat / Made", made_at.strftime("%Y-%m-%d %H:%M %Z")),
    ]
    return lines + [("Perhatian / Note", f"{SAMPLE_NOTICE.id} {SAMPLE_NOTICE.en}")] * sampled


def credit(origins: Sequence[Origin]) -> dict[str, str]:
    """Name the sources, and under which licences their rows may be used, where a file has room for short texts."""
    return {"source": "; ".join(each.source for each in origins), "licence": terms(origins).id}


def _terms(origin: Origin) -> str:
    if origin.licence is None:
        return f"{NOT_STATED.id} / {NOT_STATED.en}"
    return f"{origin.licence.name} {origin.licence.url}".rstrip()


def column(field: Field, short: str = "") -> tuple[str, ...]:
    """Explain a column: its name in the file, its full name, its meaning in both languages, unit and values."""
    values = "; ".join(f"{c.id} = {c.title.id}" for c in field.choices)
    return short or field.name, field.name, field.title.id, field.title.en, field.unit, values
