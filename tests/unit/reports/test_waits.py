from datetime import timedelta

from tests.unit.reports.made_up import ALL, ATTEND, HANDOVER, INTERVIEW, finding, respond, tables
from wardline.measures import CountedTable, RowFilter
from wardline.measures.measured_tables import occasions_of
from wardline.measures.outcomes import count_findings
from wardline.measures.waits import waits_by_limit, waits_of
from wardline.reports.figures_in_words import waits_in_sentence
from wardline.reports.wait_picture import LIMIT_NOT_KNOWN, limit_label
from wardline.time_limits import TimeIn

ROWS = RowFilter(CountedTable.OCCASIONS)


def waits(*findings):
    return waits_of(ROWS, tables(findings).occasions(ROWS, "wait").collect())


def responded(*minutes):
    return [finding(wait=each) for each in minutes]


def silent(many):
    return [finding(outcome="missed") for _ in range(many)]


def test_half_and_nine_in_ten_are_waits_that_somebody_had():
    found = waits(*responded(10, 20, 30, 40, 50, 60, 70, 80, 90, 100))
    assert found.half.length == timedelta(minutes=50)
    assert found.nine_in_ten.length == timedelta(minutes=90)


def test_those_without_a_response_count_as_still_waiting():
    found = waits(*responded(10, 20, 30), *silent(2))
    assert found.whole.value == 5
    assert found.still_waiting.value == 2
    assert found.half.length == timedelta(minutes=30)
    assert found.nine_in_ten.length is None
    assert (
        waits_in_sentence(found)
        == "Half waited under 30 minutes; more than one in ten were still waiting when the records end."
    )


def test_where_fewer_than_half_responded_more_than_half_were_still_waiting():
    found = waits(*responded(10), *silent(2))
    assert found.half.length is None
    assert waits_in_sentence(found) == "More than half were still waiting when the records end."


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
    occasions = made.occasions(occasions_of(item), "wait", "counts_as_wait").collect()
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


def test_what_is_not_owed_or_not_known_is_counted_beside_its_limit_but_has_no_wait():
    (found,) = groups(
        ATTEND,
        finding(wait=5),
        finding(outcome="exempt"),
        finding(outcome="cannot_tell", reason="record_gap"),
        finding(outcome="not_yet_due"),
    )
    assert found.waits.whole.value == 1
    counted = found.outcomes
    assert [one.value for one in (counted.met, counted.exempt, counted.cannot_tell, counted.not_yet_due)] == [
        1,
        1,
        1,
        1,
    ]


def test_an_unknown_limit_shows_its_waits_but_not_of_those_called_off_first():
    unknown = {"outcome": "cannot_tell", "reason": "limit_unknown", "limit": None}
    called_off = finding(**unknown)
    called_off["exempted_at"] = called_off["triggered_at"]
    (found,) = groups(ATTEND, finding(**unknown, wait=5), finding(**unknown), called_off)
    assert labels(ATTEND, [found]) == [LIMIT_NOT_KNOWN]
    counts = (found.waits.whole, found.waits.still_waiting, found.outcomes.cannot_tell)
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
    assert waits_in_sentence(waits(*silent(1))) == "The wait was not over when the records end."
