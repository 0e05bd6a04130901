"""The reference engine: plain Python over lists, one case (or one child's cases) at a time.

It is written to be plainly right, judges the fast engine, and is quick enough to re-check one case as it changes.
It shares with the fast engine only the model, the tables' columns and the date arithmetic of `time_limits`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import polars as pl

from wardline.engines.reference.by_event import check_never, check_precede
from wardline.engines.reference.case_files import (
    Ability,
    CaseFile,
    Event,
    Finding,
    Group,
    RecordingTimes,
    RecordSystems,
)
from wardline.engines.reference.filled_in import check_record
from wardline.engines.reference.from_event_log import case_files_of, record_systems_of
from wardline.engines.reference.obligation_and_systems import ObligationAndSystems
from wardline.engines.reference.repeat import check_repeat
from wardline.engines.reference.respond import check_respond
from wardline.events import EventLog
from wardline.findings import FINDINGS
from wardline.obligations import Never, Precede, Record, Repeat, ResolvedObligation, Respond

__all__ = ["Ability", "CaseFile", "Event", "Finding", "PreparedObligations", "RecordSystems", "RecordingTimes", "check"]


def check(
    obligations: Sequence[ResolvedObligation],
    event_log: EventLog,
    *,
    as_at: datetime,
    period: tuple[date, date] | None = None,
) -> pl.DataFrame:
    """The findings of each obligation in each case of the log, looked at from `as_at` (an aware instant).

    With `period`, only of occasions on those local dates, both ends included. The table has the columns of FINDINGS,
    in order of obligation as listed, `case_id`, `triggered_at` (empty last) and `ordinal`.
    """
    prepared = PreparedObligations(obligations, record_systems_of(event_log))
    findings = prepared.check_cases(case_files_of(event_log), as_at=as_at, period=period)
    return pl.DataFrame(findings, schema=FINDINGS, orient="row")


class PreparedObligations:
    """Obligations made ready once, so that a case can be checked again and again as it changes."""

    def __init__(self, obligations: Sequence[ResolvedObligation], systems: RecordSystems) -> None:
        self._to_check = [ObligationAndSystems(resolved, systems) for resolved in obligations]

    def check_cases(
        self, case_files: Sequence[CaseFile], *, as_at: datetime, period: tuple[date, date] | None = None
    ) -> list[Finding]:
        """The findings of some cases; of a child's cases all must be given, for obligations that are `per: child`."""
        each_case = _groups([[case] for case in case_files], as_at)
        each_child = _groups(_by_child(case_files), as_at) if self._any_per_child else []
        findings: list[Finding] = []
        for to_check in self._to_check:
            groups = each_child if to_check.resolved.obligation.per_child else each_case
            found = [finding for group in groups for finding in _check_group(to_check, group, period)]
            findings += sorted(found, key=_order)
        return findings

    @property
    def _any_per_child(self) -> bool:
        return any(to_check.resolved.obligation.per_child for to_check in self._to_check)


def _check_group(to_check: ObligationAndSystems, group: Group, period: tuple[date, date] | None) -> list[Finding]:
    match to_check.resolved.obligation:
        case Respond():
            return check_respond(to_check, group, period)
        case Repeat():
            return check_repeat(to_check, group, period)
        case Precede():
            return check_precede(to_check, group, period)
        case Never():
            return check_never(to_check, group, period)
        case Record():
            return check_record(to_check, group, period)
    assert False, f"{type(to_check.resolved.obligation).__name__} is no kind of obligation"


def _by_child(case_files: Sequence[CaseFile]) -> list[list[CaseFile]]:
    """The cases of each child together; a case without a child stands alone."""
    together: dict[tuple[str, bool], list[CaseFile]] = {}
    for case in case_files:
        key = (case.case_id, False) if case.person_id is None else (case.person_id, True)
        together.setdefault(key, []).append(case)
    return list(together.values())


def _groups(together: Sequence[Sequence[CaseFile]], as_at: datetime) -> list[Group]:
    """The groups of which a case exists as at."""
    groups = [Group(case_files, as_at) for case_files in together]
    return [group for group in groups if group.cases]


def _order(finding: Finding) -> tuple[str, bool, datetime | None, int]:
    return (finding.case_id, finding.triggered_at is None, finding.triggered_at, finding.ordinal)
