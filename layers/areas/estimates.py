"""What estimates of people say of themselves: as it is kept beside the numbers, and as it is told on screens."""

import re

from layers.layer import Text

SPREAD = "Perkiraan: total resmi disebar menurut luas permukiman"
OF_SAMPLE = "Perkiraan: total kabupaten disebar menurut luas permukiman; batas perkiraan"
WITHOUT = "; desa tanpa angka resmi: "
GUESSED = " (perkiraan)"  # what a raster that somebody brought says of itself
TOLD = {  # longest first
    f"{SPREAD} ({OF_SAMPLE})": Text(
        "perkiraan dari total kabupaten, disebar menurut luas permukiman; batas wilayah juga perkiraan",
        "an estimate from the regency's total, spread by the area of settlements; boundaries are estimated too",
    ),
    OF_SAMPLE: Text(
        "total kabupaten disebar menurut luas permukiman, batas perkiraan",
        "the regency's total spread by the area of settlements, boundaries estimated",
    ),
    SPREAD: Text(
        "perkiraan dari total resmi, disebar menurut luas permukiman",
        "an estimate from official totals, spread by the area of settlements",
    ),
    WITHOUT: Text(WITHOUT, "; villages without an official number: "),
    GUESSED: Text(GUESSED, " (an estimate)"),
}
OTHERS = re.compile(r", dan (\d+) lainnya$")


def told(source: str) -> Text:
    """Put a kept source of people into the words of a sentence; names of what people brought stay as they are."""
    indonesian, english = source, OTHERS.sub(r", and \1 more", source)
    for kept, words in TOLD.items():
        indonesian, english = indonesian.replace(kept, words.id), english.replace(kept, words.en)
    return Text(indonesian, english)
