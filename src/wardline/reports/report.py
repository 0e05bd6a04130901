"""Everything that the page needs, as plain values and tables; the dive fills it in, the page reads nothing else.

Times are aware instants in UTC (columns: microseconds, UTC); dates are local to `zone`. An obligation is always named
in full (`england/missing-children/attend`); a record system by its short name (`compact`). No value that could be a
name, a date of birth, an address or free text belongs in here: case ids, pseudonyms of children (`child_id`) and
attributes of cases only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from wardline.measures import Figures, NeverJudged, RejectKind
from wardline.obligations import ResolvedObligation

__all__ = ["Confirmed", "InputFile", "Report", "StandardInReport"]


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
    """Who at the force, by role, confirmed an assumed obligation, or who at the oversight body asks it, and when (as
    written in force.yaml).
    """

    by: str
    on: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything the page needs.

    Every number that the page shows is a value of `figures`.
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
    asked: Mapping[str, Confirmed] = field(default_factory=dict)  # obligation -> who at the oversight body asks it

    # What was found
    figures: Figures
    not_read: tuple[RejectKind, ...] = ()  # what was rejected and could have put a case on the list for today
    doubts: tuple[str, ...] = ()  # what was seen, or not read, in the files and may have kept one from it
    never_judged: tuple[NeverJudged, ...] = ()  # open cases of which there is no finding
    remarks: tuple[str, ...] = ()  # what else is to be known of files and settings, a sentence each

    # What it was made from
    inputs: tuple[InputFile, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()  # ("wardline", "0.1.0"), …, in the order shown

    def title_of(self, item: ResolvedObligation) -> str:
        """An obligation's title, with the version where this dive holds its standard in more than one."""
        held = {one.version for one in self.standards if one.name == item.standard}
        return item.obligation.title + (f" (version {item.version})" if len(held) > 1 else "")
