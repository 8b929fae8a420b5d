"""What letters to citizens share: their language, their links, and the end that each of them offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from layers.complaints import stopping, surveys
from layers.layer import Text
from layers.records import links

SURVEY = Text(
    "Apakah masalahnya benar-benar beres? Beri penilaian di:",
    "Is the problem really solved? Tell us at:",
)
STOP = Text(
    "Agar tidak dikirimi lagi, buka\n{address}\nSurat ini tidak perlu dibalas.",
    "To get no more of them, open\n{address}\nThere is no need to answer this letter.",
)


@dataclass(frozen=True)
class Letterhead:
    """The public address of this installation, and the folder with the keys that links are made with.

    The letter is in a `language` (id or en); its links are counted from the day on which it was written.
    """

    site: str
    data_dir: Path
    language: str
    written_on: date

    def says(self, text: Text) -> str:
        """Pick the words in the language of the letter."""
        return text.en if self.language == "en" else text.id

    def page(self, path: str) -> str:
        """Give the address of a page, which opens in the language of the letter."""
        return f"{self.site}/{path}" + ("?lang=en" if self.language == "en" else "")

    def confirm(self, seed: str) -> str:
        """Give the address at which something is confirmed."""
        return self.page(f"kabar/konfirmasi/{links.token(self.data_dir, seed)}")

    def open_report(self, seed: str) -> str:
        """Give the address that opens the own report once."""
        return self.page(f"laporan/tautan/{links.token(self.data_dir, seed)}")

    def survey(self, complaint: int, recipient: str) -> str:
        """Ask whether it is solved, with the address at which to say so."""
        token = surveys.token(self.data_dir, complaint, recipient, self.written_on)
        return f"{self.says(SURVEY)}\n{self.page(f'laporan/penilaian/{token}')}"

    def stop(self, about: str, number: int, recipient: str) -> tuple[str, Mapping[str, str]]:
        """Tell how to end letters about a complaint or an alert, as `ending` does."""
        return self.ending(stopping.token(self.data_dir, about, number, recipient, self.written_on))

    def ending(self, token: str) -> tuple[str, Mapping[str, str]]:
        """Tell how a token ends letters, in words, and in headers by which mail programs do it at one click.

        The headers are those of RFC 8058.
        """
        path = f"kabar/berhenti/{token}"
        headers = {
            "List-Unsubscribe": f"<{self.site}/{path}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        return self.says(STOP).format(address=self.page(path)), headers


def paragraphs(parts: list[str]) -> str:
    """Put the parts of a letter below each other, without the empty ones."""
    return "\n\n".join(part for part in parts if part) + "\n"
