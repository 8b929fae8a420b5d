"""What the columns of a file of surveys mean: small TOML files in surveys/."""

import tomllib
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from layers.reading.mapping import FileMap
from layers.reading.refusal import FileRefusedError
from layers.roads.forms import OutsideClass

FOLDER = Path(__file__).with_name("surveys")


class Wave(BaseModel):
    """One survey of each road in the file.

    `inputs` names the column of each number of the form, `metres` the column of each outside class, `total` the
    column of their sum. `on` is the day, where the file is of one day; `longest_km` the most that a road may measure.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: str
    officer: str
    on: date | None = None
    inputs: dict[str, str] = {}
    metres: dict[OutsideClass, str] = {}
    total: str = ""
    read_as: str = ""
    longest_km: float = 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Name the columns that hold the numbers of the form."""
        return (*self.inputs.values(), *self.metres.values())


class SurveyMap(FileMap):
    """A saved mapping of surveys; `id` and `source` tell which road a row speaks of."""

    waves: tuple[Wave, ...] = Field(alias="survey", min_length=1)


def survey_map(wanted: str, name: str, columns: tuple[str, ...]) -> SurveyMap:
    """Find the mapping asked for by name or path, or the one that fits; raises FileRefusedError where none does."""
    if wanted.endswith(".toml"):
        return load(Path(wanted))
    known = saved()
    for one in known:
        if one.name == wanted or (not wanted and one.match.fits(name, "", columns, "")):
            return one
    names = ", ".join(one.name for one in known)
    raise FileRefusedError(
        f"Belum ada pemetaan survei untuk berkas ini. Yang ada: {names}. Tulis pemetaan sendiri dan pakai --map."
    )


def saved() -> list[SurveyMap]:
    """Read the saved mappings."""
    return [load(path) for path in sorted(FOLDER.glob("*.toml"))]


def load(path: Path) -> SurveyMap:
    """Read one mapping; raises FileRefusedError where it is not one."""
    try:
        return SurveyMap.model_validate({"name": path.stem, **tomllib.loads(path.read_text(encoding="utf-8"))})
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as problem:
        raise FileRefusedError(f"Pemetaan {path} tidak dapat dibaca: {problem}") from problem
