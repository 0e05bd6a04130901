"""All measures of a dive, counted by week, month, quarter and group: the table of measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import nan
from typing import TYPE_CHECKING

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
from wardline.measures.over_time.counted_states import GROUP
from wardline.measures.over_time.counts_counted import count_tallies
from wardline.measures.over_time.events_counted import events_with_value, events_written_late
from wardline.measures.over_time.events_in_time import cases_again, cases_within
from wardline.measures.over_time.groups_of_splits import GroupsOfSplits
from wardline.measures.over_time.left_out import PEOPLE, obligations_of, why_left_out
from wardline.measures.over_time.occasions_counted import occasions_counted, shares_met, shares_not_told, waits_counted
from wardline.measures.over_time.periods_counted import Days, PeriodsCounted, periods_counted
from wardline.measures.over_time.records_counted import RecordsCounted
from wardline.measures.over_time.rows_of_measures import Cells, Tally, rows_of
from wardline.measures.over_time.shares_counted import share_tallies
from wardline.measures.over_time.states_by_cell import states_together
from wardline.measures.over_time.values_lowered import cases_lowered
from wardline.measures.over_time.waits_over_time import wait_tallies, waits_in_order
from wardline.obligations import RecordOf, ResolvedObligation
from wardline.threads import in_turn
from wardline.time_limits import PeriodLength, day_before, days_of_months, start_of_year_before

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["count_measures"]

PER_PEOPLE = 1_000
PLACE = "place."  # before the name of a length of period: the place of the period among them
# Without a period of its own a dive is about everything in the records, but measures go back no further than this many
# years: a mistyped year would make rows for a century. Chosen by us.
MOST_YEARS = 10
LENGTHS = (PeriodLength.WEEK, PeriodLength.MONTH, PeriodLength.QUARTER)
Tallies = dict[str, list[Tally]]  # by the name of the measure


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
    periods = periods_counted(_days(records), by, _known_before(records))
    asked = _Asked(records, GroupsOfSplits(records), periods, splits)
    for split in asked.splits_of(*given):
        asked.groups.labels(split)  # Found now, and not in two threads at once.
    tallies: Tallies = {}
    for found in in_turn(asked.counted, _together(given)):
        tallies |= found
    return rows_of([tally for measure in given for tally in tallies[measure.name]])


def _together(measures: Sequence[Measure]) -> list[list[Measure]]:
    """The measures of one obligation together, for they are counted from the same occasions; each other by itself."""
    found: dict[str, list[Measure]] = {}
    for measure in measures:
        counting = measure.counting
        together = counting.obligation if isinstance(counting, ShareMet | ShareNotTold | Wait) else None
        found.setdefault(measure.name if together is None else f"of {together}", []).append(measure)
    return list(found.values())


@dataclass(frozen=True)
class _Asked:
    """What is counted, by which periods, and by which splits where they are not the measures' own."""

    records: RecordsCounted
    groups: GroupsOfSplits
    periods: tuple[PeriodsCounted, ...]
    splits: Sequence[str] | None

    def counted(self, measures: Sequence[Measure]) -> Tallies:
        """What measures that are counted together come to."""
        tallies: Tallies = {measure.name: [] for measure in measures}
        if isinstance(measures[0].counting, ShareMet | ShareNotTold | Wait):
            _count_occasions(measures, self, tallies)
        else:
            _count_records(measures[0], self, tallies)
        return tallies

    def splits_of(self, *measures: Measure) -> tuple[str, ...]:
        wanted = [one for measure in measures for one in measure.splits] if self.splits is None else self.splits
        return self.groups.at_hand(tuple(dict.fromkeys(wanted)))

    def placed(
        self, counted: pl.DataFrame, splits: Sequence[str], items: Sequence[ResolvedObligation] = ()
    ) -> pl.DataFrame:
        """What is counted and lies in the dive's period, with the place of its period of each length and the codes of
        its groups."""
        first, last = self.periods[-1].frame.select("first_day", "last_day").row(0)
        within = counted.filter(pl.col("day").is_between(first, last)).with_columns(
            periods.place_column().alias(f"{PLACE}{periods.name}") for periods in self.periods
        )
        return self.groups.beside(within, splits, items)

    def cells(
        self, placed: pl.DataFrame, measure: Measure, splits: Sequence[str], when: _When
    ) -> Iterator[tuple[NDArray[np.uint32], Cells]]:
        """For each length of period, all together and then split by split: the cell of each that is counted."""
        groups = {split: (self.groups.labels(split), placed[f"{GROUP}{split}"].to_numpy()) for split in splits}
        for periods in self.periods:
            frame, place = periods.with_gaps(when.gaps, when.covered), placed[f"{PLACE}{periods.name}"].to_numpy()
            all_together = Cells(measure.name, periods, frame)
            yield all_together.of(place, None), all_together
            for split, (labels, group) in groups.items():
                cells = Cells(measure.name, periods, frame, split, labels)
                yield cells.of(place, group), cells


@dataclass(frozen=True)
class _When:
    """In which days nothing was recorded of what a measure counts, and which days it is about (None: all)."""

    gaps: Sequence[Days]
    covered: Sequence[Days] | None = None


def _count_occasions(measures: Sequence[Measure], asked: _Asked, tallies: Tallies) -> None:
    """Count the measures of one obligation. Its occasions are read once, and each curve of waits is made once."""
    tables = asked.records.tables
    items_of = {measure.name: _items_of(measure, tables) for measure in measures}
    items = list({item.key: item for found in items_of.values() for item in found}.values())
    placed = asked.placed(occasions_counted(asked.records, items), asked.splits_of(*measures), items)
    waits: dict[tuple[str, ...], list[Measure]] = {}
    for measure in measures:
        mine, splits = items_of[measure.name], asked.splits_of(measure)
        if isinstance(measure.counting, Wait):
            waits.setdefault(splits, []).append(measure)
            continue
        # Every version binds the force, or some are left out.
        of_share = placed if len(mine) == len(items) else placed.filter(pl.col("key").is_in([one.key for one in mine]))
        states = shares_met(of_share, mine[0], tables)
        if isinstance(measure.counting, ShareNotTold):
            states = shares_not_told(states, tables)
        together = states_together(states)
        for cell, cells in asked.cells(states, measure, splits, _when(asked.records, mine)):
            tallies[measure.name] += share_tallies(cell, together, cells)
    for splits, of_waits in waits.items():
        percents = {one.name: one.counting.percent for one in of_waits if isinstance(one.counting, Wait)}
        states_of_waits = waits_counted(placed, items[0], tables)
        ready = waits_in_order(states_of_waits)
        for cell, cells in asked.cells(states_of_waits, of_waits[0], splits, _when(asked.records, items)):
            for tally in wait_tallies(cell, ready, percents, cells):
                tallies[tally.cells.measure].append(tally)


def _count_records(measure: Measure, asked: _Asked, tallies: Tallies) -> None:
    """Count a measure of cases, or of events in them."""
    records, counting = asked.records, measure.counting
    counted, systems, case_type = _counted_of(measure, records)
    per = counting.per if isinstance(counting, CasesCounted) else None
    splits = asked.splits_of(measure) if per is None else ()
    at_least = counting.at_least if isinstance(counting, ChildrenCounted) else None
    placed = asked.placed(counted, splits)
    together = states_together(placed)
    is_a_number = isinstance(counting, CasesCounted | ChildrenCounted)
    for cell, cells in asked.cells(placed, measure, splits, _When(records.gap_days(case_type, systems))):
        if is_a_number:
            amounts = None if per is None else _amounts(per, cells.frame, records.tables)
            tallies[measure.name] += count_tallies(cell, together, cells, at_least=at_least, per=amounts)
        else:
            tallies[measure.name] += share_tallies(cell, together, cells)


def _counted_of(measure: Measure, records: RecordsCounted) -> tuple[pl.DataFrame, set[str], str]:
    """What a measure counts, with its states; the systems that must have recorded throughout; and the type of case."""
    match measure.counting:
        case CasesCounted() as one:
            return cases_counted(records, one), records.opening(one.case_type), one.case_type
        case ChildrenCounted() as one:
            return children_counted(records, one), records.opening(one.case_type), one.case_type
        case ShareFilledIn() as one:
            of, name = (RecordOf.PERSON, one.person) if one.person is not None else (RecordOf.CASE, one.attribute)
            able = records.able_to_fill_in(one.case_type, of, name or "")
            return cases_filled_in(records, one), records.opening(one.case_type) | able, one.case_type
        case ShareWithin(start=first, then=second) as one:
            return cases_within(records, one), _able(records, one.case_type, first, second), one.case_type
        case ShareAgain(after=first, again=second) as one:
            return cases_again(records, one), _able(records, one.case_type, first, second), one.case_type
        case ShareOfEvents() as one:
            return events_with_value(records, one), _able(records, one.case_type, one.event), one.case_type
        case ShareLowered() as one:
            return cases_lowered(records, one), _able(records, one.case_type, one.event), one.case_type
        case WrittenLate() as one:
            return events_written_late(records, one), _able(records, one.case_type, one.event), one.case_type
        case ShareMet() | ShareNotTold() | Wait() | NotesWith():
            assert False, "it is counted elsewhere, or left out"


def _able(records: RecordsCounted, case_type: str, *events: Sequence[str]) -> set[str]:
    names = [name for one in events for name in one]
    return records.opening(case_type) | records.able_to_record(case_type, names)


def _items_of(measure: Measure, tables: MeasuredTables) -> list[ResolvedObligation]:
    counting = measure.counting
    return obligations_of(counting, tables) if isinstance(counting, ShareMet | ShareNotTold | Wait) else []


def _when(records: RecordsCounted, items: Sequence[ResolvedObligation]) -> _When:
    gaps = {gap for item in items for gap in records.gap_days(item.case_type, records.able_to_show(item))}
    covered = [days_judged(item, None) for item in items]
    return _When(sorted(gaps), [(first, date.max if last is None else last) for first, last in covered])


def _amounts(per: str, frame: pl.DataFrame, tables: MeasuredTables) -> list[float]:
    """How much of what a rate is per there was in each period: a mean over its days of the months' numbers. Of a period
    with a month for which there is no number it is not known: not a number."""
    periods = list(frame.select("first_day", "last_day").iter_rows())
    if per == PEOPLE:
        assert tables.population is not None
        return [tables.population / PER_PEOPLE] * len(periods)
    found = []
    for first, last in periods:
        months = [(tables.investigators.get(f"{month:%Y-%m}"), days) for month, days in days_of_months(first, last)]
        known = [(many, days) for many, days in months if many is not None]
        is_known = len(known) == len(months)
        found.append(sum(many * days for many, days in known) / sum(days for _, days in known) if is_known else nan)
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
    within = opened.filter(opened.is_between(start_of_year_before(before, MOST_YEARS), last))
    return (min(within), last) if len(within) else (last, last)
