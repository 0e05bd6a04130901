"""Cases that are closed by their own record, and in which the child is missing again."""

import pytest

from tests.unit.dive.made_up import at, findings, log, obligations
from tests.unit.measures.test_order_of_the_list import ABLE, AS_AT, AT_RISK, TEXT, case, event, to_check
from wardline.measures import lists_for_today

CLOSED = case(1, closed_at=at("02 22:00"))
FOUND = event(1, "child_found", "02 21:00")
AGAIN = event(1, "reported", "09 18:00")


def listed(events, text=TEXT, **standard):
    found = to_check([CLOSED], [FOUND, *events], text, **standard)
    return found.select("is_open", "is_at_risk").unique().rows()


def test_a_child_reported_missing_again_after_the_case_was_closed_is_listed_as_open_and_at_risk():
    assert listed([AGAIN]) == [(True, True)]


def test_she_comes_before_an_open_case_whose_child_was_found():
    events = [FOUND, AGAIN, event(2, "child_found", "02 21:00")]
    found = to_check([case(2), CLOSED], events)
    assert found["case"].unique(maintain_order=True).to_list() == ["a:1", "a:2"]


@pytest.mark.parametrize(
    "events",
    [
        [],
        [AGAIN, event(1, "child_found", "09 20:00")],
        [event(1, "reported", "02 21:30")],
        [event(1, "reported", "02 22:00")],
        [event(1, "reported", None)],
        [event(1, "reported", "11 18:00")],
        [event(1, "reported", "09 18:00", recorded_at=at("11 18:00"))],
        [event(1, "council_told", "09 18:00")],
    ],
    ids=[
        "nothing",
        "found since",
        "before the end",
        "at the end",
        "without a time",
        "after as at",
        "written up after as at",
        "something else",
    ],
)
def test_a_case_stays_closed_where_nothing_shows_that_it_has_begun_again(events):
    assert all(is_open is False for is_open, _ in listed(events))


def test_an_end_before_it_began_again_does_not_end_it():
    assert listed([AGAIN, event(1, "child_found", "09 17:00")]) == [(True, True)]


SENT = "- {id: send, when: reported, then: officer_deployed, within: 1 hour}\n"
NO_RISK = {"at_risk_until": (), "most_dangerous_first": None}


def test_where_no_standard_says_until_when_the_event_with_which_the_case_began_counts():
    assert listed([AGAIN], SENT, **NO_RISK) == [(True, None)]


def test_there_a_later_step_of_the_same_case_does_not_open_it_again():
    text = SENT + "- {id: tell, when: child_found, then: council_told, within: 1 hour}\n"
    assert listed([event(1, "child_found", "03 09:00")], text, **NO_RISK) == []


def test_what_falls_due_next_counts_it_as_open_too():
    again = event(1, "reported", "09 23:30")
    of = log(cases=[CLOSED], events=[event(1, "reported", "02 18:00"), FOUND, again], able=ABLE)
    items = obligations(TEXT, **AT_RISK)
    found = lists_for_today(findings(items, of, AS_AT), items, of, as_at=AS_AT).due_next
    assert found.select("case", "since").unique().rows() == [("a:1", at("09 23:30"))]
