"""Two dives beside each other as plain text, and as the rows of a CSV file: what `wardline compare` gives."""

from __future__ import annotations

from collections.abc import Iterator

from wardline.english import and_list, count, number
from wardline.measures import share_bounds
from wardline.measures.dives_compared import JudgedOtherwise, ObligationBeside, ObligationOfOne, WaitLength
from wardline.measures.groups_compared import LIKELY_CHANCE
from wardline.reports.dives_compared import DiveBeside, DivesCompared
from wardline.reports.figures_in_words import as_number, interval_in_words, told_in_words
from wardline.reports.wording import (
    MADE_UP,
    MADE_UP_SENTENCE,
    duration_short,
    instant_in_words,
    outcome_words,
    period_in_words,
)
from wardline.time_limits import Calendar

__all__ = [
    "CSV_COLUMNS",
    "NOT_THE_SAME",
    "dives_compared_in_words",
    "how_tested",
    "in_both_in_words",
    "of_one_in_words",
    "rows_of_dives_compared",
    "verdicts_in_words",
]

NOT_THE_SAME = (
    "A difference says nothing of why. It may come from what was done, from how it is recorded, or from another mix of "
    "cases."
)
MINUTE = 60  # seconds
BOUNDS = ("share if none that cannot be told were", "share if all were")
OF_ONE = ("judged", "recorded in time", "share", "share low", "share high", "cannot tell", *BOUNDS) + tuple(
    f"{wait} waited under (minutes){end}" for wait in ("half", "nine in ten") for end in ("", " low", " high")
)
CSV_COLUMNS = (
    "obligation",
    "what is owed",
    *(f"{which}: {name}" for which in ("first", "second") for name in OF_ONE),
    "difference of shares",
    "difference low",
    "difference high",
    "chance of the difference of shares, all counted",
    "chance of the difference of waits, all counted",
    "differences tested",
)


def dives_compared_in_words(found: DivesCompared) -> str:
    """What the two are, what differs, each obligation, and what was judged otherwise in both."""
    lines = [MADE_UP_SENTENCE, ""] if found.second.is_made_up else []
    lines += ["Two dives beside each other", *_dive("first", found.first), *_dive("second", found.second)]
    lines += ["", *_differences(found), "", *how_tested(found)]
    told = [one for one in found.obligations if one.first.share.whole or one.second.share.whole]
    for one in told:
        lines += ["", *_obligation(one)]
    if untold := [one.item.full_name for one in found.obligations if one not in told]:
        lines += ["", f"None can be judged in either dive: {and_list(untold)}."]
    if found.without_occasions:
        lines += ["", f"No occasion in either dive: {and_list(found.without_occasions)}."]
    lines += ["", *in_both_in_words(found), "", NOT_THE_SAME]
    return "\n".join(lines)


def rows_of_dives_compared(found: DivesCompared) -> Iterator[tuple[str | float | int | None, ...]]:
    """A row for each obligation, under CSV_COLUMNS and, of made-up data, one column more that says so."""
    for one in found.obligations:
        apart = one.shares
        row = (
            one.item.full_name,
            one.item.obligation.title,
            *_numbers(one.first),
            *_numbers(one.second),
            *((apart.difference, apart.low, apart.high) if apart is not None else (None,) * 3),
            one.chance_of_shares,
            one.chance_of_waits,
            found.tested,
        )
        yield (*row, MADE_UP) if found.second.is_made_up else row


def _dive(which: str, dive: DiveBeside) -> Iterator[str]:
    period = "everything in the records" if dive.period is None else period_in_words(dive.period)
    as_at = instant_in_words(dive.as_at, Calendar(dive.zone))
    yield f"  the {which}: {dive.title} ({dive.folder})"
    yield f"    {dive.force}; {period}; as at {as_at}"
    yield f"    {count(dive.cases, 'case')}, {count(dive.occasions, 'occasion')}"


def _differences(found: DivesCompared) -> Iterator[str]:
    if not found.differences:
        yield "Standards, settings and what the records cover are the same in both."
    else:
        yield "What differs between them, and what it means"
        for one in found.differences:
            first, second = (said if said is not None else "–" for said in (one.first, one.second))
            yield f"  {one.what}: {first} in the first, {second} in the second"
            yield "      " + one.differs.value
    if found.left_out:
        yield f"Left out because you asked for it: {and_list(found.left_out)}."


def how_tested(found: DivesCompared) -> Iterator[str]:
    """What the figures are, and how many differences are tested."""
    yield "What each found, obligation by obligation: recorded in time, of those that can be judged; 95% intervals"
    if found.in_both is not None:
        yield "The periods overlap, so the same occasions are in both, and no difference is tested."
    elif found.tested:
        tested = count(found.tested, "difference")
        yield (
            f"{tested} of shares and waits {'was' if found.tested == 1 else 'were'} looked at, and all are counted: "
            f"one is called more than chance only if chance alone would make any of them so large in fewer than "
            f"{LIKELY_CHANCE:.0%} of such comparisons."
        )
    else:
        yield "Too few can be judged in both to test a difference."


def _obligation(one: ObligationBeside) -> Iterator[str]:
    yield f"{one.item.obligation.title} ({one.item.full_name})"
    for which, of_one in (("first", one.first), ("second", one.second)):
        yield f"  {which:<6}  {of_one_in_words(of_one)}"
    yield from (f"  {verdict}" for verdict in verdicts_in_words(one))


def verdicts_in_words(one: ObligationBeside) -> Iterator[str]:
    """Whether the shares, and the waits, differ by more than chance; nothing where that is not tested."""
    if one.shares is not None and one.chance_of_shares is not None:
        apart = one.shares
        direction = "larger" if apart.difference > 0 else "smaller"
        is_more = one.chance_of_shares <= LIKELY_CHANCE
        verdict = (
            f"The second share is {direction}, by more than chance"
            if is_more
            else "The shares do not differ by more than chance"
        )
        points = f"{_points(apart.difference)} percentage points; {_points(apart.low)} to {_points(apart.high)}"
        yield f"{verdict} ({points})."
    if one.chance_of_waits is not None:
        is_more = one.chance_of_waits <= LIKELY_CHANCE
        yield f"The waits {'differ' if is_more else 'do not differ'} by more than chance."


def _points(fraction: float) -> str:
    """`+11`, `-2`, `0`."""
    points = round(100 * fraction)
    return f"{points:+d}" if points else "0"


def of_one_in_words(of_one: ObligationOfOne) -> str:
    """The share with its interval, what cannot be told, and the waits, of one dive."""
    said = ["none that can be judged"]
    if of_one.share.whole:
        said = [told_in_words(of_one.share, of_one.cannot_tell)]
        if of_one.share.can_be_a_percentage and of_one.is_told:
            said.append(f"interval {interval_in_words(of_one.share)}")
    if of_one.cannot_tell and (of_one.is_told or not of_one.share.whole):
        said.append(f"cannot tell in {as_number(of_one.cannot_tell)} more")
    for words, wait in (("half waited under", of_one.half), ("nine in ten under", of_one.nine_in_ten)):
        if wait is not None and wait.length is not None and of_one.share.can_be_a_percentage:
            said.append(f"{words} {_length(wait)}")
    return "; ".join(said)


def _length(wait: WaitLength) -> str:
    assert wait.length is not None
    low, high = (None if end is None else duration_short(end, round_up=True) for end in (wait.low, wait.high))
    length = duration_short(wait.length, round_up=True)
    if low is None:
        return length
    return f"{length} ({low} to {high})" if high is not None else f"{length} ({low} or longer)"


def in_both_in_words(found: DivesCompared) -> Iterator[str]:
    """What the second judged otherwise of the occasions in both; reasons are indented."""
    if found.in_both is None:
        yield "No day is judged in both, so no occasion is in both."
    else:
        days = "" if found.overlap is None else f" on the days that both judge ({period_in_words(found.overlap)})"
        yield f"Judged otherwise in the second{days}: counts only"
        only_first, only_second = (number(many) for many in (found.in_both.only_first, found.in_both.only_second))
        both = count(found.in_both.both, "occasion")
        yield f"  {both} in both; {only_first} in the first only, {only_second} in the second only."
        titles = {one.item.full_name: one for one in found.obligations}
        for one in found.in_both.otherwise:
            yield f"  {_otherwise(one, titles)}"
        if found.in_both.both and not found.in_both.otherwise:
            yield "  None of them was judged otherwise."
    if found.children_in_both is None:
        yield "The dives were made with different keys, so no child is joined across them."
    elif not found.children_in_both:
        yield "No child is in both, as the systems number them."
    else:
        are = "is" if found.children_in_both == 1 else "are"
        yield f"{count(found.children_in_both, 'child', 'children')} {are} in both, as the systems number them."


def _otherwise(one: JudgedOtherwise, of: dict[str, ObligationBeside]) -> str:
    words = outcome_words(of[one.obligation].item.obligation)
    first, second = words[one.first].lower(), words[one.second].lower()
    return f"{number(one.occasions)} of {one.obligation} from {first} to {second}: " + one.why.value


def _numbers(of_one: ObligationOfOne) -> Iterator[float | int | None]:
    share = of_one.share
    yield from (share.whole.value, share.part.value)
    has_figure = share.can_be_a_percentage and of_one.is_told
    yield from (share.fraction, *share.interval()) if has_figure else (None,) * 3
    yield of_one.cannot_tell.value
    bounds = share_bounds(share, of_one.cannot_tell)
    yield from (one.fraction if share.can_be_a_percentage else None for one in bounds)
    for wait in (of_one.half, of_one.nine_in_ten):
        lengths = (None,) * 3 if wait is None else (wait.length, wait.low, wait.high)
        yield from (None if length is None else round(length.total_seconds() / MINUTE, 4) for length in lengths)
