"""Documents of works: links, and PDFs that are kept here and only ever handed out as downloads."""

import re
from pathlib import Path
from secrets import token_hex
from typing import IO

from sqlalchemy import Connection, insert, select

from layers.records.actors import Actor
from layers.records.photo_files import keep_file
from layers.works.guards import refuse
from layers.works.holding import Done, check_words, hold, role_of, write
from layers.works.table import WorkDocument
from layers.works.vocabulary import DOCUMENTS

FOLDER = Path("files") / "documents"
MOST_BYTES = 20_000_000
TAIL_BYTES = 2_048
LINK = re.compile(r"https?://[^\s/@:\\]+(:\d{1,5})?(/\S*)?", re.ASCII)
LONGEST_LINK, LONGEST_TITLE = 1_000, 200
KINDS = {choice.id for choice in DOCUMENTS}
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")


def read_pdf(file: IO[bytes]) -> bytes:
    """Read a PDF that brings nothing to run in plain sight; raises ActRefusedError for every other file.

    What a PDF hides in packed parts is not looked into: it is handed out as a download, never shown within a page.
    """
    if file.seek(0, 2) > MOST_BYTES:
        raise refuse("document", "Berkas ini lebih dari 20 MB; kirim yang lebih kecil.", "This file is above 20 MB.")
    file.seek(0)
    content = file.read()
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-TAIL_BYTES:]:
        told = "Berkas ini bukan PDF yang utuh; simpan dokumennya sebagai PDF, lalu kirim lagi."
        raise refuse("document", told, "This file is no whole PDF; save the document as PDF and send it again.")
    if ACTIVE.search(content):
        told = "PDF ini memuat program atau berkas lain; cetak ulang sebagai PDF biasa."
        raise refuse("document", told, "This PDF brings programs or other files along; print it as a plain PDF.")
    return content


def add_document(
    connection: Connection,
    data_dir: Path,
    actor: Actor,
    work_id: int,
    kind: str,
    title: str,
    what: str | bytes,
    *,
    seen_version: int | None,
) -> Done:
    """Keep a document, `what` being its address or the content of a PDF; raises ActRefusedError, OSError."""
    work = hold(connection, work_id, seen_version)
    role = role_of(actor, work.agency, work.village_code)
    if kind not in KINDS:
        raise refuse("kind", "Pilih jenis dokumennya.", "Choose the kind of document.")
    if not title.strip():
        raise refuse("title", "Tulis judul dokumennya.", "Give the document a title.")
    check_words(title, LONGEST_TITLE)
    row = {"work_id": work_id, "kind": kind, "title": title.strip(), "by": actor.name}
    row |= {"url": _link(what)} if isinstance(what, str) else {"name": _store(data_dir, what)}
    number = connection.scalar(insert(WorkDocument).values(**row).returning(WorkDocument.id))
    return write(connection, actor, work, "add_document", role, {}, document=number, kind=kind)


def file_of(connection: Connection, number: int) -> tuple[str, str] | None:
    """Name the file of a document and its title; None where it is a link, or not there."""
    asked = select(WorkDocument.name, WorkDocument.title).where(WorkDocument.id == number)
    found = connection.execute(asked.where(WorkDocument.name.is_not(None))).one_or_none()
    return (found.name, found.title) if found else None


def path(data_dir: Path, name: str) -> Path:
    """Tell where the file of a document lies."""
    return data_dir / FOLDER / name[:2] / f"{name}.pdf"


def _store(data_dir: Path, content: bytes) -> str:
    name = token_hex(16)
    keep_file(path(data_dir, name), content)
    return name


def _link(written: str) -> str:
    link = written.strip()
    if len(link) > LONGEST_LINK or not LINK.fullmatch(link):
        told = "Tautan dokumen dimulai dengan https:// dan nama situs."
        raise refuse("link", told, "The link of a document begins with https:// and the name of a site.")
    return link
