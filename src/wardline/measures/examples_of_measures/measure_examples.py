"""Worked examples of measures, each counted as a dive counts, and compared with what it expects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from wardline.measures.declared.expected_figures import LEFT_OUT, ExpectedFigure, read_figure
from wardline.measures.declared.measure import Measure, MeasureExample, MeasureSet
from wardline.measures.examples_of_measures.example_tables import tables_of_example
from wardline.measures.over_time.count_measures import count_measures
from wardline.measures.over_time.measures_table import WHOLE_PERIOD, Entries

__all__ = ["MeasureExampleResult", "run_measure_example", "run_measure_examples"]


@dataclass(frozen=True)
class MeasureExampleResult:
    """What a worked example expected and what was counted, in the same words; `holds` where they agree."""

    measure: Measure
    example: MeasureExample
    expected: str
    counted: str
    holds: bool


def run_measure_examples(measures: MeasureSet) -> Iterator[MeasureExampleResult]:
    """Every worked example of a set of measures, counted, in the order of the file."""
    for measure in measures.measures:
        for example in measure.examples:
            yield run_measure_example(measure, example, measures.case_type)


def run_measure_example(measure: Measure, example: MeasureExample, case_type: str) -> MeasureExampleResult:
    """One worked example of a measure, counted; `case_type` is that of the cases in it.

    Raises NotInNotation or NotAFigure where the example was made in code and cannot be read.
    """
    expected = read_figure(example.expect, measure)
    tables = tables_of_example(measure, example, case_type)
    found = _figure(count_measures([measure], tables, by=(), splits=()))
    return MeasureExampleResult(
        measure, example, expected.in_words(measure), found.in_words(measure), expected.agrees_with(found, measure)
    )


def _figure(counted: pl.DataFrame) -> ExpectedFigure:
    """The figure of all entries over the whole time; a measure that cannot be counted has no row."""
    rows = counted.filter(by=WHOLE_PERIOD, entries=Entries.ALL.value).filter(pl.col("split").is_null())
    if rows.is_empty():
        return ExpectedFigure(no_value=LEFT_OUT)
    row = rows.row(0, named=True)
    return ExpectedFigure(**{name: row[name] for name in ("value", "numerator", "denominator", "not_told", "no_value")})
