"""How a dive is read for these pages: a force's own by the clock, a release by the time since each case began.

Pages ask a reader, and never which kind of dive it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import polars as pl

from wardline.obligations import ResolvedObligation
from wardline.reports.wording import date_in_words, instant_in_words
from wardline_workspace.cases.case_page import CaseShown
from wardline_workspace.cases.coded_case import coded_case
from wardline_workspace.cases.identified_case import identified_case
from wardline_workspace.cases.listed_coded import listed_coded
from wardline_workspace.cases.listed_findings import listed_findings
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened
from wardline_workspace.pages.refused import Refused

__all__ = ["Reader", "reader_of"]


class Reader(Protocol):
    """What the pages need of a dive."""

    def obligations(self, added: AddedDive) -> Sequence[ResolvedObligation]:
        """What the findings are of."""

    def listed(self, added: AddedDive) -> pl.DataFrame:
        """The findings: `listed_findings.LISTED`."""

    def case(self, added: AddedDive, case_id: str) -> CaseShown | None:
        """One case; None where there is none of that identifier."""

    def records_to(self, added: AddedDive) -> str:
        """How far the records go, in words."""


class _OwnDives:
    """A force's own dives."""

    def obligations(self, added: AddedDive) -> Sequence[ResolvedObligation]:
        return opened(added).obligations

    def listed(self, added: AddedDive) -> pl.DataFrame:
        return listed_findings(opened(added))

    def case(self, added: AddedDive, case_id: str) -> CaseShown | None:
        return identified_case(opened(added), case_id)

    def records_to(self, added: AddedDive) -> str:
        dive = opened(added)
        return instant_in_words(dive.as_at, dive.calendar)


TOTALS_ONLY = "This release has totals only: no single case went with it, so there is no list of findings."


class _Releases:
    """What was released to an office."""

    def obligations(self, added: AddedDive) -> Sequence[ResolvedObligation]:
        return opened(added).obligations

    def listed(self, added: AddedDive) -> pl.DataFrame:
        release = opened(added)
        if not release.has_cases:
            raise Refused(TOTALS_ONLY)
        return listed_coded(release)

    def case(self, added: AddedDive, case_id: str) -> CaseShown | None:
        return coded_case(opened(added), case_id)

    def records_to(self, added: AddedDive) -> str:
        return date_in_words(opened(added).as_at)  # only the day is told


_own, _released = _OwnDives(), _Releases()


def reader_of(added: AddedDive) -> Reader:
    """The reader of a dive."""
    return _released if added.is_release else _own
