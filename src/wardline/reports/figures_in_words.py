"""The only way from a figure to the page: counts, shares and waits of `measures` put into words.

What a page shows as a number passes through here, so each of them has a meaning and the rows behind it.
"""

from __future__ import annotations

from datetime import timedelta

from wardline import english
from wardline.measures import Count, Counted, Share, Waits, is_told, share_bounds
from wardline.reports import wording
from wardline.reports.wording import duration, duration_short

__all__ = [
    "NO_SINGLE_FIGURE",
    "as_figure",
    "as_number",
    "as_percent",
    "as_times",
    "difference_in_percent",
    "estimate_as_figure",
    "half_in_table",
    "in_words",
    "interval_in_words",
    "nine_in_ten_in_table",
    "number_or_dash",
    "part_in_percent",
    "told_as_figure",
    "told_in_words",
    "waits_in_sentence",
    "with_its_noun",
    "with_noun",
]

NOTHING = "–"
NO_SINGLE_FIGURE = (
    "Two percentages stand where we cannot tell for more than one in five: the share if none of these had been as "
    "owed, and if all had."
)


def as_number(count: Count) -> str:
    """`3,757`."""
    return english.number(count.value)


def number_or_dash(count: Count) -> str:
    """`3,757`, and a dash instead of a nought."""
    return as_number(count) if count else NOTHING


def with_noun(count: Count, singular: str, plural: str | None = None) -> str:
    """`1 case`, `3,757 cases`, `no cases`."""
    return english.count(count.value, singular, plural)


def with_its_noun(count: Count) -> str:
    """`1 case`, `3,757 occasions`: by what it counts."""
    return with_noun(count, "case" if count.counted is Counted.CASE else "occasion")


def as_times(count: Count) -> str:
    """`once`, `twice`, `3,757 times`."""
    return english.times(count.value)


def as_percent(share: Share) -> str:
    """`38%`; never 0 % or 100 % for a share that is neither."""
    part, whole = share.part.value, share.whole.value
    return wording.percent(share.fraction, part_is_none=part == 0, part_is_all=part == whole)


def interval_in_words(share: Share) -> str:
    """`36% to 40%`."""
    low, high = (wording.percent(end, part_is_none=end == 0, part_is_all=end == 1) for end in share.interval())
    return f"{low} to {high}" if low != high else f"about {low}"


def in_words(share: Share) -> str:
    """`1,201 of 3,150 (38%)`, and without the percentage where there are too few."""
    plain = f"{as_number(share.part)} of {as_number(share.whole)}"
    return f"{plain} ({as_percent(share)})" if share.can_be_a_percentage else plain


def as_figure(share: Share) -> str:
    """The shortest honest figure: `38%`, or `4 of 7`, or a dash where there is nothing."""
    if not share.whole:
        return NOTHING
    return as_percent(share) if share.can_be_a_percentage else f"{as_number(share.part)} of {as_number(share.whole)}"


def told_in_words(share: Share, not_told: Count) -> str:
    """`1,201 of 3,150 (38%)`; where more than a fifth cannot be told `no single figure: 24% to 62%, if …`."""
    if is_told(share, not_told) or not share.can_be_a_percentage:
        return in_words(share)
    bounds = told_as_figure(share, not_told)
    return f"no single figure: {bounds}, if none or all of the {as_number(not_told)} that we cannot tell had been"


def told_as_figure(share: Share, not_told: Count) -> str:
    """The same as the shortest honest figure: `38%`, or `24% to 62%` where more than a fifth cannot be told."""
    if not share.can_be_a_percentage or is_told(share, not_told):
        return as_figure(share)
    none, every = share_bounds(share, not_told)
    return f"{as_percent(none)} to {as_percent(every)}"


def estimate_as_figure(estimate: float, counted: Share) -> str:
    """A share that allows for waits cut short; of too few what was counted, as `4 of 7`."""
    if not counted.can_be_a_percentage:
        return as_figure(counted)
    return wording.percent(estimate, part_is_none=not counted.part, part_is_all=estimate == 1)


def difference_in_percent(ours: Count, theirs: Count) -> str:
    """`2.1% fewer`, of theirs."""
    if ours.value == theirs.value:
        return "the same"
    if not theirs:
        return "none published"
    percent = 100 * abs(ours.value - theirs.value) / theirs.value
    return f"{percent:,.1f}% {'more' if ours.value > theirs.value else 'fewer'}"


def part_in_percent(part: Count, whole: Count) -> str:
    """`99.9%`: rounded down to a tenth, so that 99.96 % never reads as all."""
    tenths = part.value * 1000 // whole.value
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}%"


def without_a_response(waits: Waits) -> str:
    """What those are of whom there is no response: `still waiting` only where every case of them is open."""
    return "without a response" if waits.no_response else "still waiting"


def half_in_table(waits: Waits) -> str:
    """The median for a table."""
    return _in_table(waits, waits.half.length, "half", round_up=True)


def nine_in_ten_in_table(waits: Waits) -> str:
    """The 90th percentile for a table; of a few, the longest."""
    length = _in_table(waits, waits.nine_in_ten.length, "9 in 10", round_up=False)
    return f"longest {length}" if waits.is_few and waits.nine_in_ten.length is not None else length


def waits_in_sentence(waits: Waits) -> str:
    """`Half waited under 1 hour 12 minutes, one in ten over 4 hours 50 minutes.`"""
    half, nine_in_ten = waits.half.length, waits.nine_in_ten.length
    if waits.whole.value == waits.called_off.value:
        return ""
    ends = f"{without_a_response(waits)} when the records end"
    if waits.whole.value == 1:
        return f"The wait was {duration(half)}." if half is not None else f"It was {ends}."
    if half is None:
        return _too_few("More than half", "Fewer than half", waits, ends)
    said = f"Half waited under {duration(half, round_up=True)}"
    if nine_in_ten is None:
        return f"{said}; {_too_few('more than one in ten', 'fewer than nine in ten', waits, ends)}"
    if waits.is_few:
        return f"{said}; the longest wait was {duration(nine_in_ten)}."
    over = duration(nine_in_ten)
    return f"{said}, {'nine in ten under a minute' if over == 'under a minute' else f'one in ten over {over}'}."


def _too_few(without: str, with_one: str, waits: Waits, ends: str) -> str:
    """So many have no response. Where some stopped being owed, only so few with one can be said."""
    if not waits.called_off:
        return f"{without} were {ends}."
    many = waits.unanswered
    others = f"; {as_number(many)} {'was' if many.value == 1 else 'were'} {ends}" if many else ""
    return f"{with_one} had a response on record{others}."


def _in_table(waits: Waits, length: timedelta | None, otherwise: str, *, round_up: bool) -> str:
    if length is not None:
        return duration_short(length, round_up=round_up)
    return f"under {otherwise} responded" if waits.whole else NOTHING
