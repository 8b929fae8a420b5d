"""What an agent has typed about a call so far: all of it stands in the form itself, so that nothing is ever lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import abort
from flask_babel import gettext
from sqlalchemy import Connection

from layers.areas.queries import villages
from layers.complaints.acts import Submission
from layers.complaints.categories import CATEGORY_OF
from layers.complaints.channels import CHANNELS
from layers.complaints.table import VISIBILITIES
from layers.records.identities import Contact
from webapp import arguments
from webapp.contacts import FIELDS, wrong
from webapp.sheet import Sheet, home_view, sheet, view_of
from webapp.spots import Spot, outside, spot_at

LEAST = 10  # letters
LONGEST = {"channel": 40, "kind": 40, "landmark": 200, "details": 4000, "visibility": 10, "seen": 400, **FIELDS}
Form = Mapping[str, str]


@dataclass(frozen=True)
class Call:
    """A call as it was typed, right or wrong; `spot` is where, `seen` names the cases that were shown as similar."""

    client_id: str
    spot: Spot | None
    channel: str
    kind: str
    landmark: str
    details: str
    visibility: str
    seen: str
    name: str
    email: str
    phone: str
    agreed: bool
    contacts = (*FIELDS, "consent")

    @property
    def contact(self) -> Contact:
        """Give the contact that the caller agreed to have kept; an empty one otherwise."""
        return Contact(self.name, self.email, self.phone) if self.agreed else Contact()

    @property
    def said(self) -> str:
        """Give what the caller told of the thing and its place; "" where nothing was written down."""
        return "\n".join(filter(None, (self.details, self.landmark)))

    def problems(self, connection: Connection) -> dict[str, str]:
        """Say what is missing or wrong, by the name of its field: the same as is asked of citizens themselves."""
        found = {
            "channel": "" if self.channel in {one.id for one in CHANNELS} else gettext("Pilih salurannya."),
            "place": outside(connection, self.spot) if self.spot else gettext("Pilih desanya, atau tekan peta."),
            "landmark": "" if self._found_there() else gettext("Tulis patokannya, agar petugas menemukan tempatnya."),
            "kind": "" if self.kind in CATEGORY_OF else gettext("Pilih jenis masalahnya."),
            "details": "" if len(self.details) >= LEAST else gettext("Tulis ceritanya, paling sedikit 10 huruf."),
            "visibility": "" if self.visibility in VISIBILITIES else gettext("Pilih salah satu."),
            **wrong({"email": self.email, "phone": self.phone}),
        }
        if (self.name or self.email or self.phone) and not self.agreed:
            found["consent"] = gettext("Bacakan persetujuannya lalu centang, atau kosongkan nama, e-mail, dan telepon.")
        return {name: words for name, words in found.items() if words}

    def submission(self) -> Submission:
        """Word the call as a report."""
        if self.spot is None:
            raise ValueError("a call without a place is no report")
        return Submission(
            client_id=UUID(self.client_id),
            category=self.kind,
            lon=self.spot.lon,
            lat=self.spot.lat,
            description=self.details,
            place_note=self.landmark,
            visibility=self.visibility,
            channel=self.channel,
            exact=self.spot.exact,
        )

    def _found_there(self) -> bool:
        return self.spot is None or self.spot.exact or len(self.landmark) >= 3


def read(connection: Connection, form: Form) -> Call:
    """Read what was typed, cut to what each field may hold."""
    typed = {name: form.get(name, "").strip()[:most] for name, most in LONGEST.items()}
    typed["visibility"] = typed["visibility"] or VISIBILITIES[0]
    agreed = arguments.ticked(form, "consent")
    return Call(client_id=_client_id(form), spot=read_place(connection, form), agreed=agreed, **typed)


def read_place(connection: Connection, form: Form) -> Spot | None:
    """Read where it is: the point that was pressed now or before, else the village; None where neither is told."""
    if "nopoint" not in form:
        pressed = arguments.click(form, arguments.view(form, home_view(connection))) or arguments.position(form)
        if pressed:
            return spot_at(connection, *pressed, exact=True)
    named = next((one for one in villages(connection) if one.code == form.get("village")), None)
    return spot_at(connection, named.lon, named.lat, exact=False) if named else None


def sheet_of(connection: Connection, form: Form, spot: Spot | None) -> Sheet:
    """Lay out the map on which the place is pressed: where the agent looks, or around what was chosen."""
    here = (spot.lon, spot.lat) if spot else None
    around = view_of([here] if here else [], home_view(connection))
    view = arguments.parse_view(form["look"]) if "look" in form else around
    return sheet(connection, view, here=here if spot and spot.exact else None)


def consent() -> str:
    """Word what a caller agrees to, as it is read out and kept."""
    return str(
        gettext(
            "Penelepon setuju nama, e-mail, dan nomor teleponnya disimpan terenkripsi dan dipakai petugas hanya untuk "
            "menghubunginya tentang laporan ini. Dengan kodenya ia dapat melihat, memperbaiki, dan menghapusnya."
        )
    )


def _client_id(form: Form) -> str:
    told = form.get("client_id")
    try:
        return str(UUID(told)) if told else str(uuid4())
    except ValueError:
        abort(400, gettext("Isian ini tidak lengkap; muat ulang halamannya, lalu isi lagi."))
