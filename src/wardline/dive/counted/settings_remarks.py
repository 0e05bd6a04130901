"""What is to be known of a force's settings in one dive: it stops nothing, and nothing is guessed instead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import polars as pl

from wardline.dive.described.dive_documents import DiveDocuments
from wardline.events import EventLog, existing_cases, known_events
from wardline.findings import days_judged
from wardline.obligations import ResolvedObligation
from wardline.reports.settings_in_words import LaterConfirmation, SettingsRemark, UnknownHolidays
from wardline.standards import working_days_in
from wardline.time_limits import NoHolidays, deadline, first_and_last_year

__all__ = ["settings_remarks"]


def settings_remarks(documents: DiveDocuments, event_log: EventLog) -> tuple[SettingsRemark, ...]:
    """Years whose bank holidays are not known and that a limit in working days reaches; confirmations of a later
    day.
    """
    return (*_unknown_holidays(documents, event_log), *_later_confirmations(documents))


def _unknown_holidays(documents: DiveDocuments, event_log: EventLog) -> Iterator[UnknownHolidays]:
    nation = documents.force.nation
    counting = [one for one in documents.obligations if any(working_days_in(one.obligation))]
    if nation is None or not counting:
        return
    spans = _spans(event_log, documents.as_at)
    beyond = [one for one in counting if _reaches_an_unknown_year(one, documents, spans)]
    if beyond:
        names = tuple(dict.fromkeys(one.full_name for one in beyond))
        yield UnknownHolidays(nation, *first_and_last_year(nation), names)


def _spans(event_log: EventLog, as_at: datetime) -> dict[tuple[str, str], tuple[datetime, datetime]]:
    """By case type and event, when the first and the last that is known happened, in cases that exist."""
    cases = existing_cases(event_log, as_at=as_at).select("case_id", "case_type")
    found = (
        known_events(event_log, as_at=as_at)
        .filter(pl.col("happened_at").is_not_null())
        .join(cases, on="case_id", how="inner")
        .group_by("case_type", "event")
        .agg(pl.col("happened_at").min().alias("first"), pl.col("happened_at").max().alias("last"))
        .collect()
    )
    return {(case_type, event): (first, last) for case_type, event, first, last in found.iter_rows()}


def _reaches_an_unknown_year(
    one: ResolvedObligation, documents: DiveDocuments, spans: dict[tuple[str, str], tuple[datetime, datetime]]
) -> bool:
    calendar = documents.calendar
    earliest, latest = days_judged(one, documents.dive.period)
    for pattern in one.obligation.triggers():
        if (one.case_type, pattern.event) not in spans:
            continue
        first, last = spans[one.case_type, pattern.event]
        first = max(first, calendar.start_of(earliest))
        last = last if latest is None else min(last, calendar.end_of(latest))
        if first > last:
            continue
        for length in working_days_in(one.obligation):
            for at in (first, last):
                try:
                    deadline(length, at, calendar)
                except NoHolidays:
                    return True
    return False


def _later_confirmations(documents: DiveDocuments) -> Iterator[LaterConfirmation]:
    as_at = documents.calendar.local_date(documents.as_at)
    named = {one.full_name for one in documents.obligations}
    for name, confirmation in documents.force.confirmed.items():
        if name in named and confirmation.on > as_at:
            yield LaterConfirmation(name, confirmation.on, as_at)
