"""The report of a scenario: on a sheet of A4, and as a map file that needs no network."""

from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from typing import Any

from flask import Response, abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import Connection

from layers.priority import locks, runs
from layers.priority.ranking import candidates
from layers.provenance import SAMPLE
from webapp import printed
from webapp.downloads import place
from webapp.extensions import reading
from webapp.priority import wording
from webapp.priority.report_files import handed_over
from webapp.priority.scenario import about, drawn


def order(run_id: str) -> ResponseReturnValue:
    """Order a scenario as a sheet."""
    with reading() as connection:
        told = gathered(connection, run_id)
        told |= {"sheet": drawn(connection, told["run"].answer["villages"], told["villages"])}
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
        "limits": wording.limits()[:3],
        "versions": list(versions(connection, run_id)),
    }


def method() -> str:
    """Tell how before and after are compared."""
    return str(
        gettext(
            "Menit ke kantor terdekat setiap jenis dihitung dua kali di atas seluruh jaringan, dengan sepeda motor:"
            " seperti sekarang di musim kering, lalu dengan perubahan di atas. Selisihnya dikalikan orang dan"
            " perjalanan sebulan. Orang yang baru terhubung atau terputus dihitung sebagai orang, bukan menit."
        )
    )


def versions(connection: Connection, run_id: str) -> Iterator[tuple[str, str]]:
    """Name the question, and the versions of today; an answer is kept under the state of the data it was asked of."""
    told = gettext(
        "%(run)s, tersimpan menurut data saat ditanyakan; versi di bawah ini adalah yang sekarang", run=run_id
    )
    yield str(gettext("Nomor skenario")), str(told)
    yield from wording.stated(locks.stated_versions(connection))
