"""`wardline claim`: what somebody says has got better, written down before it is tested, and tested."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.claim_new import new
from wardline.cli.help import PlainCommand
from wardline.cli.saying import say
from wardline.dive import answers_to_file, figures_of_claims, open_dive
from wardline.errors import Problem, ProblemKind, UsageError
from wardline.reports.claims_in_words import claims_in_words
from wardline.whole_files import write_new_file

__all__ = ["claims"]

claims = typer.Typer(
    name="claim", no_args_is_help=True, help="Write down what is said to be better, and test it.", rich_markup_mode=None
)


@claims.callback()
def _claims() -> None:
    """Write down what is said to be better, and test it."""


@claims.command("test", cls=PlainCommand)
def test(
    dive: Annotated[Path, typer.Option("--dive", metavar="DIR", help="The dive folder.", show_default=False)],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="CLAIMS", help="The file of claims; left out: the one that the dive file names.", show_default=False
        ),
    ] = None,
    as_csv: Annotated[
        Path | None,
        typer.Option(
            "--as-csv",
            metavar="FILE",
            help="Write the figures of each claim, with limits and signals, to this file too.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Say what the records of a dive show about each claim.

    First one sentence: the records show it, they do not, it is too early (and when to ask again), it is
    explained by a change of recording or of the mix of cases, or we cannot tell, and why. Then the working:
    the chart, the size of the change with its interval, whether a change of the claimed size could be told
    yet, and what else could explain it. Nothing in the dive folder is changed.

    \b
    Examples:
      wardline claim test claims.yaml --dive dives/march
      wardline claim test --dive dives/march --as-csv figures.csv
    """
    kept = open_dive(dive)
    answers = answers_to_file(kept, file)
    if not answers:
        raise UsageError(
            Problem(
                ProblemKind.WRONG_USE,
                "This dive was made without claims, and no file of claims is named.",
                "Name one: `wardline claim test CLAIMS --dive DIR`; `wardline claim new` writes one.",
            )
        )
    if as_csv is not None:
        write_new_file(as_csv, figures_of_claims(answers).write_csv())
    say(claims_in_words(answers, title=kept.title, is_made_up=kept.is_made_up))
    if as_csv is not None:
        say(f"\nWritten: {as_csv}")


claims.command("new", cls=PlainCommand)(new)
