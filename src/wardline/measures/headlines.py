"""What is said first of each standard: one obligation that speaks for it, and its figures; and all standards
together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

import polars as pl

from wardline.findings import Outcome
from wardline.measures.chance import effective_size
from wardline.measures.figures import Count, Counted, Share
from wardline.measures.measured_tables import AT_THE_TIME, MeasuredTables, may_be_counted, occasions_of
from wardline.measures.outcomes import CountedFindings, OutcomeCounts
from wardline.measures.row_filters import RowFilter
from wardline.measures.shared_out import IN_A_WAIT
from wardline.measures.waits import OF_WAITS, Waits, waits_of
from wardline.obligations import Never, Owner, Record, ResolvedObligation, Topic
from wardline.time_limits import ToBeSet

__all__ = [
    "AllStandards",
    "HeadlineFigures",
    "Silence",
    "WrittenUp",
    "all_standards",
    "headline_figures",
    "shares_of_obligations",
    "speaks_for",
]


class Silence(Enum):
    """Why nothing is counted of a standard."""

    NOT_OWED_BY_FORCE = "nothing in it is owed by the force"
    ALL_ASSUMED = "every limit in it is assumed, and nobody has confirmed one"
    NO_OCCASION = "no occasion was found"


@dataclass(frozen=True)
class WrittenUp:
    """Of those recorded in time, how soon the entries were written; `share`: those written at the time, of all
    judged.
    """

    share: Share
    met: Count  # recorded in time
    not_said: Count  # of these, and the records do not say when the entry was written

    @property
    def is_never_said(self) -> bool:
        """Whether the records say it of none of them."""
        return bool(self.met) and self.met.value == self.not_said.value


@dataclass(frozen=True)
class HeadlineFigures:
    """One standard, by the obligation that speaks for it (None: there is none), or why nothing is counted of it.

    `first_day` and `last_day` are the local days on which the first and the last occasion began.
    """

    standard: tuple[str, str]  # name and version
    item: ResolvedObligation | None
    silence: Silence | None
    outcomes: OutcomeCounts | None = None
    cases: Count | None = None
    children: Count | None = None
    without_child: Count | None = None  # occasions
    person_systems: int = (
        0  # in whose person numbers the children are counted: of several, one child may be there twice
    )
    first_day: date | None = None
    last_day: date | None = None
    waits: Waits | None = None  # of the judged; None without a time limit
    share: Share | None = None  # of the judged, with repeats of one child allowed for; None where nothing can be judged
    written_up: WrittenUp | None = None  # None where no entry answers it, or where nothing can be judged


@dataclass(frozen=True)
class AllStandards:
    """What the force owed over all standards, of which it may be counted."""

    judged: Count
    not_as_owed: Count
    late: Count
    without_record: Count  # or against what is owed
    cases: Count  # in which something was not as owed
    children: Count


def speaks_for(tables: MeasuredTables, standard: tuple[str, str]) -> ResolvedObligation | None:
    """The obligation that speaks for a standard: of those that the force owes and that may stand in a headline, the
    first with a time limit on the initial response, else the first with a time limit, else the first."""
    mine = [item for item in may_be_counted(tables.obligations, owed_by=Owner.FORCE) if _is_of(item, standard)]
    timed = [item for item in mine if not isinstance(item.obligation.time_limit, (ToBeSet, type(None)))]
    initial = [item for item in timed if item.obligation.topic is Topic.INITIAL_RESPONSE]
    return next(iter([*initial, *timed, *mine]), None)


def headline_figures(tables: MeasuredTables, counted: CountedFindings, standard: tuple[str, str]) -> HeadlineFigures:
    """The figures of one standard."""
    item = speaks_for(tables, standard)
    if item is None:
        owed = [one for one in tables.obligations if _is_of(one, standard) and one.obligation.owed_by is Owner.FORCE]
        return HeadlineFigures(standard, None, Silence.ALL_ASSUMED if owed else Silence.NOT_OWED_BY_FORCE)
    outcomes = counted.of(item)
    if not outcomes.occasions:
        return HeadlineFigures(standard, item, Silence.NO_OCCASION)
    rows = occasions_of(item)
    waiting = rows.with_value("counts_as_wait", True).with_value("outcome", *IN_A_WAIT)
    whole = (
        tables.occasions(rows, "day")
        .select(
            cases=pl.col("case_id").drop_nulls().n_unique(),
            children=pl.col("child_id").drop_nulls().n_unique(),
            without_child=pl.col("child_id").null_count(),
            first_day=pl.col("day").min(),
            last_day=pl.col("day").max(),
        )
        .collect()
        .row(0, named=True)
    )
    judged = _judged_occasions(tables, item)
    is_timed = item.obligation.time_limit is not None
    rests_on_an_entry = not isinstance(item.obligation, Never | Record)
    return HeadlineFigures(
        standard,
        item,
        None,
        outcomes,
        cases=Count(Counted.CASE, whole["cases"], rows.counted_by("case_id")),
        children=Count(Counted.CHILD, whole["children"], rows.counted_by("child_id")),
        without_child=Count(Counted.OCCASION, whole["without_child"], rows.with_value("child_id", None)),
        person_systems=_person_systems(tables, rows),
        first_day=whole["first_day"],
        last_day=whole["last_day"],
        waits=waits_of(waiting, tables.occasions(waiting, *OF_WAITS).select(OF_WAITS).collect()) if is_timed else None,
        share=Share(outcomes.met, outcomes.judged, effective_size(judged)) if outcomes.judged else None,
        written_up=_written_up(tables, outcomes) if rests_on_an_entry and outcomes.judged else None,
    )


def all_standards(tables: MeasuredTables) -> AllStandards | None:
    """None where there is one standard, or nothing that can be judged."""
    mine = may_be_counted(tables.obligations, owed_by=Owner.FORCE)
    if len(tables.standards) < 2 or not mine:
        return None
    judged = occasions_of(*mine).with_value("is_in_share", True)
    not_met = judged.with_value("outcome", Outcome.LATE.value, Outcome.MISSED.value)
    is_not_met, is_late = pl.col("outcome") != Outcome.MET.value, pl.col("outcome") == Outcome.LATE.value
    found = (
        tables.rows(judged)
        .select(
            judged=pl.len(),
            not_met=is_not_met.sum(),
            late=is_late.sum(),
            cases=pl.col("case_id").filter(is_not_met).drop_nulls().n_unique(),
            children=pl.col("child_id").filter(is_not_met).drop_nulls().n_unique(),
        )
        .collect(engine="streaming")
        .row(0, named=True)
    )
    if not found["judged"]:
        return None
    return AllStandards(
        judged=Count(Counted.OCCASION, found["judged"], judged),
        not_as_owed=Count(Counted.OCCASION, found["not_met"], not_met),
        late=Count(Counted.OCCASION, found["late"], not_met.with_value("outcome", Outcome.LATE.value)),
        without_record=Count(
            Counted.OCCASION, found["not_met"] - found["late"], not_met.with_value("outcome", Outcome.MISSED.value)
        ),
        cases=Count(Counted.CASE, found["cases"], not_met.counted_by("case_id")),
        children=Count(Counted.CHILD, found["children"], not_met.counted_by("child_id")),
    )


def shares_of_obligations(tables: MeasuredTables, counted: Mapping[str, OutcomeCounts]) -> dict[str, Share]:
    """By its key, the share of each obligation of which any can be judged, with repeats of one child allowed for.

    `counted` are the outcomes of each, by its key.
    """
    return {
        key: Share(outcomes.met, outcomes.judged, effective_size(_judged_occasions(tables, tables.item_of[key])))
        for key, outcomes in counted.items()
        if outcomes.judged
    }


def _judged_occasions(tables: MeasuredTables, item: ResolvedObligation) -> pl.DataFrame:
    """The judged occasions of an obligation: `who` it is about, and `is_met`."""
    rows = occasions_of(item).with_value("is_in_share", True)
    is_met = (pl.col("outcome") == Outcome.MET.value).alias("is_met")
    return tables.occasions(rows, "who").select("who", is_met).collect()


def _person_systems(tables: MeasuredTables, rows: RowFilter) -> int:
    """How many record systems the cases of these occasions that name a child were opened in."""
    named = tables.occasions(rows).filter(pl.col("child_id").is_not_null()).select("case_id").unique()
    sources = tables.event_log.cases.select("case_id", "source").join(named, on="case_id", how="semi")
    return int(sources.select(pl.col("source").n_unique()).collect(engine="streaming").item())


def _written_up(tables: MeasuredTables, outcomes: OutcomeCounts) -> WrittenUp:
    met = outcomes.met.rows
    assert met is not None
    counted = dict(tables.occasions(met, "written").group_by("written").len().collect().iter_rows())
    return WrittenUp(
        Share(
            Count(Counted.OCCASION, counted.get(AT_THE_TIME, 0), met.with_value("written", AT_THE_TIME)),
            outcomes.judged,
        ),
        outcomes.met,
        Count(Counted.OCCASION, counted.get(None, 0), met.with_value("written", None)),
    )


def _is_of(item: ResolvedObligation, standard: tuple[str, str]) -> bool:
    return (item.standard, item.version) == standard
