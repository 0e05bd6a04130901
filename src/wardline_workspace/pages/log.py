"""The log: one line of JSON for each thing, about requests and not about people."""

from __future__ import annotations

import json
import logging
import sys

import structlog

__all__ = ["set_up_log"]

# Django's own loggers put addresses, and so what somebody searched for, into their messages.
LOUD = ("django.request", "django.server", "django.security", "axes", "allauth")


class _WhereFrom(logging.Formatter):
    """Of what a library logs, which part of it spoke and no word more: its messages and tracebacks quote values."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return json.dumps({"event": "a library spoke", "kind": kind, "level": record.levelname, "where": record.name})


def set_up_log() -> None:
    """Write structured lines to stderr; say nothing of people, search texts or records."""
    for name in LOUD:
        logging.getLogger(name).disabled = True
    written = logging.StreamHandler(sys.stderr)
    written.setFormatter(_WhereFrom())
    logging.basicConfig(handlers=[written], level=logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
