"""Groups of occasions beside each other, and those of which clearly fewer were recorded in time than of the others.

Whether a group stands out is decided by its funnel plot (`groups_compared`), which counts every group of the dive that
was looked at. How likely chance alone would put it where it is, is asked of it beside all others, with the occasions of
one child allowed to hang together (`chance`); the larger of that and what the funnel's limits say holds where these
were widened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from wardline.findings import Outcome
from wardline.measures.chance import chance_of_so_few, effective_size
from wardline.measures.figures import FEWEST_TO_COMPARE, Count, Counted, Share
from wardline.measures.groups_compared import LIKELY_CHANCE, Funnel, FunnelGroup, GroupSeen, funnel_of
from wardline.measures.measured_tables import CASE, MeasuredTables, occasions_of
from wardline.measures.row_filters import Among, Outside, RowFilter
from wardline.obligations import Repeat, ResolvedObligation, Respond

__all__ = [
    "COMPARED_BY",
    "HOURS_COMPARED",
    "GroupBeside",
    "GroupsBeside",
    "GroupsLookedAt",
    "LowerGroup",
    "attributes_compared",
    "by_attribute",
    "by_time_of_day",
]

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
IS_MET = pl.col("outcome") == Outcome.MET.value
MOST_VALUES = 30  # of such an attribute; more are no grouping. Chosen by us.
# The four parts of the local day, from the first hour to before the last.
HOURS_COMPARED = ((22, 4), (4, 10), (10, 16), (16, 22))


@dataclass(frozen=True)
class LowerGroup:
    """Such a group: the part of the day or the value of the attribute, and the shares *not* recorded in time.

    `looked_at`: how many groups were looked at in this dive, and are counted.
    """

    hours: tuple[int, int] | None
    attribute: str | None
    attribute_value: str | None
    inside: Share
    outside: Share
    looked_at: Count


@dataclass(frozen=True)
class GroupBeside:
    """One of several: the part of the day or the value, its share recorded in time, and its place in the funnel."""

    hours: tuple[int, int] | None
    value: str | None
    share: Share
    seen: GroupSeen


@dataclass(frozen=True)
class GroupsBeside:
    """The groups of one obligation's occasions by the part of the local day (`attribute` None) or by an attribute.

    `whole`: the share recorded in time of all of them, which is the funnel's level.
    """

    item: ResolvedObligation
    attribute: str | None
    groups: tuple[GroupBeside, ...]
    funnel: Funnel
    whole: Share
    looked_at: Count


@dataclass(frozen=True)
class _Group:
    """A group that may be one: so many of it are judged, and of these so many met."""

    is_inside: Among
    judged: int
    met: int
    hours: tuple[int, int] | None = None
    attribute: str | None = None
    value: str | None = None
    chance: float = 1.0  # that chance alone would put its share so far from that of the others

    @property
    def name(self) -> str:
        """By which it is known in its funnel."""
        return f"{self.hours[0]} to {self.hours[1]}" if self.hours is not None else str(self.value)


@dataclass(frozen=True)
class GroupsLookedAt:
    """The groups of one obligation's occasions that are large enough to be looked at, each beside all the others.

    `effective`: so many occasions of different children would tell as much as all of them; None: as many as there are.
    """

    rows: RowFilter
    judged: int
    met: int
    effective: float | None
    groups: tuple[_Group, ...]

    def furthest_below(self, *, looked_at: int) -> LowerGroup | None:
        """The group with the smallest share, if it stands out, so many groups being looked at."""
        best, gap = None, 0.0
        for groups, funnel in self._funnels(looked_at):
            for group, seen in zip(groups, funnel.groups, strict=True):
                inside = _share(self.rows.where(group.is_inside), group.met, group.judged, Outcome.MET)
                others = Outside(group.is_inside.column, group.is_inside.values)
                outside = _share(self.rows.where(others), self.met - group.met, self.judged - group.judged, Outcome.MET)
                here = outside.fraction - inside.fraction
                if here > gap and seen.stands_out:
                    best, gap = (group, inside, outside), here
        if best is None:
            return None
        group, inside, outside = best
        counted = Count(Counted.GROUP, looked_at)
        return LowerGroup(group.hours, group.attribute, group.value, _rest(inside), _rest(outside), counted)

    def beside_each_other(self, item: ResolvedObligation, *, looked_at: int) -> Iterator[GroupsBeside]:
        """The groups of each attribute, or of the parts of the day, in their order; where there are two or more."""
        whole = _share(self.rows, self.met, self.judged, Outcome.MET)
        for groups, funnel in self._funnels(looked_at):
            if len(groups) < 2:
                continue
            beside = tuple(
                GroupBeside(
                    one.hours, one.value, _share(self.rows.where(one.is_inside), one.met, one.judged, Outcome.MET), seen
                )
                for one, seen in zip(groups, funnel.groups, strict=True)
            )
            yield GroupsBeside(item, groups[0].attribute, beside, funnel, whole, Count(Counted.GROUP, looked_at))

    def _funnels(self, looked_at: int) -> Iterator[tuple[list[_Group], Funnel]]:
        telling = 1.0 if self.effective is None else self.effective / self.judged
        for attribute in dict.fromkeys(one.attribute for one in self.groups):
            groups = [one for one in self.groups if one.attribute == attribute]
            given = [FunnelGroup(one.name, one.met, one.judged, one.judged * telling, one.chance) for one in groups]
            yield groups, funnel_of(given, level=self.met / self.judged, looked_at=looked_at)


def by_time_of_day(tables: MeasuredTables, item: ResolvedObligation) -> GroupsLookedAt | None:
    """The four parts of the local day."""
    if not isinstance(item.obligation, (Respond, Repeat)):
        return None
    rows = occasions_of(item).with_value("is_in_share", True).where(Outside("hour", (None,)))
    occasions = tables.occasions(rows, "hour", "who").select("who", "hour", is_met=IS_MET).collect(engine="streaming")
    groups = []
    for first, end in HOURS_COMPARED:
        hours = tuple(range(first, end)) if first < end else (*range(first, 24), *range(end))
        inside = occasions.filter(pl.col("hour").is_in(hours))
        groups.append(_Group(Among("hour", hours), inside.height, int(inside["is_met"].sum()), hours=(first, end)))
    return _large_enough(rows, occasions, groups)


@dataclass(frozen=True)
class AttributesCompared:
    """The attributes of cases by which groups may be compared: `case_id`, and each as `case.NAME`, once for each case.

    `is_listed`: somebody has listed them; else those that hold only yes and no count, and those in COMPARED_BY.
    """

    names: tuple[str, ...]
    of_cases: pl.DataFrame
    is_listed: bool


def attributes_compared(tables: MeasuredTables, compared_by: Sequence[str] | None) -> AttributesCompared:
    """Look them up once for all obligations; `compared_by` None: nobody has listed any."""
    kinds = tables.cases.collect_schema()
    texts = sorted(name for name in tables.attributes if kinds[name] == pl.String())
    if compared_by is not None:
        names = [name for name in texts if name in compared_by]
    else:
        says = tables.cases.select(pl.col(name).is_in(["yes", "no"]).any() for name in texts).collect()
        names = [name for name in texts if name in COMPARED_BY or says[name].item()]
    of_cases = tables.attributes_of_cases(names).collect(engine="streaming")
    return AttributesCompared(tuple(names), of_cases, compared_by is not None)


def by_attribute(
    tables: MeasuredTables, item: ResolvedObligation, compared: AttributesCompared
) -> GroupsLookedAt | None:
    """The values of case attributes."""
    rows = occasions_of(item).with_value("is_in_share", True)
    occasions = tables.occasions(rows, "who").select("case_id", "who", is_met=IS_MET)
    judged = (
        occasions.join(compared.of_cases.lazy(), on="case_id", how="left", maintain_order="left")
        .drop("case_id")
        .collect(engine="streaming")
    )
    groups = [group for name in compared.names for group in _by_value(judged, name, is_listed=compared.is_listed)]
    return _large_enough(rows, judged, groups)


def _large_enough(rows: RowFilter, occasions: pl.DataFrame, groups: Iterable[_Group]) -> GroupsLookedAt | None:
    judged, met = occasions.height, int(occasions["is_met"].sum())
    kept = [one for one in groups if min(one.judged, judged - one.judged) >= FEWEST_TO_COMPARE]
    if not kept:
        return None
    looked_at = tuple(replace(one, chance=_chance(occasions, one, judged, met)) for one in kept)
    return GroupsLookedAt(rows, judged, met, effective_size(occasions), looked_at)


def _chance(occasions: pl.DataFrame, group: _Group, judged: int, met: int) -> float:
    """On whichever side of the others the group is; doubled, because it could as well have been on the other."""
    lower = group.met * (judged - group.judged) - (met - group.met) * group.judged
    if not lower:
        return 1.0
    is_met = pl.col("is_met") if lower < 0 else ~pl.col("is_met")
    of_group = occasions.select("who", is_met, is_inside=group.is_inside.expression())
    return min(1.0, 2 * chance_of_so_few(of_group, enough=LIKELY_CHANCE / 2))


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


def _share(rows: RowFilter, part: int, whole: int, *outcomes: Outcome) -> Share:
    of_part = rows.with_value("outcome", *(outcome.value for outcome in outcomes))
    return Share(Count(Counted.OCCASION, part, of_part), Count(Counted.OCCASION, whole, rows))


def _rest(met: Share) -> Share:
    """Those that are not met."""
    assert met.whole.rows is not None
    return _share(met.whole.rows, met.whole.value - met.part.value, met.whole.value, Outcome.LATE, Outcome.MISSED)
