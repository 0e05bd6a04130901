"""Two dives beside each other, counted once in a process: it takes as long as going through both."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from wardline.dive import compare_dives
from wardline.reports.dives_compared_on_page import ComparedOnPage, dives_compared_on_page
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened_folder

__all__ = ["compared"]

HELD = 16


def compared(first: AddedDive, second: AddedDive) -> ComparedOnPage:
    """The second beside the first. Raises UsageError with every reason why they cannot be compared, and OutputError
    where one of them cannot be read."""
    return _compared((first.path, first.manifest_sha256), (second.path, second.manifest_sha256))


@lru_cache(maxsize=HELD)
def _compared(first: tuple[Path, str], second: tuple[Path, str]) -> ComparedOnPage:
    return dives_compared_on_page(compare_dives(opened_folder(*first), opened_folder(*second)))
