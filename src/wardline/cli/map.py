"""`wardline map start` and `map check`: a draft of a mapping, and how a mapping understands an export."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.help import PlainCommand
from wardline.cli.progress import show_progress
from wardline.cli.saying import say
from wardline.dive import start_mapping, write_draft
from wardline.record_systems import check_mapping, read_mapping
from wardline.record_systems.drafting import LONGEST_SYSTEM, QueryAsked
from wardline.reports.draft_in_words import draft_in_words

__all__ = ["mappings"]

mappings = typer.Typer(
    name="map", no_args_is_help=True, help="Draft a mapping, and check it before it is used.", rich_markup_mode=None
)


@mappings.callback()
def _mappings() -> None:
    """Draft a mapping, and check it before it is used."""


@mappings.command("start", cls=PlainCommand)
def start(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILES]", help="The export files, or their folder; leave out with --query.", show_default=False
        ),
    ] = None,
    query: Annotated[
        str | None, typer.Option("--query", metavar="SQL", help="A query whose result is read like a file.")
    ] = None,
    database: Annotated[
        str | None, typer.Option("--database", metavar="ADDRESS", help="The address of the database, as in a mapping.")
    ] = None,
    system: Annotated[
        str | None, typer.Option("--system", metavar="NAME", help="The record system's name; otherwise the folder's.")
    ] = None,
    cases_of: Annotated[
        str | None, typer.Option("--cases-of", metavar="NAME", help="The record system to whose cases the rows belong.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="mapping.yaml", help="Write the draft there; a file that already exists is never changed."
        ),
    ] = None,
) -> None:
    """Draft a mapping from exports of one record system.

    The draft says what each column seems to be and why, what the rows are, and how the files belong
    together. What cannot be recognised is left in a comment. Values are shown only of columns whose
    headings speak of codes (a status, an action), where three rows or more have them, and of columns
    of yes and no; and none of a column that holds an e-mail address, a postcode, a long number, or a
    name that another column gives. Read the draft before you pass it on: where people type freely
    under such a heading, a name could be among them.

    \b
    Examples:
      wardline map start exports/missing
      wardline map start episodes.csv persons.csv --system missing --out mappings/missing.yaml
      wardline map start exports/control-room --cases-of missing
      wardline map start --query "SELECT * FROM episodes ORDER BY id" --database sqlite://records.db
    """
    for name, option in ((system, "--system"), (cases_of, "--cases-of")):
        if name is not None and not _is_name_of_a_system(name):
            said = (
                f"The name of a record system has letters, digits and hyphens, at most {LONGEST_SYSTEM}, on one line."
            )
            raise typer.BadParameter(said, param_hint=option)
    if (query is None) != (database is None):
        raise typer.BadParameter("A query and its database belong together: name both, or neither.")
    if not files and query is None:
        raise typer.BadParameter("There is nothing to draft from. Name the export files, their folder, or a query.")
    asked = None
    if query is not None and database is not None:
        asked = QueryAsked(query, database, Path() if out is None else out.parent)
    drafted = start_mapping(files or [], system=system, cases_of=cases_of, query=asked)
    if out is None:
        say(drafted.draft.text, nl=False)
        say(draft_in_words(drafted), nl=False, err=True)
        return
    write_draft(drafted.draft, out)
    say(f"Written: {out}\n{draft_in_words(drafted)}", nl=False)


def _is_name_of_a_system(name: str) -> bool:
    is_short = 0 < len(name.strip()) <= LONGEST_SYSTEM
    return is_short and name.isprintable() and not {":", "/"} & set(name)


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
    its first and last time. The first rejects are shown with their file, row, column and reason.

    What is in cells is shown in two places only. Words in place of a time are shown if all of them
    are everyday words. The name of an event that the mapping does not list is shown if three rows or
    more have it, and if every word of it is an everyday one or in the mapping, or the whole is a code
    in capitals (RREV) or in small letters with a digit or an underscore. Others are counted together.

    \b
    Example:
      wardline map check mappings/compact.yaml exports/compact
    """
    found = read_mapping(mapping)
    if found.reads_files() and not files:
        raise typer.BadParameter("This mapping reads files, and none are named. Name them after it, or their folder.")
    # os.path, because Path raises where a folder above it may not be opened.
    folder = files[0] if files and len(files) == 1 and os.path.isdir(files[0]) else files or ()
    with show_progress() as progress:
        checked = check_mapping(found, folder, progress=progress)
    say(checked.to_text(), nl=False)
