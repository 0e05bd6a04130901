"""`wardline coverage`: whether the questions can be answered from the exports at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.progress import show_progress
from wardline.cli.saying import say
from wardline.dive import coverage as find_coverage
from wardline.reports.coverage_in_words import coverage_in_words

__all__ = ["coverage"]


def coverage(
    dive_file: Annotated[Path, typer.Argument(metavar="DIVE.yaml", help="The dive file.", show_default=False)],
) -> None:
    """Say, before any finding, what the exports are able to show.

    Obligation by obligation, whether the columns at hand can judge it and why not; from when to when
    each system recorded; the gaps; how many cases each system has records of; and how the numbers of
    cases compare with those that the force itself publishes. Nothing is written.

    \b
    Example:
      wardline coverage march/dive.yaml
    """
    with show_progress() as progress:
        found = find_coverage(dive_file, progress=progress)
    say(coverage_in_words(found))
