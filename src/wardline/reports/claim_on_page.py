"""A claim as the page shows it: what was said and by whom, the answer, the chart from the day that is claimed, and the
working.
"""

from __future__ import annotations

from dataclasses import dataclass

from wardline.measures.claims import ClaimAnswer
from wardline.reports.chart_picture import Said, chart_picture
from wardline.reports.chart_scale import unit_of
from wardline.reports.charts_in_words import finding_title, kind_in_words, story
from wardline.reports.claims_in_words import answer_in_a_sentence, working_in_words
from wardline.reports.periods_in_words import span_in_words
from wardline.reports.wording import date_in_words

__all__ = ["ClaimOnPage", "claim_on_page"]

END_OF_SENTENCE = ". "


@dataclass(frozen=True)
class ClaimOnPage:
    """One claim. `answer` is what is said first, `further` the rest of its sentence; without a chart the pictures are
    empty.
    """

    id: str
    heading: str
    subtitle: str
    said_by: str
    words: str
    answer: str
    further: str
    working: tuple[str, ...]
    wide: str
    narrow: str


def claim_on_page(found: ClaimAnswer, name: str, *, is_made_up: bool) -> ClaimOnPage:
    """A claim with its pictures. `name` is an id that is the only one of its kind on the page."""
    claim, measure = found.claim, found.measure
    first, _, rest = answer_in_a_sentence(found).partition(END_OF_SENTENCE)
    chart = found.chart.chart if found.chart is not None else None
    title = measure.title if measure is not None else claim.measure
    heading, subtitle, wide, narrow = title, "", "", ""
    if chart is not None and measure is not None:
        unit = unit_of(measure)
        heading, subtitle = finding_title(title, chart, unit), f"{span_in_words(chart)} ({kind_in_words(chart)})"
        said = Said(heading, story(chart, unit, measure.target), measure.target, claim.first_day)
        wide = chart_picture(chart, unit, said, f"{name}-wide", is_made_up=is_made_up)
        narrow = chart_picture(chart, unit, said, f"{name}-narrow", narrow=True, is_made_up=is_made_up)
    return ClaimOnPage(
        name,
        heading,
        subtitle[:1].upper() + subtitle[1:],
        f"Said by {claim.said_by}, {claim.where}, {date_in_words(claim.said_on)}:",
        claim.words,
        first if first.endswith(".") else f"{first}.",
        rest,
        tuple(working_in_words(found)),
        wide,
        narrow,
    )
