"""The address of the database, looked at with the standard library alone before anything is fetched."""

from scripts.setup.progress import Trouble

ADVICE = "DATABASE_URL is no PostgreSQL address: write postgresql://user:password@host:5432/database"


def check(url: str) -> None:
    """Check that an address, as Settings give it, is one of PostgreSQL; raises Trouble where it is not."""
    scheme, separator, _ = url.partition("://")
    if not separator or scheme.partition("+")[0] != "postgresql":
        raise Trouble(ADVICE)
