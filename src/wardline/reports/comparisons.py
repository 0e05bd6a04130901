"""Groups of occasions of which clearly fewer were recorded in time than of all the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from wardline.findings import Outcome
from wardline.obligations import Never, Record, Repeat, ResolvedObligation, Respond
from wardline.reports.headline import noun_of
from wardline.reports.occasions import JUDGED
from wardline.reports.report import Report
from wardline.reports.shares import FEWEST_TO_COMPARE, Share
from wardline.reports.wording import number, quoted

__all__ = ["COMPARED_BY", "Lower", "lower_by_attribute", "lower_by_time_of_day"]

# Case attributes whose values may stand on the page besides those that say only yes and no: none can name a person.
COMPARED_BY = (
    "age_band",
    "area",
    "day",
    "district",
    "division",
    "from_care",
    "grade",
    "home_type",
    "priority",
    "region",
    "risk",
    "sector",
    "ward",
)
MOST_VALUES = 30  # of such an attribute; more are no grouping. Chosen by us.
BANDS = ((22, 4, "10 pm and 4 am"), (4, 10, "4 am and 10 am"), (10, 16, "10 am and 4 pm"), (16, 22, "4 pm and 10 pm"))


@dataclass(frozen=True, eq=False)  # a table has no single answer to "equal"
class Lower:
    """Such a group: what was seen, as the end of a sentence, and its occasions that were not recorded in time."""

    seen: str
    rows: pl.DataFrame


def lower_by_time_of_day(item: ResolvedObligation, mine: pl.DataFrame) -> Lower | None:
    """The part of the local day (of four) with the smallest share, if it is clearly smaller than in the rest."""
    if not isinstance(item.obligation, (Respond, Repeat)):
        return None
    groups = [(f"between {words}", _in_band(first, last)) for first, last, words in BANDS]
    return _furthest_below(item, _judged(mine).filter(pl.col("hour").is_not_null()), groups, "at other times of day")


def lower_by_attribute(report: Report, item: ResolvedObligation, mine: pl.DataFrame) -> Lower | None:
    """The value of a case attribute with the smallest share, if it is clearly smaller than for all others."""
    judged = _judged(mine)
    groups = [
        (f"where {name.replace('_', ' ')} is {quoted(value)}", pl.col(f"case.{name}").eq_missing(pl.lit(value)))
        for name, value in _values(report, judged)
    ]
    return _furthest_below(item, judged, groups, "elsewhere")


def _furthest_below(
    item: ResolvedObligation, judged: pl.DataFrame, groups: Sequence[tuple[str, pl.Expr]], others: str
) -> Lower | None:
    best, gap = None, 0.0
    for where, is_inside in groups:
        inside, outside = _share(judged.filter(is_inside)), _share(judged.filter(~is_inside))
        if min(inside.whole, outside.whole) < FEWEST_TO_COMPARE or inside.interval()[1] >= outside.interval()[0]:
            continue
        here = outside.part / outside.whole - inside.part / inside.whole
        if here > gap:
            best, gap = (where, is_inside, inside, outside), here
    if best is None:
        return None
    where, is_inside, inside, outside = best
    rows = judged.filter(is_inside & (pl.col("outcome") != Outcome.MET.value))
    return Lower(f"{where}, {_not_in_time(item, inside)}; {others}, {_rest(outside).in_words()}.", rows)


def _values(report: Report, judged: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """The case attributes that may be compared, each with its values, in alphabetical order."""
    for column in sorted(name for name in judged.columns if name.startswith("case.")):
        name = column.removeprefix("case.")
        if judged[column].dtype != pl.String() or (report.compared_by is not None and name not in report.compared_by):
            continue
        values = sorted(judged[column].drop_nulls().unique())
        says_only_yes_or_no = set(values) <= {"yes", "no"}
        if report.compared_by is None and not says_only_yes_or_no and name not in COMPARED_BY:
            continue
        if 2 <= len(values) <= MOST_VALUES:
            yield from ((name, value) for value in values)


def _in_band(first: int, last: int) -> pl.Expr:
    hour = pl.col("hour")
    return (hour >= first) & (hour < last) if first < last else (hour >= first) | (hour < last)


def _judged(mine: pl.DataFrame) -> pl.DataFrame:
    return mine.filter(pl.col("outcome").is_in(JUDGED))


def _share(judged: pl.DataFrame) -> Share:
    return Share(judged.filter(pl.col("outcome") == Outcome.MET.value).height, judged.height)


def _rest(share: Share) -> Share:
    return Share(share.whole - share.part, share.whole)


def _not_in_time(item: ResolvedObligation, share: Share) -> str:
    """`694 of 823 reports (84%) were not recorded in time`."""
    match item.obligation:
        case Never():
            words = "recorded as happening"
        case Record():
            words = "not filled in"
        case _:
            words = "not recorded in time"
    rest = _rest(share)
    return f"{number(rest.part)} of {number(rest.whole)} {noun_of(item)}s ({rest.percent()}) were {words}"
