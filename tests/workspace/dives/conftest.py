"""A small dive that was made once, and another of the same records."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from wardline.dive import KeptDive, open_dive, run_dive

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "first-dive"


@pytest.fixture(scope="session")
def two_dives(tmp_path_factory: pytest.TempPathFactory, dived: Path) -> tuple[Path, Path]:
    """The example's dive looked at from a day earlier, and as it is."""
    here = tmp_path_factory.mktemp("dives")
    shutil.copytree(EXAMPLE, here / "example")
    described = here / "example" / "dive.yaml"
    text = described.read_text(encoding="utf-8")
    assert "as at: 2025-04-01" in text
    described.write_text(text.replace("as at: 2025-04-01", "as at: 2025-03-31"), encoding="utf-8")
    run_dive(described, here / "earlier")
    return here / "earlier", dived


@pytest.fixture(scope="session")
def kept_dive(dived: Path) -> KeptDive:
    """The example's dive, as the library opens it."""
    return open_dive(dived)


@pytest.fixture
def agreed_partner(account_as: Callable[[str], object]) -> object:
    """A council partner, to whom the partnership has agreed."""
    account = account_as("council-partner")
    account.is_agreed = True
    account.save()
    return account
