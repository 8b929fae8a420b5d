"""A backup as it lies on disk: the database, the files, the keys apart, and a manifest to check all three against."""

import hashlib
import json
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path

from layers.records.tally import Count
from scripts.setup.progress import Trouble

MANIFEST = "manifest.json"
DATABASE = "database.dump"
FILES = "files.tar.gz"
KEYS = "keys.tar.gz"
KEPT = ("files", "refused")  # folders of the data; what is left out is made anew
KEYS_FOLDER = "keys"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: when it was made, the schema's revision, each table's count, each file's SHA-256."""

    made_at: str
    revision: str
    tables: dict[str, Count]
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        """Write the manifest into a backup's folder."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read a backup's manifest; raises Trouble where the folder is no backup."""
        try:
            written = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            tables = {name: Count(**count) for name, count in written.pop("tables").items()}
            return cls(tables=tables, **written)
        except (OSError, ValueError, KeyError, TypeError):
            raise Trouble(f"{folder} is no backup: give the folder that scripts/backup named") from None


def digest(file: Path) -> str:
    """Give a file's SHA-256."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def pack(home: Path, names: tuple[str, ...], archive: Path) -> None:
    """Pack those of a folder's folders that exist; readable by their owner alone."""
    with tarfile.open(archive, "w:gz") as packed:
        for name in filter(lambda name: (home / name).exists(), names):
            packed.add(home / name, name)
    archive.chmod(0o600)


def check(folder: Path, manifest: Manifest) -> None:
    """Check that the files of a backup are those that were written, the keys perhaps kept elsewhere; raises Trouble."""
    for name, expected in manifest.files.items():
        file = folder / name
        if name == KEYS and not file.exists():
            continue
        if not file.exists() or digest(file) != expected:
            raise Trouble(f"{file} is damaged or missing: use another backup")
