"""The locks of the database by which one waits for another: all their numbers, so that no two are the same."""

from sqlalchemy import Connection, func, select

FOLDING = 8_107_200  # one folds the changes of layers at a time
LINKING = 8_107_201  # one joins events to the trail
SEALING = 8_107_202  # one seals the trail, and a backup keeps the seals that belong to its database
COUNTING = 8_107_203  # one counts the figures of complaints
ROAD_RULES = 8_107_204  # one gives the rules of roads their next version
TREATMENTS = 8_107_209  # one changes what repairs cost


def hold(connection: Connection, number: int) -> None:
    """Wait for a lock, and hold it until the transaction ends."""
    connection.execute(select(func.pg_advisory_xact_lock(number)))
