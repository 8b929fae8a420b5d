"""What pages of imports say of a file: where it stands, how far it is, what became of its rows."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from webapp.language import number

STEP_SHARES = {"periksa": (0.0, 0.8), "tulis": (0.8, 0.95), "rapikan": (0.95, 1.0)}  # of the whole way


def standing(state: str) -> str:
    """Name a state."""
    words = {
        "looking": gettext("sedang dibaca"),
        "open": gettext("menunggu pemetaan"),
        "trying": gettext("sedang dicoba"),
        "tried": gettext("menunggu persetujuan"),
        "taking": gettext("sedang diimpor"),
        "taken": gettext("sudah masuk"),
        "refused": gettext("ditolak"),
    }
    return str(words[state])


def heading(state: str) -> str:
    """Ask the question, or give the answer, that the page of a file is about."""
    words = {
        "looking": gettext("Berkas sedang dibaca"),
        "trying": gettext("Berkas sedang dicoba"),
        "taking": gettext("Berkas sedang diimpor"),
        "tried": gettext("Masukkan ke peta?"),
        "taken": gettext("Berkas sudah masuk"),
        "refused": gettext("Berkas ini ditolak"),
    }
    return str(words[state])


def percent(progress: Mapping[str, Any] | None) -> int | None:
    """Tell how far a step is, in percent of the whole way; None where it has not told, as steps of rasters never do."""
    if progress is None:
        return None
    start, end = STEP_SHARES[progress["step"]]
    share = progress["done"] / progress["total"] if progress["total"] else 0.0
    return round(100 * (start + (end - start) * min(share, 1.0)))


def doing(begun: bool, progress: Mapping[str, Any] | None) -> str:
    """Say what is being done."""
    if progress is None:
        return str(gettext("Sedang dikerjakan …") if begun else gettext("Menunggu giliran …"))
    if progress["step"] != "periksa":
        return str(gettext("Menulis ke peta …"))
    done, total = number(progress["done"], 0), number(progress["total"], 0)
    return str(gettext("Memeriksa baris: %(done)s dari %(total)s", done=done, total=total))


def counts_of_surveys(outcome: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Tell what becomes, or became, of the rows of a file of surveys."""
    written = outcome["written"]
    return [
        (gettext("baris dibaca"), outcome["came"]),
        (gettext("survei baru"), written["added"]),
        (gettext("survei diganti"), written["changed"]),
        (gettext("sudah sama"), written["same"]),
        (gettext("diragukan"), outcome["doubtful"]),
        (gettext("ditolak"), sum(n for _, n in outcome["reasons"])),
    ]


def counts(outcome: Mapping[str, Any], tried: bool) -> list[tuple[str, int]]:
    """Tell what becomes, or became, of a file's rows."""
    written = outcome["written"]
    refused = sum(n for _, n in outcome["reasons"])
    found = [
        (gettext("baris dibaca"), outcome["came"]),
        (gettext("baru"), written["added"]),
        (gettext("diubah"), written["changed"]),
        (gettext("sudah sama"), written["same"]),
        (gettext("ditolak"), refused),
        (gettext("data contoh yang akan diganti") if tried else gettext("data contoh diganti"), written["replaced"]),
        (gettext("tidak ada dalam berkas, akan dihapus") if tried else gettext("dihapus"), written["retired"]),
        (gettext("tidak ada dalam berkas, tetap di peta"), written["missing"]),
    ]
    return [(str(words), n) for i, (words, n) in enumerate(found) if n or i < 5]
