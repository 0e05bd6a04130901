"""Is it getting better? What the page shows of the measures over time: the most important charts, and all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wardline.english import and_list, count, number, quoted
from wardline.measures import MeasureOverTime, MeasuresOverTime
from wardline.measures.charts import Meaning
from wardline.measures.claims import ClaimAnswer, InShort, Way
from wardline.measures.declared.measure import PartOfPage
from wardline.reports.charts_in_words import RULES_OF_SIGNALS, false_signals_in_words
from wardline.reports.claim_on_page import claim_on_page
from wardline.reports.measure_on_page import MeasureOnPage, measure_on_page
from wardline.reports.measures_in_figures import before_and_since_table, measures_in_figures
from wardline.reports.measures_in_short import can_show
from wardline.reports.report import Report
from wardline.reports.small_chart import key_of_charts

__all__ = ["HOW_CHARTED", "better"]

MOST_CHARTS = 3  # on the second page, so that it is one sheet
MOST_LETTERS = 80  # of the titles named in the first sentence
ANSWERED = {  # of one claim and of several
    InShort.SHOWN: ("is shown by the records", "are shown by the records"),
    InShort.NOT_SHOWN: ("is not shown by the records", "are not shown by the records"),
    InShort.TOO_EARLY: ("was put too early to say", "were put too early to say"),
    InShort.RECORDING_CHANGED: ("is explained by a change of recording", "are explained by a change of recording"),
    InShort.MIX_CHANGED: ("is explained by other cases", "are explained by other cases"),
    InShort.CANNOT_TELL: ("cannot be told", "cannot be told"),
}
NONE_GIVEN = MeasuresOverTime((), ())
EXPLAINED = {InShort.RECORDING_CHANGED: "a change of recording", InShort.MIX_CHANGED: "other cases"}
HOW_CHARTED = (
    "Each measure over time is a control chart: its average and limits are drawn from the first twelve months, if that "
    "leaves at least three more, else from all of them, unless the dive file states another stretch. Limits from fewer "
    "than thirteen figures are called trial limits. A signal is one of four patterns that chance alone seldom makes: "
    + "; ".join(RULES_OF_SIGNALS)
    + ". A month without records, or one that is not over, has no figure. The second page shows the charts with a "
    "signal at the latest figure first, what changed for children before what was done and what is recorded. A signal "
    "does not say why the figures moved: it may be better work, or only another way of recording it."
)


@dataclass(frozen=True)
class PartOfMeasures:
    """The measures of one part of the page, in order."""

    heading: str
    measures: tuple[MeasureOnPage, ...]


def better(report: Report) -> dict[str, Any]:
    """What the templates of the second page and of the section with all measures show, by name."""
    over_time = report.figures.over_time or NONE_GIVEN
    if not over_time.measures and not report.figures.claims:
        return {"better": None, "claims": (), "parts_of_measures": (), "measures_not_given": _not_given(over_time)}
    claims = [
        claim_on_page(one, f"claim-{at}", is_made_up=report.is_made_up_data)
        for at, one in enumerate(report.figures.claims, 1)
    ]
    claimed = list(dict.fromkeys(one.claim.measure for one in report.figures.claims))
    others = [one for one in _most_important(over_time.measures) if one.measure.name not in claimed]
    shown = [
        measure_on_page(one, f"measure-{at}", is_made_up=report.is_made_up_data)
        for at, one in enumerate(over_time.measures, 1)
    ]
    first = others[: max(0, MOST_CHARTS - len(claims))]
    by_name = {one.measure.name: one for one in over_time.measures}
    return {
        "better": {
            "summary": f"{_of_claims(report.figures.claims)}{_summary(over_time, report.figures.claims)}",
            "key": key_of_charts(),
            "charts": [
                measure_on_page(one, f"better-{at}", is_made_up=report.is_made_up_data)
                for at, one in enumerate(first, 1)
            ],
            "claims": [
                claim_on_page(one, f"better-claim-{at}", is_made_up=report.is_made_up_data)
                for at, one in enumerate(report.figures.claims[:MOST_CHARTS], 1)
            ],
            "table": before_and_since_table(report.figures.claims[:MOST_CHARTS], first, by_name),
            "note": false_signals_in_words(report.figures.false_signals),
            "more_claims": _more_claims(len(claims) - MOST_CHARTS),
        },
        "claims": claims,
        "parts_of_measures": _by_part(shown),
        "measures_not_given": _not_given(over_time),
        "rules_of_signals": RULES_OF_SIGNALS,
        "all_in_figures": measures_in_figures(over_time.measures, "All measures in figures"),
    }


def _of_claims(claims: Sequence[ClaimAnswer]) -> str:
    """`Of 4 claims, 2 are shown by the records; 1 is explained by a change of recording; 1 cannot be told. `"""
    said = []
    for short, (one, several) in ANSWERED.items():
        mine = [claim for claim in claims if claim.in_short is short]
        for of_what, many in (
            ("", sum(claim.claim.way is not Way.WORSE for claim in mine)),
            ("of a worsening ", sum(claim.claim.way is Way.WORSE for claim in mine)),
        ):
            if many:
                said.append(f"{number(many)} {of_what}{one if many == 1 else several}")
    return f"Of {count(len(claims), 'claim')}, {'; '.join(said)}. " if said else ""


def _more_claims(many: int) -> str:
    return "" if many <= 0 else f"{count(many, 'more claim')} {'is' if many == 1 else 'are'} answered further on."


def _most_important(measures: Sequence[MeasureOverTime]) -> list[MeasureOverTime]:
    """Those with a signal at the latest figure first, then those that had one; as they were among themselves. Of one
    obligation the first only: its share and its waits mostly tell the same."""
    charted = [one for one in sorted(measures, key=_rank) if one.chart is not None]
    of_obligations = {one.measure.obligation: one for one in reversed(charted)}
    return [one for one in charted if one.measure.obligation is None or of_obligations[one.measure.obligation] is one]


def _rank(one: MeasureOverTime) -> int:
    if one.signal is None:
        return 3
    if not one.signal.lasts:
        return 2
    return 1 if one.signal.meaning is Meaning.CHANGE else 0


def _by_part(shown: Sequence[MeasureOnPage]) -> tuple[PartOfMeasures, ...]:
    parts = []
    for part in PartOfPage:
        mine = tuple(one for one in shown if one.part is part)
        if mine:
            parts.append(PartOfMeasures(part.value[0].upper() + part.value[1:], mine))
    return tuple(parts)


def _summary(over_time: MeasuresOverTime, claims: Sequence[ClaimAnswer]) -> str:
    """`Of 12 measures, 2 show an improvement at the latest figure: “A” and “B”, 1 of them explained by …`"""
    if not over_time.measures:
        return "This dive gives no measure over time."
    lasting = [one for one in over_time.measures if one.signal is not None and one.signal.lasts]
    said = []
    for meaning, words in (
        (Meaning.IMPROVEMENT, "an improvement"),
        (Meaning.CONCERN, "a concern"),
        (Meaning.CHANGE, "a change that is neither"),
    ):
        mine = [one for one in lasting if one.signal is not None and one.signal.meaning is meaning]
        if mine:
            titles = and_list(quoted(one.measure.title) for one in mine)
            names = f": {titles}" if len(titles) <= MOST_LETTERS else ""
            explained = _explained([one.measure.name for one in mine], claims)
            said.append(f"{number(len(mine))} {'shows' if len(mine) == 1 else 'show'} {words}{names}{explained}")
    silent = [one for one in over_time.measures if can_show(one) and one not in lasting]
    unable = [one for one in over_time.measures if not can_show(one)]
    if silent:
        said.append(
            f"{number(len(silent))} {'shows' if len(silent) == 1 else 'show'} no sign of a change at the latest figure"
        )
    if unable:
        said.append(f"{number(len(unable))} {'has' if len(unable) == 1 else 'have'} too few figures to tell")
    return f"Of {count(len(over_time.measures), 'measure')}, {'; '.join(said)}."


def _explained(names: Sequence[str], claims: Sequence[ClaimAnswer]) -> str:
    """`, 1 of them explained by a change of recording`: a signal is counted, and what a claim found of it is said."""
    said = []
    for short, words in EXPLAINED.items():
        mine = {one.claim.measure for one in claims if one.in_short is short and one.claim.group is None}
        if many := len(mine & set(names)):
            said.append(f"{number(many)} of them explained by {words}" if len(names) > 1 else f"explained by {words}")
    return f", {and_list(said)}" if said else ""


def _not_given(over_time: MeasuresOverTime) -> str:
    """The measures that are declared and not given in this dive, and why."""
    by_reason: dict[str, list[str]] = {}
    for one in over_time.not_given:
        by_reason.setdefault(one.why.value, []).append(quoted(one.measure.title))
    said = [f"{and_list(titles)}: {why[0].lower()}{why[1:]}" for why, titles in by_reason.items()]
    return f"Not given in this dive: {' '.join(said)}" if said else ""
