"""All measures of a dive, counted by week, month, quarter and group: the table of measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from wardline.findings.dates import days_judged
from wardline.measures.declared.measure import (
    CasesCounted,
    ChildrenCounted,
    Measure,
    NotesWith,
    ShareAgain,
    ShareFilledIn,
    ShareLowered,
    ShareMet,
    ShareNotTold,
    ShareOfEvents,
    ShareWithin,
    Wait,
    WrittenLate,
)
from wardline.measures.measured_tables import MeasuredTables
from wardline.measures.over_time.cases_counted import cases_counted, cases_filled_in, children_counted
from wardline.measures.over_time.counted_states import GROUP, STATE_OF
from wardline.measures.over_time.counts_counted import count_rows
from wardline.measures.over_time.events_counted import events_with_value, events_written_late
from wardline.measures.over_time.events_in_time import cases_again, cases_within
from wardline.measures.over_time.groups_of_splits import splits_at_hand, with_groups
from wardline.measures.over_time.left_out import PEOPLE, obligations_of, why_left_out
from wardline.measures.over_time.measures_table import MEASURES
from wardline.measures.over_time.occasions_counted import occasions_counted, shares_met, shares_not_told, waits_counted
from wardline.measures.over_time.periods_counted import Days, PeriodsCounted, periods_counted
from wardline.measures.over_time.records_counted import RecordsCounted
from wardline.measures.over_time.shares_counted import share_rows
from wardline.measures.over_time.values_lowered import cases_lowered
from wardline.measures.over_time.waits_over_time import WAITED, wait_rows
from wardline.obligations import RecordOf, ResolvedObligation
from wardline.time_limits import PeriodLength, day_before, days_of_months

__all__ = ["count_measures"]

PER_PEOPLE = 1_000
# Without a period of its own a dive is about everything in the records, but measures go back no further than this many
# years: a mistyped year would make rows for a century. Chosen by us.
MOST_YEARS = 10
LENGTHS = (PeriodLength.WEEK, PeriodLength.MONTH, PeriodLength.QUARTER)
Rows = dict[str, list[pl.DataFrame]]  # by the name of the measure


def count_measures(
    measures: Sequence[Measure],
    tables: MeasuredTables,
    *,
    by: Iterable[PeriodLength] = LENGTHS,
    splits: Sequence[str] | None = None,
) -> pl.DataFrame:
    """The table MEASURES. A measure that this dive cannot give has no row: `measures_left_out` says which and why.

    `splits` None: each measure is split as it says itself; else all are split by these. What the records have no column
    for is not split by, and a rate is not split.

    Rows are in the order of the measures; of each by week, month, quarter, then over the whole period; all together
    first, then split by split, with those that belong to no group last; all entries before those written at the time;
    and then in the order of time.
    """
    records = RecordsCounted(tables)
    given = [measure for measure in measures if why_left_out(measure, records) is None]
    asked = _Asked(records, periods_counted(_days(records), by, _known_before(records)), splits)
    rows: Rows = {measure.name: [] for measure in given}
    for obligation in dict.fromkeys(_obligation_of(measure) for measure in given):
        mine = [measure for measure in given if _obligation_of(measure) == obligation]
        if obligation is None:
            for measure in mine:
                _count_records(measure, asked, rows)
        else:
            _count_occasions(mine, asked, rows)
    return pl.concat([MEASURES.to_frame(), *(table for measure in given for table in rows[measure.name])])


@dataclass(frozen=True)
class _Asked:
    """What is counted, by which periods, and by which splits where they are not the measures' own."""

    records: RecordsCounted
    periods: tuple[PeriodsCounted, ...]
    splits: Sequence[str] | None

    def splits_of(self, *measures: Measure) -> tuple[str, ...]:
        wanted = [one for measure in measures for one in measure.splits] if self.splits is None else self.splits
        return splits_at_hand(tuple(dict.fromkeys(wanted)), self.records)

    def within(self, counted: pl.DataFrame) -> pl.DataFrame:
        """Those of the dive's period; whom each is about is a number, by which groups are made faster."""
        first, last = self.periods[-1].frame.select("first_day", "last_day").row(0)
        within = counted.filter(pl.col("day").is_between(first, last))
        return within.with_columns(pl.col("who").cast(pl.Categorical).to_physical())


def _count_occasions(measures: Sequence[Measure], asked: _Asked, rows: Rows) -> None:
    """Count the measures of one obligation. Its occasions are read once, and each curve of waits is made once."""
    records, tables = asked.records, asked.records.tables
    counting = [(measure, measure.counting) for measure in measures]
    items = {
        (item.key): item
        for _, one in counting
        if isinstance(one, ShareMet | ShareNotTold | Wait)
        for item in obligations_of(one, tables)
    }
    occasions = asked.within(occasions_counted(records, list(items.values())))
    occasions = with_groups(occasions, asked.splits_of(*measures), records, list(items.values()))
    waits: dict[tuple[str, ...], dict[str, int]] = {}
    for measure, one in counting:
        match one:
            case ShareMet() | ShareNotTold():
                of_share = obligations_of(one, tables)
                mine = occasions.filter(pl.col("key").is_in([item.key for item in of_share]))
                states = (shares_met if isinstance(one, ShareMet) else shares_not_told)(mine, of_share[0], tables)
                gaps, covered = _when(records, of_share)
                for periods, split, counted, frame in _each(states, asked, measure, gaps, covered):
                    rows[measure.name] += share_rows(counted, measure.name, periods, frame, split)
            case Wait():
                waits.setdefault(asked.splits_of(measure), {})[measure.name] = one.percent
    for splits, percents in waits.items():
        every = list(items.values())
        states = waits_counted(occasions, every[0], tables)
        gaps, covered = _when(records, every)
        for periods, split, counted, frame in _each_of(states, asked.periods, splits, gaps, covered):
            for name, found in wait_rows(counted, percents, periods, frame, split):
                rows[name].append(found)


def _count_records(measure: Measure, asked: _Asked, rows: Rows) -> None:
    """Count a measure of cases, or of events in them."""
    records, counting, splits = asked.records, measure.counting, measure
    counted, systems = _counted_of(measure, records)
    counted = with_groups(asked.within(counted), asked.splits_of(splits), records)
    gaps = records.gap_days(counting.case_type, systems)  # type: ignore[union-attr]  # an obligation's is elsewhere
    per = counting.per if isinstance(counting, CasesCounted) else None
    for periods, split, of_group, frame in _each(counted, asked, measure, gaps, None):
        if isinstance(counting, CasesCounted | ChildrenCounted):
            if per is not None and split is not None:
                continue
            rows[measure.name] += count_rows(
                of_group,
                measure.name,
                periods,
                frame,
                split,
                at_least=counting.at_least if isinstance(counting, ChildrenCounted) else None,
                per=None if per is None else _amounts(per, frame, records.tables),
            )
        else:
            rows[measure.name] += share_rows(of_group, measure.name, periods, frame, split)


def _counted_of(measure: Measure, records: RecordsCounted) -> tuple[pl.DataFrame, set[str]]:
    """What a measure counts, with its states, and the systems that must have recorded throughout."""
    match measure.counting:
        case CasesCounted() as one:
            return cases_counted(records, one), records.opening(one.case_type)
        case ChildrenCounted() as one:
            return children_counted(records, one), records.opening(one.case_type)
        case ShareFilledIn() as one:
            of, name = (RecordOf.PERSON, one.person) if one.person is not None else (RecordOf.CASE, one.attribute)
            able = records.able_to_fill_in(one.case_type, of, name or "")
            return cases_filled_in(records, one), records.opening(one.case_type) | able
        case ShareWithin(start=first, then=second) as one:
            return cases_within(records, one), _able(records, one.case_type, first, second)
        case ShareAgain(after=first, again=second) as one:
            return cases_again(records, one), _able(records, one.case_type, first, second)
        case ShareOfEvents() as one:
            return events_with_value(records, one), _able(records, one.case_type, one.event)
        case ShareLowered() as one:
            return cases_lowered(records, one), _able(records, one.case_type, one.event)
        case WrittenLate() as one:
            return events_written_late(records, one), _able(records, one.case_type, one.event)
        case ShareMet() | ShareNotTold() | Wait() | NotesWith():
            assert False, "it is counted elsewhere, or left out"


def _able(records: RecordsCounted, case_type: str, *events: Sequence[str]) -> set[str]:
    names = [name for one in events for name in one]
    return records.opening(case_type) | records.able_to_record(case_type, names)


def _each(
    states: pl.DataFrame, asked: _Asked, measure: Measure, gaps: Sequence[Days], covered: Sequence[Days] | None
) -> Iterator[tuple[PeriodsCounted, str | None, pl.DataFrame, pl.DataFrame]]:
    return _each_of(states, asked.periods, asked.splits_of(measure), gaps, covered)


def _each_of(
    states: pl.DataFrame,
    every: Sequence[PeriodsCounted],
    splits: Sequence[str],
    gaps: Sequence[Days],
    covered: Sequence[Days] | None,
) -> Iterator[tuple[PeriodsCounted, str | None, pl.DataFrame, pl.DataFrame]]:
    """For each length of period and each split: what is counted, with its `first_day` and `group`, and the periods."""
    columns = [name for name in states.columns if name in (*STATE_OF.values(), "who") or name.startswith(WAITED)]
    for periods in every:
        frame = periods.with_gaps(gaps, covered)
        for split in (None, *splits):
            group = pl.lit(None, pl.String) if split is None else pl.col(f"{GROUP}{split}")
            counted = states.select(*columns, first_day=periods.first_day_column(), group=group)
            yield periods, split, counted, frame


def _when(records: RecordsCounted, items: Sequence[ResolvedObligation]) -> tuple[tuple[Days, ...], list[Days]]:
    """In which days nothing was recorded of what these obligations are judged by, and in which they are judged."""
    gaps = {gap for item in items for gap in records.gap_days(item.case_type, records.able_to_show(item))}
    covered = [days_judged(item, None) for item in items]
    return tuple(sorted(gaps)), [(first, date.max if last is None else last) for first, last in covered]


def _obligation_of(measure: Measure) -> str | None:
    counting = measure.counting
    return counting.obligation if isinstance(counting, ShareMet | ShareNotTold | Wait) else None


def _amounts(per: str, frame: pl.DataFrame, tables: MeasuredTables) -> dict[object, float]:
    """How much of what a rate is per there was in each period, by its first day: a mean over its days of the months'
    numbers. A period with a month for which there is no number has none."""
    periods = list(frame.select("first_day", "last_day").iter_rows())
    if per == PEOPLE:
        assert tables.population is not None
        return {first: tables.population / PER_PEOPLE for first, _ in periods}
    found: dict[object, float] = {}
    for first, last in periods:
        months = [(tables.investigators.get(f"{month:%Y-%m}"), days) for month, days in days_of_months(first, last)]
        known = [(many, days) for many, days in months if many is not None]
        if len(known) == len(months):
            found[first] = sum(many * days for many, days in known) / sum(days for _, days in known)
    return found


def _known_before(records: RecordsCounted) -> date:
    return records.tables.calendar.local_date(records.tables.as_at)


def _days(records: RecordsCounted) -> Days:
    """The dive's period; else from the first case, or the first day that is looked back to, to the last whole day."""
    if records.tables.period is not None:
        return records.tables.period
    before = _known_before(records)
    last = day_before(before)
    opened = records.cases.select(records.day_column("at").alias("day"))["day"].drop_nulls()
    earliest = date(max(before.year - MOST_YEARS, 1), 1, 1)
    within = opened.filter(opened.is_between(earliest, last))
    return (min(within), last) if len(within) else (last, last)
