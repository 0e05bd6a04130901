"""The measures of a file or of the library, refused where one of their worked examples does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from wardline.documents import Document
from wardline.errors import DocumentError, Problem, ProblemKind, Problems
from wardline.measures.declared.measure import MeasureSet
from wardline.measures.declared.measure_file import measure_set_in
from wardline.measures.declared.measures_library import document_of_measures, is_of_the_library
from wardline.measures.examples_of_measures.measure_examples import MeasureExampleResult, run_measure_example

__all__ = ["examples_that_do_not_hold", "find_measures", "measures_from"]


def find_measures(name_or_path: str, *, relative_to: Path) -> MeasureSet:
    """A set of measures of the library by its name, or a force's own by the path of its file, its examples run.

    Raises DocumentError where there is none of this name, where it cannot be read, or where an example does not hold.
    """
    if is_of_the_library(name_or_path):
        return _shipped(name_or_path)
    return measures_from(document_of_measures(name_or_path, relative_to=relative_to))


def measures_from(document: Document) -> MeasureSet:
    """The measures that a document contains, with their worked examples run.

    Raises DocumentError with every problem of the document; where there is none, with every example that does not hold.
    """
    measures = measure_set_in(document)
    Problems(DocumentError, examples_that_do_not_hold(document, measures)).tell()
    return measures


def examples_that_do_not_hold(document: Document, measures: MeasureSet) -> Iterator[Problem]:
    """A problem for each example of which something else was counted than it expects."""
    for index, measure in enumerate(measures.measures):
        for number, example in enumerate(measure.examples):
            result = run_measure_example(measure, example, measures.case_type)
            if not result.holds:
                yield document.problem(
                    ProblemKind.FAILING_EXAMPLES,
                    ("measures", index, "examples", number, "expect"),
                    _says(result),
                    "Change the measure or the example, so that they say the same.",
                )


def _says(result: MeasureExampleResult) -> str:
    return (
        f'The worked example "{result.example.name}" of `{result.measure.id}` does not hold: '
        f"expected: {result.expected}; counted: {result.counted}."
    )


# What ships does not change while a process runs.
@cache
def _shipped(name: str) -> MeasureSet:
    return measures_from(document_of_measures(name, relative_to=Path()))
