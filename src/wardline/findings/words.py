"""The words that people read for outcomes and reasons, and for instants."""

from __future__ import annotations

from datetime import date, datetime, time

from wardline.findings.findings_table import Outcome, Reason
from wardline.obligations import Never, Obligation, Record
from wardline.time_limits import Calendar

__all__ = ["OUTCOME_WORDS", "REASON_WORDS", "instant_in_words", "interval_in_words", "outcome_words", "words_of_kind"]

OUTCOME_WORDS = {
    Outcome.MET: "recorded in time",
    Outcome.LATE: "recorded late",
    Outcome.MISSED: "no record found",
    Outcome.NOT_YET_DUE: "not yet due",
    Outcome.EXEMPT: "not owed",
    Outcome.CANNOT_TELL: "cannot tell",
}
OF_A_NEVER = {Outcome.MET: "not recorded as happening", Outcome.MISSED: "recorded as happening"}
OF_A_RECORD = {Outcome.MET: "filled in", Outcome.MISSED: "not filled in"}

# Each begins where "It cannot be told, because" ends.
REASON_WORDS = {
    Reason.NO_CHILD: "all the cases of one child count together here, and this case names no child",
    Reason.TRIGGER_WITHOUT_TIME: "what started the clock is recorded without a time",
    Reason.LIMIT_UNKNOWN: "it is not known how long there was",
    Reason.EVIDENCE_INCOMPLETE: "an entry that may decide it has no time, or lacks the detail that decides",
    Reason.NOT_RECORDED_HERE: "no record system that has this case is able to record it",
    Reason.NOT_JOINED: "a record system that could record it was read, but none of its rows belongs to this case",
    Reason.RECORD_GAP: "a record system that could record it had a gap in that time, or its export was taken before "
    "the time was up",
    Reason.TIME_NOT_EXACT: "a time that decides it is known only roughly",
}

LAST_MICROSECOND = time.max


def outcome_words(outcome: Outcome, obligation: Obligation) -> str:
    """The words beside an outcome; a *never* and a *record* have some of their own."""
    return words_of_kind(type(obligation))[outcome]


def words_of_kind(kind: type[object]) -> dict[Outcome, str]:
    """The words beside each outcome, for obligations of a kind."""
    own = OF_A_NEVER if issubclass(kind, Never) else OF_A_RECORD if issubclass(kind, Record) else {}
    return {**OUTCOME_WORDS, **own}


def instant_in_words(instant: datetime, calendar: Calendar, *, said_day: date | None = None) -> str:
    """`on Monday 2 June 2025 at 09:00`, in local time; `at the end of …` for the last microsecond of a day.

    On a day that has just been said (`said_day`) only `at 09:00`. Where the clocks went back over a time it is said
    which of the two it was.
    """
    local = calendar.local(instant)
    day = f"{local:%A} {local.day} {local:%B %Y}"
    is_said = local.date() == said_day
    if local.time() == LAST_MICROSECOND:
        return f"at the end of {'that day' if is_said else day}"
    shown = f"{local:%H:%M:%S.%f}" if local.microsecond else f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    meant = calendar.read_local(local.replace(tzinfo=None, fold=0))
    which = ""
    if meant.earliest != meant.latest:
        which = f" (the {'first' if instant == meant.earliest else 'second'} {local:%H:%M} of that night)"
    return f"{'' if is_said else f'on {day} '}at {shown}{which}"


def interval_in_words(earliest: datetime, latest: datetime, calendar: Calendar, *, said_day: date | None = None) -> str:
    """When it was, where that is known only roughly: `on Monday 2 June 2025 (time of day not recorded)`."""
    start, end = calendar.local(earliest), calendar.local(latest)
    on_day = f"on {'that day' if start.date() == said_day else f'{start:%A} {start.day} {start:%B %Y}'}"
    if (earliest, latest) == (calendar.start_of(start.date()), calendar.end_of(start.date())):
        return f"{on_day} (time of day not recorded)"
    if start.replace(tzinfo=None, fold=0) == end.replace(tzinfo=None, fold=0):
        return f"{on_day} at {start:%H:%M} (the first or the second {start:%H:%M} of that night)"
    until = instant_in_words(latest, calendar, said_day=start.date()).removeprefix("at ").removeprefix("on ")
    return f"{instant_in_words(earliest, calendar, said_day=said_day)} or later, but not after {until}"
