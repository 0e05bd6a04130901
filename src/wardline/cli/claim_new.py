"""`wardline claim new`: a claim asked for, piece by piece, and what would count for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.dive import open_dive, what_would_count_in
from wardline.documents import parse_document, read_document
from wardline.errors import OutputError, Problem, ProblemKind, UsageError
from wardline.measures.claims import (
    CLAIM_KEYS,
    NEW_CLAIMS,
    Scale,
    check_that_claims_end_it,
    claim_written,
    claims_in,
    problems_of_answers,
    scale_of,
    what_would_count,
    with_claim_added,
)
from wardline.measures.declared.measure import Measure
from wardline.measures.declared.measures_library import measures_for, shipped_measures
from wardline.reports.what_would_count_in_words import what_would_count_in_words
from wardline.whole_files import write_new_file, write_over

__all__ = ["new"]

QUESTIONS = {
    "claim": "What was said, in the exact words",
    "said by": "Who said it",
    "where": "Where (as: at the meeting of the panel)",
    "said on": "On which day (as 2025-02-20)",
    "measure": "Which measure should show it (its full name; `wardline measures list` has them)",
    "direction": "Which way is it said to have gone (better, worse, larger or smaller)",
    "size": "By how much",
    "from": "From which day on is it said to be so (as 2025-01-01)",
    "by": "By which day should it show (as 2025-06-30)",
    "group": "Only of one group",
    "declared by": "Who declares the claim for testing",
    "declared on": "On which day is that (as 2025-03-01)",
}
SIZES = {Scale.POINTS: "as: 5 points", Scale.TIME: "as: 30 minutes, or 20 %", Scale.PERCENT: "as: 20 %"}
MAY_BE_LEFT = ("size", "group")


def new(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file of claims; written if it is not there.", show_default=False)
    ],
    dive: Annotated[
        Path | None,
        typer.Option(
            "--dive",
            metavar="DIR",
            help="A dive folder, to say by its numbers how long it takes to tell such a change.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Ask for a claim piece by piece, write it down, and say what would count.

    Each answer is checked as it comes; nothing is written before the last one. Then you see how the measure
    counts, how many months it takes to tell a change of the claimed size from chance, and which other
    explanations will be looked at: before anything is tested, so that whoever makes the claim can object.

    \b
    Examples:
      wardline claim new claims.yaml
      wardline claim new claims.yaml --dive dives/march
    """
    kept = None if dive is None else open_dive(dive)
    offered = measures_for(shipped_measures()) if kept is None else kept.settings.measures
    measures = {measure.name: measure for measure in offered}
    if not measures:
        raise UsageError(
            Problem(
                ProblemKind.WRONG_USE,
                "This dive has no measures, so no claim can be tested on it.",
                "Name another dive after --dive, or name measures in the dive file and make it again.",
            )
        )
    text = _text_before(file, measures)
    answers = _answers(measures)
    longer = with_claim_added(text, answers, measures, file=str(file))
    try:
        write_over(file, longer) if file.exists() else write_new_file(file, longer)
    except OutputError:
        say(f"\nThis claim could not be written to {file}:\n\n{claim_written(answers)}")
        raise
    claim = claims_in(parse_document(longer, str(file)), measures)[-1]
    say(f"\nWritten: {file}\n")
    counts = what_would_count(claim, measures) if kept is None else what_would_count_in(kept, claim)
    say(what_would_count_in_words(counts))


def _text_before(file: Path, measures: Mapping[str, Measure]) -> str:
    """What is in the file of claims. Raises DocumentError where nothing could be added to it, before somebody answers
    twelve questions in vain."""
    if not file.exists():
        return NEW_CLAIMS
    read_document(file)
    text = file.read_bytes().decode("utf-8")  # with its line ends as they are
    check_that_claims_end_it(text, measures, file=str(file))
    return text


def _answers(measures: Mapping[str, Measure]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for key in CLAIM_KEYS:
        measure = measures.get(answers.get("measure", ""))
        if key == "group" and (measure is None or not measure.splits):
            continue
        answer = _asked(key, answers, measures)
        if answer:
            answers[key] = answer
    return answers


def _asked(key: str, answers: Mapping[str, str], measures: Mapping[str, Measure]) -> str:
    """The answer to one question, asked again until it fits."""
    question = f"{QUESTIONS[key]}{_hint(key, measures.get(answers.get('measure', '')))}"
    while True:
        answer = str(_prompted(question)).strip()
        if not answer:
            if key in MAY_BE_LEFT:
                return ""
            say("  Something must be said here.")
            continue
        problems = problems_of_answers({**answers, key: answer}, measures)
        if not problems:
            return answer
        for problem in problems:
            say(f"  {problem.what} {problem.remedy}")


def _prompted(question: str) -> str:
    try:
        answer: str = typer.prompt(question, default="", show_default=False)
    except typer.Abort as stopped:
        if not isinstance(stopped.__context__, EOFError):
            raise KeyboardInterrupt from None
        raise UsageError(
            Problem(
                ProblemKind.WRONG_USE,
                "The answers end before the last question. Nothing was written.",
                "Answer every question, or write the file by hand: docs/reference/claims.md shows what is in it.",
            )
        ) from None
    return answer


def _hint(key: str, measure: Measure | None) -> str:
    if measure is None:
        return ""
    if key == "size":
        return f" ({SIZES[scale_of(measure)]}; empty: by any amount)"
    if key == "group":
        return f" (as: {measure.splits[0]}: …; empty: all together)"
    return ""
