"""PostgreSQL's own programs, told where the database is without its password showing in the list of processes."""

import os
import shutil

from sqlalchemy import make_url

from scripts.setup.progress import Trouble


def program(name: str) -> str:
    """Find a program; raises Trouble where it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise Trouble(f"{name} is missing: apt-get install postgresql-client")
    return found


def address(url: str) -> str:
    """Give the address for libpq's programs, and hand them the password through their environment."""
    place = make_url(url).set(drivername="postgresql")
    if place.password is not None:
        os.environ["PGPASSWORD"] = place.password
    return place.set(password=None).render_as_string(hide_password=False)
