"""`wardline standards review`: a form for those who do the work, and what they found right put into the standard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.english import count
from wardline.errors import Problem, ProblemKind, UsageError
from wardline.reports.review_form import review_form_as_document, review_form_as_page
from wardline.standards import Review, Standard, find_standard, read_review, with_review
from wardline.standards.library import path_of_standard
from wardline.whole_files import write_new_file

__all__ = ["review"]

AS_DOCUMENT, AS_PAGE, AS_STANDARD = ".odt", (".html", ".htm"), (".yaml", ".yml")


def review(
    name: Annotated[
        str, typer.Argument(metavar="STANDARD", help="A name of the library, or a path.", show_default=False)
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help="The form to write (.odt or .html); with --from, the reviewed standard (.yaml).",
            show_default=False,
        ),
    ],
    form: Annotated[
        Path | None, typer.Option("--from", metavar="FILE.odt", help="A form that was filled in.", show_default=False)
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="ROLE", help="Who filled it in, by role.", show_default=False)
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="When, as 2025-04-01.", show_default=False)
    ] = None,
) -> None:
    """Ask the people who do the work whether a standard is right.

    Writes a form with every obligation: its sentence, what it rests on and its examples, and cells for
    right, wrong and because. Any word processor opens the .odt file, to type into; an .html file is for
    printing. With --from a filled-in .odt form is read back: a copy of the standard is written in which
    every obligation that was found right says who reviewed it and when, and those found wrong are listed
    with the reason. Files that already exist are never overwritten.

    \b
    Examples:
      wardline standards review england/missing-children --out form.odt
      wardline standards review new.yaml --from form.odt --by "Detective sergeant" --on 2025-06-02 --out reviewed.yaml
    """
    standard = find_standard(name, relative_to=Path())
    text = path_of_standard(name, relative_to=Path()).read_text(encoding="utf-8")
    if form is None:
        _write_form(standard, text, out)
        return
    role, day = _reviewer(by, on)
    if out.suffix.lower() not in AS_STANDARD:
        raise _misused(f"`{out.name}` is not a name for a standard.", "End it in .yaml: it is a copy of the standard.")
    found = read_review(form, standard, text)
    if not found.right:
        say("\n".join(_in_words(standard, found)) + "\nNothing is written: no obligation was found right.")
        return
    write_new_file(out, with_review(text, standard, found, by=role, on=day))
    say("\n".join([f"Written: {out}", *_in_words(standard, found)]))


def _write_form(standard: Standard, text: str, out: Path) -> None:
    if out.suffix.lower() == AS_DOCUMENT:
        write_new_file(out, review_form_as_document(standard, text))
    elif out.suffix.lower() in AS_PAGE:
        write_new_file(out, review_form_as_page(standard, text))
    else:
        raise _misused(
            f"`{out.name}` is not a name for a form.", "End it in .odt to type into it, or in .html to print it."
        )
    say(f"Written: {out}\n  {count(len(standard.obligations), 'obligation')} to be looked at")


def _reviewer(by: str | None, on: str | None) -> tuple[str, date]:
    if not by or not by.strip() or on is None:
        raise _misused(
            "Who filled the form in, and when, is missing.", "Add --by with the role, and --on with the day."
        )
    try:
        return by.strip(), date.fromisoformat(on)
    except ValueError:
        raise _misused(f"“{on}” is not a date.", "Write the day after --on as 2025-04-01.") from None


def _misused(what: str, remedy: str) -> UsageError:
    return UsageError(Problem(ProblemKind.WRONG_USE, what, remedy))


def _in_words(standard: Standard, found: Review) -> Iterator[str]:
    yield f"  {count(len(found.right), 'obligation')} found right"
    yield f"  {count(len(found.wrong), 'obligation')} found wrong{':' if found.wrong else ''}"
    for one, because in found.wrong:
        yield f"    {standard.full_name(one)}: {because or '(no reason given)'}"
    yield f"  {count(len(found.unanswered), 'obligation')} without an answer{':' if found.unanswered else ''}"
    yield from (f"    {standard.full_name(one)}" for one in found.unanswered)
