"""Everything that the page needs, as plain values and tables; the dive fills it in, the page reads nothing else.

Times are aware instants in UTC (columns: microseconds, UTC); dates are local to `zone`. An obligation is always named
in full (`england/missing-children/attend`); a record system by its short name (`compact`). No value that could be a
name, a date of birth, an address or free text belongs in here: case ids, pseudonyms of children (`child_id`) and attributes of cases only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

import polars as pl

from wardline.events import ABILITIES, CASES, COVERAGE, REJECTS
from wardline.findings import FINDINGS
from wardline.obligations import ResolvedObligation

__all__ = [
    "RECORD_FAULTS",
    "Answer",
    "CanTell",
    "Confirmed",
    "InputFile",
    "Join",
    "NotJudged",
    "ReadingCount",
    "ReconcileRow",
    "Report",
    "StandardInReport",
    "SystemRecords",
    "SystemSpan",
]


# One row for each fault. Further columns are allowed and not shown.
RECORD_FAULTS = pl.Schema(
    {
        "source": pl.String(),  # the record system; empty where the fault lies between systems
        "fault": pl.String(),  # a short sentence of a fixed list, as "An end before its start"; holds no value
        "case_id": pl.String(),  # empty where it concerns no single case
    }
)


class Answer(Enum):
    """Whether an obligation can be judged from the columns at hand; the value is the word that people read."""

    YES = "yes"
    IN_PART = "in part"
    NO = "no"


@dataclass(frozen=True)
class SystemRecords:
    """What one record system holds that an obligation needs, and from when to when.

    `events` are the names of the trigger and response events that it is able to record (for a record: the field);
    `first_at` and `last_at` the earliest and latest `happened_at` of them, empty where there is none.
    Gaps and the time of the export stand in `Report.coverage`.
    """

    source: str
    events: tuple[str, ...]
    event_count: int
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True)
class CanTell:
    """Whether one obligation can be judged: the answer, the reasons in whole sentences, and by which systems."""

    obligation: str  # its key: the full name and the version
    answer: Answer
    reasons: tuple[str, ...] = ()
    systems: tuple[SystemRecords, ...] = ()


@dataclass(frozen=True)
class SystemSpan:
    """How many events one record system holds, and when the first and the last of them happened."""

    source: str
    event_count: int
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True)
class Join:
    """A record system whose rows belong to the cases that another opens: of how many of them it holds a row.

    `rows_of_no_case` are the rows of the system that match no case, of whatever system.
    """

    source: str
    opened_by: str
    case_type: str
    case_count: int
    with_row_count: int
    rows_of_no_case: int


@dataclass(frozen=True)
class NotJudged:
    """What was left aside because an attribute is empty: it is counted, never guessed.

    `trigger_count`: events that match the trigger but for an empty attribute; `case_count`: cases whose `for`
    attribute is empty.
    """

    obligation: str  # its key
    trigger_count: int
    case_count: int


@dataclass(frozen=True)
class ReconcileRow:
    """Our count of cases opened in a month beside the one that the force itself publishes."""

    case_type: str
    month: date  # its first day
    ours: int
    published: int


@dataclass(frozen=True)
class ReadingCount:
    """Rows of one export file: in = kept + left out by the mapping's filter + rejected. `file` is a name, no path."""

    source: str
    file: str
    rows_in: int
    kept: int
    left_out: int
    rejected: int


@dataclass(frozen=True)
class InputFile:
    """An input of the dive, by its name relative to the dive file, and its SHA-256 in hexadecimal."""

    name: str
    sha256: str


@dataclass(frozen=True)
class StandardInReport:
    """What the page says of a standard. `not_judged_from_records` is what an audit must read for, in words."""

    name: str
    title: str
    version: str
    case_type: str
    in_force_from: date
    in_force_to: date | None = None
    not_judged_from_records: tuple[str, ...] = ()


@dataclass(frozen=True)
class Confirmed:
    """Who at the force, by role, confirmed an assumed obligation, and when (as written in force.yaml)."""

    by: str
    on: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything the page needs.

    `findings` is the whole findings table (FINDINGS; text columns may be categorical), in order of findings.
    `cases` has the columns of CASES and one for each attribute: the cases that exist as at, of the case types of
    `standards`; a `closed_at` after as at is already empty. `gradings` has `obligation` (its key), `case_id`,
    `happened_at` and `value`: the known, timed events named in the `of` of a limit table, with the value of the
    table's attribute; leave it out where no limit table has an `of`.
    """

    # What was asked
    title: str  # of the dive
    question: str | None
    force: str
    oversight_body: str | None
    period: tuple[date, date] | None  # both ends included; None: everything in the records
    as_at: datetime
    zone: str  # as `Europe/London`
    is_made_up_data: bool

    # What it was held against
    obligations: tuple[ResolvedObligation, ...]  # as checked, in order
    standards: tuple[StandardInReport, ...]  # one for each standard named by them
    written_up_later_after: timedelta  # of force.yaml, whose default is 2 hours
    limit_reasons: Mapping[str, str] = field(default_factory=dict)  # obligation -> why the force's own limit
    confirmed: Mapping[str, Confirmed] = field(default_factory=dict)  # obligation -> who confirmed it

    # What was found
    findings: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FINDINGS))
    cases: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CASES))
    gradings: pl.DataFrame | None = None
    # Case attributes by which the page may compare. None: those that hold only yes and no, and those whose name is in
    # `comparisons.COMPARED_BY`; others might name a person.
    compared_by: tuple[str, ...] | None = None

    # Whether it can be told
    can_tell: tuple[CanTell, ...] = ()  # one for each obligation, in order
    abilities: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=ABILITIES))
    coverage: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=COVERAGE))
    spans: tuple[SystemSpan, ...] = ()
    joins: tuple[Join, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    reconcile: tuple[ReconcileRow, ...] = ()
    reading: tuple[ReadingCount, ...] = ()
    remarks: tuple[str, ...] = ()  # what else is to be known of files and settings, a sentence each
    rejects: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=REJECTS))
    record_faults: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RECORD_FAULTS))

    # What it was made from
    inputs: tuple[InputFile, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()  # ("wardline", "0.1.0"), …, in the order shown

    def title_of(self, item: ResolvedObligation) -> str:
        """An obligation's title, with the version where this dive holds its standard in more than one."""
        held = {one.version for one in self.standards if one.name == item.standard}
        return item.obligation.title + (f" (version {item.version})" if len(held) > 1 else "")
