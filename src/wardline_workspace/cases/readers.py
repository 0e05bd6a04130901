"""How a dive is read for these pages: a force's own by the clock, a release by the time since each case began.

Pages ask a reader, and never which kind of dive it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import polars as pl

from wardline.obligations import ResolvedObligation
from wardline.reports.wording import instant_in_words
from wardline_workspace.cases.case_page import CaseShown
from wardline_workspace.cases.identified_case import identified_case
from wardline_workspace.cases.listed_findings import listed_findings
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened
from wardline_workspace.pages.refused import Refused

__all__ = ["Reader", "read_releases_with", "reader_of"]


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


_own = _OwnDives()
_of_releases: list[Reader] = []


def read_releases_with(reader: Reader) -> None:
    """Say by what releases are read; `released_cases.ReleaseReader` is one."""
    _of_releases[:] = [reader]


def reader_of(added: AddedDive) -> Reader:
    """The reader of a dive. Raises Refused where it is a release and nothing here reads releases."""
    if not added.is_release:
        return _own
    if not _of_releases:
        raise Refused("This is a release, and this version of the workspace does not show the cases of releases.")
    return _of_releases[0]
