"""The findings of the dive that is added to the workspace under test."""

from __future__ import annotations

import pytest

from wardline_workspace.cases.finding_index import FindingIndex
from wardline_workspace.cases.opened_findings import findings_of
from wardline_workspace.dives.models import AddedDive


@pytest.fixture
def index(added: AddedDive) -> FindingIndex:
    """Its findings, ready for lists."""
    return findings_of(added)
