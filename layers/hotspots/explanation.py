"""What the result of a square means, in plain words."""

from collections.abc import Mapping
from typing import Any

from layers.layer import Text

COUNTED = Text(
    "Di kotak ini dan delapan kotak di sekitarnya ada {around} laporan. Bila laporan tersebar merata, jumlahnya"
    " sekitar {usual}.",
    "This square and the eight around it hold {around} complaints. Spread evenly it would be about {usual}.",
)
MEANT = {
    "hot": Text(
        "Kelebihan sebesar ini hampir tidak mungkin kebetulan: di sini laporan memang berkumpul.",
        "So many more are hardly chance: complaints do gather here.",
    ),
    "cold": Text(
        "Kekurangan sebesar ini hampir tidak mungkin kebetulan. Sedikit laporan belum tentu berarti sedikit masalah:"
        " mungkin sedikit orang tinggal di sini, atau sulit melapor.",
        "So many fewer are hardly chance. Few complaints need not mean few troubles: few people may live here, or"
        " reporting may be hard.",
    ),
    "none": Text(
        "Selisih ini dapat terjadi karena kebetulan saja.",
        "Chance alone may explain the difference.",
    ),
}
METHOD = Text(
    "Cara menghitung: kabupaten dibagi dalam kotak 2 km × 2 km; laporan di tepi masuk kotak terdekat. Laporan yang"
    " digabung, ditolak, dicabut, disembunyikan, rahasia, atau hanya diketahui desanya tidak dihitung. Ukurannya Gi*"
    " dari Getis dan Ord. Karena ratusan kotak diuji sekaligus, batasnya diperketat: dari semua kotak yang ditandai,"
    " sekitar 5 % saja yang boleh kebetulan.",
    "How it is computed: the regency is divided into squares of 2 km by 2 km; what lies on the rim counts for the"
    " nearest. Not counted are merged, rejected, withdrawn, hidden and secret complaints, nor those of which only the"
    " village is known. The measure is Getis and Ord's Gi*. Since hundreds of squares are tested at once, the limit is"
    " stricter: of all squares marked, only some 5 % may be chance.",
)


def related(connection: Any, row: Mapping[str, Any]) -> dict[str, Any]:
    """Explain one square, and how all were judged."""
    return {"explanation": [explain(row), METHOD]}


def explain(row: Mapping[str, Any]) -> Text:
    """Say what the result of a square means, with its numbers."""
    around, usual, meant = row["around"], f"{row['usual']:.1f}", MEANT[row["kind"]]
    return Text(
        f"{COUNTED.id.format(around=around, usual=usual.replace('.', ','))} {meant.id}",
        f"{COUNTED.en.format(around=around, usual=usual)} {meant.en}",
    )
