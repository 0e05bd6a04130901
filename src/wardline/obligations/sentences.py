"""The plain-English sentence of an obligation, written from the obligation alone, to be read aloud."""

from __future__ import annotations

from typing import assert_never

from wardline.english import and_list, or_list
from wardline.obligations.model import (
    Condition,
    EventPattern,
    LimitTable,
    Never,
    Obligation,
    Owner,
    Precede,
    Record,
    RecordField,
    RecordOf,
    Repeat,
    Respond,
    TimeLimit,
    Trigger,
)
from wardline.time_limits import CountingTheFirst, Length, SameDay, SingleLimit, TimeIn, ToBeSet

__all__ = [
    "events_in_words",
    "exemptions_in_words",
    "field_in_words",
    "limit_in_words",
    "name_in_words",
    "occasion_in_words",
    "pattern_in_words",
    "responses_in_words",
    "sentence",
    "what_decides_in_words",
    "where_in_words",
]

ORDINALS = {
    1: "first",
    2: "second",
    3: "third",
    4: "fourth",
    5: "fifth",
    6: "sixth",
    7: "seventh",
    8: "eighth",
    9: "ninth",
    10: "tenth",
}
IN_CAPITALS = {word.lower(): word for word in ("KIRAT", "NRM")}
MARKED = {("yes",): "marked", ("no",): "marked as not"}
OWNERS = {
    Owner.FORCE: "The force",
    Owner.COUNCIL: "The council",
    Owner.HEALTH: "The health service",
    Owner.CARER: "The carer",
    Owner.OVERSIGHT_BODY: "The oversight body",
}


def sentence(obligation: Obligation) -> str:
    """What the obligation says, in sentences that leave no key of it out but its texts.

    The first says what must happen; further ones, where needed, how it is counted; the last who owes it.
    """
    owed = _what_is_owed(obligation)
    where = where_in_words(obligation.only_for)
    said = [f"{where}, {owed}." if where else f"{_capital(owed)}."]
    if isinstance(obligation, Never):
        ends = obligation.settled_by
        settled = "it is closed" if ends is None else f"{events_in_words(ends)} has happened"
        said.append(f"A case without it is settled once {settled}.")
    if isinstance(obligation, Respond) and obligation.counted_from:
        first, *others = map(pattern_in_words, obligation.counted_from)
        instead = "".join(f", else from {other}" for other in others)
        said.append(f"It is counted from {first}, where that is recorded{instead}.")
    limit = obligation.time_limit
    if isinstance(limit, LimitTable) and limit.of is not None:
        said.append(
            f"The first ‘{name_in_words(limit.of)}’ sets the time; a later one can only shorten it, from itself on."
        )
    if obligation.per_child:
        said.append("All the cases of one child count together.")
    if obligation.since_opening:
        said.append("What happened at any earlier time in the case counts too.")
    said.append(f"{OWNERS[obligation.owed_by]} owes this.")
    return " ".join(said)


def limit_in_words(limit: TimeLimit) -> str:
    """A time limit as it stands in a table: `15 minutes`, or each value of a table with its length.

    `high: 15 minutes, low: 8 hours, otherwise 60 minutes, by the grade of ‘risk graded’`
    """
    if isinstance(limit, LimitTable):
        return f"{_lengths_of(limit)}, by {what_decides_in_words(limit)}"
    return str(limit) if not isinstance(limit, TimeIn) else f"the time in {name_in_words(limit.attribute)}"


def pattern_in_words(pattern: EventPattern) -> str:
    """An event as people read it: `‘interviewed’ (method: telephone or video)`."""
    name = f"‘{name_in_words(pattern.event)}’"
    if not pattern.conditions:
        return name
    return (
        f"{name} ({'; '.join(f'{name_in_words(one.attribute)}: {or_list(one.values)}' for one in pattern.conditions)})"
    )


def events_in_words(patterns: tuple[EventPattern, ...]) -> str:
    """Events any of which will do: `‘child found’, ‘interviewed’ (method: telephone) or ‘report cancelled’`."""
    return or_list(pattern_in_words(pattern) for pattern in patterns)


def occasion_in_words(obligation: Obligation) -> str:
    """What starts an occasion, of whatever kind: `each ‘reported’`, `the third ‘reported’ of a child in 90 days`."""
    match obligation:
        case Respond():
            return _occasion(obligation.trigger, obligation)
        case Precede():
            return _occasion(obligation.before, obligation)
        case Never():
            return _never(obligation)
        case Repeat():
            return _occasion(obligation.start, obligation)
        case Record():
            return _occasion(obligation.by, obligation)
    assert False, f"{type(obligation).__name__} has no occasion"


def where_in_words(conditions: tuple[Condition, ...]) -> str:
    """Which cases it is about, or nothing: `In cases marked ‘from care’ and where the district is north or south`."""
    return f"In cases {and_list(_condition(one) for one in conditions)}" if conditions else ""


def field_in_words(record: RecordField) -> str:
    """The field that is to be filled in: `the ethnicity in the child's person record`."""
    match record.of:
        case RecordOf.CASE:
            return f"the {name_in_words(record.field)} of the case"
        case RecordOf.PERSON:
            return f"the {name_in_words(record.field)} in the child's person record"
        case RecordOf.EVENT:
            return f"the {name_in_words(record.field)} of ‘{name_in_words(record.event or '')}’"
    assert_never(record.of)


def what_decides_in_words(table: LimitTable) -> str:
    """`the grade of ‘risk graded’`; without an event, the attribute is the trigger's, else the case's."""
    return f"the {name_in_words(table.by)}" + ("" if table.of is None else f" of ‘{name_in_words(table.of)}’")


def responses_in_words(obligation: Obligation) -> str:
    """What satisfies it: `‘scrutiny revisited’ or another ‘scrutiny decision’`, where one of these started it."""
    return _after_the_trigger(obligation, obligation.responses())


def exemptions_in_words(obligation: Obligation) -> str:
    """What makes it not owed, told apart in the same way from what started it."""
    return _after_the_trigger(obligation, obligation.exemptions)


def name_in_words(name: str) -> str:
    """A name of a record system or a standard as people read it: `officer deployed`, `NRM referral`."""
    return " ".join(IN_CAPITALS.get(word, word) for word in name.replace("_", " ").split(" "))


def _after_the_trigger(obligation: Obligation, patterns: tuple[EventPattern, ...]) -> str:
    """Events any of which will do; one that also starts an occasion counts only if it is another, later one."""
    starts = {pattern.event for pattern in obligation.triggers()} if isinstance(obligation, Respond | Repeat) else set()
    return or_list(f"{'another ' if one.event in starts else ''}{pattern_in_words(one)}" for one in patterns)


def _what_is_owed(obligation: Obligation) -> str:
    match obligation:
        case Respond():
            owed_after = obligation.owed_after
            return (
                f"after {occasion_in_words(obligation)}, {responses_in_words(obligation)} must follow "
                f"{_within(obligation.within)}{f' once {owed_after} have passed' if owed_after else ''}"
                f"{_unless(obligation, 'comes first')}"
            )
        case Precede():
            return (
                f"before {occasion_in_words(obligation)}, there must have been "
                f"{responses_in_words(obligation)}{_unless(obligation, 'has happened by then')}"
            )
        case Never():
            return f"there must never be {occasion_in_words(obligation)}{_unless(obligation, 'has happened by then')}"
        case Repeat():
            until = "the case is closed" if obligation.until is None else events_in_words(obligation.until)
            return (
                f"from {occasion_in_words(obligation)} until {until}, {responses_in_words(obligation)} "
                f"must happen {_every(obligation.every)}{_unless(obligation, 'comes first')}"
            )
        case Record():
            return (
                f"by the time of {occasion_in_words(obligation)}, {field_in_words(obligation.record)} must be "
                f"filled in{_unless(obligation, 'has happened by then')}"
            )
    assert False, f"{type(obligation).__name__} has no sentence"


def _occasion(trigger: Trigger, obligation: Obligation) -> str:
    """`each ‘reported’`, `the first ‘reported’ of a case`, `the third ‘reported’ in 90 days`."""
    events = events_in_words(trigger.patterns)
    whose = "child" if obligation.per_child else "case"
    if trigger.nth is None:
        return f"the first {events} of a {whose}" if obligation.first_only else f"each {events}"
    nth = f"{_ordinal(trigger.nth)} {events}"
    if obligation.first_only:
        return f"the first time that a {whose} has a {nth} in {trigger.within}"
    return f"the {nth} of a {whose} in {trigger.within}"


def _ordinal(number: int) -> str:
    """`third`; above ten in figures, `12th`, `21st`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return ORDINALS.get(number, f"{number}{ending}")


def _never(obligation: Never) -> str:
    trigger = obligation.never
    if trigger.nth is None and not obligation.first_only:
        return events_in_words(trigger.patterns)
    return _occasion(trigger, obligation)


def _within(limit: TimeLimit) -> str:
    match limit:
        case LimitTable():
            return f"within the time set by {what_decides_in_words(limit)} ({_lengths_of(limit)})"
        case TimeIn(attribute):
            return f"by the time given in {name_in_words(attribute)}"
        case ToBeSet():
            return "within a time that is still to be set"
        case SameDay():
            return "on the same day"
        case CountingTheFirst():
            return f"within {limit}"
        case Length(0):
            return "at the same time"
        case Length():
            return f"within {limit}"
    assert_never(limit)


def _every(limit: TimeLimit) -> str:
    match limit:
        case LimitTable():
            return f"at least as often as {what_decides_in_words(limit)} asks ({_lengths_of(limit)})"
        case TimeIn(attribute):
            return f"each time by the time given in {name_in_words(attribute)}"
        case ToBeSet():
            return "again and again (how often is still to be set)"
        case SameDay():
            return "again on the same day each time"
        case CountingTheFirst():
            return f"at least once within every {limit}"
        case Length():
            return f"at least every {limit}"
    assert_never(limit)


def _lengths_of(table: LimitTable) -> str:
    listed = [f"{value}: {_single(limit)}" for value, limit in table.limits]
    return ", ".join(listed + ([] if table.unknown is None else [f"otherwise {_single(table.unknown)}"]))


def _single(limit: SingleLimit | ToBeSet) -> str:
    return str(limit)


def _unless(obligation: Obligation, how: str) -> str:
    return f", unless {exemptions_in_words(obligation)} {how}" if obligation.exemptions else ""


def _condition(one: Condition) -> str:
    """`marked ‘from care’`, `marked as not ‘from care’`, `where the district is north or south`."""
    if one.values in MARKED:
        return f"{MARKED[one.values]} ‘{name_in_words(one.attribute)}’"
    return f"where the {name_in_words(one.attribute)} is {or_list(one.values)}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
