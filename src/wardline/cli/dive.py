"""`wardline dive`: the whole of a deep dive, from exports to a dive folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.progress import show_progress
from wardline.cli.saying import say
from wardline.dive import run_dive
from wardline.reports.dive_in_words import summary_in_words

__all__ = ["dive"]


def dive(
    dive_file: Annotated[Path, typer.Argument(metavar="DIVE.yaml", help="The dive file.", show_default=False)],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="DIR",
            help="The folder to write: one that does not exist yet, or is empty.",
            show_default=False,
        ),
    ],
) -> None:
    """Check exports against the standards, and write the dive folder.

    A folder that already contains a dive is never overwritten, and nothing half-written is left if the
    work is stopped. The children whose cases somebody must look at today are found first, and how many
    there are is said at the end.

    \b
    Example:
      wardline dive march/dive.yaml --out dives/march
    """
    with show_progress() as progress:
        result = run_dive(dive_file, out, progress=progress)
    say(summary_in_words(result))
