"""From when a computed layer is, in words."""

from flask_babel import gettext
from sqlalchemy import Connection

from layers.computing import standing
from layers.layer import Layer
from layers.registry import layers
from webapp.language import in_language, moment


def told(connection: Connection, layer: Layer) -> str:
    """Say when a layer was computed, from what, and whether it is being computed anew; "" for an observed one."""
    known = standing(connection, layer)
    if known is None:
        return ""
    if known.at is None:
        waits = gettext("Belum dihitung; hasilnya muncul dalam beberapa menit.")
        return in_language(known.problem) if known.problem else str(waits)
    sources = ", ".join(in_language(layers()[need].title) for need in layer.needs)
    words = [gettext("Dihitung %(moment)s dari: %(sources)s.", moment=moment(known.at), sources=sources)]
    if known.problem:
        words.append(gettext("Tidak dapat dihitung ulang: %(why)s", why=in_language(known.problem)))
    elif known.stale:
        words.append(gettext("Datanya sudah berubah; sedang dihitung ulang."))
    return " ".join(words)
