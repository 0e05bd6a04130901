"""Where a measure begins to count and where it stops: on each edge, just before it and just after it."""

from datetime import timedelta

import polars as pl
import pytest

from tests.unit.reports.made_up import ATTEND, START, finding, tables
from wardline.events import CASES
from wardline.measures.comparisons import attributes_compared, by_attribute, by_time_of_day
from wardline.measures.lowered_grades import late_downgrades
from wardline.measures.measured_tables import occasions_of

MICROSECOND = timedelta(microseconds=1)
NOON = START + timedelta(hours=11)  # in London, where it is an hour later in April


def outcomes(many, late, *, at=NOON, start=0):
    """So many reports at an instant, of which so many are late."""
    return [
        finding(
            case=f"compact:{start + case}",
            child=f"compact:p{start + case}",
            at=at,
            outcome="late" if case < late else "met",
            wait=50 if case < late else 5,
        )
        for case in range(many)
    ]


@pytest.mark.parametrize(("clock", "is_night"), [((21, 59), False), ((22, 0), True), ((3, 59), True), ((4, 0), False)])
def test_the_night_begins_at_ten_and_ends_before_four(clock, is_night):
    hour, minute = clock
    at = START + timedelta(days=1, hours=hour - 1, minutes=minute)
    compared = by_time_of_day(tables([*outcomes(20, 18, at=at), *outcomes(40, 4, start=100)]), ATTEND)
    found = compared.furthest_below(looked_at=4)
    assert (found.hours == (22, 4)) == is_night


@pytest.mark.parametrize(
    ("inside", "outside", "is_found"), [(9, 40, False), (10, 40, True), (40, 9, False), (40, 10, True)]
)
def test_groups_are_compared_from_ten_occasions_on_each_side(inside, outside, is_found):
    night = outcomes(inside, inside, at=START + timedelta(hours=22))
    compared = by_time_of_day(tables([*night, *outcomes(outside, 0, start=100)]), ATTEND)
    assert (compared is not None and compared.furthest_below(looked_at=4) is not None) == is_found


@pytest.mark.parametrize(("looked_at", "is_found"), [(4, True), (400, False)])
def test_the_more_groups_are_looked_at_the_further_below_one_must_be(looked_at, is_found):
    night = outcomes(20, 8, at=START + timedelta(hours=22))
    compared = by_time_of_day(tables([*night, *outcomes(60, 4, start=100)]), ATTEND)
    assert (compared.furthest_below(looked_at=looked_at) is not None) == is_found


@pytest.mark.parametrize(("children", "is_found"), [(20, True), (2, False)])
def test_repeats_of_one_child_weigh_less_than_as_many_children(children, is_found):
    night = outcomes(20, 14, at=START + timedelta(hours=22))
    night = [
        one | {"child_id": f"compact:p{at * children // 20}"}
        for at, one in enumerate(sorted(night, key=lambda one: one["outcome"]))
    ]
    compared = by_time_of_day(tables([*night, *outcomes(60, 4, start=100)]), ATTEND)
    assert (compared.furthest_below(looked_at=4) is not None) == is_found


@pytest.mark.parametrize(("values", "is_found"), [(30, True), (31, False)])
def test_an_attribute_of_more_than_thirty_values_is_no_grouping(values, is_found):
    findings = [*outcomes(20, 20), *outcomes(40, 0, start=20)]
    rows = [
        {"case_id": f"compact:{at}", "ward": "0" if at < 20 else str(1 + at % (values - 1)), "source": "compact"}
        for at in range(60)
    ]
    schema = {**CASES, "ward": pl.String()}
    cases = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
    of = tables(findings, cases=cases)
    compared = by_attribute(of, ATTEND, attributes_compared(of, None))
    found = None if compared is None else compared.furthest_below(looked_at=30)
    assert (found is not None and found.attribute_value == "0") == is_found


@pytest.mark.parametrize(
    ("apart", "was_called_off"), [(-MICROSECOND, True), (timedelta(0), True), (MICROSECOND, False)]
)
def test_an_exemption_at_the_instant_of_the_response_calls_it_off(apart, was_called_off):
    row = finding(wait=5)
    made = tables([row | {"exempted_at": row["responded_at"] + apart}])
    assert made.count(occasions_of(ATTEND).with_value("was_called_off", was_called_off)) == 1


@pytest.mark.parametrize(("apart", "when"), [(timedelta(0), "in the last quarter"), (MICROSECOND, "after the limit")])
def test_a_grade_lowered_at_the_deadline_is_lowered_within_it(apart, when):
    lowered = START + timedelta(hours=1) + apart
    assert downgrades(lowered)["graded_when"].to_list() == [when]


@pytest.mark.parametrize(("apart", "many"), [(-MICROSECOND, 0), (timedelta(0), 1), (MICROSECOND, 1)])
def test_the_last_quarter_begins_when_three_have_passed(apart, many):
    assert downgrades(START + timedelta(minutes=45) + apart).height == many


@pytest.mark.parametrize(("apart", "was_answered"), [(-MICROSECOND, False), (timedelta(0), True), (MICROSECOND, True)])
def test_a_response_at_the_instant_of_the_lower_grade_came_by_then(apart, was_answered):
    lowered = START + timedelta(minutes=50) + apart
    assert downgrades(lowered, wait=50)["was_answered"].to_list() == [was_answered]


def downgrades(lowered_at, wait=None):
    """A report that was graded medium at once, for 60 minutes, and low at an instant, for 8 hours."""
    graded = [("compact:1", START, "medium"), ("compact:1", lowered_at, "low")]
    outcome = {"outcome": "missed"} if wait is None else {"wait": wait}
    made = tables([finding(limit="60 minutes", **outcome)], gradings=graded)
    return late_downgrades(made.gradings, ATTEND, made.findings.collect())


@pytest.mark.parametrize(("opened", "many"), [(-MICROSECOND, 1), (timedelta(0), 1), (MICROSECOND, 0)])
def test_a_case_is_there_from_the_instant_of_its_opening(opened, many):
    made = tables([finding(outcome="missed")], as_at=NOON, cases=case(opened_at=NOON + opened))
    assert made.count(occasions_of(ATTEND).with_value("is_open", True)) == many


@pytest.mark.parametrize(("closed", "many"), [(-MICROSECOND, 0), (timedelta(0), 0), (MICROSECOND, 1)])
def test_a_case_is_open_until_the_instant_of_its_closing(closed, many):
    made = tables([finding(outcome="missed")], as_at=NOON, cases=case(opened_at=START, closed_at=NOON + closed))
    assert made.count(occasions_of(ATTEND).with_value("is_open", True)) == many


@pytest.mark.parametrize(("before", "many"), [(MICROSECOND, 1), (timedelta(0), 0)])
def test_a_case_that_ended_before_it_began_is_not_known_to_be_closed(before, many):
    made = tables([finding(outcome="missed")], as_at=NOON, cases=case(opened_at=START, closed_at=START - before))
    assert made.count(occasions_of(ATTEND).with_value("is_open", True)) == many


def case(**further):
    row = {"case_id": "compact:1", "case_type": "missing episode", "source": "compact", **further}
    return pl.DataFrame([{name: row.get(name) for name in CASES}], schema=CASES)


def judged(*days):
    """So many judged on a local day, of which so many are met, each of another child: (day, judged, met)."""
    rows = [(day, at < met, f"{day}/{at}") for day, many, met in days for at in range(many)]
    return pl.DataFrame(rows, schema={"day": pl.Date, "is_met": pl.Boolean, "who": pl.String}, orient="row")
