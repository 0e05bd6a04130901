"""The cases and events that measures count, read once, and which record systems could have shown them."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import polars as pl

from wardline.events import existing_cases, is_known_closed
from wardline.measures.measured_tables import MeasuredTables
from wardline.measures.over_time.counted_states import entry_is_late
from wardline.measures.over_time.periods_counted import Days
from wardline.measures.records_at_hand import RecordsAtHand
from wardline.obligations import LOOKED_FOR, Need, Owner, Part, RecordOf, ResolvedObligation, needs
from wardline.time_limits import local_date_column

__all__ = ["RecordsCounted", "touches"]

REMEMBERED = 2  # columns of case ids
OF_EVENTS = ("event_id", "case_id", "happened_at", "happened_by", "recorded_at", "source")
EVENT_LEVEL = (Part.TRIGGER, *LOOKED_FOR)


@dataclass(frozen=True)
class RecordsCounted:
    """The records of a dive as measures count them."""

    tables: MeasuredTables

    @cached_property
    def at_hand(self) -> RecordsAtHand:
        """What the record systems are able to record."""
        return RecordsAtHand(self.tables.event_log, as_at=self.tables.as_at)

    @cached_property
    def cases(self) -> pl.DataFrame:
        """The cases that exist as at, in the order of the log, with their attributes and `case`, the number of each.

        Of each also whether it `is_open`; `at`, when it was opened, else when its first known event happened; and `who`
        it is about: a number for the child, or for a case that names none."""
        log, as_at = self.tables.event_log, self.tables.as_at
        cases = existing_cases(log, as_at=as_at)
        unopened = cases.filter(pl.col("opened_at").is_null()).select("case_id")
        firsts = (
            self.tables.known_events.join(unopened, on="case_id", how="semi")
            .group_by("case_id")
            .agg(_first=pl.col("happened_at").min())
        )
        return (
            cases.join(firsts, on="case_id", how="left", maintain_order="left")
            .with_columns(
                at=pl.coalesce("opened_at", "_first"),
                is_open=~is_known_closed(as_at),
                who=pl.coalesce("person_id", "case_id").cast(pl.Categorical).to_physical(),
            )
            .drop("_first")
            .unique("case_id", keep="first", maintain_order=True)
            .with_row_index("case")
            .collect(engine="streaming")
        )

    @cached_property
    def opened_late(self) -> pl.DataFrame:
        """`case_id`, and `_is_late`: whether every entry of what happened when the case was opened was written up
        later. Of a case without such an entry there is no row."""
        limit = pl.lit(self.tables.written_up_later_after)
        is_late = entry_is_late(pl.col("happened_at"), pl.col("recorded_at"), limit)
        return (
            self.tables.known_events.select("case_id", "happened_at", "recorded_at")
            .join(self.cases.lazy().select("case_id", opened="at"), on="case_id", how="inner")
            .filter(pl.col("happened_at") == pl.col("opened"))
            .group_by("case_id")
            .agg(_is_late=is_late.fill_null(False).all())
            .collect(engine="streaming")
        )

    def numbers_of_cases(self, case_ids: pl.Series) -> pl.Series:
        """The number of each case, from its id. Obligations with the same trigger have the same cases, row by row: the
        last few are remembered."""
        for known, numbers in tuple(self._numbered):  # another thread may add to it
            if known.len() == case_ids.len() and known.equals(case_ids):
                return numbers
        ids = self.cases.select("case_id", "case")
        found = case_ids.to_frame("case_id").join(ids, on="case_id", how="left", maintain_order="left")["case"]
        self._numbered.appendleft((case_ids, found))
        return found

    @cached_property
    def _numbered(self) -> deque[tuple[pl.Series, pl.Series]]:
        return deque(maxlen=REMEMBERED)

    def cases_of(self, case_type: str) -> pl.DataFrame:
        """The cases of a type, with the local `day` of their opening."""
        return self.cases.filter(pl.col("case_type") == case_type).with_columns(day=self.day_column("at"))

    def events_of(self, case_type: str, names: Collection[str], attribute: str | None = None) -> pl.DataFrame:
        """The known events of these names (none: of any) in the cases of a type, in the order of the log.

        They have their times, their `source` and, if the log has it, the attribute; `who` their case is about,
        `opened`, when it was opened, and the local `day` on which they happened; of one without a time, of its case's
        opening.
        """
        cases = self.cases.filter(pl.col("case_type") == case_type).select(
            "case_id", "case", "who", "person_id", opened="at"
        )
        events = self.tables.known_events
        if names:
            events = events.filter(pl.col("event").is_in(sorted(names)))
        log = events.collect_schema()
        return (
            events.select(name for name in log if name in OF_EVENTS or name == attribute)
            .join(cases.lazy(), on="case_id", how="inner", maintain_order="left")
            .with_columns(at=pl.coalesce("happened_at", "opened"))
            .with_columns(day=self.day_column("at"))
            .sort("event_id")
            .collect(engine="streaming")
        )

    def day_column(self, instants: str) -> pl.Expr:
        """The local day at each instant."""
        return local_date_column(pl.col(instants), self.tables.calendar)

    # WHICH SYSTEMS COULD HAVE SHOWN IT

    def opening(self, case_type: str) -> set[str]:
        """The systems that open cases of a type."""
        return set(self.cases.filter(pl.col("case_type") == case_type)["source"].drop_nulls().unique())

    def able_to_record(self, case_type: str, names: Iterable[str]) -> set[str]:
        """The systems able to record an event of one of these names in cases of a type."""
        wanted = [Need(Part.RESPONSE, RecordOf.EVENT, name) for name in names]
        return {source for need in wanted for source in self.at_hand.able(need, case_type)}

    def able_to_fill_in(self, case_type: str, of: RecordOf, field: str, event: str | None = None) -> set[str]:
        """The systems able to record a field of a case, of a person or of an event."""
        return self.at_hand.able(Need(Part.FIELD, of, event, field), case_type)

    def able_to_show(self, item: ResolvedObligation) -> set[str]:
        """The systems able to record what starts an obligation, or what it asks for; and those that open its cases."""
        found = self.opening(item.case_type)
        for need in needs(item.obligation):
            if need.part is Part.FIELD or (need.part in EVENT_LEVEL and need.field is None):
                owner = item.obligation.owed_by if need.part in LOOKED_FOR else Owner.FORCE
                found |= self.at_hand.able(need, item.case_type, owner)
        return found

    def cases_held(self, systems: Collection[str]) -> pl.Series:
        """The ids of the cases of which one of these systems holds a piece."""
        held = self.tables.event_log.case_sources.filter(pl.col("source").is_in(sorted(systems)))
        return held.select("case_id").unique().collect(engine="streaming")["case_id"]

    # WHEN NOTHING WAS RECORDED

    def gaps_between(self, systems: Collection[str]) -> tuple[tuple[datetime, datetime | None], ...]:
        """The instants from which and to which one of these systems recorded nothing; after an export was taken there
        is no end."""
        found: set[tuple[datetime, datetime | None]] = set()
        for source, gap, taken_at in self.at_hand.gaps_and_exports():
            if source in systems:
                if gap is not None:
                    found.add((gap.first_at, gap.last_at))
                if taken_at is not None:
                    found.add((taken_at, None))
        return tuple(sorted(found, key=lambda one: (one[0], one[1] is None, one[1] or one[0])))

    def gap_days(self, case_type: str, systems: Iterable[str]) -> tuple[Days, ...]:
        """The local days of these gaps, of the systems that hold a piece of any case of the type."""
        holding = [source for source in sorted(set(systems)) if self.at_hand.cases_held(case_type, [source])]
        local = self.tables.calendar.local_date
        return tuple(
            (local(first), date.max if last is None else local(last)) for first, last in self.gaps_between(holding)
        )


def touches(start: pl.Expr, end: pl.Expr, gaps: Sequence[tuple[datetime, datetime | None]]) -> pl.Expr:
    """Whether the time from start to end touches one of the gaps; never null."""
    each = [
        (end > first if last is None else (start <= last) & (end >= first)).fill_null(False) for first, last in gaps
    ]
    return pl.any_horizontal(each) if each else pl.lit(False)
