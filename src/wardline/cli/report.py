"""`wardline report`: the report of a dive made again, from its folder alone."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.dive import KeptDive, Pages, open_dive
from wardline.errors import OutputError, Place, Problem, ProblemKind, UsageError
from wardline.whole_files import write_new_file

__all__ = ["report"]

ENDINGS = {".html": Pages.report, ".ods": Pages.spreadsheet, ".xlsx": Pages.excel_spreadsheet}


def report(
    dive: Annotated[Path, typer.Argument(metavar="DIR", help="The dive folder.", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write it there: FILE.html is the report, FILE.ods or FILE.xlsx the spreadsheet.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Make the report of a dive again, from its folder alone.

    Nothing in the folder is changed, and the exports are not needed. Without --out nothing is written: it
    says whether the report and the spreadsheet come out the same as those in the folder. A later version of Wardline
    may word them differently.

    \b
    Examples:
      wardline report dives/march
      wardline report dives/march --out march-again.html
    """
    if out is not None and out.suffix.lower() not in ENDINGS:
        raise UsageError(
            Problem(
                ProblemKind.WRONG_USE,
                f"“{out.name}” does not say whether you want the report or the spreadsheet.",
                "Name a file that ends in .html for the report, or in .ods or .xlsx for the spreadsheet.",
            )
        )
    kept = open_dive(dive)
    pages = Pages(kept)
    if out is None:
        say(_compared(kept, are_alike=pages.come_out_as_kept()))
        return
    _check_lies_apart(out, kept)
    # It is as the file in the folder is, for its owner only.
    write_new_file(out, ENDINGS[out.suffix.lower()](pages), owner_only=True)
    say(f"Written: {out}")


def _compared(kept: KeptDive, *, are_alike: bool) -> str:
    if are_alike:
        return f"The report and the spreadsheet come out the same as those in the folder: {kept.report}"
    by, this = kept.manifest.versions.get("wardline", "another version"), version("wardline")
    made = (
        f"Another build of Wardline {by} made this dive"
        if by == this
        else f"Wardline {by} made this dive, and this is {this}"
    )
    return (
        f"They come out differently from those in the folder. {made}.\nThe report that was made then: {kept.report}\n"
        "To see how this version words it, name a file after --out."
    )


def _check_lies_apart(out: Path, kept: KeptDive) -> None:
    if kept.folder.resolve() in out.resolve().parents:
        raise OutputError(
            Problem(
                ProblemKind.CANNOT_WRITE,
                "This is in the folder of the dive, and a dive is never changed.",
                "Name a file in another folder.",
                Place(str(out)),
            )
        )
