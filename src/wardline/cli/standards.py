"""`wardline standards`: the standards that ship, one of them in words, whether worked examples hold, and a force's
own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.help import PlainCommand
from wardline.cli.saying import say, say_that_examples_hold
from wardline.cli.standards_adopt import adopt
from wardline.cli.standards_diff import diff
from wardline.cli.standards_new import new
from wardline.cli.standards_review import review
from wardline.english import and_list, count
from wardline.errors import DocumentError, Problems
from wardline.obligations import Obligation, sentence
from wardline.reports.wording import OWNER_WORDS, date_in_words
from wardline.reports.worked_examples import example_in_words
from wardline.standards import (
    Standard,
    earlier_versions,
    find_standard,
    find_versions,
    look_up_standard,
    shipped_standards,
)

__all__ = ["standards"]

standards = typer.Typer(
    name="standards", no_args_is_help=True, help="Read, test, adopt and write standards.", rich_markup_mode=None
)


@standards.callback()
def _standards() -> None:
    """Read, test, adopt and write standards."""


@standards.command("list", cls=PlainCommand)
def list_standards() -> None:
    """List the standards that ship with Wardline.

    \b
    Example:
      wardline standards list
    """
    names = shipped_standards()
    if not names:
        say("No standard ships with this Wardline.")
    for name in names:
        standard = _look_up(name)
        say(
            f"{name}\n    {standard.title}, version {standard.version}: "
            f"{count(len(standard.obligations), 'obligation')} on each {standard.case_type}"
        )
        for earlier in map(_look_up, earlier_versions(name)):
            say(f"    earlier: {name}/{earlier.version}, in force {_days_of(earlier)}")


@standards.command("show", cls=PlainCommand)
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name of the library, or a path.", show_default=False)],
) -> None:
    """Show a standard in words: each obligation, who owes it, and what it rests on.

    Of one that ships in several versions the present one is shown; the number of an earlier one shows that.

    \b
    Examples:
      wardline standards show england/missing-children
      wardline standards show england/missing-children/2025.2
    """
    say("\n\n".join(_in_words(find_standard(name, relative_to=Path()), earlier_versions(name))))


@standards.command("test", cls=PlainCommand)
def test(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME", help="Names of the library, or paths; all that ship if left out.", show_default=False
        ),
    ] = None,
) -> None:
    """Run the worked examples of standards, and say which do not hold.

    \b
    Examples:
      wardline standards test
      wardline standards test our-own/handover.yaml
    """
    problems = Problems(DocumentError)
    for name in names or shipped_standards():
        found = problems.collect(partial(find_versions, name, relative_to=Path()))
        for standard, _ in found or ():
            version = f" (version {standard.version})" if found and len(found) > 1 else ""
            say_that_examples_hold(f"{name}{version}", sum(len(one.examples) for one in standard.obligations))
    problems.tell()


for command in (adopt, diff, new, review):
    standards.command(cls=PlainCommand)(command)


def _look_up(name: str) -> Standard:
    return look_up_standard(name, relative_to=Path())


def _days_of(standard: Standard) -> str:
    """`from 1 January 2017 to 31 March 2025`."""
    until = f" to {date_in_words(standard.in_force_to)}" if standard.in_force_to else ""
    return f"from {date_in_words(standard.in_force_from)}{until}"


def _in_words(standard: Standard, earlier: Sequence[str]) -> Iterator[str]:
    head = (
        f"{standard.title} ({standard.name}, version {standard.version})\n"
        f"On each {standard.case_type}. In force {_days_of(standard)}."
    )
    listed = [f"{name} ({_days_of(_look_up(name))})" for name in earlier]
    yield head + (f"\nEarlier days are judged by earlier versions: {and_list(listed)}." if listed else "")
    for obligation in standard.obligations:
        yield "\n".join(_obligation_in_words(standard, obligation))
    if standard.not_judged_from_records:
        yield "\n".join(
            [
                "Not judged from records; an audit reads for:",
                *(f"  - {what}" for what in standard.not_judged_from_records),
            ]
        )


def _obligation_in_words(standard: Standard, obligation: Obligation) -> Iterator[str]:
    yield f"{standard.full_name(obligation)}: {obligation.title}"
    yield f"  {sentence(obligation)}"
    yield f"  Owed by {OWNER_WORDS[obligation.owed_by]}. Topic: {obligation.topic.value}."
    basis = obligation.basis
    told = [basis.title, basis.publisher, basis.published, basis.url]
    yield f"  Rests on ({basis.kind.value}): {', '.join(part for part in told if part)}"
    for label, text in (
        ("Note", basis.note),
        ("Why it matters", obligation.severity),
        ("Needs", obligation.needs),
        ("How it could be gamed", obligation.gaming),
        ("Good reasons", obligation.good_reasons),
    ):
        if text:
            yield f"  {label}: {text}"
    if obligation.basis.kind.is_to_be_confirmed:
        yield "  Assumed: off until somebody at the force confirms it, or the oversight body asks about it."
    if obligation.reviewed:
        yield f"  Reviewed by {obligation.reviewed.by}, on {obligation.reviewed.on}."
    else:
        yield "  Not yet reviewed by anybody."
    if obligation.examples:
        yield "  Worked examples:"
    for example in obligation.examples:
        yield f"    - {example.name}: {'; then '.join(example_in_words(example, obligation).says)}"
