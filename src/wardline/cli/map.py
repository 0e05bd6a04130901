"""`wardline map check`: how a mapping understands an export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.help import PlainCommand
from wardline.cli.progress import show_progress
from wardline.record_systems import check_mapping, read_mapping

__all__ = ["mappings"]

mappings = typer.Typer(
    name="map", no_args_is_help=True, help="Look through a mapping before it is used.", rich_markup_mode=None
)


@mappings.callback()
def _mappings() -> None:
    """Look through a mapping before it is used."""


@mappings.command("check", cls=PlainCommand)
def check(
    mapping: Annotated[Path, typer.Argument(metavar="MAPPING", help="The mapping file.", show_default=False)],
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILES]", help="The export files, or their folder; none for queries.", show_default=False
        ),
    ] = None,
) -> None:
    """Say how each column was understood, and what became of the rows.

    For each file, how many rows were kept, left out by the mapping and rejected; and each event with
    its first and last time. The first rejects are shown with their file, row, column and reason; never with what stands in
    the cell.

    \b
    Example:
      wardline map check mappings/compact.yaml exports/compact
    """
    found = read_mapping(mapping)
    if found.reads_files() and not files:
        raise typer.BadParameter("This mapping reads files, and none are named. Name them after it, or their folder.")
    folder = files[0] if files and len(files) == 1 and files[0].is_dir() else files or ()
    with show_progress() as progress:
        checked = check_mapping(found, folder, progress=progress)
    typer.echo(checked.to_text(), nl=False)
