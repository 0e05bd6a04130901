"""`check`: obligations against an event log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import polars as pl

from wardline.engines import check as check_by_columns
from wardline.events import FIXED_COLUMNS, EventLog
from wardline.obligations import ResolvedObligation
from wardline.public.arguments import Arguments, kind_of
from wardline.public.documents import force_given, standard_given
from wardline.standards import Standard, clashes, resolve

__all__ = ["WhatIsAsked", "check", "question_given"]

MADE_WITH = "Make one with `wardline.event_log(cases=…, events=…)` or `wardline.read_records(…)`."
NOT_EVENT_LOGS = "`open_dive(…).event_log` is that of a dive."


class WhatIsAsked:
    """Obligations, the event log they are checked against, the instant from which we look, and local days."""

    def __init__(self, obligations: tuple[ResolvedObligation, ...], log: EventLog, as_at: datetime) -> None:
        self.obligations, self.log, self.as_at = obligations, log, as_at


def check(
    standards: Any,
    log: EventLog,
    *,
    as_at: date | datetime | str,
    force: Any = None,
    period: tuple[date, date] | None = None,
) -> pl.DataFrame:
    """Check the records of an event log against standards: the findings, one row for each occasion.

    >>> from datetime import date, datetime
    >>> import wardline
    >>> log = wardline.event_log(
    ...     cases={"case_id": ["E1"], "case_type": ["missing episode"], "opened_at": [datetime(2025, 3, 3, 18, 0)]},
    ...     events=[
    ...         {"case_id": "E1", "event": "reported", "happened_at": datetime(2025, 3, 3, 18, 0)},
    ...         {"case_id": "E1", "event": "officer_deployed", "happened_at": datetime(2025, 3, 3, 19, 40)},
    ...     ],
    ...     zone="Europe/London",
    ... )
    >>> pace = {
    ...     "standard": "our-own/pace",
    ...     "title": "How soon somebody is sent",
    ...     "version": "1",
    ...     "in force": {"from": "2025-01-01"},
    ...     "case type": "missing episode",
    ...     "obligations": [
    ...         {
    ...             "id": "send",
    ...             "title": "Police are sent within an hour",
    ...             "topic": "initial response",
    ...             "owed by": "force",
    ...             "when": "reported",
    ...             "then": "officer_deployed",
    ...             "within": "60 minutes",
    ...             "basis": {"kind": "force policy", "title": "Our response policy"},
    ...         }
    ...     ],
    ... }
    >>> ours = {"force": "Our force", "nation": "England", "time zone": "Europe/London"}
    >>> findings = wardline.check(pace, log, as_at=date(2025, 4, 1), force=ours)
    >>> findings.select("case_id", "outcome", "late_by").row(0)
    ('E1', 'late', datetime.timedelta(seconds=2400))

    `standards` is one or a list of them, each as `standard` takes it; obligations that a dive resolved
    (`open_dive(…).obligations`) may be given instead, and then no `force`.

    `as_at` is the instant from which we look: what was recorded later is not known. It is a date (the start of that day), a
    local time of the force, a time with a zone, or text as in a dive file. `force` is as `force` takes it; its time zone
    and bank holidays decide every deadline. `period` is two local days, both included, of which the occasions are judged;
    without it all are.

    The columns are those of [findings](findings.md). Raises `WardlineError` with everything that does not fit, at once.
    """
    given = Arguments("check")
    question = question_given(given, standards, log, as_at, force)
    days = given.period("period", period)
    given.check()
    assert question is not None
    return check_by_columns(question.obligations, question.log, as_at=question.as_at, period=days)


def question_given(given: Arguments, standards: Any, log: Any, as_at: Any, force: Any) -> WhatIsAsked | None:
    """What is asked of which log, or None with its problems noted."""
    if not isinstance(log, EventLog):
        given.wrong("log", f"This is {kind_of(log)}, and not an event log.", f"{MADE_WITH} {NOT_EVENT_LOGS}")
    elif strays := _tables_of_other_columns(log):
        given.wrong("log", f"Some of its tables lack columns or have them of another type: {strays}.", MADE_WITH)
    resolved = _resolved_already(standards)
    obligations: tuple[ResolvedObligation, ...] | None = resolved
    zone = resolved[0].zone if resolved else None
    if resolved is None:
        settings = force_given(given, "force", force)
        zone = None if settings is None else settings.zone
        held = _standards_given(given, standards)
        if settings is not None and held:
            obligations = given.collect(lambda: resolve(held, settings))
    elif force is not None:
        given.wrong("force", "These obligations have a force's settings already.", "Leave `force` out.")
    instant = given.instant("as_at", as_at, given.zone("as_at", zone))
    return None if obligations is None or instant is None else WhatIsAsked(obligations, log, instant)


def _resolved_already(standards: Any) -> tuple[ResolvedObligation, ...] | None:
    listed = standards if isinstance(standards, list | tuple) else [standards]
    return tuple(listed) if listed and all(isinstance(one, ResolvedObligation) for one in listed) else None


def _standards_given(given: Arguments, standards: Any) -> list[Standard]:
    listed = standards if isinstance(standards, list | tuple) else [standards]
    if not listed:
        given.wrong("standards", "No standard is named here.", "Give at least one.")
    named = ["standards"] if listed is not standards else [f"standards[{number}]" for number in range(len(listed))]
    found = [standard_given(given, name, one) for name, one in zip(named, listed, strict=bool(listed))]
    held = [one for one in found if one is not None]
    if len(held) < len(listed):
        return []
    for number, what, remedy in clashes(held):
        given.wrong(named[number], what, remedy)
    return held


def _tables_of_other_columns(log: EventLog) -> str:
    """The tables that no maker of event logs could have given."""
    return ", ".join(
        f"`{name}`"
        for name, table in log.tables().items()
        if not isinstance(table, pl.LazyFrame) or dict(FIXED_COLUMNS[name]).items() - dict(_schema(table)).items()
    )


def _schema(table: pl.LazyFrame) -> pl.Schema:
    try:
        return table.collect_schema()
    except (pl.exceptions.PolarsError, OSError):
        return pl.Schema()
