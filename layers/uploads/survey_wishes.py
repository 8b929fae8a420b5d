"""What a clerk says of a file of surveys, and what is wrong with that before anything is read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from layers.layer import Text
from layers.roads.survey_map import SurveyMap, Wave, saved
from layers.roads.vocabulary import INPUTS

OWN = "-"  # no saved mapping: the clerk says what each column is
ROAD, IRI, TOTAL = "@ruas", "iri", "total"
SDI = ("crack_percent", "crack_width_mm", "potholes", "rut_cm")
OVER = "over_m"  # the metres along which potholes were counted
METRES: Mapping[str, Text] = {
    "baik": Text("Meter baik", "Metres good"),
    "rusak_ringan": Text("Meter rusak ringan", "Metres lightly damaged"),
    "rusak_sedang": Text("Meter rusak sedang", "Metres moderately damaged"),
    "rusak_berat": Text("Meter rusak berat", "Metres badly damaged"),
}
MEANINGS: Mapping[str, Text] = {  # of a column
    ROAD: Text("Pengenal ruas", "Which road"),
    IRI: INPUTS[IRI],
    **{name: INPUTS[name] for name in SDI},
    "potholes": Text(
        "Jumlah lubang (tiap 100 m, bila panjangnya tidak dipilih)", "Potholes (on 100 m unless a length is chosen)"
    ),
    OVER: Text("Lubang dihitung sepanjang (m)", "Potholes counted over (m)"),
    **METRES,
    TOTAL: Text("Meter seluruhnya", "Metres in all"),
}
NO_ROAD = Text(
    "Pilih kolom pengenal ruas: isinya sama dengan pengenal ruas di sumber jalannya.",
    "Choose the column that says which road: as the source of the roads names it.",
)
NO_SOURCE = Text("Pilih sumber jalan yang disurvei dari daftar.", "Choose the source of the roads from the list.")
NO_OFFICER = Text("Tulis siapa yang mensurvei.", "Write who surveyed.")
NO_NUMBERS = Text(
    "Pilih kolom hasil surveinya: IRI, keempat isian SDI, atau meter tiap kelas.",
    "Choose the columns of what was found: IRI, the four inputs of SDI, or metres of each class.",
)
MIXED = Text(
    "Meter tiap kelas dan IRI atau SDI ialah survei yang berbeda: pilih salah satu.",
    "Metres of each class and IRI or SDI are different surveys: choose one of them.",
)
PART_OF_SDI = Text(
    "SDI memerlukan empat kolom: luas retak, lebar retak, jumlah lubang, dan alur.",
    "SDI needs four columns: cracked area, width of cracks, potholes, and ruts.",
)
NO_DAY = Text("Isi tanggal surveinya; berkas ini tidak memuatnya.", "Give the day of the survey; the file has none.")
LATER = Text("Tanggal survei itu belum tiba.", "That day of the survey has not come yet.")
NOT_THERE = Text("Kolom pemetaan ini tidak ada dalam berkas.", "The file lacks columns of this mapping.")


@dataclass(frozen=True)
class Wishes:
    """A clerk's choices: which saved mapping, or else what each column means; and the day where the file has none."""

    part: str
    base: str
    columns: tuple[tuple[str, str], ...]
    source: str = ""
    officer: str = ""
    read_as: str = ""
    day: date | None = None

    def column_for(self, meaning: str) -> str:
        """Find the column of a meaning; "" where none has it."""
        return next((column for column, chosen in self.columns if chosen == meaning), "")

    def mapping(self) -> SurveyMap:
        """Write the choices as the mapping that the importer follows."""
        if self.base != OWN:
            return next(one for one in saved() if one.name == self.base)
        inputs = {name: self.column_for(name) for name in (IRI, *SDI, OVER) if self.column_for(name)}
        metres = {name: self.column_for(name) for name in METRES if self.column_for(name)}
        kind = "metres" if metres else "iri" if set(inputs) == {IRI} else "sdi"
        wave = {"kind": kind, "officer": self.officer, "inputs": inputs, "metres": metres}
        more = {"total": self.column_for(TOTAL), "read_as": self.read_as} if metres else {}
        told = {"name": OWN, "source": self.source, "id": [self.column_for(ROAD)], "survey": [{**wave, **more}]}
        return SurveyMap.model_validate(told)


def fitting(name: str, columns: Sequence[str]) -> list[SurveyMap]:
    """List the saved mappings whose columns a file has."""
    return [one for one in saved() if one.match.fits(name, "", tuple(columns), "")]


def wrong(wishes: Wishes, sources: Collection[str], today: date) -> list[Text]:
    """Say what is wrong with a clerk's choices; nothing where the file can be tried."""
    found = _wrong_columns(wishes, sources) if wishes.base == OWN else _lacking(wishes)
    if found:
        return found
    waves: Sequence[Wave] = wishes.mapping().waves
    if wishes.day is None:
        return [NO_DAY] if any(wave.on is None for wave in waves) else []
    return [LATER] if wishes.day > today else []


def _lacking(wishes: Wishes) -> list[Text]:
    mapping = wishes.mapping()
    needed = {*mapping.identifiers, *(column for wave in mapping.waves for column in wave.columns)}
    return [NOT_THERE] if needed - {column for column, _ in wishes.columns} else []


def _wrong_columns(wishes: Wishes, sources: Collection[str]) -> list[Text]:
    chosen = [meaning for _, meaning in wishes.columns if meaning]
    twice = [MEANINGS[name] for name in dict.fromkeys(chosen) if chosen.count(name) > 1]
    found = [Text(f"{one.id}: pilih satu kolom saja.", f"{one.en}: choose one column alone.") for one in twice]
    metres, sdi = set(chosen) & set(METRES), set(chosen) & {*SDI, OVER}
    wanted = (
        (ROAD not in chosen, NO_ROAD),
        (not metres and not sdi and IRI not in chosen, NO_NUMBERS),
        (bool(metres) and (bool(sdi) or IRI in chosen), MIXED),
        (bool(sdi) and not sdi.issuperset(SDI), PART_OF_SDI),
        (wishes.source not in sources, NO_SOURCE),
        (not wishes.officer, NO_OFFICER),
    )
    return [*found, *(why for is_wrong, why in wanted if is_wrong)]
