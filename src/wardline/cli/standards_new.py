"""`wardline standards new`: a standard of one's own to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.standards import new_standard
from wardline.whole_files import write_new_file

__all__ = ["new"]


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, as our-own/handover.", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The file to write; the last part of the name if left out."),
    ] = None,
) -> None:
    """Start a standard of your own.

    What is written is small but complete: one obligation, with worked examples that hold, and a comment
    beside each line that says what it is for. Change it line by line and test it as you go. A file that
    already exists is never overwritten.

    \b
    Examples:
      wardline standards new our-own/handover
      wardline standards new our-own/handover --out standards/handover.yaml
    """
    text = new_standard(name)
    path = out or Path(f"{name.rpartition('/')[2]}.yaml")
    write_new_file(path, text)
    say(
        f"Written: {path}\n"
        f"Change it line by line; `wardline standards test {path}` says whether its examples hold, and\n"
        f"`wardline standards show {path}` reads it out. In a dive file it is named by its path."
    )
