"""A small dive that was made once, and added to the force's workspace."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from wardline.dive import KeptDive, open_dive, run_dive

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "first-dive"


@pytest.fixture(scope="session")
def two_dives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The example's dive, and the same looked at from a day earlier."""
    here = tmp_path_factory.mktemp("dives")
    shutil.copytree(EXAMPLE, here / "example")
    later = here / "example" / "dive.yaml"
    earlier = here / "example" / "earlier.yaml"
    text = later.read_text(encoding="utf-8")
    assert "as at: 2025-04-01" in text
    earlier.write_text(text.replace("as at: 2025-04-01", "as at: 2025-03-31"), encoding="utf-8")
    run_dive(earlier, here / "earlier")
    run_dive(later, here / "later")
    return here / "earlier", here / "later"


@pytest.fixture(scope="session")
def dive_folder(two_dives: tuple[Path, Path]) -> Path:
    """The folder of the example's dive."""
    return two_dives[1]


@pytest.fixture(scope="session")
def kept_dive(dive_folder: Path) -> KeptDive:
    """The same, as the library opens it."""
    return open_dive(dive_folder)


@pytest.fixture(scope="session")
def figures_of_all_tests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where figures are kept from one test to the next: counting them is not what each test is about."""
    return tmp_path_factory.mktemp("figures")


@pytest.fixture
def added(db: None, deployment: object, dive_folder: Path, figures_of_all_tests: Path) -> object:
    """The dive, added to the force's workspace."""
    from wardline_workspace.dives.actions import add_dive

    (deployment.folder / "figures").symlink_to(figures_of_all_tests)
    return add_dive(dive_folder, by="test")


@pytest.fixture
def agreed_partner(account_as: Callable[[str], object]) -> object:
    """A council partner, to whom the partnership has agreed."""
    account = account_as("council-partner")
    account.is_agreed = True
    account.save()
    return account
