"""A dive that was made, opened: its manifest held against its files, its settings read, its tables lazy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from wardline.dive.counted.claims_answered import answers_from_tables
from wardline.dive.kept.as_written import not_as_written
from wardline.dive.kept.folder import (
    EXCEL_SPREADSHEET,
    FINDINGS_OUTSIDE_PERIOD_TABLE,
    FINDINGS_TABLE,
    MEASURES_TABLE,
    RECORD_FAULTS_TABLE,
    REPORT,
    RESTRICTED_TABLE,
    SPREADSHEET,
)
from wardline.dive.kept.manifest import Manifest, read_manifest
from wardline.dive.kept.settings import KeptSettings, read_settings
from wardline.errors import OutputError, Place, Problem, ProblemKind, Problems
from wardline.events import FIXED_COLUMNS, RESTRICTED, EventLog, log_of_tables
from wardline.findings import FINDINGS
from wardline.measures import (
    Figures,
    ListsForToday,
    MeasuredTables,
    MeasuresOverTime,
    NeverJudged,
    figures_of,
    lowered_grades,
    measures_over_time,
    never_judged,
)
from wardline.measures.claims import Claim, ClaimAnswer
from wardline.measures.over_time import MEASURES, MeasureLeftOut, measures_left_out
from wardline.obligations import ResolvedObligation
from wardline.standards import Force, Standard
from wardline.time_limits import Calendar

__all__ = ["KeptDive", "open_dive"]


@dataclass(frozen=True)
class KeptDive:
    """One deep dive as its folder keeps it: what was asked, what it was checked against, the tables, the figures.

    Nothing in the folder is ever changed by it. Instants are UTC; `period` is local days in the force's time zone, both
    ends included, and None where everything in the records is judged. `open_dive` and `run_dive` give one.

    >>> import wardline
    >>> [name for name in dir(wardline.KeptDive) if name in ("findings", "cases", "events", "figures")]
    ['cases', 'events', 'figures', 'findings']
    """

    folder: Path
    manifest: Manifest = field(repr=False)
    settings: KeptSettings = field(repr=False)

    @property
    def title(self) -> str:
        """What the dive is called."""
        return self.manifest.dive

    @property
    def question(self) -> str:
        """What is asked."""
        return self.manifest.question

    @property
    def is_made_up(self) -> bool:
        """Whether the records are of nobody."""
        return self.manifest.made_up

    @property
    def as_at(self) -> datetime:
        """The instant from which we look: what happened or was recorded later is not known."""
        return self.manifest.as_at_in_utc

    @property
    def period(self) -> tuple[date, date] | None:
        """The local days whose occasions are judged."""
        period = self.manifest.period
        return None if period is None else (period.start, period.end)

    @property
    def force(self) -> Force:
        """The force's own settings, as they were."""
        return self.settings.force

    @property
    def zone(self) -> str:
        """The force's time zone, as `Europe/London`."""
        return self.force.zone

    @property
    def calendar(self) -> Calendar:
        """The force's time zone and nation."""
        return self.force.calendar

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards that the dive was checked against, in the order of the dive file."""
        return self.settings.standards

    @property
    def obligations(self) -> tuple[ResolvedObligation, ...]:
        """Their obligations with the force's own limits and confirmations, in order."""
        return self.settings.obligations

    @property
    def obligations_for_today(self) -> tuple[ResolvedObligation, ...]:
        """These, and those of versions that were in force outside the period only: the lists for today need both."""
        return self.settings.obligations_for_today

    @cached_property
    def claim_answers(self) -> tuple[ClaimAnswer, ...]:
        """What the records say to the claims that the dive file names."""
        return self.answers_to(self.settings.claims)

    def answers_to(self, claims: Sequence[Claim]) -> tuple[ClaimAnswer, ...]:
        """What the records say to some claims about the measures of this dive."""
        with self.readable():
            return answers_from_tables(
                claims, self.settings.measures, self.settings.charts, self.standards, self.measures, self.tables
            )

    @property
    def report(self) -> Path:
        """The report's page."""
        return self.folder / REPORT

    @property
    def spreadsheet(self) -> Path:
        """The tables as a spreadsheet."""
        return self.folder / SPREADSHEET

    @property
    def excel_spreadsheet(self) -> Path:
        """The same tables as Excel opens them; a dive that was made earlier has none."""
        return self.folder / EXCEL_SPREADSHEET

    @cached_property
    def event_log(self) -> EventLog:
        """The records that were read, person ids and postcodes keyed."""
        return log_of_tables({name: self._table(f"{name}.parquet") for name in FIXED_COLUMNS})

    @property
    def cases(self) -> pl.LazyFrame:
        """The cases: docs/reference/event-log.md has the columns of this and of the other tables."""
        return self.event_log.cases

    @property
    def events(self) -> pl.LazyFrame:
        """What was recorded as having happened."""
        return self.event_log.events

    @property
    def people(self) -> pl.LazyFrame:
        """The person records. They contain names and dates of birth."""
        return self.event_log.people

    @property
    def notes(self) -> pl.LazyFrame:
        """The notes. They contain free text about people."""
        return self.event_log.notes

    @property
    def rejects(self) -> pl.LazyFrame:
        """Rows and cells that could not be used, each with its reason."""
        return self.event_log.rejects

    @property
    def findings(self) -> pl.LazyFrame:
        """What was concluded about each occasion: `wardline.findings.FINDINGS`.

        A dive that was made before it was asked whether a failing would have shown counted every occasion.
        """
        kept = self._table(FINDINGS_TABLE)
        if "counted" in kept.collect_schema():
            return kept
        return kept.with_columns(counted=pl.lit(True)).select(FINDINGS.names())

    @property
    def findings_outside_period(self) -> pl.LazyFrame:
        """Of the cases that a list for today could hold, what was concluded about occasions outside the period.

        They are in no figure but those of that list. A dive that was made before the list looked there holds none.
        """
        outputs = [one.name for one in self.manifest.outputs]  # empty while the dive is being made
        if outputs and FINDINGS_OUTSIDE_PERIOD_TABLE not in outputs:
            return FINDINGS.to_frame().lazy()
        return self._table(FINDINGS_OUTSIDE_PERIOD_TABLE)

    @property
    def restricted_cases(self) -> pl.LazyFrame:
        """The cases of which a row is restricted, as the mappings say: `wardline.events.RESTRICTED`. They are counted,
        and never shown.

        A dive that was made before mappings could say so holds none.
        """
        outputs = [one.name for one in self.manifest.outputs]  # empty while the dive is being made
        if RESTRICTED_TABLE in outputs or (not outputs and (self.folder / RESTRICTED_TABLE).exists()):
            return self._table(RESTRICTED_TABLE)
        return RESTRICTED.to_frame().lazy()

    @property
    def record_faults(self) -> pl.LazyFrame:
        """What cannot have been so, or is hardly ever so, in how things were recorded."""
        return self._table(RECORD_FAULTS_TABLE)

    @cached_property
    def tables(self) -> MeasuredTables:
        """The tables whose rows are counted, with the columns that figures go by: it gives the rows of any figure."""
        return MeasuredTables(
            obligations=self.obligations,
            obligations_for_today=self.obligations_for_today,
            standards=tuple((standard.name, standard.version) for standard in self.standards),
            as_at=self.as_at,
            zone=self.zone,
            period=self.period,
            written_up_later_after=self.force.written_up_later_after,
            findings=self.findings,
            findings_outside_period=self.findings_outside_period,
            event_log=self.event_log,
            record_faults=self.record_faults,
            population=self.force.population,
            investigators=self.force.investigators,
        )

    @property
    def measures(self) -> pl.LazyFrame:
        """Each measure by week, month, quarter and group: `wardline.measures.over_time.MEASURES`.

        A dive that was made before there were measures holds none.
        """
        outputs = [one.name for one in self.manifest.outputs]  # empty while the dive is being made
        if outputs and MEASURES_TABLE not in outputs:
            return MEASURES.to_frame().lazy()
        return self._table(MEASURES_TABLE)

    @cached_property
    def measures_left_out(self) -> tuple[MeasureLeftOut, ...]:
        """The measures that this dive cannot give, and why."""
        with self.readable():
            return measures_left_out(self.settings.measures, self.tables)

    @cached_property
    def figures(self) -> Figures:
        """Every figure of the dive; counted once."""
        with self.readable():
            return figures_of(
                self.tables,
                reading=self.manifest.rows,
                published=self.force.reconcile,
                over_time=self.measures_over_time,
                claims=self.claim_answers,
            )

    @cached_property
    def measures_over_time(self) -> MeasuresOverTime | None:
        """The measures with their charts; None where the dive keeps none, as an older one does."""
        with self.readable():
            table = self.measures.collect()
            if table.is_empty():
                return None
            charts, measures = self.settings.charts, self.settings.measures
            return measures_over_time(
                table,
                measures,
                left_out=self.measures_left_out,
                baseline=charts.baseline,
                rebases={one.name: charts.rebases_of(one.name) for one in measures},
                screened=charts.is_screened,
            )

    @cached_property
    def lists_for_today(self) -> ListsForToday:
        """Who must be looked at today, who was closed earlier without a record, and what falls due next."""
        with self.readable():
            return self.tables.lists_for_today

    @cached_property
    def never_judged(self) -> tuple[NeverJudged, ...]:
        """The open cases about which nothing was judged, so that no list for today can hold them."""
        with self.readable():
            return never_judged(
                self.tables.looked_at_today, self.obligations_for_today, self.event_log, as_at=self.as_at
            )

    @property
    def children_to_check(self) -> pl.DataFrame:
        """What is owed to whom that somebody must look at today, the most urgent first: `wardline.measures.LISTED`."""
        return self.lists_for_today.to_check

    @cached_property
    def lowered_grades(self) -> pl.DataFrame:
        """The gradings that lowered a grade late, a row for each: `wardline.measures.lowered_grades`."""
        with self.readable():
            return lowered_grades(self.obligations, self.findings, self.tables.gradings)

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Raise OutputError where a table, though it is there, cannot be read inside the block."""
        try:
            yield
        except (pl.exceptions.PolarsError, OSError):
            raise OutputError(
                Problem(
                    ProblemKind.NOT_A_DIVE,
                    "A table of this dive cannot be read: it was changed, or copied only in part.",
                    "Copy the folder again, or make the dive again: a dive is never changed.",
                    Place(str(self.folder)),
                )
            ) from None

    def _table(self, name: str) -> pl.LazyFrame:
        # A folder may be called `march[1]`; that is no pattern here.
        return pl.scan_parquet(self.folder / name, glob=False)


def open_dive(folder: Path) -> KeptDive:
    """Open the folder of a dive that was made, held against its manifest first: every file is as it was written.

    Raises OutputError where the folder holds no finished dive, where a file of it is missing, was changed or cannot be
    read, and where a newer version of Wardline made it; DocumentError where this version does not understand its
    settings. Nothing is opened then. A file that the manifest does not name is not read.
    """
    # Problems name the folder as the reader wrote it. What is read later is found from anywhere.
    manifest = read_manifest(folder)
    Problems(OutputError, not_as_written(folder, manifest)).tell()
    return KeptDive(folder.absolute(), manifest, read_settings(folder, [one.name for one in manifest.outputs]))
