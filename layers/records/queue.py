"""Work for the worker, asked for in the transaction of whoever asks: what is rolled back is never done."""

import json

from sqlalchemy import Connection

from layers.db import sql


def defer(connection: Connection, task: str, **arguments: str) -> None:
    """Have the worker do a task once this transaction is committed."""
    connection.execute(sql("records/defer.sql"), {"task": task, "arguments": json.dumps(arguments)})
