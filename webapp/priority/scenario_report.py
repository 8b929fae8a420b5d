"""The report of a scenario: on a sheet of A4, and as a map file that needs no network."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib import import_module
from typing import Any

from flask import Response, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from layers.priority import runs
from layers.priority.ranking import DRAWS, SPREAD, candidates
from layers.priority.shaking import shaken
from layers.provenance import SAMPLE
from webapp import printed
from webapp.downloads import place
from webapp.extensions import reading
from webapp.language import in_language, number
from webapp.priority import wording
from webapp.priority.report_files import handed_over
from webapp.priority.scenario import about, drawn
from webapp.priority.scenario_form import TITLES


def order(run_id: str) -> ResponseReturnValue:
    """Order a scenario as a sheet."""
    with reading() as connection:
        told = gathered(connection, run_id)
        told |= {"sheet": drawn(connection, told)}
        told |= {"ground": printed.drawing(connection, told["sheet"].view)}
        html = printed.page("priority/scenario_a4.html", **told)
    return printed.order(str(gettext("Bagaimana jika?")), f"skenario-{run_id}", f"/skenario/{run_id}", html)


def file(run_id: str) -> Response:
    """Send a scenario as one HTML file with its map."""
    with ExitStack() as held:
        held.enter_context(place())
        connection = held.enter_context(reading())
        told = gathered(connection, run_id)
        body: bytes = import_module("webapp.priority.scenario_map").write(connection, told)
    return handed_over(body, f"skenario-{run_id}", "html")


def gathered(connection: Connection, run_id: str) -> dict[str, Any]:
    """Gather what both forms show; answers 404 where there is no such scenario, or it is not worked out."""
    run = runs.run(connection, run_id)
    if run is None or run.answer is None or "kinds" not in run.answer:
        abort(404, gettext("Skenario ini tidak ada atau belum dihitung; buka halamannya dahulu."))
    rows = candidates(connection, "ruas", own=True)
    return about(connection, run) | {
        "saved": sum(one["saved"] for one in run.answer["kinds"]),
        "lost": sum(one["lost"] for one in run.answer["kinds"]),
        "made": run.done_at,
        "sampled": any(row["source"] == SAMPLE for row in rows),
        "method": method(),
        "firmness": firmness(run.answer["kinds"]),
        "limits": wording.limits()[:3],
        "versions": list(versions(run)),
    }


def method() -> str:
    """Tell how before and after are compared."""
    return str(
        gettext(
            "Menit ke kantor terdekat setiap jenis dihitung dua kali di atas seluruh jaringan, dengan sepeda motor:"
            " seperti sekarang, lalu dengan perubahan di atas, di musim yang disebut di sana. Selisihnya dikalikan"
            " orang dan perjalanan sebulan. Orang yang baru terhubung atau terputus dihitung sebagai orang, bukan"
            " menit."
        )
    )


def firmness(kinds: Sequence[Mapping[str, Any]]) -> list[str]:
    """Tell how much hangs on how often people go where."""
    found = shaken(kinds)
    ranges = {
        name: gettext("%(least)s sampai %(most)s", least=number(least, 0), most=number(most, 0))
        for name, (least, most) in found.ranges.items()
    }
    told = gettext(
        "Jumlah perjalanan ke setiap jenis kantor adalah perkiraan. Bila masing-masing digoyang sampai %(spread)s %%,"
        " %(draws)s kali, maka dalam sembilan dari sepuluh goyangan dihemat %(saved)s orang-menit sebulan dan hilang"
        " %(lost)s.",
        spread=number(100 * SPREAD, 0),
        draws=number(DRAWS, 0),
        **ranges,
    )
    if not found.most:
        return [str(told)]
    share = number(100 * found.share, 0)
    most = gettext(
        "Paling banyak bergantung pada perjalanan ke %(kind)s: %(share)s %% dari semua perubahan.",
        kind=in_language(TITLES[found.most]),
        share=share,
    )
    return [str(told), str(most)]


def versions(run: runs.Run) -> Iterator[tuple[str, str]]:
    """Name the question, and the versions of all that the answer was worked out from."""
    yield str(gettext("Nomor skenario")), run.id
    yield from wording.of_run(run.versions)
