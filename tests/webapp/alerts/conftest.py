"""The regency of one village in which people report, and what they are written."""

from tests.webapp.complaints.conftest import app, reporter, rows, send, write

__all__ = ["app", "reporter", "rows", "send", "write"]
