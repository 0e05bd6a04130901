"""Worked examples of measures: each that ships holds, and none would if it expected something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wardline.documents import parse_document
from wardline.errors import DocumentError, ProblemKind
from wardline.events.notation import NotInNotation
from wardline.measures.charts import ChartKind, Wanted
from wardline.measures.declared import (
    CasesCounted,
    Measure,
    MeasureExample,
    PartOfPage,
    ShareFilledIn,
    ShareMet,
    Wait,
    look_up_measures,
    shipped_measures,
)
from wardline.measures.declared.example_notation import noted_cases, noted_occasions
from wardline.measures.declared.expected_figures import ExpectedFigure, NotAFigure, read_figure
from wardline.measures.declared.targets_written import NotATarget, read_target, target_in_words
from wardline.measures.examples_of_measures import (
    examples_that_do_not_hold,
    find_measures,
    measures_from,
    measures_of_a_dive,
    run_measure_example,
    run_measure_examples,
)
from wardline.measures.examples_of_measures.example_tables import tables_of_example

OURS = Path("tests/fixtures/good/measures_of_our_own.yaml")
EPISODE = "missing episode"


def measure_of(counting, name: str = "our-own/missing/one") -> Measure:
    return Measure(name, "One", PartOfPage.DONE, counting, Wanted.LARGER, ChartKind.XMR)


MET, WAIT = measure_of(ShareMet("our-own/missing/attend")), measure_of(Wait("our-own/missing/attend", 50))
RATE = measure_of(CasesCounted(EPISODE, {}, "1,000 people"))
COUNT = measure_of(CasesCounted(EPISODE))


@pytest.mark.parametrize("name", shipped_measures())
def test_every_worked_example_that_ships_holds(name):
    results = list(run_measure_examples(look_up_measures(name, relative_to=Path())))
    assert [(one.measure.id, one.example.name, one.counted) for one in results if not one.holds] == []
    assert results


def other_than(expected: str) -> str:
    """Another figure of the same kind."""
    if expected.startswith("no figure"):
        other = "it is too early" if "too early" not in expected else "there was nothing to count"
        return f"no figure, because {other}"
    first, _, rest = expected.partition(" ")
    return f"{int(first.replace(',', '')) + 1} {rest}".strip()


@pytest.mark.parametrize("name", shipped_measures())
def test_no_worked_example_holds_once_it_expects_something_else(name):
    """So the runner can say no: of each way of counting, the examples with another expectation are all refused."""
    of_set = look_up_measures(name, relative_to=Path())
    tried = {}
    for measure in of_set.measures:
        tried.setdefault((type(measure.counting), measure.shown), measure)
    for measure in tried.values():
        for example in measure.examples:
            changed = replace(example, expect=other_than(example.expect))
            result = run_measure_example(measure, changed, of_set.case_type)
            assert not result.holds, f"{measure.name}: {changed.expect}"
            assert result.counted == read_figure(example.expect, measure).in_words(measure)


def test_measures_whose_example_does_not_hold_do_not_load():
    text = OURS.read_text(encoding="utf-8").replace("expect: 1 of 2", "expect: 2 of 2")
    document = parse_document(text, "ours")
    with pytest.raises(DocumentError) as raised:
        measures_from(document)
    assert [problem.kind for problem in raised.value.problems] == [ProblemKind.FAILING_EXAMPLES] * 2
    assert "`reached` does not hold: expected: 2 of 2; counted: 1 of 2" in raised.value.problems[0].what


def test_measures_whose_examples_hold_have_no_problem():
    document = parse_document(OURS.read_text(encoding="utf-8"), "ours")
    found = find_measures(str(OURS), relative_to=Path())
    assert list(examples_that_do_not_hold(document, found)) == []
    assert found.measures[0].target == 0.9


# THE MEASURES OF A DIVE


def test_a_dive_has_the_measures_beside_its_standards_and_then_its_own():
    found = measures_of_a_dive(["england/exploitation"], [str(OURS), str(OURS)], relative_to=Path())
    names = [measure.name for measure in found]
    assert names[-3:] == ["our-own/missing/reached", "our-own/missing/found", "our-own/missing/load"]
    assert {name.rpartition("/")[0] for name in names[:-3]} == {"england/exploitation"}
    assert len(set(names)) == len(names)


def test_two_measures_of_one_name_and_whatever_else_is_wrong_are_told_at_once(tmp_path):
    text = OURS.read_text(encoding="utf-8")
    (tmp_path / "ours.yaml").write_text(text, encoding="utf-8")
    shipped = text.replace("our-own/missing", "england/exploitation").replace("id: load", "id: referrals")
    (tmp_path / "again.yaml").write_text(shipped, encoding="utf-8")
    (tmp_path / "slip.yaml").write_text(text.replace("better: neither", "better: more"), encoding="utf-8")
    own = ["ours.yaml", "again.yaml", "slip.yaml", "gone.yaml"]
    with pytest.raises(DocumentError) as raised:
        measures_of_a_dive(["england/exploitation"], own, relative_to=tmp_path)
    told = [(problem.kind, problem.where.file) for problem in raised.value.problems]
    assert told == [
        (ProblemKind.WRONG_VALUE, "again.yaml"),
        (ProblemKind.UNKNOWN_NAME, "slip.yaml"),
        (ProblemKind.MISSING_FILE, "gone.yaml"),
    ]
    assert "`england/exploitation/referrals` already, in the measures that ship" in raised.value.problems[0].what


# WHAT AN EXAMPLE STANDS FOR


def counted(measure: Measure, **example) -> str:
    shown = MeasureExample("shown", "no figure, because it is too early", **example)
    return run_measure_example(measure, shown, EPISODE).counted


def test_who_still_waits_is_not_dropped():
    answered = "triggered | outcome | responded\n18:00 | recorded in time | 18:30\n18:00 | recorded late | 20:00\n"
    assert counted(WAIT, findings=answered, as_at="2025-06-03") == "30 minutes"
    waiting = f"{answered}18:00 | no record found |\n"
    assert counted(WAIT, findings=waiting, as_at="2025-06-03") == "2 hours"


def test_a_wait_that_is_called_off_counts_until_then():
    rows = (
        "triggered | outcome | responded | exempted\n18:00 | recorded in time | 18:30 |\n18:00 | not owed | | 18:10\n"
    )
    assert counted(WAIT, findings=rows) == "30 minutes"


def test_findings_of_one_case_are_of_one_child():
    rows = "case | child | triggered | outcome\nA | B | 18:00 | recorded in time\nA | B | 19:00 | no record found\n"
    tables = tables_of_example(MET, MeasureExample("shown", "1 of 2", findings=rows), EPISODE)
    assert tables.event_log.cases.collect().height == 1
    assert tables.findings.collect()["child_id"].n_unique() == 1
    assert counted(MET, findings=rows) == "1 of 2"


def test_a_finding_that_is_not_due_is_in_no_share():
    rows = "triggered | outcome\n18:00 | recorded in time\n18:00 | not yet due\n"
    assert counted(MET, findings=rows) == "1 of 1"


def test_a_never_is_counted_by_case():
    rows = (
        "case | triggered | outcome\n1 | 18:00 | recorded as happening\n1 | 19:00 | recorded as happening\n"
        "2 | 18:00 | not recorded as happening\n"
    )
    assert counted(MET, findings=rows) == "1 of 2"


def test_a_table_may_have_a_border_as_in_markdown():
    rows = "| triggered | outcome | responded |\n| 18:00 | recorded in time | 18:30 |\n| 18:00 | no record found | |\n"
    assert counted(MET, findings=rows) == "1 of 2"
    assert [one.outcome.value for one in noted_occasions(rows)] == ["met", "missed"]


def test_an_attribute_of_the_case_may_be_asked_for():
    cases = "case=1 from_care=yes\n18:00 reported\ncase=2\n18:00 reported\n"
    assert counted(measure_of(ShareFilledIn(EPISODE, attribute="from_care")), cases=cases) == "1 of 2"


def test_a_rate_may_be_for_people():
    cases = "case=1\n18:00 reported\ncase=2\n18:00 reported\n"
    assert counted(RATE, cases=cases, of=4000) == "2 for 4"


def test_a_case_may_be_opened_before_its_first_event_and_closed():
    cases = 'case=1 opened="2025-05-30 09:00" closed=19:00\n18:00 reported\n'
    (case,) = noted_cases(cases)
    assert case.closed_at > case.events[0].happened_at > case.opened_at
    assert counted(COUNT, cases=cases) == "1"


def test_an_example_made_in_code_that_cannot_be_read_is_refused():
    with pytest.raises(NotInNotation):
        counted(COUNT, cases="18:00 reported")
    with pytest.raises(NotInNotation):
        counted(MET, findings="triggered\n18:00")


# FIGURES AND TARGETS AS THEY ARE WRITTEN

FIGURES = [
    (MET, "2 of 3", ExpectedFigure(numerator=2, denominator=3)),
    (MET, "1,204 of 3,000, and 7 cannot be told", ExpectedFigure(numerator=1204, denominator=3000, not_told=7)),
    (RATE, "6 for 3.5", ExpectedFigure(numerator=6, denominator=3.5)),
    (RATE, "6 for 3 thousand people", ExpectedFigure(numerator=6, denominator=3)),
    (WAIT, "1 day 3 hours", ExpectedFigure(value=97_200)),
    (COUNT, "3", ExpectedFigure(value=3)),
    (COUNT, "no figure, because it is too early", ExpectedFigure(no_value="not_over")),
]


@pytest.mark.parametrize(("measure", "text", "figure"), FIGURES, ids=[text for _, text, _ in FIGURES])
def test_a_figure_is_read_and_said_again(measure, text, figure):
    assert read_figure(text, measure) == figure
    assert read_figure(figure.in_words(measure), measure) == figure


@pytest.mark.parametrize(
    ("measure", "text"),
    [(MET, "3"), (RATE, "3"), (WAIT, "soon"), (COUNT, "2 of 3"), (COUNT, ","), (RATE, "6 for 3.5.1")],
)
def test_a_figure_of_another_kind_is_refused(measure, text):
    with pytest.raises(NotAFigure) as raised:
        read_figure(text, measure)
    assert raised.value.remedy.startswith("Write it as")


def test_how_many_cannot_be_told_matters_only_where_it_is_said():
    found = ExpectedFigure(numerator=2, denominator=3, not_told=1)
    assert read_figure("2 of 3", MET).agrees_with(found, MET)
    assert read_figure("2 of 3, and 1 cannot be told", MET).agrees_with(found, MET)
    assert not read_figure("2 of 3, and 2 cannot be told", MET).agrees_with(found, MET)


@pytest.mark.parametrize(
    ("measure", "text", "target"),
    [
        (MET, "90 %", 0.9),
        (MET, "99.9 %", 0.999),
        (MET, "0 %", 0.0),
        (MET, "100 %", 1.0),
        (WAIT, "1 hour 30 minutes", 5400.0),
        (WAIT, "2 days", 172_800.0),
        (COUNT, "12", 12.0),
        (RATE, "1.5", 1.5),
    ],
)
def test_a_target_is_read_and_said_again(measure, text, target):
    assert read_target(text, measure) == target
    assert target_in_words(replace(measure, target=target)) == text


@pytest.mark.parametrize(("measure", "text"), [(MET, "0.9"), (MET, "101 %"), (MET, "-1 %"), (WAIT, "3"), (COUNT, "-3")])
def test_a_target_that_cannot_be_is_refused(measure, text):
    with pytest.raises(NotATarget) as raised:
        read_target(text, measure)
    assert raised.value.remedy
