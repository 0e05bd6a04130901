"""`wardline measures`: the measures that ship, some of them in words, and whether worked examples hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.help import PlainCommand
from wardline.cli.saying import say, say_that_examples_hold
from wardline.english import count
from wardline.errors import DocumentError, Problem, ProblemKind, Problems, did_you_mean
from wardline.measures.declared import (
    Measure,
    MeasureSet,
    PartOfPage,
    document_of_measures,
    look_up_measures,
    measure_sentences,
    shipped_measures,
)
from wardline.measures.examples_of_measures import find_measures
from wardline.standards import look_up_standard, shipped_obligation, shipped_standards

__all__ = ["measures"]

measures = typer.Typer(name="measures", no_args_is_help=True, help="Read and test measures.", rich_markup_mode=None)


@measures.callback()
def _measures() -> None:
    """Read and test measures: what is counted over time."""


@measures.command("list", cls=PlainCommand)
def list_measures() -> None:
    """List the measures that ship with Wardline, those of each standard together.

    \b
    Example:
      wardline measures list
    """
    for name in shipped_measures():
        found = look_up_measures(name, relative_to=Path())
        say(f"{name}\n    {found.title}: {count(len(found.measures), 'measure')} about each {found.case_type}")
        for part in PartOfPage:
            mine = [measure for measure in found.measures if measure.part is part]
            if mine:
                say(f"    {part.value}:")
            for measure in mine:
                say(f"      {measure.id}: {measure.title}")


@measures.command("show", cls=PlainCommand)
def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="A name of the library, of all its measures or of one; or a path.", show_default=False
        ),
    ],
) -> None:
    """Show measures in words: what each counts, why, what it cannot tell, and how it could be gamed.

    \b
    Examples:
      wardline measures show england/missing-children
      wardline measures show england/missing-children/reached-in-time
    """
    of_set, _, one = name.rpartition("/")
    if name not in shipped_measures() and of_set in shipped_measures():
        found = find_measures(of_set, relative_to=Path())
        if mine := [measure for measure in found.measures if measure.id == one]:
            say("\n".join(_in_words(mine[0])))
            return
    found = find_measures(name, relative_to=Path())
    say("\n\n".join([_head(found), *("\n".join(_in_words(measure)) for measure in found.measures)]))


@measures.command("test", cls=PlainCommand)
def test(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME", help="Names of the library, or paths; all that ship if left out.", show_default=False
        ),
    ] = None,
) -> None:
    """Count the worked examples of measures, and say which do not hold.

    \b
    Examples:
      wardline measures test
      wardline measures test our-own/measures.yaml
    """
    problems = Problems(DocumentError)
    for name in names or shipped_measures():
        found = problems.collect(partial(find_measures, name, relative_to=Path()))
        if found is not None:
            problems += _unknown_obligations(name, found)
            say_that_examples_hold(name, sum(len(measure.examples) for measure in found.measures))
    problems.tell()


def _unknown_obligations(name: str, found: MeasureSet) -> Iterator[Problem]:
    """Obligations of standards that ship which these do not have. Those of other standards are known to a dive only."""
    document = document_of_measures(name, relative_to=Path())
    for index, measure in enumerate(found.measures):
        standard = (measure.obligation or "").rpartition("/")[0]
        if standard in shipped_standards() and shipped_obligation(measure.obligation or "") is None:
            known = look_up_standard(standard, relative_to=Path())
            names = [known.full_name(obligation) for obligation in known.obligations]
            yield document.problem(
                ProblemKind.UNKNOWN_NAME,
                ("measures", index),
                f"`{measure.id}` counts `{measure.obligation}`, which is no obligation of `{standard}`."
                + did_you_mean(measure.obligation or "", names),
                f"Name one of those that `wardline standards show {standard}` lists.",
            )


def _head(found: MeasureSet) -> str:
    return f"{found.title} ({found.name}, version {found.version})\nAbout each {found.case_type}."


def _in_words(measure: Measure) -> Iterator[str]:
    obligation = None if measure.obligation is None else shipped_obligation(measure.obligation)
    yield f"{measure.name}: {measure.title}"
    yield f"  {measure_sentences(measure, obligation)}"
    yield f"  Shown under: {measure.part.value}. Its chart: {measure.chart.value}."
    for label, text in (
        ("Why it matters", measure.why),
        ("What it cannot tell", measure.cannot_tell),
        ("How it could be gamed", measure.gaming),
    ):
        if text:
            yield f"  {label}: {text}"
    if measure.examples:
        yield "  Worked examples:"
    for example in measure.examples:
        yield f"    - {example.name}: {example.expect}"
