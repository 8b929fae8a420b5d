"""What letters to citizens share: their links, and the end that each of them offers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from layers.complaints import stopping, surveys
from layers.records import links


@dataclass(frozen=True)
class Letterhead:
    """The public address of this installation, and the folder with the keys that links are made with."""

    site: str
    data_dir: Path

    def confirm(self, seed: str) -> str:
        """Give the address at which something is confirmed."""
        return f"{self.site}/kabar/konfirmasi/{links.token(self.data_dir, seed)}"

    def open_report(self, seed: str) -> str:
        """Give the address that opens the own report once."""
        return f"{self.site}/laporan/tautan/{links.token(self.data_dir, seed)}"

    def survey(self, complaint: int, recipient: str) -> str:
        """Ask whether it is solved, with the address at which to say so."""
        address = f"{self.site}/laporan/penilaian/{surveys.token(self.data_dir, complaint, recipient)}"
        return f"Apakah masalahnya benar-benar beres? Beri penilaian di:\n{address}"

    def stop(self, about: str, number: int, recipient: str) -> tuple[str, Mapping[str, str]]:
        """Tell how to end these letters, in words, and in headers by which mail programs do it at one click.

        The headers are those of RFC 8058.
        """
        address = f"{self.site}/kabar/berhenti/{stopping.token(self.data_dir, about, number, recipient)}"
        headers = {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        return f"Agar tidak dikirimi lagi, buka\n{address}\nSurat ini tidak perlu dibalas.", headers


def paragraphs(parts: list[str]) -> str:
    """Put the parts of a letter below each other, without the empty ones."""
    return "\n\n".join(part for part in parts if part) + "\n"
