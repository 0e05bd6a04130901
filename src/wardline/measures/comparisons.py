"""Groups of occasions of which clearly fewer were recorded in time than of all the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from wardline.findings import Outcome
from wardline.measures.figures import FEWEST_TO_COMPARE, Count, Counted, Share
from wardline.measures.measured_tables import CASE, MeasuredTables, occasions_of
from wardline.measures.row_filters import Among, Condition, Outside, RowFilter
from wardline.obligations import Repeat, ResolvedObligation, Respond

__all__ = ["COMPARED_BY", "HOURS_COMPARED", "LowerGroup", "lower_by_attribute", "lower_by_time_of_day"]

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
# The four parts of the local day, from the first hour to before the last.
HOURS_COMPARED = ((22, 4), (4, 10), (10, 16), (16, 22))


@dataclass(frozen=True)
class LowerGroup:
    """Such a group: the part of the day or the value of the attribute, and the shares *not* recorded in time."""

    hours: tuple[int, int] | None
    attribute: str | None
    attribute_value: str | None
    inside: Share
    outside: Share


@dataclass(frozen=True)
class _Group:
    """A group that may be one: so many of it are judged, and of these so many met."""

    is_inside: Condition
    judged: int
    met: int
    hours: tuple[int, int] | None = None
    attribute: str | None = None
    value: str | None = None


def lower_by_time_of_day(tables: MeasuredTables, item: ResolvedObligation) -> LowerGroup | None:
    """The part of the local day (of four) with the smallest share, if it is clearly smaller than in the rest."""
    if not isinstance(item.obligation, (Respond, Repeat)):
        return None
    rows = occasions_of(item).with_value("is_in_share", True).where(Outside("hour", (None,)))
    counted = (
        tables.rows(rows)
        .group_by("hour")
        .agg(judged=pl.len(), met=(pl.col("outcome") == Outcome.MET.value).sum())
        .collect(engine="streaming")
    )
    by_hour = {hour: (judged, met) for hour, judged, met in counted.select("hour", "judged", "met").iter_rows()}
    groups = []
    for first, end in HOURS_COMPARED:
        hours = tuple(range(first, end)) if first < end else (*range(first, 24), *range(end))
        judged, met = (sum(by_hour.get(hour, (0, 0))[at] for hour in hours) for at in (0, 1))
        groups.append(_Group(Among("hour", hours), judged, met, hours=(first, end)))
    return _furthest_below(rows, groups, *map(sum, zip(*by_hour.values(), strict=True))) if by_hour else None


def lower_by_attribute(
    tables: MeasuredTables, item: ResolvedObligation, compared_by: Sequence[str] | None
) -> LowerGroup | None:
    """The value of a case attribute with the smallest share, if it is clearly smaller than for all others.

    `compared_by` None: the attributes that hold only yes and no, and those whose name is in COMPARED_BY.
    """
    kinds = tables.cases.collect_schema()
    names = sorted(
        name
        for name in tables.attributes
        if kinds[name] == pl.String() and (compared_by is None or name in compared_by)
    )
    rows = occasions_of(item).with_value("is_in_share", True)
    occasions = tables.rows(rows).select("case_id", is_met=pl.col("outcome") == Outcome.MET.value)
    judged = tables.beside_cases(occasions, names).drop("case_id").collect(engine="streaming")
    groups = [group for name in names for group in _by_value(judged, name, is_listed=compared_by is not None)]
    return _furthest_below(rows, groups, judged.height, int(judged["is_met"].sum()))


def _by_value(judged: pl.DataFrame, name: str, *, is_listed: bool) -> Iterator[_Group]:
    """The values of a case attribute, if they may be compared, in alphabetical order."""
    column = f"{CASE}{name}"
    counted = (
        judged.lazy()
        .group_by(column)
        .agg(judged=pl.len(), met=pl.col("is_met").sum())
        .drop_nulls(column)
        .sort(column)
        .collect()
    )
    values = counted[column].to_list()
    says_only_yes_or_no = set(values) <= {"yes", "no"}
    if not (is_listed or says_only_yes_or_no or name in COMPARED_BY) or not 2 <= len(values) <= MOST_VALUES:
        return
    for value, many, met in counted.select(column, "judged", "met").iter_rows():
        yield _Group(Among(column, (value,)), many, met, attribute=name, value=value)


def _furthest_below(rows: RowFilter, groups: Iterable[_Group], judged: int, met: int) -> LowerGroup | None:
    best, gap = None, 0.0
    for group in groups:
        inside = _share(rows.where(group.is_inside), group.met, group.judged, Outcome.MET)
        others = Outside(group.is_inside.column, group.is_inside.values)  # type: ignore[union-attr]  # always an Among
        outside = _share(rows.where(others), met - group.met, judged - group.judged, Outcome.MET)
        if min(inside.whole.value, outside.whole.value) < FEWEST_TO_COMPARE:
            continue
        if inside.interval()[1] >= outside.interval()[0]:
            continue
        here = outside.fraction - inside.fraction
        if here > gap:
            best, gap = (group, inside, outside), here
    if best is None:
        return None
    group, inside, outside = best
    return LowerGroup(group.hours, group.attribute, group.value, _rest(inside), _rest(outside))


def _share(rows: RowFilter, part: int, whole: int, *outcomes: Outcome) -> Share:
    of_part = rows.with_value("outcome", *(outcome.value for outcome in outcomes))
    return Share(Count(Counted.OCCASION, part, of_part), Count(Counted.OCCASION, whole, rows))


def _rest(met: Share) -> Share:
    """Those that are not met."""
    assert met.whole.rows is not None
    return _share(met.whole.rows, met.whole.value - met.part.value, met.whole.value, Outcome.LATE, Outcome.MISSED)
