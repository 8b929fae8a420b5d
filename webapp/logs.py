"""Logs as lines of JSON: one line a request, each with the request's number, none with where a person is."""

import logging
import re
import secrets
import sys
import time
from collections.abc import Mapping
from typing import Any

import structlog
from flask import Flask, Response, g, request
from structlog.typing import EventDict, Processor

QUERY = re.compile(r"\?[^\s\"']+")
POSITION = re.compile(r"-?\d{1,3}[.,]\d{3,}")
QUIET = ("/health", "/metrics")

log = structlog.get_logger()


def configure(level: str) -> None:
    """Send every log line of the process, libraries' too, to standard error as masked JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    structlog.configure(
        processors=[*before(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def formatter() -> logging.Formatter:
    """Make the formatter that writes a record of any logger as one masked line of JSON."""
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        mask_event,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before(), processors=last)


def before() -> list[Processor]:
    """List what is added to every line: level, logger, time, and the number of the request."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def mask_event(_logger: object, _method: str, event: EventDict) -> Mapping[str, Any]:
    """Take queries and coordinates out of every text of a log line."""
    return {
        key: mask(value) if isinstance(value, str) and key != "timestamp" else value for key, value in event.items()
    }


def mask(text: str) -> str:
    """Take queries and numbers with three or more decimals, which may be where a person is, out of a text."""
    return POSITION.sub("…", QUERY.sub("?…", text))


def install(app: Flask) -> None:
    """Give every request a number, and a line in the log when it is answered."""
    app.before_request(begin)
    app.after_request(end)
    app.teardown_request(forget)


def begin() -> None:
    """Number the request and start its clock."""
    g.request_id = secrets.token_hex(6)
    g.started = time.perf_counter()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def end(response: Response) -> Response:
    """Write the request's line: its route rather than its address, since an address may say where a person is."""
    response.headers["X-Request-ID"] = g.request_id
    if request.path not in QUIET:
        log.info("request", method=request.method, route=route(), status=response.status_code, ms=elapsed_ms())
    return response


def forget(_error: BaseException | None) -> None:
    """Take the request's number off the thread, whose next lines may be about something else."""
    structlog.contextvars.clear_contextvars()


def route() -> str:
    """Name the rule that the request met, such as /tiles/<layer>/<z>/<x>/<y>.mvt, or "-" where none did."""
    return request.url_rule.rule if request.url_rule else "-"


def elapsed_ms() -> float:
    """Tell how many milliseconds the request has taken so far."""
    started: float = g.started
    return round((time.perf_counter() - started) * 1000, 1)
