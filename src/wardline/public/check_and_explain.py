"""`check` and `explain`: obligations against an event log, and why a finding says what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from wardline.dive import KeptDive
from wardline.dive import explain as explain_from_dive
from wardline.dive.questions.explaining import explained
from wardline.engines import check as check_by_columns
from wardline.errors import ArgumentError, UsageError
from wardline.events import FIXED_COLUMNS, EventLog
from wardline.findings import FINDINGS
from wardline.obligations import ResolvedObligation
from wardline.public.arguments import Arguments, kind_of
from wardline.public.documents import force_given, standards_given
from wardline.public.tables.taking import table_given
from wardline.standards import Standard, clashes, resolve
from wardline.time_limits import Calendar

__all__ = ["check", "explain"]

MADE_WITH = "Make one with `wardline.event_log(cases=…, events=…)` or `wardline.read_records(…)`."
NOT_EVENT_LOGS = "`open_dive(…).event_log` is that of a dive."


@dataclass(frozen=True)
class WhatIsAsked:
    """Obligations, the event log they are checked against, the instant from which we look; and what was found."""

    obligations: tuple[ResolvedObligation, ...]
    event_log: EventLog
    as_at: datetime
    calendar: Calendar
    findings: pl.LazyFrame = field(default_factory=FINDINGS.to_frame().lazy)
    is_made_up: bool = False


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

    `standards` is one or a list of them, each as `standard` takes it. The name of one that ships means every version of
    it, so that each occasion is judged by the one in force on its day. Obligations that a dive resolved
    (`open_dive(…).obligations`) may be given instead, and then no `force`.

    `as_at` is the instant from which we look: what was recorded later is not known. It is a date (the start of that
    day), a local time of the force, a time with a zone, or text as in a dive file. `force` is as `force` takes it; its
    time zone and bank holidays decide every deadline. `period` is two local days, both included, of which the occasions
    are judged; without it all are.

    The columns are those of [findings](findings.md). Raises `WardlineError` with everything that does not fit, at once.
    """
    given = Arguments("check")
    question = _question_given(given, standards, log, as_at, force)
    days = given.period("period", period)
    given.check()
    assert question is not None
    return check_by_columns(question.obligations, question.event_log, as_at=question.as_at, period=days)


def explain(
    source: Any,
    case: str,
    *,
    standards: Any = None,
    log: EventLog | None = None,
    as_at: date | datetime | str | None = None,
    force: Any = None,
) -> str:
    """One case in words: what was recorded, with both clocks, and each finding with the sentence that says why.

    `source` is a dive (`open_dive` gives one), and then nothing else is needed. Or it is findings that `check` gave,
    whole or of this case alone, and then `standards`, `log`, `as_at` and `force` are those that `check` was given.

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
    >>> asked = {
    ...     "standards": pace,
    ...     "log": log,
    ...     "as_at": date(2025, 4, 1),
    ...     "force": {"force": "Our force", "nation": "England", "time zone": "Europe/London"},
    ... }
    >>> findings = wardline.check(**asked)
    >>> print(wardline.explain(findings, "E1", **asked))
    Case E1 (missing episode)
    ...
      Recorded late by 40 minutes: ‘officer deployed’ on Monday 3 March 2025 at 19:40, after the deadline at 19:00 ...

    `case` is a `case_id`, or the number alone where only one record system has it. Raises `WardlineError` where there
    is no such case, and suggests near ones.
    """
    given = Arguments("explain")
    named = given.text("case", case)
    if isinstance(source, KeptDive):
        for argument, value in {"standards": standards, "log": log, "as_at": as_at, "force": force}.items():
            if value is not None:
                given.wrong(argument, "A dive knows this itself.", f"Leave `{argument}` out.")
        given.check()
        return _told_at_the_case(given, lambda: explain_from_dive(str(named), source))
    if isinstance(source, str | Path):
        given.wrong("source", f"This is {kind_of(source)}, not a dive.", "Open it first: `wardline.open_dive(…)`.")
        given.check()
    findings = table_given(given, "source", source)
    question = _question_given(given, standards, log, as_at, force)
    if findings is not None:
        findings = _findings_given(given, findings, question)
    given.check()
    assert question is not None and findings is not None
    found = replace(question, findings=findings.lazy())
    return _told_at_the_case(given, lambda: explained(str(named), found))


def _told_at_the_case(given: Arguments, explain_it: Callable[[], str]) -> str:
    """What is said of a case; that there is none of that name is told of the argument."""
    try:
        return explain_it()
    except UsageError as error:
        raise ArgumentError(replace(one, where=given.place("case")) for one in error.problems) from None


def _findings_given(given: Arguments, findings: pl.DataFrame, question: WhatIsAsked | None) -> pl.DataFrame | None:
    """Findings as `check` gives them, of the obligations that are asked of."""
    remedy = "Give the table that `wardline.check` gave, with all its columns; rows may be left out."
    if absent := [name for name in FINDINGS if name not in findings.columns]:
        given.wrong("source", f"These are not findings: {', '.join(absent)} is missing.", remedy)
        return None
    try:
        rows = findings.select(pl.col(name).cast(kind) for name, kind in FINDINGS.items())
    except pl.exceptions.PolarsError:
        given.wrong("source", "Some columns of these findings are of another type.", remedy)
        return None
    if question is not None:
        known = {(one.standard, one.version, one.obligation.id) for one in question.obligations}
        if set(rows.select("standard", "version", "obligation").unique().rows()) - known:
            given.wrong("source", "Some of these findings are of obligations that `standards` does not have.", remedy)
            return None
    return rows


def _question_given(given: Arguments, standards: Any, log: Any, as_at: Any, force: Any) -> WhatIsAsked | None:
    """What is asked of which log, or None with its problems noted."""
    if not isinstance(log, EventLog):
        given.wrong("log", f"This is {kind_of(log)}, not an event log.", f"{MADE_WITH} {NOT_EVENT_LOGS}")
    elif strays := _tables_of_other_columns(log):
        given.wrong("log", f"Some of its tables lack columns or have them of another type: {strays}.", MADE_WITH)
    resolved = _resolved_already(standards)
    obligations: tuple[ResolvedObligation, ...] | None = resolved
    calendar = Calendar(resolved[0].zone, resolved[0].nation) if resolved else None
    if resolved is None:
        settings = force_given(given, "force", force)
        calendar = None if settings is None else settings.calendar
        held = _standards_given(given, standards)
        if settings is not None and held:
            obligations = given.collect(lambda: resolve(held, settings))
    elif force is not None:
        given.wrong("force", "These obligations have a force's settings already.", "Leave `force` out.")
    instant = given.instant("as_at", as_at, calendar)
    if obligations is None or instant is None or calendar is None:
        return None
    return WhatIsAsked(obligations, log, instant, calendar)


def _resolved_already(standards: Any) -> tuple[ResolvedObligation, ...] | None:
    listed = standards if isinstance(standards, list | tuple) else [standards]
    return tuple(listed) if listed and all(isinstance(one, ResolvedObligation) for one in listed) else None


def _standards_given(given: Arguments, standards: Any) -> list[Standard]:
    listed = standards if isinstance(standards, list | tuple) else [standards]
    if not listed:
        given.wrong("standards", "No standard is named here.", "Give at least one.")
    named = ["standards"] if listed is not standards else [f"standards[{number}]" for number in range(len(listed))]
    found = [standards_given(given, name, one) for name, one in zip(named, listed, strict=bool(listed))]
    if None in found:
        return []
    held = [(name, one) for name, versions in zip(named, found, strict=bool(listed)) for one in versions or ()]
    for number, what, remedy in clashes([one for _, one in held]):
        given.wrong(held[number][0], what, remedy)
    return [one for _, one in held]


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
