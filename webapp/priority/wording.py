"""What a report says in words: how the ranking was made, from what, how firmly it stands, and what it cannot say."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext

from layers.priority.criteria import CAP, NEAR_M
from layers.priority.ranking import DRAWS, FIRST, SPREAD
from layers.priority.report import NEVER, SURE, Report
from layers.registry import layers
from webapp.language import in_language, moment, number


def method(report: Report) -> list[str]:
    """Tell how a score comes about."""
    weighted = gettext(
        "Jumlah tertimbang: setiap kriteria dinilai dari 0 (nilai terburuk di antara jalan yang diurutkan) sampai 1"
        " (terbaik), dikalikan bobotnya, lalu dijumlahkan dan dibagi jumlah bobot yang nilainya diketahui."
    )
    topsis = gettext(
        "TOPSIS: skor adalah jarak dari jalan terburuk dibagi jumlah jarak dari yang terburuk dan dari yang terbaik,"
        " menurut bobotnya (Hwang dan Yoon 1981). Jalan yang lemah dalam satu hal lebih sulit naik."
    )
    return [
        str(weighted if report.board.method == "weighted_sum" else topsis),
        str(
            gettext(
                "Nilai yang belum ada tidak dianggap nol: skor dihitung dari yang diketahui, dan kolom Bertumpu"
                " menyebut berapa persen bobotnya berdata."
            )
        ),
        str(
            gettext(
                "Waktu yang dihemat dan orang yang terputus dihitung untuk setiap jalan di atas seluruh jaringan,"
                " dengan sepeda motor, musim kering dan hujan; laporan warga masing-masing paling banyak dengan %(cap)s"
                " pengikut; sekolah dan puskesmas sampai %(near)s m dari jalan.",
                cap=CAP,
                near=number(NEAR_M, 0),
            )
        ),
    ]


def firmness(report: Report) -> list[str]:
    """Tell how firmly the first ones stand, against other weights, without complaints, and by the other method."""
    without = report.board.ranks_without("complaints")
    stays = None if without is None else sum(0 < rank <= FIRST for rank in without[:FIRST].tolist())
    told = [
        gettext(
            "Setiap bobot digoyang sampai %(spread)s %%, %(draws)s kali. %(firm)s jalan tetap di antara %(top)s teratas"
            " dalam %(sure)s %% goyangan atau lebih; %(contested)s jalan kadang di dalam, kadang di luar.",
            spread=number(100 * SPREAD, 0),
            draws=number(DRAWS, 0),
            firm=len(report.firm),
            top=FIRST,
            sure=number(100 * SURE, 0),
            contested=len(report.contested),
        ),
        gettext(
            "Menurut cara lain (%(other)s) %(kept)s dari %(top)s teratas tetap di sana.",
            other=gettext("jumlah tertimbang") if report.board.method == "topsis" else "TOPSIS",
            kept=report.kept_by_other_method(),
            top=min(FIRST, report.ranked),
        ),
    ]
    if stays is not None:
        kept = gettext(
            "Tanpa laporan warga %(kept)s dari %(top)s teratas tetap di sana.",
            kept=stays,
            top=min(FIRST, report.ranked),
        )
        told.append(kept)
    return [str(words) for words in told]


def contested(report: Report) -> str:
    """Explain the list of roads whose place hangs on taste."""
    return str(
        gettext(
            "Antara %(never)s %% dan %(sure)s %%: soal selera bobot, layak dibahas dalam rapat.",
            never=number(100 * NEVER, 0),
            sure=number(100 * SURE, 0),
        )
    )


def versions(report: Report) -> Iterator[tuple[str, str]]:
    """Name all that the ranking rests on, each with its version."""
    yield from stated(report.versions)
    if report.hash:
        yield str(gettext("Segel (SHA-256) nilai yang disimpan")), report.hash


def stated(versions: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name the versions that were written down."""
    if versions.get("computed_at"):
        yield str(gettext("Nilai dihitung")), moment(datetime.fromisoformat(versions["computed_at"]))
    known = layers()
    names = [(in_language(known[key].title), at) for key, at in versions["layers"].items() if key in known]
    yield (
        str(gettext("Versi lapisan data")),
        "; ".join(f"{name} {version}" for name, version in names) or str(gettext("tidak diketahui")),
    )
    yield str(gettext("Versi aturan jalan")), str(versions["road_rules"])
    yield str(gettext("Tabel penanganan")), "; ".join(versions["treatments"]) or str(gettext("belum diisi"))


def of_run(versions: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    """Name the versions that an answer was worked out from."""
    if versions is None:
        unkept = gettext("tidak disimpan; jawaban ini dari masa sebelum versi ikut disimpan")
        yield str(gettext("Versi lapisan data")), str(unkept)
    else:
        yield from stated(versions)


def limits() -> list[str]:
    """Tell what the ranking cannot say."""
    return [
        str(words)
        for words in (
            gettext(
                "Hasilnya sebaik datanya: kondisi, kecepatan, dan harga. Jalan yang belum disurvei dihitung dengan"
                " kecepatan baku."
            ),
            gettext("Jumlah orang adalah perkiraan: penduduk desa dibagi menurut luas permukiman."),
            gettext(
                "Setiap orang dianggap menuju kantor terdekat menurut waktu. Antrean, mutu layanan, angkutan barang,"
                " dan lalu lintas baru karena jalan bagus tidak dihitung."
            ),
            gettext(
                "Nilai 0 dan 1 adalah yang terburuk dan terbaik di antara jalan yang diurutkan; jalan baru dalam daftar"
                " dapat menggeser yang lain."
            ),
            gettext("Biaya adalah perkiraan panjang rusak × harga per km, bukan rencana anggaran biaya (RAB)."),
            gettext(
                "Urutan ini bukan daftar belanja: pilihan untuk suatu anggaran menghitung manfaat yang tumpang tindih."
            ),
            gettext("Apa yang adil tidak dihitung. Bobot adalah keputusan; laporan ini menunjukkan akibatnya."),
        )
    ]
