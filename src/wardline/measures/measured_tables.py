"""The tables whose rows are counted, lazily, with the columns that figures go by: each is read when it is asked for.

Findings are in the order of their obligations, so that the occasions of one obligation are a few row groups of the
file: whoever goes through them obligation by obligation never holds more than the largest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

import polars as pl

from wardline.events import (
    RECORD_FAULTS,
    EventLog,
    attribute_columns,
    existing_cases,
    is_known_closed,
    known_events,
    log_of_tables,
)
from wardline.findings import FINDINGS, is_of, key_column
from wardline.measures.children_to_check import with_lists
from wardline.measures.empty_attributes import rows_left_aside
from wardline.measures.lists_for_today import ListsForToday, lists_for_today
from wardline.measures.lowered_grades import LoweredLate, gradings_of
from wardline.measures.row_filters import CountedTable, RowFilter
from wardline.measures.shared_out import with_shares
from wardline.measures.waits_cut_short import WAS_CALLED_OFF, with_wait_ends
from wardline.obligations import Never, Owner, ResolvedObligation, Standing
from wardline.time_limits import Calendar, elapsed_column, local_date_column, local_hour_column

__all__ = ["AT_THE_TIME", "CASE", "HELD_BY", "LATER", "LEFT_ASIDE", "MeasuredTables", "may_be_counted", "occasions_of"]

AT_THE_TIME, LATER = "at the time", "later"  # when an entry was written up
CASE = "case."  # before the name of an attribute of the case, as a column of an occasion
HELD_BY = "held_by."  # before the name of a record system: whether it holds a piece of a case
LEFT_ASIDE = "left_aside."  # before the key of an obligation: whether it leaves an event, or a case, aside


@dataclass(frozen=True, kw_only=True)
class MeasuredTables:
    """What is counted: the findings of some obligations, and the event log they were found in.

    `findings` has the columns of FINDINGS (text may be categorical), in order of findings. `as_at` is an aware instant;
    `period` the first and last local day (None: everything); days and hours are local to `zone`. An entry counts as
    written at the time if it was written within `written_up_later_after` of what it records.

    `findings_outside_period`, with the same columns, is of what a list for today may hold; it is in no other figure.
    It may be by further versions of the standards: `obligations_for_today` holds all (left out: there is none further).
    `population` and `investigators` (by month: `2024-04`) are what rates may be counted by.
    """

    obligations: tuple[ResolvedObligation, ...]
    standards: tuple[tuple[str, str], ...]  # name and version of each, in their order
    as_at: datetime
    zone: str
    period: tuple[date, date] | None
    written_up_later_after: timedelta
    findings: pl.LazyFrame = field(default_factory=lambda: pl.LazyFrame(schema=FINDINGS))
    obligations_for_today: tuple[ResolvedObligation, ...] = ()
    findings_outside_period: pl.LazyFrame = field(default_factory=lambda: pl.LazyFrame(schema=FINDINGS))
    event_log: EventLog = field(default_factory=lambda: log_of_tables({}))
    record_faults: pl.LazyFrame = field(default_factory=lambda: pl.LazyFrame(schema=RECORD_FAULTS))
    population: int | None = None
    investigators: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def calendar(self) -> Calendar:
        """The force's."""
        return Calendar(self.zone)

    @cached_property
    def gradings(self) -> pl.LazyFrame | None:
        """The known events by which limits go (see `gradings_of`); None where no limit goes by an event."""
        return gradings_of(self.obligations, self.event_log, as_at=self.as_at)

    @cached_property
    def _lowered_late(self) -> LoweredLate:
        return LoweredLate(self.gradings)

    @cached_property
    def item_of(self) -> dict[str, ResolvedObligation]:
        """Each obligation by its key."""
        return {item.key: item for item in self.obligations}

    @cached_property
    def cases(self) -> pl.LazyFrame:
        """The cases that exist as at, of the case types that the obligations are about, in the order of the log."""
        # Which cases exist is asked of all events, so once; what else is known of them is read again.
        exist = self._existing.lazy().drop("is_open")
        every = self.event_log.cases.drop("closed_at")
        return every.join(exist, on="case_id", how="inner", maintain_order="left").select(
            self.event_log.cases.collect_schema().names()
        )

    @cached_property
    def _existing(self) -> pl.DataFrame:
        """`case_id` and `closed_at` of these cases, and whether each `is_open`."""
        case_types = sorted({item.case_type for item in self.obligations})
        existing = existing_cases(self.event_log, as_at=self.as_at).filter(pl.col("case_type").is_in(case_types))
        is_open = (~is_known_closed(self.as_at)).alias("is_open")
        return existing.select("case_id", "closed_at", is_open).collect(engine="streaming")

    @cached_property
    def _open(self) -> pl.DataFrame:
        """`case_id` of the open ones, each once, and `is_open`: asked of them for nearly every figure."""
        return self._existing.filter("is_open").select("case_id", "is_open").unique(maintain_order=True)

    @cached_property
    def known_events(self) -> pl.LazyFrame:
        """The events that are known as at."""
        return known_events(self.event_log, as_at=self.as_at)

    @cached_property
    def lists_for_today(self) -> ListsForToday:
        """Who must be looked at today, who was closed earlier without a record, and what falls due next."""
        return lists_for_today(self.looked_at_today, self._for_today, self.event_log, as_at=self.as_at)

    @property
    def _for_today(self) -> tuple[ResolvedObligation, ...]:
        return self.obligations_for_today or self.obligations

    @property
    def looked_at_today(self) -> pl.LazyFrame:
        """The findings that a list for today may hold: those of the period and those outside it."""
        return pl.concat([self.findings.with_columns(**self._as_text()), self.findings_outside_period])

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """The attributes of cases."""
        return tuple(attribute_columns(self.cases.collect_schema(), "cases"))

    def rows(self, rows: RowFilter) -> pl.LazyFrame:
        """The rows that a figure counts, in the order of their table, with every column that it goes by."""
        match rows.table:
            case CountedTable.OCCASIONS:
                return self.occasions(rows)
            case CountedTable.CASES:
                return rows.of(self._left_aside(self._held_by(self.cases, rows), rows))
            case CountedTable.ALL_CASES:
                return rows.of(self._held_by(self._counted_from(rows), rows))
            case CountedTable.EVENTS:
                return rows.of(self._left_aside(self._known_events(), rows))
            case CountedTable.CASE_SOURCES:
                return rows.of(self._case_sources())
            case CountedTable.REJECTS:
                return rows.of(self.event_log.rejects)
            case CountedTable.RECORD_FAULTS:
                return rows.of(self.record_faults)

    def count(self, rows: RowFilter) -> int:
        """How many such rows there are; with `each`, how many different values."""
        many = pl.len() if rows.each is None else pl.col(rows.each).drop_nulls().n_unique()
        return int(self.rows(rows).select(many).collect(engine="streaming").item())

    def occasions(self, rows: RowFilter, *columns: str) -> pl.LazyFrame:
        """These occasions, with the columns of findings, `key`, and those of the columns below that are named."""
        assert rows.table is CountedTable.OCCASIONS, "these rows are none of the findings"
        named = rows.columns() | set(columns)
        for_today = "for_today" in named
        # A list for today holds what lies outside the period too; no other figure does.
        table = self.looked_at_today.with_columns(key=key_column()) if for_today else self._of_keys(rows)
        table = table.with_columns(**{name: one for name, one in self._reckoned.items() if name in named})
        if named & {"is_open", "wait_end", "waited"}:
            table = table.join(self._open.lazy(), on="case_id", how="left", maintain_order="left")
            table = table.with_columns(pl.col("is_open").fill_null(False))
        if named & {"wait_end", "waited"}:
            table = with_wait_ends(table, WAS_CALLED_OFF, as_at=self.as_at)
        if attributes := sorted(name for name in named if name.startswith(CASE)):
            table = self.beside_cases(table, [name.removeprefix(CASE) for name in attributes])
        if named & {"stands", "is_in_share", "counts_as_wait"}:
            table = self._with_shares(table, rows)
        if for_today:
            table = with_lists(table, self._for_today, self.event_log, as_at=self.as_at)
        if "was_lowered_late" in named:
            (item,) = (self.item_of[str(key)] for key in rows.values_of("key") or ())
            table = self._lowered_late.beside(table, item, for_today=for_today)
        return rows.of(table)

    def beside_cases(self, occasions: pl.LazyFrame, attributes: Collection[str]) -> pl.LazyFrame:
        """Occasions with attributes of their cases, as `case.NAME`; one that the cases lack is empty."""
        return occasions.join(self.attributes_of_cases(attributes), on="case_id", how="left", maintain_order="left")

    def attributes_of_cases(self, attributes: Collection[str]) -> pl.LazyFrame:
        """`case_id` and attributes, as `case.NAME`, once for each case."""
        has = self.cases.collect_schema()
        return self.cases.select(
            "case_id", *[(pl.col(one) if one in has else pl.lit(None)).alias(f"{CASE}{one}") for one in attributes]
        ).unique("case_id", keep="first", maintain_order=True)

    def _of_keys(self, rows: RowFilter) -> pl.LazyFrame:
        """The occasions of the obligations that are named, with `key`.

        By the columns of the findings first: the statistics of a Parquet file are about them, and a key costs more.
        """
        keys = rows.values_of("key")
        if keys is not None and len(keys) == 1 and (item := self.item_of.get(str(keys[0]))) is not None:
            return self.findings.filter(is_of(item)).with_columns(key=pl.lit(item.key), **self._as_text())
        # Not narrowed by the obligations of several keys first: of Polars 2.1, `is_in` on findings in a file panics.
        return self.findings.with_columns(**self._as_text()).with_columns(key=key_column())

    def _as_text(self) -> dict[str, pl.Expr]:
        texts = [name for name, kind in FINDINGS.items() if kind == pl.String()]
        kinds = self.findings.collect_schema()
        return {name: pl.col(name).cast(pl.String) for name in texts if kinds.get(name) != pl.String()}

    @cached_property
    def _reckoned(self) -> dict[str, pl.Expr]:
        """What figures go by beside the columns of the findings."""
        triggered_at, responded_at = pl.col("triggered_at"), pl.col("responded_at")
        written_after = elapsed_column(responded_at, pl.col("response_recorded_at"))
        wait = elapsed_column(triggered_at, responded_at)
        return {
            "wait_in_microseconds": wait.dt.total_microseconds(),  # from trigger to response, never below zero
            "is_timed": triggered_at.is_not_null(),
            "hour": local_hour_column(triggered_at, self.calendar),  # of the local day of the trigger
            "day": local_date_column(triggered_at, self.calendar),
            "written": pl.when(written_after <= self.written_up_later_after)
            .then(pl.lit(AT_THE_TIME))
            .when(written_after.is_not_null())
            .then(pl.lit(LATER)),  # empty where the system does not say
            "was_called_off": WAS_CALLED_OFF,  # an exemption came before any response
            "who": pl.coalesce("child_id", "case_id"),  # a case that names no child is told by itself
        }

    def _with_shares(self, table: pl.LazyFrame, rows: RowFilter) -> pl.LazyFrame:
        keys = rows.values_of("key")
        asked = [item for item in self.obligations if keys is None or item.key in keys]
        nevers = [item.key for item in asked if isinstance(item.obligation, Never)]
        return with_shares(table.with_columns(_called_off=WAS_CALLED_OFF), nevers, as_at=self.as_at).drop("_called_off")

    def _held_by(self, cases: pl.LazyFrame, rows: RowFilter) -> pl.LazyFrame:
        """Cases with each `held_by.SYSTEM` that is gone by; of `held_by.A|B`, whether A or B holds a piece."""
        for column in sorted(name for name in rows.columns() if name.startswith(HELD_BY)):
            systems = column.removeprefix(HELD_BY).split("|")
            of_systems = self.event_log.case_sources.filter(pl.col("source").is_in(systems))
            held = of_systems.select("case_id", pl.lit(True).alias(column)).unique()
            cases = cases.join(held, on="case_id", how="left", maintain_order="left").with_columns(
                pl.col(column).fill_null(False)
            )
        return cases

    def _left_aside(self, table: pl.LazyFrame, rows: RowFilter) -> pl.LazyFrame:
        """Events or cases with each `left_aside.OBLIGATION` that is gone by."""
        for column in sorted(name for name in rows.columns() if name.startswith(LEFT_ASIDE)):
            item = self.item_of[column.removeprefix(LEFT_ASIDE)]
            found = rows_left_aside(item, self.cases, self.known_events, self.period)
            is_event = rows.table is CountedTable.EVENTS
            id_column, ids = ("event_id", found.event_ids) if is_event else ("case_id", found.case_ids)
            table = table.with_columns(pl.col(id_column).is_in(ids.implode()).alias(column))
        return table

    def _known_events(self) -> pl.LazyFrame:
        """The events that are known as at, with the type of their case, which is empty where there is no such case."""
        types = self.event_log.cases.select("case_id", "case_type")
        return self.known_events.join(types, on="case_id", how="left", maintain_order="left")

    def _case_sources(self) -> pl.LazyFrame:
        """Which system holds a piece of which case that exists as at, with the case's type and who opened it."""
        opened = self.cases.select("case_id", "case_type", opened_by="source")
        return self.event_log.case_sources.unique().join(opened, on="case_id", how="inner")

    def _counted_from(self, rows: RowFilter) -> pl.LazyFrame:
        """All cases of every type. Where `month` (`2024-04`) is asked for, those that exist as at, with the local
        month of their opening, else of their first known event with a time."""
        if "month" not in rows.columns():
            return self.event_log.cases
        cases = existing_cases(self.event_log, as_at=self.as_at)
        unopened = cases.filter(pl.col("opened_at").is_null()).select("case_id")
        firsts = (
            self.known_events.join(unopened, on="case_id", how="semi")
            .group_by("case_id")
            .agg(first=pl.col("happened_at").min())
        )
        opened = pl.coalesce("opened_at", "first")
        return cases.join(firsts, on="case_id", how="left", maintain_order="left").with_columns(
            month=local_date_column(opened, self.calendar).dt.strftime("%Y-%m")
        )


def occasions_of(*items: ResolvedObligation) -> RowFilter:
    """Every occasion of these obligations."""
    return RowFilter(CountedTable.OCCASIONS).with_value("key", *(item.key for item in items))


def may_be_counted(
    obligations: Iterable[ResolvedObligation], *, owed_by: Owner | None = None
) -> list[ResolvedObligation]:
    """Those that may stand in a headline: not `assumed` and unconfirmed; of one owner if named."""
    return [
        item
        for item in obligations
        if item.standing is Standing.BINDING and (owed_by is None or item.obligation.owed_by is owed_by)
    ]
