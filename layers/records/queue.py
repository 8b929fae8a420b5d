"""Work for the worker, asked for in the transaction of whoever asks: what is rolled back is never done."""

import json

from sqlalchemy import Connection

from layers.db import sql

SHORT, LONG = "default", "long"  # what ends within seconds, and what may last, which waits for its like alone
PROMPT = "prompt"  # what somebody waits for in front of a page: no computation is ever before it


def defer(connection: Connection, task: str, queue: str, lock: str, **arguments: str) -> None:
    """Have the worker do a task of a queue once this transaction is committed; of those with one lock one at a time."""
    asked = {"queue": queue, "task": task, "lock": lock, "arguments": json.dumps(arguments)}
    connection.execute(sql("records/defer.sql"), asked)
