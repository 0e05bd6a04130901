"""Worked examples of measures, counted; and the measures whose examples hold."""

from wardline.measures.examples_of_measures.measure_examples import (
    MeasureExampleResult,
    run_measure_example,
    run_measure_examples,
)
from wardline.measures.examples_of_measures.measures_that_hold import (
    examples_that_do_not_hold,
    find_measures,
    measures_from,
)

__all__ = [
    "MeasureExampleResult",
    "examples_that_do_not_hold",
    "find_measures",
    "measures_from",
    "run_measure_example",
    "run_measure_examples",
]
