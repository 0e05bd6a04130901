"""`wardline whatif`: what a dive would have found under other time limits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.progress import show_progress
from wardline.cli.saying import say
from wardline.dive import open_dive, what_if
from wardline.errors import Problem, ProblemKind, UsageError
from wardline.reports.what_if_in_words import what_if_in_words

__all__ = ["whatif"]


def whatif(
    dive: Annotated[Path, typer.Argument(metavar="DIR", help="The dive folder.", show_default=False)],
    limits: Annotated[
        list[str],
        typer.Option(
            "--limit",
            metavar="OBLIGATION=LIMIT",
            help="The obligation in full, and the limit to ask about. May be given several times.",
            show_default=False,
        ),
    ],
) -> None:
    """Show the same dive under another time limit, and what changes.

    The records that the dive has kept are checked against the other limit. For each obligation you see
    how many occasions have which outcome, before and after, and the first of the cases that change.
    Nothing in the dive folder is changed. A limit by grade is written as in a standard.

    \b
    Examples:
      wardline whatif dives/march --limit england/missing-children/first-grading="30 minutes"
      wardline whatif dives/march --limit our-own/pace/send="2 hours" --limit our-own/pace/seen="1 day"
    """
    asked = _asked(limits)
    kept = open_dive(dive)
    with show_progress() as progress:
        found = what_if(kept, asked, progress=progress)
    say(what_if_in_words(found))


def _asked(limits: list[str]) -> dict[str, str]:
    asked: dict[str, str] = {}
    for text in limits:
        name, equals, limit = (part.strip() for part in text.partition("="))
        if not (name and equals and limit):
            raise UsageError(
                Problem(
                    ProblemKind.WRONG_USE,
                    f"“{text}” does not say which limit to ask about.",
                    "Write the obligation in full and the limit: `--limit "
                    'england/missing-children/attend="30 minutes"`.',
                )
            )
        if name in asked:
            raise UsageError(
                Problem(
                    ProblemKind.WRONG_USE,
                    f"`{name}` is asked about twice.",
                    "Ask about one limit for each obligation; for another, give the command again.",
                )
            )
        asked[name] = limit
    return asked
