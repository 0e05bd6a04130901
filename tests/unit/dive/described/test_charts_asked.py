"""`charts` and `measures` of a dive file: read, kept and read again; each problem at its line, all at once."""

from datetime import date

import pytest

from tests.unit.dive.described.test_dive_file import WHOLE, folder, problems, write
from wardline.dive.described.charts_asked import ChartKeys, ChartSettings, charts_asked, write_charts
from wardline.dive.described.dive_file import read_dive
from wardline.documents import parse_document, validate
from wardline.errors import DocumentError, ProblemKind
from wardline.measures.charts import Baseline, Rebase

__all__ = ["folder"]

REACHED, FOUND = "england/missing-children/reached-in-time", "england/missing-children/found-within-8-hours"
CHARTS = f"""\
charts:
  baseline: {{from: 2024-04-01, to: 2025-03-31}}
  screened: yes
  rebases:
    - measure: {REACHED}
      from: 2025-06-01
      reason: "Times are taken from the radios: since June"
      by: Head of response
      on: 2025-07-03
      baseline: {{from: 2025-06-01, to: 2025-12-31}}
    - {{measure: {REACHED}, from: 2024-10-01, reason: A new system, by: A. Smith, on: 2024-11-05}}
    - {{measure: {FOUND}, from: 2024-10-01, reason: A new system, by: A. Smith, on: 2024-11-05}}
"""


def test_what_is_said_of_charts_is_read(folder):
    charts = read_dive(write(folder, WHOLE + CHARTS)).charts
    assert charts.baseline == Baseline(date(2024, 4, 1), date(2025, 3, 31))
    assert charts.is_screened
    later = Rebase(
        date(2025, 6, 1),
        "Times are taken from the radios: since June",
        "Head of response",
        date(2025, 7, 3),
        Baseline(date(2025, 6, 1), date(2025, 12, 31)),
    )
    earlier = Rebase(date(2024, 10, 1), "A new system", "A. Smith", date(2024, 11, 5))
    assert charts.rebases_of(REACHED) == (earlier, later)
    assert charts.rebases_of("england/missing-children/other") == ()


def test_a_dive_file_that_says_nothing_of_them_has_no_baseline_no_screening_and_no_rebase(folder):
    dive = read_dive(write(folder, WHOLE))
    assert dive.charts == ChartSettings()
    assert not dive.charts.is_screened
    assert (dive.measures, dive.measure_files) == (None, ())


@pytest.mark.parametrize("charts", ["", CHARTS])
def test_what_is_kept_of_charts_reads_back_the_same(folder, charts):
    asked = read_dive(write(folder, WHOLE + charts)).charts
    kept = parse_document(write_charts(asked), "charts.yaml")
    assert charts_asked(validate(kept, ChartKeys)) == asked


def test_measures_are_names_of_sets_or_paths(folder):
    dive = read_dive(write(folder, WHOLE + "measures: [england/missing-children, our-own/handover.yaml]\n"))
    assert dive.measures == ("england/missing-children", "our-own/handover.yaml")
    assert dive.measure_files == (folder / "our-own/handover.yaml",)


REBASE = (
    "charts:\n  rebases:\n    - {measure: england/a/b, from: 2024-10-01, reason: New, by: A. Smith, on: 2024-11-05}\n"
)


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (", reason: New", "This rebase has no reason. Say what changed in how the work is done or recorded"),
        ("reason: New", "This rebase has no reason."),
        (", by: A. Smith", "This rebase has no author."),
        ("by: A. Smith", "This rebase has no author."),
        (", on: 2024-11-05", "This rebase has no date."),
        ("on: 2024-11-05", "This rebase has no date."),
    ],
)
def test_a_rebase_needs_a_reason_an_author_and_a_date(folder, left_out, said):
    emptied = f"{left_out.partition(':')[0]}: ''" if not left_out.startswith(",") else ""
    text = WHOLE + REBASE.replace(left_out, emptied, 1)
    with pytest.raises(DocumentError) as told:
        read_dive(write(folder, text))
    (problem,) = told.value.problems
    assert f"{problem.what} {problem.remedy}".startswith(said)
    assert problem.where.line == WHOLE.count("\n") + 3


def test_all_problems_of_charts_are_told_at_once_each_at_its_line(folder):
    text = WHOLE + (
        "charts:\n"
        "  baseline: {from: 2025-04-01, to: 2024-03-31}\n"
        "  screened: perhaps\n"
        "  rebases:\n"
        "    - {measure: england/a/b, from: June}\n"
        "    - measure: england/a/b\n"
        "      from: 2024-10-01\n"
        "      reason: A new system\n"
        "      by: A. Smith\n"
        "      on: 2024-11-05\n"
        "      baseline: {from: 2024-09-01, to: 2025-03-31}\n"
    )
    first = WHOLE.count("\n")
    found = problems(folder, text)
    lines = [line - first for _, line, _ in found if line is not None]
    assert lines == [2, 3, 5, 5, 5, 5, 6]
    assert found[0][0] is ProblemKind.UNREADABLE_TIME_SETTING


def test_two_rebases_of_one_measure_on_one_day_are_refused_at_the_second(folder):
    line = REBASE.splitlines()[2]
    assert problems(folder, f"{WHOLE}{REBASE}{line}\n") == [(ProblemKind.WRONG_VALUE, WHOLE.count("\n") + 4, 7)]
