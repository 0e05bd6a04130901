"""The log: one line of JSON for each thing, about requests and not about people."""

from __future__ import annotations

import logging
import sys

import structlog

__all__ = ["set_up_log"]

# Django's own loggers put addresses, and so what somebody searched for, into their messages.
LOUD = ("django.request", "django.server", "django.security", "axes", "allauth")


def set_up_log() -> None:
    """Write structured lines to stderr; say nothing of people, search texts or records."""
    for name in LOUD:
        logging.getLogger(name).disabled = True
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR, format="%(levelname)s %(name)s")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
