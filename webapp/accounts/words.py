"""What pages about people say: how far roles reach, and why something was refused."""

from flask_babel import gettext
from sqlalchemy import Connection

from layers import features
from layers.query import Query
from layers.records.agencies import agencies
from layers.registry import layers
from webapp.roles import ROLES


def refusal(reason: str) -> str:
    """Say in a sentence why an act about people was refused."""
    sentences = {
        "no_right": gettext("Akun Anda tidak berhak membuka atau mengubah ini; mintalah kepada administrator."),
        "own": gettext("Ini tidak dapat Anda lakukan pada akun sendiri; mintalah administrator lain."),
        "bad_email": gettext("Alamat e-mail ini tidak dapat dipakai; periksa ejaannya."),
        "no_name": gettext("Nama belum diisi."),
        "email_taken": gettext("Sudah ada akun dengan alamat e-mail ini; lihat daftar akun."),
        "still_active": gettext("Nonaktifkan akun ini dahulu, baru hapus."),
        "bad_grant": gettext("Peran ini tidak dapat diberikan; mungkin sudah dipegang, atau wilayahnya tidak dikenal."),
    }
    return str(sentences[reason])


def choices(connection: Connection) -> dict[str, object]:
    """Give what forms about roles offer and name: roles, agencies, and the kecamatan of the regency."""
    districts = features.stream(connection, Query(layers()["areas"], filters={"level": "kecamatan"}))
    areas = sorted(((str(row["code"]), str(row["name"])) for row in districts), key=lambda area: area[1])
    return {"roles": ROLES, "agencies": {each.id: each for each in agencies(connection)}, "areas": dict(areas)}
