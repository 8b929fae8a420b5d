"""Works: what the regency builds and mends, from the proposal to the finished road."""

from layers.layer import Field, Layer, Licence, Text, Zooms
from layers.works.stages import STAGES
from layers.works.table import Work
from layers.works.vocabulary import CONDITIONS, FUNDS, KINDS

LAYER = Layer(
    id="works",
    title=Text("Pekerjaan", "Public works"),
    about=Text(
        "Apa yang dibangun dan diperbaiki, berapa biayanya, dan sejauh mana jadinya.",
        "What is built and mended, what it costs, and how far it has come.",
    ),
    table=Work,
    geometry="Geometry",
    classify="stage",
    fields=(
        Field("name", Text("Nama pekerjaan", "Name"), tile=True, search=True),
        Field("stage", Text("Tahap", "Stage"), "choice", tile=True, filter=True, choices=STAGES),
        Field("number", Text("Nomor", "Number")),
        Field("kind", Text("Jenis", "Kind"), "choice", tile=True, filter=True, choices=KINDS),
        Field("stage_on", Text("Tahap sejak", "Stage since"), "date"),
        Field("budget", Text("Anggaran", "Budget"), "integer", unit="Rp", least=0),
        Field("contract_value", Text("Nilai kontrak", "Contract value"), "integer", unit="Rp", least=0),
        Field("spent", Text("Sudah dibayar", "Spent"), "integer", unit="Rp", least=0),
        Field("progress", Text("Kemajuan", "Progress"), "number", unit="%", digits=0),
        Field("fund", Text("Sumber dana", "Source of funds"), "choice", filter=True, choices=FUNDS),
        Field("year", Text("Tahun anggaran", "Budget year"), filter=True),
        Field("agency", Text("Dinas", "Agency"), filter=True),
        Field("contractor", Text("Penyedia", "Contractor"), search=True),
        Field("contract_number", Text("Nomor kontrak", "Contract number")),
        Field("contract_on", Text("Tanggal kontrak", "Contract date"), "date"),
        Field("planned_start", Text("Rencana mulai", "Planned start"), "date"),
        Field("planned_end", Text("Rencana selesai", "Planned end"), "date"),
        Field("started_on", Text("Mulai", "Started"), "date"),
        Field("finished_on", Text("Selesai", "Finished"), "date"),
        Field("condition_after", Text("Kondisi sesudahnya", "Condition afterwards"), "choice", choices=CONDITIONS),
        Field("description", Text("Uraian", "Description")),
        Field("village_code", Text("Kode desa", "Village code"), filter=True),
        Field("source", Text("Sumber", "Source"), filter=True),
        Field("checked_on", Text("Diperiksa", "Checked on"), "date"),
    ),
    licence=Licence("Data publik", ""),
    source=Text("Dinas pelaksana pekerjaan", "The agencies that carry out the works"),
    datetime_field="stage_on",
    zooms=Zooms(first=6, near=11),
    needs=("areas", "roads", "complaints"),
    sample="layers.works.sample:rows",
    order=25,
)
