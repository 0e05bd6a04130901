"""The tables of a small event log as an analyst gives them, and what is made of them or said against them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl
import pytest

import wardline

LONDON = "Europe/London"
AT = datetime(2025, 3, 3, 18, 0)
CASES = {"case_id": ["E1", "E2"], "case_type": ["missing episode"] * 2}
EVENTS = {"case_id": ["E1", "E1", "E2"], "event": ["reported", "found", "reported"], "happened_at": [AT] * 3}


def log_of(**tables: Any) -> wardline.EventLog:
    return wardline.event_log(**{"cases": CASES, "events": EVENTS, "zone": LONDON, **tables})


def events_of(**columns: Any) -> pl.DataFrame:
    """The events of a log whose given events have these columns too."""
    return log_of(events={**EVENTS, **columns}).events.collect()


def problems_of(**tables: Any) -> list[tuple[str, str]]:
    """Where each problem is, and what it is, of a log with these tables."""
    with pytest.raises(wardline.WardlineError) as raised:
        log_of(**tables)
    return [(str(problem.where).removeprefix("event_log(…): "), problem.what) for problem in raised.value.problems]
