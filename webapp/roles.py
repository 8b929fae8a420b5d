"""What roles are called on all screens."""

from layers.layer import Text
from layers.records.actors import Role

ROLES: dict[Role, Text] = {
    "officer": Text("Petugas lapangan", "Field officer"),
    "verifier": Text("Verifikator", "Verifier"),
    "coordinator": Text("Koordinator OPD", "Agency coordinator"),
    "checker": Text("Pemeriksa hasil", "Checker"),
    "agent": Text("Petugas pusat panggilan", "Call-centre agent"),
    "planner": Text("Perencana", "Planner"),
    "administrator": Text("Administrator", "Administrator"),
}
