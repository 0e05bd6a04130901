"""What is counted beside the findings: what was left aside, and how our counts compare with the force's."""

from datetime import date

from tests.unit.dive.made_up import SEND, at, log, measured
from wardline.measures import every_count, published_counts
from wardline.measures.left_aside import left_aside as left_aside_of

AS_AT = at("10 00:00")
GRADED = SEND.replace("when: reported", "when: {event: reported, grade: [high, medium]}")
FOR_CARE = f"{SEND}\nfor: {{from_care: yes}}"


def reported(case="a:1", **further):
    return {"case_id": case, "event": "reported", "happened_at": at("02 18:00"), **further}


def left_aside(text, period=None, **tables):
    made = measured(log(**tables), text, as_at=AS_AT, period=period)
    found = left_aside_of(made)
    assert [made.count(one.rows) for one in every_count(found)] == [one.value for one in every_count(found)]
    return [(one.triggers.value, one.cases.value) for one in found]


def test_a_trigger_whose_attribute_is_empty_is_counted():
    events = [reported(grade=None), reported(grade="high"), reported(grade="low")]
    assert left_aside(GRADED, events=events) == [(1, 0)]


def test_the_rows_of_what_was_left_aside_are_the_triggers_and_cases_themselves():
    cases = [{"case_id": "a:1", "from_care": None}, {"case_id": "a:2", "from_care": "yes"}]
    events = [reported(grade="low"), reported(grade="high"), reported("a:2", grade="high"), reported("a:2", grade=None)]
    made = measured(log(cases=cases, events=events), f"{GRADED}\nfor: {{from_care: yes}}", as_at=AS_AT)
    (found,) = left_aside_of(made)
    assert made.rows(found.triggers.rows).collect()["event_id"].to_list() == [3]
    assert made.rows(found.cases.rows).collect()["case_id"].to_list() == ["a:1"]


def test_an_attribute_that_no_column_holds_is_empty_everywhere():
    assert left_aside(GRADED, events=[reported(), reported()]) == [(2, 0)]


def test_an_obligation_that_leaves_nothing_aside_is_not_listed():
    assert left_aside(SEND, events=[reported()]) == []
    assert left_aside(GRADED, events=[reported(grade="low")]) == []


def test_a_case_whose_for_attribute_is_empty_is_counted_once_and_its_triggers_are_not():
    cases = [
        {"case_id": "a:1", "from_care": None},
        {"case_id": "a:2", "from_care": "no"},
        {"case_id": "a:3", "from_care": None},
    ]
    events = [reported(), reported(), reported("a:2")]
    assert left_aside(FOR_CARE, cases=cases, events=events) == [(0, 1)]


def test_for_a_record_or_a_never_the_case_itself_is_an_occasion():
    cases = [{"case_id": "a:1", "from_care": None}, {"case_id": "a:2", "from_care": None}]
    assert left_aside("record: x\nby: reported\nfor: {from_care: yes}", cases=cases, events=[reported()]) == [(0, 2)]


def test_what_lies_outside_the_period_or_is_not_known_is_not_counted():
    events = [
        reported(grade=None),
        reported(grade=None, happened_at=at("12 00:00")),
        reported(grade=None, recorded_at=at("12 00:00")),
    ]
    assert left_aside(GRADED, events=events) == [(1, 0)]
    assert left_aside(GRADED, events=events, period=(date(2025, 6, 3), date(2025, 6, 30))) == []


def test_a_case_that_does_not_exist_yet_is_not_counted():
    cases = [
        {"case_id": "a:1", "opened_at": None, "from_care": None},
        {"case_id": "a:2", "opened_at": None, "from_care": None},
        {"case_id": "a:3", "opened_at": None, "from_care": None},
        {"case_id": "a:4", "opened_at": at("12 00:00"), "from_care": None},
    ]
    events = [
        reported("a:1", happened_at=at("12 00:00")),
        reported("a:2", recorded_at=at("12 00:00")),
        reported("a:3"),
        reported("a:4"),
    ]
    assert left_aside("record: x\nby: reported\nfor: {from_care: yes}", cases=cases, events=events) == [(0, 1)]
    assert left_aside(FOR_CARE, cases=cases, events=events) == [(0, 1)]


def test_a_trigger_of_a_case_that_does_not_exist_yet_is_not_counted():
    cases = [{"case_id": "a:1", "opened_at": at("12 00:00")}]
    assert left_aside(GRADED, cases=cases, events=[reported(grade=None)]) == []


def test_a_case_of_a_record_counts_by_its_event_where_it_has_one_and_else_by_its_opening():
    record = "record: x\nby: reported\nfor: {from_care: yes}"
    cases = [{"case_id": "a:1", "from_care": None}, {"case_id": "a:2", "from_care": None, "opened_at": at("04 00:00")}]
    # The first opened before the period and has its event in it; the second opened in it, its event came after it.
    events = [reported("a:1", happened_at=at("04 12:00")), reported("a:2", happened_at=at("05 12:00"))]
    of_the_fourth = (date(2025, 6, 4), date(2025, 6, 4))
    assert left_aside(record, of_the_fourth, cases=cases, events=events) == [(0, 1)]
    assert left_aside(record, of_the_fourth, cases=cases, events=events[:1]) == [(0, 2)]
    assert left_aside(record, of_the_fourth, cases=cases, events=[]) == [(0, 1)]


def test_a_column_of_ours_is_no_attribute_of_a_case():
    for_a_source = f"{SEND}\nfor: {{source: a}}"
    assert left_aside(for_a_source, events=[reported()]) == [(0, 1)]


def published(numbers, of, as_at):
    """Case type, month, our count and the force's."""
    found = published_counts(measured(of, as_at=as_at), numbers)
    return [
        (one.case_type, month.month, month.ours.value, month.published.value) for one in found for month in one.months
    ]


def test_our_counts_stand_beside_those_of_the_force_by_local_month():
    cases = [
        {"case_id": "a:1", "opened_at": at("30 23:30")},
        {"case_id": "a:2"},
        {"case_id": "a:3", "case_type": "referral"},
    ]
    numbers = {"missing episode": {"2025-07": 2, "2025-06": 1, "2025-08": 0}}
    assert published(numbers, log(cases=cases), at("30 23:59")) == [
        ("missing episode", date(2025, 6, 1), 1, 1),
        ("missing episode", date(2025, 7, 1), 1, 2),
        ("missing episode", date(2025, 8, 1), 0, 0),
    ]


def test_a_case_counts_from_the_instant_at_which_it_was_opened():
    of = log(cases=[{"case_id": "a:1", "opened_at": AS_AT}])
    numbers = {"missing episode": {"2025-06": 1}}
    just_before = at("09 23:59:59.999999")
    assert [row[2] for row in published(numbers, of, AS_AT)] == [1]
    assert [row[2] for row in published(numbers, of, just_before)] == [0]


def test_a_case_that_no_row_opens_counts_in_the_month_of_its_first_event():
    of = log(cases=[{"case_id": "a:1", "opened_at": None}], events=[reported()])
    assert published({"missing episode": {"2025-06": 1}}, of, AS_AT) == [("missing episode", date(2025, 6, 1), 1, 1)]


def test_a_case_is_counted_beside_the_force_only_once_it_exists():
    cases = [{"case_id": "a:1", "opened_at": None}, {"case_id": "a:2", "opened_at": None}, {"case_id": "a:3"}]
    events = [reported("a:1", recorded_at=at("12 00:00")), reported("a:2", happened_at=None), reported("a:3")]
    of = log(cases=cases, events=events)
    assert [row[2] for row in published({"missing episode": {"2025-06": 1}}, of, AS_AT)] == [1]


def test_a_case_that_no_row_opens_counts_by_the_first_event_that_is_known():
    events = [
        reported(happened_at=at("01 00:00").replace(month=5), recorded_at=at("12 00:00")),
        reported(happened_at=at("03 00:00")),
        reported(happened_at=at("04 00:00").replace(month=4), recorded_at=at("11 00:00")),
    ]
    of = log(cases=[{"case_id": "a:1", "opened_at": None}], events=events)
    months = {"missing episode": {"2025-04": 0, "2025-05": 0, "2025-06": 1}}
    assert [row[2] for row in published(months, of, AS_AT)] == [0, 0, 1]
