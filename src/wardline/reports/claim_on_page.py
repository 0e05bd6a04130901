"""A claim as the page shows it: what was said and by whom, the answer, the chart from the day that is claimed, and the
working.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wardline.measures.claims import ClaimAnswer, InShort, Way
from wardline.reports.chart_picture import Said, chart_picture
from wardline.reports.chart_scale import unit_of
from wardline.reports.charts_in_words import finding_in_short, kind_in_words, story
from wardline.reports.claims_in_words import before_and_since, in_short_and_why, measure_claimed, working_in_words
from wardline.reports.measure_on_page import what_it_shows
from wardline.reports.periods_in_words import span_in_words
from wardline.reports.rivals_in_words import what_was_found
from wardline.reports.wording import date_in_words

__all__ = ["ASK_NEXT", "ClaimOnPage", "claim_on_page"]

# A chart shows what was recorded; where that has another explanation, no mark on it says better or worse.
EXPLAINED = {InShort.RECORDING_CHANGED: "but recording changed", InShort.MIX_CHANGED: "but other cases are counted"}
ASK_NEXT = {
    InShort.SHOWN: "what was changed, and will it last?",
    InShort.NOT_SHOWN: "what do they go by, and where would it show?",
    InShort.TOO_EARLY: "will both sides look again on that day, and not before?",
    InShort.RECORDING_CHANGED: "did the work change too, and which cases show it?",
    InShort.MIX_CHANGED: "why do other cases come, or count?",
    InShort.CANNOT_TELL: "which other figure could show it?",
}
ASK_OF_WORSE = "what will be done about it, and by when?"


@dataclass(frozen=True)
class ClaimOnPage:
    """One claim. `answer` is what is said first, `further` what stands below it; without a chart the pictures are
    empty.
    """

    id: str
    heading: str
    subtitle: str
    said_by: str
    words: str
    answer: str
    further: tuple[str, ...]
    ask: str
    working: tuple[str, ...]
    wide: str
    narrow: str


def claim_on_page(found: ClaimAnswer, name: str, *, is_made_up: bool) -> ClaimOnPage:
    """A claim with its pictures. `name` is an id that is the only one of its kind on the page."""
    claim, measure = found.claim, found.measure
    chart = found.chart.chart if found.chart is not None else None
    heading, subtitle, wide, narrow = measure_claimed(found), "", "", ""
    if chart is not None and measure is not None:
        chart = chart.as_neither() if found.in_short in EXPLAINED else chart
        unit, explained = unit_of(measure), EXPLAINED.get(found.in_short)
        heading = f"{heading}: {finding_in_short(chart, unit)}{f', {explained}' if explained else ''}"
        subtitle = f"{what_it_shows(chart, unit, measure.target)}, {span_in_words(chart)} ({kind_in_words(chart)})"
        said = Said(heading, story(chart, unit, measure.target), measure.target, claim.first_day)
        wide = chart_picture(chart, unit, said, f"{name}-wide", is_made_up=is_made_up)
        narrow = chart_picture(chart, unit, said, f"{name}-narrow", narrow=True, is_made_up=is_made_up)
    answer, why = in_short_and_why(found)
    return ClaimOnPage(
        name,
        heading,
        subtitle,
        f"Said by {claim.said_by}, {claim.where}, {date_in_words(claim.said_on)}:",
        claim.words,
        answer,
        tuple(_further(found, why)),
        _ask(found),
        tuple(working_in_words(found)),
        wide,
        narrow,
    )


def _further(found: ClaimAnswer, why: str) -> Iterator[str]:
    """What the answer rests on, the figures before and since, and whether chance could have made the difference."""
    change = found.change
    if found.in_short in EXPLAINED:
        yield _sentence(what_was_found(found.explained_by, found))
    elif why:
        yield why
    if change is None:
        return
    is_told = change.is_told(is_up=True) or change.is_told(is_up=False)
    said = before_and_since(found)
    if found.in_short is InShort.SHOWN:
        said += " Chance alone would hardly make that, and nothing else that was looked at explains it."
    elif found.in_short is InShort.CANNOT_TELL and not is_told:
        said += " Chance alone could make that."
    yield said
    if found.chart is not None and found.chart.signals and not is_told:
        yield "The chart has a signal all the same: it looks at each figure, and this at all before and all since."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _ask(found: ClaimAnswer) -> str:
    if found.in_short is InShort.SHOWN and found.claim.way is Way.WORSE:
        return ASK_OF_WORSE
    return ASK_NEXT[found.in_short]
