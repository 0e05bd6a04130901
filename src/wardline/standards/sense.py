"""Obligations that can be written and yet make no sense: never met, or never owed, whatever is recorded.

Only what is certain is told. Two patterns are the same where they name the same event with the same conditions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from wardline.documents import Path_
from wardline.english import or_list
from wardline.obligations import (
    EventPattern,
    LimitTable,
    Never,
    Obligation,
    Precede,
    Record,
    Repeat,
    Respond,
    TimeLimit,
    Trigger,
    pattern_in_words,
)
from wardline.time_limits import Length, TimeIn, Unit

__all__ = ["Nonsense", "never_met"]

Nonsense: TypeAlias = tuple[Path_, str, str]
"""Where it stands in the obligation, what is wrong, and what to do."""

ONE_OR_OTHER = "Take it out of one of the two."


def never_met(obligation: Obligation) -> Iterator[Nonsense]:
    """Every reason why the obligation can never be met, or never be found wanting."""
    match obligation:
        case Respond():
            yield from _counting(("when",), obligation.trigger)
            yield from _both(obligation.response, obligation.exemptions, "then", "unless")
            yield from _started_otherwise(obligation)
            if not obligation.since_opening and set(obligation.response) <= set(obligation.trigger.patterns):
                yield from (
                    (
                        ("within", *where),
                        (
                            f"{_named(obligation.response)} starts the time itself, and only a later one "
                            f"would count, so within `{length}` there can be none."
                        ),
                        "Give more time, or name another response.",
                    )
                    for where, length in _no_time(obligation.within)
                )
        case Precede():
            yield from _counting(("before",), obligation.before)
            if obligation.before.nth is None and set(obligation.first) == set(obligation.before.patterns):
                yield (
                    ("first",),
                    (
                        f"{_named(obligation.first)} cannot come before itself: the first one of a case "
                        "could never have one before it."
                    ),
                    "Name under `first` what must come before.",
                )
            yield from _both(obligation.first, obligation.exemptions, "first", "unless")
        case Never():
            yield from _counting(("never",), obligation.never)
            if obligation.settled_by is not None and set(obligation.settled_by) == set(obligation.never.patterns):
                yield (
                    ("settled by",),
                    (f"{_named(obligation.settled_by)} must not happen, so it cannot settle that it did not."),
                    "Name an event after which it can no longer happen, or leave `settled by` out.",
                )
        case Repeat():
            yield from _counting(("from",), obligation.start)
            yield from _both(obligation.response, obligation.exemptions, "then", "unless")
            if obligation.until is not None and set(obligation.until) == set(obligation.start.patterns):
                yield (
                    ("until",),
                    f"{_named(obligation.until)} both begins and ends it.",
                    "Name under `until` the event that ends it, or leave `until` out.",
                )
            yield from (
                (
                    ("every", *where),
                    f"Nothing can happen again within `{length}`: only a later one counts.",
                    "Write a longer time.",
                )
                for where, length in _no_time(obligation.every)
            )
        case Record():
            yield from _counting(("by",), obligation.by)
    yield from _exempt_from_the_start(obligation)


def _started_otherwise(obligation: Respond) -> Iterator[Nonsense]:
    """What does not go together where the time does not run from the trigger itself."""
    limit = obligation.within
    if obligation.owed_after is not None and (
        isinstance(limit, TimeIn) or (isinstance(limit, LimitTable) and limit.of is not None)
    ):
        yield (
            ("owed after",),
            "A limit that the records give, or that an event sets, cannot begin later.",
            "Write a length under `within`, or a table without `of`; or leave `owed after` out.",
        )
    if obligation.counted_from and obligation.trigger.nth is not None:
        yield (
            ("counted from",),
            "What starts it is the nth of several events, and these are counted by their own times.",
            "Leave `nth` and `in` out, or leave `counted from` out.",
        )


def _counting(where: Path_, trigger: Trigger) -> Iterator[Nonsense]:
    within = trigger.within
    if within is not None and (trigger.nth or 0) > 1 and within.amount == 0 and within.unit is not Unit.WORKING_DAYS:
        yield (
            (*where, "in"),
            (f"There are never {trigger.nth} of them in {within}, because those at one instant count once."),
            "Write a longer time.",
        )


def _both(
    response: tuple[EventPattern, ...], exemptions: tuple[EventPattern, ...], one: str, other: str
) -> Iterator[Nonsense]:
    for pattern in exemptions:
        if pattern in response:
            yield (
                (other,),
                (
                    f"{_named((pattern,))} is under both `{one}` and `{other}`: it cannot be both what "
                    "must happen and what makes it not owed."
                ),
                ONE_OR_OTHER,
            )


def _exempt_from_the_start(obligation: Obligation) -> Iterator[Nonsense]:
    """What starts an occasion would at once make it not owed."""
    if obligation.exemptions and set(obligation.exemptions) == set(obligation.triggers()):
        yield (
            ("unless",),
            (f"{_named(obligation.exemptions)} is also what this is about, so it would make itself not owed."),
            "Name under `unless` another event, or leave it out.",
        )


def _no_time(limit: TimeLimit) -> Iterator[tuple[Path_, Length]]:
    """The lengths of no time at all; `0 working days` lasts to the end of its day."""
    table = (*limit.limits, ("unknown", limit.unknown)) if isinstance(limit, LimitTable) else (("", limit),)
    for value, length in table:
        if isinstance(length, Length) and length.amount == 0 and length.unit is not Unit.WORKING_DAYS:
            yield ((value,) if value else ()), length


def _named(patterns: tuple[EventPattern, ...]) -> str:
    return or_list(pattern_in_words(pattern) for pattern in patterns)
