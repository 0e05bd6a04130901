"""`wardline compare`: two dives beside each other."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.dive import compare_dives, open_two_dives
from wardline.reports.dives_compared import DivesCompared
from wardline.reports.dives_compared_in_words import CSV_COLUMNS, dives_compared_in_words, rows_of_dives_compared
from wardline.reports.wording import MADE_UP
from wardline.whole_files import write_new_file

__all__ = ["compare"]


def compare(
    first: Annotated[Path, typer.Argument(metavar="DIR", help="The earlier dive's folder.", show_default=False)],
    second: Annotated[Path, typer.Argument(metavar="DIR", help="The later dive's folder.", show_default=False)],
    leave_out: Annotated[
        list[str] | None,
        typer.Option(
            "--leave-out",
            metavar="NAME",
            help="An obligation in full, or a standard, not to compare. May be given several times.",
            show_default=False,
        ),
    ] = None,
    csv_file: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Write the figures there too, as CSV.", show_default=False),
    ] = None,
) -> None:
    """Put two dives beside each other, and say what differs.

    Standards, settings, periods and what the records cover are compared first. Dives that would set unlike
    beside like are refused, with the reason. Then, for each obligation that both have: its shares and waits
    with their intervals, and whether they differ by more than chance, counting all that were looked at. Where
    the periods overlap you see how many occasions were judged otherwise, and why. No person is ever named.

    \b
    Examples:
      wardline compare dives/2024 dives/2025
      wardline compare dives/march dives/april --leave-out england/missing-children/attend --csv both.csv
    """
    found = compare_dives(*open_two_dives(first, second), left_out=leave_out or ())
    if csv_file is not None:
        write_new_file(csv_file, _as_csv(found), owner_only=True)
    say(dives_compared_in_words(found))
    if csv_file is not None:
        say(f"\nWritten: {csv_file}")


def _as_csv(found: DivesCompared) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow((*CSV_COLUMNS, MADE_UP) if found.second.is_made_up else CSV_COLUMNS)
    writer.writerows(rows_of_dives_compared(found))
    return written.getvalue()
