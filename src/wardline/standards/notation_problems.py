"""What cannot be read in the worked examples of an obligation, each problem at its own line."""

from __future__ import annotations

from collections.abc import Iterator

from wardline.documents import Document, Path_
from wardline.errors import Problem, ProblemKind
from wardline.events.notation import CASE_TIMES, NotInNotation, line_of_text, read_event, read_instant
from wardline.standards.expectations import NotAnExpectation, read_expectation

__all__ = ["problems_of_example"]


def problems_of_example(document: Document, path: Path_, obligation: dict[str, object]) -> list[Problem]:
    """What cannot be read in the worked examples of the obligation at `path`, each at its own line."""
    examples = obligation.get("examples")
    if not isinstance(examples, list):
        return []
    kind = next((key for key in ("never", "record") if key in obligation), "when")
    return [
        problem
        for index, example in enumerate(examples)
        if isinstance(example, dict)
        for problem in _problems(document, (*path, "examples", index), example, kind)
    ]


def _problems(document: Document, path: Path_, example: dict[str, object], kind: str) -> Iterator[Problem]:
    def told(error: NotInNotation | NotAnExpectation, *where: str | int) -> Problem:
        return document.problem(ProblemKind.WRONG_VALUE, (*path, *where), str(error), error.remedy)

    if isinstance(events := example.get("events"), str):
        for number, line in enumerate(events.splitlines()):
            try:
                if line.strip():
                    read_event(line)
            except NotInNotation as error:
                where = line_of_text(document.place((*path, "events")), number, line)
                yield Problem(ProblemKind.WRONG_VALUE, str(error), error.remedy, where)
    case = example.get("case")
    times = [("as at", example.get("as at"))]
    times += [("case", case[key]) for key in CASE_TIMES if key in case] if isinstance(case, dict) else []
    for key, text in times:
        try:
            if isinstance(text, str) and text.strip():
                read_instant(text)
        except NotInNotation as error:
            yield told(error, key)
    expected = example.get("expect")
    for index, text in enumerate(expected if isinstance(expected, list) else [expected]):
        try:
            if isinstance(text, str) and text.strip():
                read_expectation(text, kind)
        except NotAnExpectation as error:
            yield told(error, "expect", index)
