"""A small dive of made-up records, added to the workspace under test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wardline.dive import KeptDive, open_dive, run_dive
from wardline_workspace.cases.finding_index import FindingIndex
from wardline_workspace.cases.opened_findings import findings_of
from wardline_workspace.deployment.described import Deployment
from wardline_workspace.dives.actions import add_dive
from wardline_workspace.dives.models import AddedDive

EXAMPLE = Path(__file__).parents[3] / "examples" / "first-dive"


@pytest.fixture(scope="session")
def dived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the first dive, made once."""
    folder = tmp_path_factory.mktemp("first-dive")
    shutil.copytree(EXAMPLE, folder / "example", ignore=shutil.ignore_patterns("wardline.key"))
    run_dive(folder / "example" / "dive.yaml", folder / "dived")
    return folder / "dived"


@pytest.fixture(scope="session")
def dive(dived: Path) -> KeptDive:
    """The same dive, opened."""
    return open_dive(dived)


@pytest.fixture
def added(db: None, deployment: Deployment, dived: Path) -> AddedDive:
    """The same dive, added to the workspace."""
    return add_dive(dived, by="")


@pytest.fixture
def index(added: AddedDive) -> FindingIndex:
    """Its findings, ready for lists."""
    return findings_of(added)
