from datetime import timedelta

import polars as pl

from tests.unit.reports.made_up import ALL, AS_AT, ATTEND, HANDOVER, INTERVIEW, START, finding, respond, tables
from wardline.events import CASES
from wardline.measures import CountedTable, RowFilter
from wardline.measures.measured_tables import occasions_of
from wardline.measures.outcomes import count_findings
from wardline.measures.waits import OF_WAITS, waits_by_limit, waits_of
from wardline.reports.figures_in_words import waits_in_sentence
from wardline.reports.wait_picture import LIMIT_NOT_KNOWN, limit_label
from wardline.time_limits import TimeIn

ROWS = RowFilter(CountedTable.OCCASIONS)


def waits(*findings, **log):
    made = tables(findings, **log)
    found = waits_of(ROWS, made.occasions(ROWS, *OF_WAITS).collect())
    for one in (found.whole, found.responded, found.still_waiting, found.no_response, found.called_off):
        assert made.count(one.rows) == one.value
    assert made.count(found.unanswered.rows) == found.unanswered.value
    return found


def called_off(minutes, **further):
    """What stopped being owed so long after it began."""
    return finding(outcome="exempt", exempted_at=START + timedelta(minutes=minutes), **further)


def open_case(name):
    return pl.DataFrame([{"case_id": name}], schema=CASES)


def responded(*minutes):
    return [finding(wait=each) for each in minutes]


def silent(many):
    return [finding(outcome="missed") for _ in range(many)]


def test_half_and_nine_in_ten_are_waits_that_somebody_had():
    found = waits(*responded(10, 20, 30, 40, 50, 60, 70, 80, 90, 100))
    assert found.half.length == timedelta(minutes=50)
    assert found.nine_in_ten.length == timedelta(minutes=90)


def test_those_without_a_response_count_as_still_waiting_while_their_case_is_open():
    found = waits(*responded(10, 20, 30), *silent(2), cases=open_case("compact:1"))
    assert found.whole.value == 5
    assert (found.still_waiting.value, found.no_response.value) == (2, 0)
    assert found.half.length == timedelta(minutes=30)
    assert found.nine_in_ten.length is None
    assert (
        waits_in_sentence(found)
        == "Half waited under 30 minutes; more than one in ten were still waiting when the records end."
    )


def test_where_fewer_than_half_responded_more_than_half_have_none():
    found = waits(*responded(10), *silent(2), cases=open_case("compact:1"))
    assert found.half.length is None
    assert waits_in_sentence(found) == "More than half were still waiting when the records end."


def test_a_closed_case_stays_without_a_response_and_nobody_is_said_to_wait():
    found = waits(*responded(10, 20, 30), *silent(2))
    assert (found.still_waiting.value, found.no_response.value) == (0, 2)
    assert (
        waits_in_sentence(found)
        == "Half waited under 30 minutes; more than one in ten were without a response when the records end."
    )
    open_and_closed = [*responded(10), *silent(1), finding(case="compact:2", outcome="missed")]
    found = waits(*open_and_closed, cases=open_case("compact:2"))
    assert (found.still_waiting.value, found.no_response.value) == (1, 1)
    assert waits_in_sentence(found) == "More than half were without a response when the records end."


def test_what_stopped_being_owed_counts_until_then_and_no_longer():
    """Of the two left after 20 minutes one has a response within 30, and so three in eight of all have none."""
    found = waits(*responded(10), called_off(20), *responded(30, 40))
    assert (found.whole.value, found.called_off.value, found.unanswered.value) == (4, 1, 0)
    assert found.half.length == timedelta(minutes=30)
    assert found.nine_in_ten.length == timedelta(minutes=40)
    early = waits(called_off(5), *responded(10, 20))
    assert (early.half.length, early.nine_in_ten.length) == (timedelta(minutes=10), timedelta(minutes=20))


def test_what_is_called_off_at_the_instant_of_a_response_of_another_was_waiting_until_then():
    assert waits(*responded(10), called_off(10)).half.length == timedelta(minutes=10)
    assert waits(*responded(10), called_off(10)).nine_in_ten.length is None


def test_a_response_after_the_exemption_ends_no_wait():
    late = called_off(10) | {"responded_at": START + timedelta(minutes=30)}
    found = waits(late)
    assert (found.called_off.value, found.responded.value, found.half.length) == (1, 0, None)
    assert waits_in_sentence(found) == ""


def test_what_is_missed_stays_without_a_response_though_it_stopped_being_owed_later():
    found = waits(*responded(10), finding(outcome="missed", exempted_at=START + timedelta(hours=2)))
    assert (found.called_off.value, found.no_response.value) == (0, 1)


def test_an_open_case_that_began_lately_counts_for_as_long_as_it_has_waited():
    just_now = finding(case="compact:2", outcome="not_yet_due", at=AS_AT - timedelta(minutes=5))
    found = waits(*responded(10, 20), just_now, cases=open_case("compact:2"))
    assert (found.still_waiting.value, found.half.length) == (1, timedelta(minutes=10))
    assert found.nine_in_ten.length == timedelta(minutes=20)


def test_where_some_were_called_off_only_those_with_a_response_are_said_to_be_few():
    found = waits(*responded(30), called_off(5), called_off(10), *silent(2))
    assert (found.half.length, found.unanswered.value) == (None, 2)
    said = "Fewer than half had a response on record; 2 were without a response when the records end."
    assert waits_in_sentence(found) == said


def test_exactly_half_responded_is_enough_for_a_half():
    assert waits(*responded(10, 25), *silent(2)).half.length == timedelta(minutes=25)


def test_the_sentence_says_both():
    found = waits(*responded(72, 72, 72, 72, 72, 72, 72, 72, 290, 290))
    assert waits_in_sentence(found) == "Half waited under 1 hour 12 minutes, one in ten over 4 hours 50 minutes."


def test_no_occasion_says_nothing():
    assert waits_in_sentence(waits()) == ""


def test_a_response_before_its_trigger_is_a_wait_of_nothing():
    assert waits(*responded(-30)).half.length == timedelta(0)


def test_an_occasion_whose_trigger_has_no_time_has_no_wait():
    assert waits(finding(at=None, outcome="cannot_tell", reason="trigger_without_time")).whole.value == 0


def groups(item, *findings):
    made = tables(findings, obligations=(*ALL, item))
    occasions = made.occasions(occasions_of(item), *OF_WAITS, "counts_as_wait").collect()
    return waits_by_limit(item, occasions, count_findings(made))


def labels(item, found):
    return [limit_label(item, one.limit) for one in found]


def test_the_groups_of_a_limit_table_are_named_by_its_values_shortest_first():
    found = groups(ATTEND, *[finding(limit=limit, wait=5) for limit in ("8 hours", "15 minutes", "60 minutes")])
    assert labels(ATTEND, found) == [
        "Grade high: within 15 minutes",
        "Grade medium or not recorded: within 60 minutes",
        "Grade low: within 8 hours",
    ]
    assert [one.mark.shortest for one in found] == [timedelta(minutes=15), timedelta(hours=1), timedelta(hours=8)]


def test_what_was_never_owed_or_is_not_known_is_counted_beside_its_limit_but_has_no_wait():
    (found,) = groups(
        ATTEND,
        finding(wait=5),
        finding(outcome="exempt", exempted_at=START),
        finding(outcome="cannot_tell", reason="record_gap"),
        finding(outcome="not_yet_due", counted=False),
    )
    assert found.waits.whole.value == 1
    counted = found.outcomes
    assert [one.value for one in (counted.met, counted.exempt, counted.cannot_tell, counted.not_yet_due)] == [
        1,
        1,
        1,
        1,
    ]


def test_an_unknown_limit_shows_its_waits_but_not_of_those_called_off_at_once():
    unknown = {"outcome": "cannot_tell", "reason": "limit_unknown", "limit": None}
    called_off = finding(**unknown)
    called_off["exempted_at"] = called_off["triggered_at"]
    (found,) = groups(ATTEND, finding(**unknown, wait=5), finding(**unknown), called_off)
    assert labels(ATTEND, [found]) == [LIMIT_NOT_KNOWN]
    counts = (found.waits.whole, found.waits.no_response, found.outcomes.cannot_tell)
    assert [one.value for one in counts] == [2, 1, 3]


def test_an_assumed_limit_has_waits_too():
    (found,) = groups(HANDOVER, finding(HANDOVER, wait=90, limit="24 hours"))
    assert labels(HANDOVER, [found]) == ["Within 24 hours"]
    assert found.waits.half.length == timedelta(minutes=90)


def test_working_days_are_marked_from_the_shortest_to_the_longest_they_came_to():
    item = respond("review", "A supervisor reviews it", within="2 working days")
    rows = [finding(item, limit="2 working days", wait=5) for _ in range(2)]
    rows[0]["deadline"] = rows[0]["triggered_at"] + timedelta(days=2)
    rows[1]["deadline"] = rows[1]["triggered_at"] + timedelta(days=4)
    (found,) = groups(item, *rows)
    assert (found.mark.shortest, found.mark.longest) == (timedelta(days=2), timedelta(days=4))


def test_a_deadline_that_stands_in_the_records_has_no_mark():
    item = respond("visit", "The visit is made", within=TimeIn("due_at"))
    (found,) = groups(item, finding(item, limit="the time in due_at", wait=5))
    assert labels(item, [found]) == ["By the time in due at"]
    assert found.mark is None


def test_the_councils_obligation_has_groups_of_its_own():
    (found,) = groups(INTERVIEW, finding(INTERVIEW, limit="72 hours", wait=600))
    assert labels(INTERVIEW, [found]) == ["Within 72 hours"]


def test_of_a_few_the_longest_is_said_and_of_one_its_wait():
    assert (
        waits_in_sentence(waits(*responded(10, 20, 30)))
        == "Half waited under 20 minutes; the longest wait was 30 minutes."
    )
    assert waits_in_sentence(waits(*responded(10))) == "The wait was 10 minutes."
    assert waits_in_sentence(waits(*silent(1))) == "It was without a response when the records end."
