"""Start the worker: python -m webapp.jobs."""

import asyncio
import logging

from layers.settings import Settings
from webapp import logs
from webapp.jobs import worker

settings = Settings.from_environment()
logs.configure(settings.log_level)
for talkative in ("procrastinate", "alembic"):  # of every job, every three seconds; of each of its parts, once loaded
    logging.getLogger(talkative).setLevel(logging.WARNING)
asyncio.run(worker.run(settings))
