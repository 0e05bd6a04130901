"""`wardline explain`: one case of a dive, told in words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.dive import explain as explain_case
from wardline.dive import open_dive
from wardline.dive.releasing.coded_case_in_words import explain_coded_case
from wardline.dive.releasing.kept_release import FolderKind, folder_kind, open_release

__all__ = ["explain"]


def explain(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case, as compact:E1042.", show_default=False)],
    dive: Annotated[
        Path, typer.Option("--dive", metavar="DIR", help="The dive folder, or a release.", show_default=False)
    ],
) -> None:
    """Explain one case: what was recorded, and what was found.

    Each entry is shown with both clocks: when it happened, and when it was written up. Times are the force's local
    times. Where only one record system has a case of that number, the number alone will do. Of a release the
    case is told by its code, with elapsed times.

    \b
    Examples:
      wardline explain compact:E1042 --dive dives/march
      wardline explain K7Q3 --dive releases/1
    """
    if folder_kind(dive) is FolderKind.RELEASE:
        say(explain_coded_case(case, open_release(dive)))
    else:
        say(explain_case(case, open_dive(dive)))
