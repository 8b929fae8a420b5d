"""scripts/audit: prove that nobody has tampered with the trail, and say up to when it is proven."""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from layers import db
from layers.records import keys, proof, seals, trail
from layers.settings import Settings
from scripts.database import database
from scripts.setup.progress import Trouble, say

MOST_SHOWN = 50
LATE = timedelta(hours=2)


def main() -> None:
    """Verify the trail, or seal it now; ends with status 1 where anything was tampered with."""
    arguments = parser().parse_args()
    try:
        with database() as url:
            data_dir = Settings.from_environment().data_dir
            engine = db.connect(url, pool_size=1)
            if arguments.act == "seal":
                seal(engine, data_dir)
            else:
                verify(engine, data_dir, arguments.seals or data_dir / seals.FILE)
            engine.dispose()
    except seals.UnfinishedSealError as error:
        sys.exit(
            f"The last seal was never finished ({error}): the next one takes its place, scripts/audit seal makes it"
        )
    except seals.SealFileError as error:
        sys.exit(f"The seals were tampered with: {error}. Compare them with a copy that is kept elsewhere")
    except Trouble as trouble:
        sys.exit(str(trouble))


def parser() -> argparse.ArgumentParser:
    """Describe the two acts."""
    root = argparse.ArgumentParser(prog="scripts/audit", description=__doc__)
    acts = root.add_subparsers(dest="act", required=True)
    checking = acts.add_parser("verify", help="make every hash, link and seal anew and compare")
    checking.add_argument("--seals", type=Path, help="a copy of the seals that was kept elsewhere")
    acts.add_parser("seal", help="seal the trail now, as the worker does every hour")
    return root


def seal(engine: Engine, data_dir: Path) -> None:
    """Join what is pending and seal it."""
    with engine.begin() as connection:
        trail.join(connection)
    with engine.begin() as connection:
        made = trail.seal(connection, data_dir)
    say(f"Sealed {made.position} events at {made.at:%Y-%m-%d %H:%M:%S} UTC")


def verify(engine: Engine, data_dir: Path, file: Path) -> None:
    """Prove the trail against a file of seals; raises Trouble with every fault that was found."""
    known = seals.read(file, keys.ring(data_dir, seals.KEY))
    with engine.connect() as connection:
        connection.execute(text("set transaction isolation level repeatable read, read only"))
        connection.execute(text("set local statement_timeout = 0"))
        found = proof.verify(connection, known)
    if found.faults:
        more = [f"… and {len(found.faults) - MOST_SHOWN} more"] if len(found.faults) > MOST_SHOWN else []
        raise Trouble("\n".join(["The trail was tampered with:", *found.faults[:MOST_SHOWN], *more]))
    say(f"{found.events} events are as they were written; the words of {found.erased} were erased by an act.")
    say(proven(found))


def proven(found: proof.Proof) -> str:
    """Say up to when the trail is proven, and what came later."""
    if found.sealed_at is None:
        return "Nothing is proven yet, because nothing is sealed: run scripts/audit seal, or start the worker"
    moment = f"{found.sealed_at:%Y-%m-%d %H:%M:%S} UTC"
    later = found.events - found.sealed
    told = f"Proven up to {moment}: {found.sealed} events. {later} came later and are not sealed yet."
    if datetime.now(UTC) - found.sealed_at > LATE:
        told += " The last seal is old: does the worker run?"
    return told


if __name__ == "__main__":
    main()
