"""How a command that brings data ends where it cannot: in one line that says what to do, and with status 1."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2 import Error as DatabaseError
from sqlalchemy.exc import DBAPIError

from scripts.setup.progress import Trouble

CAUSES = {
    errno.EACCES: "hak aksesnya tidak mengizinkan",
    errno.EPERM: "hak aksesnya tidak mengizinkan",
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah disk habis",
}


@contextmanager
def in_one_line() -> Iterator[None]:
    """End the command in one line where database, disk or person stop it; nothing is kept then."""
    try:
        yield
    except (DBAPIError, DatabaseError) as error:
        sys.exit(unwritten(error))
    except OSError as error:
        sys.exit(unreached(error))
    except KeyboardInterrupt:
        sys.exit("Dihentikan. Tidak ada yang disimpan.")
    except Trouble as trouble:
        sys.exit(str(trouble))


def unwritten(error: DBAPIError | DatabaseError) -> str:
    """Say that the database did not take the rows, by the name of its error alone: its words would quote the rows."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "pgcode", None) or "tanpa kode"
    return (
        f"Tidak ada yang disimpan: basis data menolak atau terputus ({type(cause).__name__}, {code})."
        " Periksa pemetaan dan basis datanya, lalu ulangi perintah ini."
    )


def unreached(error: OSError) -> str:
    """Say which file could not be read or written, and why."""
    cause = CAUSES.get(error.errno or 0, error.strerror or type(error).__name__)
    return (
        f"Tidak ada yang disimpan: {error.filename or 'sebuah berkas'} tidak dapat dibaca atau ditulis ({cause})."
        " Perbaiki, lalu ulangi perintah ini."
    )
