"""Which gradings lowered a grade late, and of which occasion; where there is none the table has its columns still."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from tests.unit.reports.made_up import ATTEND, HANDOVER, NOT_CLOSED, START, events_of, finding, respond, tables
from wardline.events import INSTANT
from wardline.measures.lowered_grades import first_lowered_late, gradings_of, late_downgrades, lowered_grades
from wardline.measures.measured_tables import occasions_of
from wardline.obligations import LimitTable
from wardline.time_limits import ToBeSet, read_length

SHOWN = [
    "obligation",
    "case_id",
    "child_id",
    "triggered_at",
    "deadline",
    "graded_at",
    "grade",
    "graded_when",
    "was_answered",
]
LOWERED = ((0, "medium"), (50, "low"))  # minutes after the report: in the last quarter of an hour
GOOD_FRIDAY = datetime(2024, 3, 29, tzinfo=UTC)


def minutes(many):
    return START + timedelta(minutes=many)


def graded(*gradings, case="compact:1"):
    """Gradings of a case, so many minutes after START."""
    return [(case, minutes(when), grade) for when, grade in gradings]


def by_grade(limits, **further):
    """A limit by the grade of the event `risk_graded`, or of another."""
    listed = tuple((grade, limit if isinstance(limit, ToBeSet) else read_length(limit)) for grade, limit in limits)
    return LimitTable("grade", listed, **{"of": "risk_graded", **further})


def late(*gradings, item=ATTEND, limit="60 minutes", **further):
    """The late downgrades of one report, as minutes after it and the lower grade."""
    made = tables([finding(item, limit=limit, outcome="missed", **further)], (item,), gradings=graded(*gradings))
    found = late_downgrades(made.gradings, item, made.findings.collect())
    return [
        ((when - START) // timedelta(minutes=1), grade) for when, grade in found.select("graded_at", "grade").rows()
    ]


def test_a_grade_lowered_in_the_last_quarter_is_shown_with_its_occasion():
    row = finding(limit="60 minutes", wait=70, outcome="late")
    made = tables([row], gradings=graded(*LOWERED))
    found = lowered_grades(made.obligations, made.findings, made.gradings)
    assert found.columns == SHOWN
    assert found.rows() == [
        (
            "england/missing-children/attend",
            "compact:1",
            "compact:p1",
            START,
            minutes(60),
            minutes(50),
            "low",
            "in the last quarter",
            False,
        )
    ]


@pytest.mark.parametrize("gradings", [[], graded(*LOWERED, case="compact:9")])
def test_where_no_grade_was_lowered_the_columns_are_there_all_the_same(gradings):
    made = tables([finding(limit="60 minutes", wait=70, outcome="late")], gradings=gradings)
    filled = tables([finding(limit="60 minutes", wait=70, outcome="late")], gradings=graded(*LOWERED))
    shown = lowered_grades(filled.obligations, filled.findings, filled.gradings).schema
    assert shown["graded_at"] == INSTANT
    for obligations, found in [
        (made.obligations, made.gradings),
        (made.obligations, None),
        ((HANDOVER, NOT_CLOSED), made.gradings),
    ]:
        none = lowered_grades(obligations, made.findings, found)
        assert (none.height, none.schema) == (0, shown)


def test_each_obligation_by_a_grade_has_its_own_occasions_in_the_order_of_the_obligations():
    named = replace(ATTEND, obligation=replace(ATTEND.obligation, id="search"))
    older = replace(ATTEND, version="2024.1")
    elsewhere = replace(ATTEND, standard="wales/missing-children")
    items = (elsewhere, named, HANDOVER, older, ATTEND)
    findings = [
        finding(item, case=f"compact:{at}", limit="60 minutes", outcome="missed")
        for at, item in enumerate([ATTEND, older, HANDOVER, named, elsewhere])
    ]
    gradings = [row for at in range(5) for row in graded(*LOWERED, case=f"compact:{at}")]
    made = tables(findings, items, gradings=gradings)
    found = lowered_grades(items, made.findings, made.gradings)
    assert found.select("obligation", "case_id").rows() == [
        ("wales/missing-children/attend", "compact:4"),
        ("england/missing-children/search", "compact:3"),
        ("england/missing-children/attend", "compact:1"),
        ("england/missing-children/attend", "compact:0"),
    ]


def test_rows_stand_by_occasion_and_within_one_by_the_time_of_grading():
    # The log holds them in another order, and the second case was graded before the first.
    gradings = [
        *graded((75, "low"), (0, "high"), (70, "medium"), case="compact:1"),
        *graded((50, "low"), (0, "medium"), case="compact:2"),
    ]
    made = tables([finding(case=f"compact:{case}", limit="15 minutes") for case in (1, 2)], gradings=gradings)
    found = late_downgrades(made.gradings, ATTEND, made.findings.collect())
    assert found.select("case_id", "graded_at", "grade").rows() == [
        ("compact:1", minutes(70), "medium"),
        ("compact:1", minutes(75), "low"),
        ("compact:2", minutes(50), "low"),
    ]


@pytest.mark.parametrize(
    ("gradings", "found"),
    [
        ([(0, "medium"), (50, "low")], [(50, "low")]),
        ([(50, "low")], []),  # there is none before it
        ([(0, "medium"), (50, "medium")], []),  # the same again
        ([(0, "low"), (50, "medium")], []),  # raised
        ([(0, "medium"), (50, "low"), (55, "low")], [(50, "low")]),  # lowered once
        ([(-1, "medium"), (50, "low")], []),  # the higher one was of before the report
        ([(0, "high"), (50, "medium")], []),  # lower, and no longer than was allowed
    ],
)
def test_a_grade_is_lowered_where_the_one_before_it_on_the_occasion_was_higher(gradings, found):
    assert late(*gradings) == found


def test_a_grade_raised_again_but_not_so_far_was_not_lowered():
    gradings = [(0, "high"), (12, "low"), (14, "medium")]
    assert late(*gradings, limit="15 minutes") == [(12, "low")]


@pytest.mark.parametrize("grade", [None, "", "unlisted"])
def test_a_grading_whose_value_is_empty_or_not_listed_is_passed_over(grade):
    assert late((0, "medium"), (30, grade), (50, "low")) == [(50, "low")]
    assert late((0, "medium"), (50, "low"), (52, grade), (54, "low")) == [(50, "low")]
    assert late((0, "medium"), (50, grade)) == []
    assert late((0, grade), (70, "low")) == []


def test_a_grade_whose_limit_is_to_be_set_is_passed_over():
    some = respond("attend", "Attend", within=by_grade([("medium", "1 hour"), ("none", ToBeSet()), ("low", "8 hours")]))
    assert late((0, "medium"), (50, "none"), (55, "low"), item=some) == [(55, "low")]
    every = respond("attend", "Attend", within=by_grade([("medium", ToBeSet()), ("low", ToBeSet())]))
    assert late((0, "medium"), (50, "low"), item=every) == []


@pytest.mark.parametrize("grades", [("medium", "low"), ("low", "medium")])
def test_at_one_instant_the_order_of_the_log_decides(grades):
    assert late(*[(50, grade) for grade in grades]) == ([(50, "low")] if grades == ("medium", "low") else [])


def test_the_order_of_the_log_is_that_of_its_event_ids():
    made = tables([finding(limit="60 minutes")], events=events_of(graded((50, "medium"), (50, "low"))).reverse())
    assert late_downgrades(made.gradings, ATTEND, made.findings.collect())["grade"].to_list() == ["low"]


def test_gradings_are_the_known_events_of_that_name_that_have_a_time():
    events = events_of([*graded((0, "medium"), (50, "low")), ("compact:1", None, "high"), *graded((55, "low"))])
    event = pl.Series(["risk_graded", "risk_graded", "risk_graded", "reviewed"])
    made = tables((), (NOT_CLOSED, ATTEND, HANDOVER), events=events.with_columns(event=event), as_at=minutes(50))
    assert made.gradings.collect().rows() == [
        ("england/missing-children/attend 2025.1", "compact:1", START, "medium"),
        ("england/missing-children/attend 2025.1", "compact:1", minutes(50), "low"),
    ]
    just_before = minutes(50) - timedelta(microseconds=1)
    assert gradings_of((ATTEND,), made.event_log, as_at=just_before).collect().height == 1


def test_where_no_limit_goes_by_an_event_of_the_log_there_are_no_gradings():
    of_the_report = respond("attend", "Attend", within=by_grade([("high", "1 hour")], of=None))
    by_no_column = respond(
        "attend", "Attend", within=LimitTable("level", (("high", read_length("1 hour")),), of="seen")
    )
    made = tables((), (of_the_report, by_no_column, HANDOVER, NOT_CLOSED), gradings=graded(*LOWERED))
    assert made.gradings is None


def test_each_obligation_goes_by_its_own_event():
    reviewed = respond("review", "Review", within=by_grade([("medium", "1 hour"), ("low", "8 hours")], of="reviewed"))
    events = events_of(graded((0, "medium"), (1, "medium"), (50, "low"), (52, "low")))
    names = pl.Series(["risk_graded", "reviewed", "risk_graded", "reviewed"])
    findings = [finding(item, limit="60 minutes", outcome="missed") for item in (ATTEND, reviewed)]
    made = tables(findings, (ATTEND, reviewed), events=events.with_columns(event=names))
    found = lowered_grades(made.obligations, made.findings, made.gradings)
    assert found.select("obligation", "graded_at").rows() == [
        ("england/missing-children/attend", minutes(50)),
        ("england/missing-children/review", minutes(52)),
    ]


@pytest.mark.parametrize(("nation", "many"), [("England", 1), ("Scotland", 0)])
def test_working_days_are_those_of_the_nation(nation, many):
    # From Good Friday the next working day is Tuesday in England, and Easter Monday in Scotland; 96 hours lie between.
    in_days = by_grade([("medium", "96 hours"), ("low", "1 working day")])
    item = replace(respond("attend", "Attend", within=in_days), nation=nation)
    row = finding(item, at=GOOD_FRIDAY, outcome="missed") | {"deadline": GOOD_FRIDAY + timedelta(hours=96)}
    gradings = [("compact:1", GOOD_FRIDAY, "medium"), ("compact:1", GOOD_FRIDAY + timedelta(hours=90), "low")]
    made = tables([row], (item,), gradings=gradings)
    assert late_downgrades(made.gradings, item, made.findings.collect()).height == many


def test_in_a_year_whose_bank_holidays_are_not_known_nothing_is_said_of_working_days():
    long_ago = datetime(2005, 6, 1, tzinfo=UTC)
    item = respond("attend", "Attend", within=by_grade([("medium", "60 minutes"), ("low", "5 working days")]))
    gradings = [("compact:1", long_ago, "medium"), ("compact:1", long_ago + timedelta(minutes=50), "low")]
    made = tables([finding(item, at=long_ago, limit="60 minutes", outcome="missed")], (item,), gradings=gradings)
    assert late_downgrades(made.gradings, item, made.findings.collect()).height == 0


@pytest.mark.parametrize("lacking", ["triggered_at", "deadline"])
def test_an_occasion_without_a_start_or_a_deadline_has_no_last_quarter(lacking):
    assert late(*LOWERED, **{lacking: None}) == []


def test_an_obligation_whose_limit_goes_by_no_grade_has_no_lowered_ones():
    made = tables([finding(HANDOVER, limit="24 hours")], gradings=graded(*LOWERED))
    found = late_downgrades(made.gradings, HANDOVER, made.findings.collect())
    assert found.height == 0
    assert found.columns == [*made.findings.collect().columns, "grade", "graded_at", "graded_when", "was_answered"]


@pytest.mark.parametrize(("exempted", "was_answered"), [(None, False), (50, True), (51, False)])
def test_an_exemption_by_then_was_an_answer_too(exempted, was_answered):
    row = finding(limit="60 minutes", outcome="missed") | {
        "exempted_at": None if exempted is None else minutes(exempted),
        "responded_at": minutes(90),
    }
    made = tables([row], gradings=graded(*LOWERED))
    found = late_downgrades(made.gradings, ATTEND, made.findings.collect())
    assert found["was_answered"].to_list() == [was_answered]


def test_of_one_trigger_the_first_occasion_with_nothing_done_by_then_counts():
    rows = [
        finding(limit="60 minutes", wait=40, ordinal=1),  # done by then
        finding(limit="60 minutes", outcome="missed", ordinal=2),
        finding(limit="60 minutes", outcome="missed", ordinal=3),
        finding(limit="60 minutes", outcome="missed", trigger_event=2),
        finding(case="compact:2", limit="60 minutes", outcome="missed"),
        finding(case="compact:3", limit="60 minutes", outcome="missed"),  # not lowered
    ]
    gradings = [row for case in (1, 2) for row in graded(*LOWERED, (55, "high"), (58, "low"), case=f"compact:{case}")]
    made = tables(rows, gradings=gradings)
    occasions = made.findings.collect()
    found = first_lowered_late(made.gradings, ATTEND, occasions)
    assert found.columns == occasions.columns
    assert found.rows() == [occasions.row(at) for at in (1, 3, 4)]
    assert made.count(occasions_of(ATTEND).with_value("was_lowered_late", True)) == 3


def test_the_occasions_with_a_lowered_grade_keep_their_order():
    cases = [f"compact:{at}" for at in range(200, 0, -1)]
    gradings = [row for case in cases for row in graded(*LOWERED, case=case)]
    made = tables([finding(case=case, limit="60 minutes", outcome="missed") for case in cases], gradings=gradings)
    assert first_lowered_late(made.gradings, ATTEND, made.findings.collect())["case_id"].to_list() == cases


@pytest.mark.parametrize(
    ("outcome", "responded", "was_answered"),
    [("cannot_tell", None, None), ("cannot_tell", 40, True), ("cannot_tell", 60, None), ("missed", None, False)],
)
def test_whether_there_was_a_response_cannot_be_told_where_the_occasion_cannot(outcome, responded, was_answered):
    row = finding(limit="60 minutes", outcome=outcome, reason="record_gap" if outcome == "cannot_tell" else None)
    row["responded_at"] = None if responded is None else minutes(responded)
    made = tables([row], gradings=graded(*LOWERED))
    assert lowered_grades(made.obligations, made.findings, made.gradings)["was_answered"].to_list() == [was_answered]
