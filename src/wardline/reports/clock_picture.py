"""The clock of an obligation as a small drawing: when it starts, how long there is, what counts, what stops it.

A line of time runs from left to right. A flag above it says what happens there, a flag below it how long there is;
under the line stands each sign with its words. The same obligation gives the same bytes.
"""

from __future__ import annotations

from markupsafe import Markup

from wardline.obligations import (
    LimitTable,
    Never,
    Obligation,
    Precede,
    Record,
    Repeat,
    Respond,
    TimeLimit,
    Trigger,
    events_in_words,
    exemptions_in_words,
    field_in_words,
    name_in_words,
    occasion_in_words,
    pattern_in_words,
    responses_in_words,
    sentence,
    what_decides_in_words,
    where_in_words,
)
from wardline.reports.drawing import LINE, Drawing, Sign, text_width, wrapped
from wardline.reports.time_line import (
    END,
    LEFT,
    RIGHT,
    Look,
    Marked,
    Stretch,
    counted_row,
    explained,
    flag_above,
    flag_below,
    paragraph,
    stretches,
)
from wardline.time_limits import CountingTheFirst, Length, SameDay, SingleLimit, TimeIn, ToBeSet, Unit

__all__ = ["clock_picture"]

LATER_START = 112  # where the clock starts when what happened before counts too
BAR = 12  # the height of one of several bars
SPANS = 3  # of a repeat that are drawn
IN_TIME, LATE = Marked(Sign.RESPONSE, "in time"), Marked(Sign.RESPONSE, "late")
BY_THEN, COMES_FIRST = "if it has happened by then", "if it comes first"
DAY_IN_MINUTES = 1_440
# Only to tell which of two limits is drawn longer; deadlines are reckoned elsewhere.
MINUTES = {
    Unit.MINUTES: 1,
    Unit.HOURS: 60,
    Unit.DAYS: DAY_IN_MINUTES,
    Unit.WORKING_DAYS: DAY_IN_MINUTES + 1,
    Unit.WEEKS: 7 * DAY_IN_MINUTES,
    Unit.MONTHS: 30 * DAY_IN_MINUTES,
}


def clock_picture(obligation: Obligation, name: str = "clock") -> Markup:
    """The clock of an obligation as SVG. `name` is an id that is the only one of its kind where it is shown."""
    drawing = Drawing()
    if obligation.only_for:
        paragraph(drawing, f"{where_in_words(obligation.only_for)}:")
    match obligation:
        case Respond():
            _respond(drawing, obligation)
        case Precede():
            _precede(drawing, obligation)
        case Never():
            _never(drawing, obligation)
        case Repeat():
            _repeat(drawing, obligation)
        case Record():
            _record(drawing, obligation)
        case _:
            assert False, f"{type(obligation).__name__} has no drawing"
    if obligation.since_opening:
        paragraph(drawing, "Entries from earlier in the case count too.")
    if obligation.per_child:
        paragraph(drawing, "All the cases of one child count together.")
    return drawing.svg(name, f"The clock: {obligation.title}", f"A line of time. {sentence(obligation)}")


# THE FIVE KINDS


def _respond(drawing: Drawing, obligation: Respond) -> None:
    _counted(drawing, obligation.trigger)
    start = LATER_START if obligation.since_opening else LEFT
    flag_above(drawing, start, occasion_in_words(obligation))
    match obligation.within:
        case LimitTable():
            _bars(drawing, obligation.within, start)
        case ToBeSet():
            wait = Marked(Sign.RESPONSE, "only the wait is shown")
            stretches(drawing, [*_past(start), Stretch(start, RIGHT, Look.OPEN, (wait,))], [start])
            drawing.bottom += 6
            paragraph(drawing, "No limit is set yet.")
        case limit:
            inside = Stretch(start, END, Look.ALLOWED, (IN_TIME, *_stopping(obligation)))
            stretches(drawing, [*_past(start), inside, Stretch(END, RIGHT, Look.LATE, (LATE,))], [start])
            flag_below(drawing, END, f"limit: {_limit_words(limit)}")
    if obligation.owed_after is not None:
        paragraph(drawing, f"Owed only from {obligation.owed_after} after the start; the limit counts from then.")
    for place, pattern in enumerate(obligation.counted_from):
        counted = "Counted from" if not place else "Else from"
        paragraph(drawing, f"{counted} {pattern_in_words(pattern)}, where that is recorded.")
    _explain(drawing, obligation, Sign.RESPONSE, f"must follow: {responses_in_words(obligation)}", COMES_FIRST)


def _precede(drawing: Drawing, obligation: Precede) -> None:
    _counted(drawing, obligation.before)
    flag_above(drawing, END, occasion_in_words(obligation), leftwards=True)
    inside = Stretch(LEFT, END, Look.PAST, (IN_TIME, *_stopping(obligation)))
    stretches(drawing, [inside, Stretch(END, RIGHT, Look.LATE, (LATE,))], [END])
    drawing.bottom += 10
    _explain(drawing, obligation, Sign.RESPONSE, f"must come first: {responses_in_words(obligation)}", BY_THEN)


def _never(drawing: Drawing, obligation: Never) -> None:
    _counted(drawing, obligation.never)
    flag_above(drawing, LEFT, "the case begins")
    not_this = Marked(Sign.NEVER, "must not happen")
    stretches(drawing, [Stretch(LEFT, RIGHT, Look.NEVER, (not_this, *_stopping(obligation)))], [LEFT])
    settled = "the case is closed" if obligation.settled_by is None else events_in_words(obligation.settled_by)
    flag_below(drawing, RIGHT, f"settled once: {settled}")
    _explain(drawing, obligation, Sign.NEVER, f"never: {occasion_in_words(obligation)}", BY_THEN)


def _repeat(drawing: Drawing, obligation: Repeat) -> None:
    _counted(drawing, obligation.start)
    start = LATER_START if obligation.since_opening else LEFT
    flag_above(drawing, start, occasion_in_words(obligation))
    _spans(drawing, obligation.every, start)
    if isinstance(obligation.every, ToBeSet):
        again = "must happen again and again"
    else:
        again = "must happen, each time no later than this after the start or the one before"
    ends = "the case is closed" if obligation.until is None else events_in_words(obligation.until)
    response = f"{again}: {responses_in_words(obligation)}"
    _explain(drawing, obligation, Sign.RESPONSE, response, COMES_FIRST, ends_with=f"until: {ends}")


def _record(drawing: Drawing, obligation: Record) -> None:
    _counted(drawing, obligation.by)
    flag_above(drawing, END, occasion_in_words(obligation), leftwards=True)
    filled_in = Marked(Sign.FIELD, "filled in")
    stretches(drawing, [Stretch(LEFT, END, Look.PAST, (filled_in, *_stopping(obligation)))], [END])
    drawing.bottom += 10
    _explain(drawing, obligation, Sign.FIELD, f"filled in by then: {field_in_words(obligation.record)}", BY_THEN)


# THE PIECES


def _counted(drawing: Drawing, trigger: Trigger) -> None:
    if trigger.nth is not None:
        counted_row(drawing, trigger.nth, f"in {trigger.within}")


def _past(start: float) -> list[Stretch]:
    """What comes before the start, where it counts."""
    return [Stretch(LEFT, start, Look.PAST, (Marked(Sign.RESPONSE, "earlier"),))] if start > LEFT else []


def _stopping(obligation: Obligation) -> tuple[Marked, ...]:
    return (Marked(Sign.EXEMPTION, "not owed"),) if obligation.exemptions else ()


def _explain(
    drawing: Drawing, obligation: Obligation, sign: Sign, words: str, when: str, *, ends_with: str | None = None
) -> None:
    """What counts, what ends it, and what stops the clock."""
    explained(drawing, [Marked(sign, words)])
    if ends_with is not None:
        explained(drawing, [Marked(Sign.END, ends_with)])
    if obligation.exemptions:
        explained(drawing, [Marked(Sign.EXEMPTION, f"not owed, {when}: {exemptions_in_words(obligation)}")])


def _bars(drawing: Drawing, table: LimitTable, start: float) -> None:
    """A bar for each value of a table, longer where there is longer; not to scale."""
    rows = _rows(table)
    lengths = sorted({_minutes(limit) for _, limit in rows if not isinstance(limit, ToBeSet)})
    top = drawing.bottom
    for value, limit in rows:
        is_set = not isinstance(limit, ToBeSet)
        words = wrapped(f"{value}: {_limit_words(limit) if is_set else 'no limit is set yet'}", RIGHT - start - 10)
        drawing.bottom = drawing.lines(start + 10, drawing.bottom + 2, words) + 1
        if isinstance(limit, ToBeSet):
            drawing.box(start, drawing.bottom, RIGHT - start - 8, BAR, "blank", dashed=True)
        else:
            end = start + (END - start) * (lengths.index(_minutes(limit)) + 1) / len(lengths)
            _bar(drawing, start, end)
        drawing.bottom += BAR + 6
    after = drawing.bottom
    if start > LEFT:
        drawing.bottom = top
        stretches(drawing, _past(start), [])
        drawing.bottom = after
    drawing.line(start, top, start, after - 6)
    drawing.sign(Sign.START, start, top)
    drawing.bottom += 2
    paragraph(drawing, f"By {what_decides_in_words(table)}, not to scale.")
    if table.of is not None:
        paragraph(drawing, "A later one can only shorten the time.")
    explained(drawing, [Marked(Sign.RESPONSE, "in time up to the thick line, late after it")])


def _bar(drawing: Drawing, start: float, end: float) -> None:
    middle = drawing.bottom + BAR / 2
    drawing.box(start, drawing.bottom, end - start, BAR, "in-time")
    drawing.line(end, drawing.bottom - 4, end, drawing.bottom + BAR + 4, width=3)
    drawing.line(end + 2, middle, RIGHT - 8, middle, dashed=True)
    drawing.arrow_head(RIGHT, middle)


def _spans(drawing: Drawing, every: TimeLimit, start: float) -> None:
    """Equal spans one after the other, a response at the end of each, until something ends it."""
    end, is_set = RIGHT - 6, not isinstance(every, ToBeSet)
    each = (end - 44 - start) / SPANS
    top, height = drawing.bottom, 26
    middle = top + height / 2
    for number in range(SPANS):
        drawing.box(start + number * each, top, each, height, "in-time" if is_set else "blank", dashed=not is_set)
    drawing.line(start + SPANS * each, middle, end - 8, middle, dashed=True)
    for number in range(1, SPANS + 1):
        drawing.sign(Sign.RESPONSE, start + number * each, middle)
    drawing.sign(Sign.START, start, top)
    drawing.sign(Sign.END, end, middle)
    drawing.bottom = top + height + 4
    words = "" if isinstance(every, LimitTable) else _limit_words(every)
    if is_set and words and text_width(words) <= each - 4:
        for number in range(SPANS):
            drawing.text(start + (number + 0.5) * each, drawing.bottom + 13, words, anchor="middle")
        drawing.bottom += LINE + 6
    elif isinstance(every, LimitTable):
        told = ", ".join(f"{value}: {_limit_words(limit)}" for value, limit in _rows(every))
        paragraph(drawing, f"Each span, by {what_decides_in_words(every)}: {told}.")
    else:
        paragraph(drawing, f"Each span: {words}." if is_set else "No limit is set yet: only the waits are shown.")


def _rows(table: LimitTable) -> list[tuple[str, SingleLimit | ToBeSet]]:
    return [*table.limits, *([] if table.unknown is None else [("otherwise", table.unknown)])]


def _limit_words(limit: TimeLimit) -> str:
    match limit:
        case TimeIn(attribute):
            return f"the time given in {name_in_words(attribute)}"
        case SameDay():
            return "the end of the same day"
        case Length(0):
            return "the same time"
    return str(limit)


def _minutes(limit: SingleLimit) -> int:
    match limit:
        case Length(amount, unit):
            return amount * MINUTES[unit]
        case CountingTheFirst(days):
            return days * DAY_IN_MINUTES - 1
        case SameDay():
            return DAY_IN_MINUTES - 1
    assert False, f"{limit} is no single limit"
