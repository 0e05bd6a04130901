"""A small dive of made-up records, added to the workspace under test."""

from __future__ import annotations

from pathlib import Path

import pytest

from wardline_workspace.cases.finding_index import FindingIndex
from wardline_workspace.cases.opened_findings import findings_of
from wardline_workspace.deployment.described import Deployment
from wardline_workspace.dives.actions import add_dive
from wardline_workspace.dives.models import AddedDive


@pytest.fixture
def added(db: None, deployment: Deployment, dived: Path) -> AddedDive:
    """The same dive, added to the workspace."""
    return add_dive(dived, by="")


@pytest.fixture
def index(added: AddedDive) -> FindingIndex:
    """Its findings, ready for lists."""
    return findings_of(added)
