"""The report of a choice of works for a budget: on a sheet of A4, as a map without a network, and as a workbook."""

from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from typing import Any

from flask import Response, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from layers.priority import runs
from layers.priority.budget_questions import Asked
from layers.priority.treatments import treatments
from layers.priority.trips import trips
from layers.provenance import SAMPLE
from layers.registry import layers
from webapp import printed, remembered
from webapp.downloads import place
from webapp.extensions import reading
from webapp.language import in_language, number
from webapp.priority import budget_answer, wording
from webapp.priority.report_files import handed_over
from webapp.priority.scenario_form import TITLES

FORMS = {"html": "webapp.priority.budget_map", "xlsx": "webapp.priority.budget_workbook"}  # imported when asked for


def order(run_id: str) -> ResponseReturnValue:
    """Order the choice as a sheet."""
    with reading() as connection:
        told = gathered(connection, run_id)
        told |= {"sheet": budget_answer.drawn(connection, told["years"])}
        told |= {"ground": printed.drawing(connection, told["sheet"].view)}
        html = printed.page("priority/budget_a4.html", **told)
    return printed.order(title(told["asked"]), named(run_id), f"/anggaran/{run_id}", html)


def file(run_id: str, ending: str) -> Response:
    """Send the choice as a map file or as a workbook."""
    if ending not in FORMS:
        abort(404, gettext("Bentuk berkas ini tidak ada; pilih dari daftar unduhan."))
    with ExitStack() as held:
        held.enter_context(place())
        connection = held.enter_context(reading())
        body: bytes = import_module(FORMS[ending]).write(connection, gathered(connection, run_id))
    return handed_over(body, named(run_id), ending)


def named(run_id: str) -> str:
    """Name the file of a choice."""
    return f"pekerjaan-anggaran-{run_id}"


def title(asked: Asked) -> str:
    """Name the report: which works, for the budget of which years."""
    first, last = asked.first_year, asked.first_year + len(asked.budgets) - 1
    when = str(first) if first == last else f"{first}–{last}"
    return str(gettext("Pekerjaan untuk anggaran %(years)s", years=when))


def gathered(connection: Connection, run_id: str) -> dict[str, Any]:
    """Gather what every form shows; answers 404 where there is no such choice, or it is not worked out."""
    run = runs.run(connection, run_id)
    if run is None or run.answer is None or run.kind != "budget":
        abort(404, gettext("Pilihan ini tidak ada atau belum dihitung; buka halamannya dahulu."))
    told = budget_answer.told(connection, run)
    table = treatments(connection)
    return told | {
        "heading": title(told["asked"]),
        "made": run.done_at,
        "sampled": any(row["source"] == SAMPLE for row in told["rows"].values()),
        "prices": table.rows,
        "trips": trips(connection),
        "titles": TITLES,
        "method": method(told["asked"]),
        "limits": limits(),
        "versions": list(versions(connection, run)),
    }


def method(asked: Asked) -> list[str]:
    """Tell how works are chosen, and what counts as a benefit."""
    benefit = gettext(
        "Manfaat adalah orang-menit yang dihemat sebulan: menit ke kantor terdekat setiap jenis, sebelum dan sesudah"
        " pekerjaan, di atas seluruh jaringan, dengan sepeda motor, setengah tahun musim kering dan setengah tahun"
        " musim hujan, dikalikan orang dan perjalanan. Perjalanan yang baru menjadi mungkin dihitung %(n)s menit.",
        n=number(asked.connection, 0),
    )
    chosen = gettext(
        "Manfaat bersama selalu dihitung ulang untuk semua pekerjaan sekaligus, karena dua jalan ke puskesmas yang sama"
        " tidak menghemat waktu yang sama dua kali. Dicari dengan dua cara: pekerjaan yang menambah manfaat terbesar"
        " untuk biayanya, satu demi satu, dan yang terbaik menurut jumlah manfaat satu-satu; keduanya diperbaiki dengan"
        " tukar-menukar, lalu diambil yang memberi lebih banyak."
    )
    yearly = gettext(
        "Tahun demi tahun, masing-masing di atas pekerjaan tahun sebelumnya; sisa uang satu tahun tidak terbawa. Satu"
        " ruas mendapat satu penanganan."
    )
    rules = gettext(
        "Harga sebuah aturan adalah manfaat yang dapat ditambah bila aturan itu saja dicabut. Pilihan sendiri dinilai"
        " dengan cara yang sama, di sebelah yang terbaik untuk uang yang sama."
    )
    return [str(words) for words in (benefit, chosen, yearly, rules)]


def limits() -> list[str]:
    """Tell what the choice cannot say."""
    unproven = gettext(
        "Pilihan ini tidak dibuktikan yang terbaik. Pada soal kecil yang semua kemungkinannya dapat dicoba, yang"
        " terbaik ditemukan dalam sembilan dari sepuluh; rata-rata hilang kurang dari seperseratus."
    )
    known = wording.limits()
    return [str(unproven), *known[:3], known[4], known[6]]


def versions(connection: Connection, run: runs.Run) -> Iterator[tuple[str, str]]:
    """Name the question, the sources of today, and the versions of all that the answer was worked out from."""
    yield str(gettext("Nomor pilihan")), run.id
    for layer in (layers()[name] for name in runs.LAYERS):
        found = ", ".join(remembered.sources(connection, layer))
        yield str(gettext("Sumber %(layer)s", layer=in_language(layer.title))), found
    yield from wording.of_run(run.versions)
