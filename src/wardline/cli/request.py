"""`wardline request`: what to ask a force for before there is any data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.dive import data_request, write_data_request

__all__ = ["request"]


def request(
    standards: Annotated[
        list[str], typer.Argument(metavar="STANDARD", help="Names of the library, or paths.", show_default=False)
    ],
    force: Annotated[
        Path | None,
        typer.Option("--force", metavar="force.yaml", help="The force's settings, for its name and limits."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write letter.md and fields.csv there.")
    ] = None,
) -> None:
    """Write the letter that asks a force for records.

    It comes with a list of the fields that are needed. Each field is listed with the form that it may take and the
    obligations that cannot be judged without it. No name, address or free text is asked for unless an obligation needs
    it.

    \b
    Examples:
      wardline request england/missing-children
      wardline request england/missing-children our-own/handover.yaml --force force.yaml --out request
    """
    asked = data_request(standards, force)
    if out is None:
        say(f"{asked.letter}\n{asked.fields_as_csv()}", nl=False)
        return
    for path in write_data_request(asked, out):
        say(f"Written: {path}")
