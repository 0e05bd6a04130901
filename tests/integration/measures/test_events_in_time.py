"""Found within eight hours, missing again within thirty days: times to the minute, on the edge, and known by their day
only; gaps, and what is not over yet."""

from datetime import timedelta

import pytest

from tests.unit.measures.over_time.measured import a_measure, at, cases_of, counted, events_of, log_of, tables_of, told
from wardline.measures.declared.measure import ShareAgain, ShareWithin

EPISODE = "missing episode"
EIGHT = a_measure(ShareWithin(EPISODE, ("reported",), ("child_found",), "8 hours"))
A_DAY = a_measure(ShareWithin(EPISODE, ("reported",), ("child_found",), "24 hours"))
THREE_DAYS = a_measure(ShareWithin(EPISODE, ("reported",), ("child_found",), "3 days"))
AGAIN = a_measure(ShareAgain(EPISODE, ("child_found",), ("reported",), "30 days"))
NUMBERS = ("numerator", "denominator", "not_told")
MET, NOT_MET, NOT_TOLD, NEITHER = (1, 1, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)
START = at("04-10 12:00")


def whole_day(day):
    """Of a British summer day, its first instant and its last microsecond."""
    first = at(f"{day} 00:00") - timedelta(hours=1)
    return {"at": first, "by": first + timedelta(days=1) - timedelta(microseconds=1)}


def of_found(*found, measure=EIGHT, start=None, entries="all", log=None, by="period", **tables):
    """One child, reported at 12:00 UTC on 10 April and found so."""
    events = events_of(
        {"case": 0, "event": "reported", "at": START} | (start or {}),
        *({"case": 0, "event": "child_found"} | one for one in found),
    )
    given = {"able": [("child_found", None)]} | (log or {})
    made = log_of(cases_of({"id": 0, "opened": START}), events, **given)
    rows = counted(measure, tables_of(made, **tables), by=by, entries=entries)
    return told(rows, *NUMBERS)[None]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([{"at": at("04-10 20:00")}], MET),
        ([{"at": at("04-10 20:00") + timedelta(microseconds=1)}], NOT_MET),
        ([{"at": START}], MET),
        ([{"at": at("04-10 11:59")}], NOT_MET),  # before the report, which it does not answer
        ([{"at": at("04-10 11:59")}, {"at": at("04-10 13:00")}], MET),
        ([], NOT_MET),
        ([{"at": None}], NOT_TOLD),
        ([{"at": None}, {"at": at("04-10 19:00")}], MET),
        ([{"at": at("04-10 19:30"), "by": at("04-10 20:30")}], NOT_TOLD),
        ([{"at": at("04-10 19:30"), "by": at("04-10 20:00")}], MET),
        ([{"at": at("04-10 20:30"), "by": at("04-10 21:00")}], NOT_MET),
        ([{"at": at("04-10 11:30"), "by": at("04-10 12:30")}], NOT_TOLD),  # before the report, or after it
        ([{"at": at("04-10 11:30"), "by": at("04-10 12:30")}, {"at": at("04-10 14:00")}], MET),
        ([whole_day("04-10")], NOT_TOLD),
        ([whole_day("04-11")], NOT_MET),
    ],
)
def test_found_within_eight_hours(found, expected):
    assert of_found(*found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([whole_day("04-10")], MET),  # with a day or longer it is taken as after the report
        ([whole_day("04-11")], NOT_TOLD),
        ([whole_day("04-12")], NOT_MET),
    ],
)
def test_a_child_found_on_a_day_that_is_all_that_is_known_within_24_hours(found, expected):
    assert of_found(*found, measure=A_DAY) == expected


@pytest.mark.parametrize(("found", "expected"), [("04-10", MET), ("04-13", MET), ("04-14", NOT_MET)])
def test_with_a_limit_in_days_local_days_are_compared_where_a_time_is_not_exact(found, expected):
    assert of_found(whole_day(found), measure=THREE_DAYS) == expected


def test_a_report_that_may_have_been_earlier_or_later_is_read_both_ways():
    start = {"at": at("04-10 12:00"), "by": at("04-10 13:00")}
    assert of_found({"at": at("04-10 20:30")}, start=start) == NOT_TOLD
    assert of_found({"at": at("04-10 19:30")}, start=start) == MET
    assert of_found({"at": at("04-10 21:30")}, start=start) == NOT_MET
    assert of_found({"at": at("04-10 12:30")}, start=start) == NOT_TOLD  # perhaps before the report


def test_a_report_without_a_time_is_not_told_and_a_case_without_one_is_none():
    assert of_found({"at": at("04-10 13:00")}, start={"at": None}) == NOT_TOLD
    assert of_found({"at": at("04-10 13:00")}, start={"event": "other"}) == NEITHER


def test_the_first_report_of_a_case_counts():
    assert of_found({"event": "reported", "at": at("04-11 08:00")}, {"at": at("04-11 09:00")}) == NOT_MET


def test_what_is_not_over_as_at_is_not_counted_yet_even_if_it_was_in_time():
    found = {"at": at("04-10 13:00")}
    assert of_found(found, as_at=at("04-10 19:59")) == NEITHER
    assert of_found(found, as_at=at("04-10 20:00")) == MET


def test_where_no_system_that_holds_the_case_could_record_it_it_is_not_told():
    cases = cases_of({"id": 0, "opened": START})
    assert of_found({"at": at("04-10 13:00")}, log={"holds": cases.select("case_id", source="case_type")}) == NOT_TOLD


@pytest.mark.parametrize("gap", [("04-09 00:00", "04-10 12:00"), ("04-10 20:00", "04-12 00:00")])
def test_within_a_gap_only_what_is_not_found_counts_and_it_is_not_told(gap):
    log = {"gaps": [tuple(map(at, gap))]}
    assert of_found({"at": at("04-10 13:00")}, log=log) == NEITHER
    assert of_found(log=log) == NOT_TOLD


def test_a_gap_beside_it_takes_nothing_away_but_the_month_has_no_figure():
    log = {"gaps": [(at("04-10 20:01"), at("04-12 00:00"))]}
    assert of_found({"at": at("04-10 13:00")}, log=log) == MET


def test_a_child_found_according_to_an_entry_of_later_was_not_found_at_the_time():
    later = {"at": at("04-10 13:00"), "typed": at("04-10 15:01")}
    assert of_found(later, entries="at the time") == NOT_MET
    assert of_found(later | {"typed": at("04-10 15:00")}, entries="at the time") == MET
    assert of_found(later | {"typed": None}, entries="at the time") == NOT_TOLD
    assert of_found(later) == MET


# AGAIN


def of_again(*episodes, entries="all", as_at=None, log=None):
    """Episodes: (child, when reported, when found); the months in which they were found."""
    cases, events = [], []
    for number, (child, reported, found) in enumerate(episodes):
        cases.append({"id": number, "child": child, "opened": at("04-01 00:00")})
        events.append({"case": number, "event": "reported"} | _at(reported))
        if found is not None:
            events.append({"case": number, "event": "child_found"} | _at(found))
    told_of = {} if as_at is None else {"as_at": as_at}
    made = log_of(cases_of(*cases), events_of(*events), able=[("reported", None)], **log or {})
    return told(counted(AGAIN, tables_of(made, **told_of), by="period", entries=entries), *NUMBERS)[None]


def _at(when):
    return when if isinstance(when, dict) else {"at": None if when is None else at(when)}


ENDED = ("a", "04-01 10:00", "04-02 12:00")
BY_HAND = [
    (("a", "05-02 12:00", None), MET),
    (("a", "05-02 12:01", None), NOT_MET),
    (("a", "04-02 12:01", None), MET),
    (("a", "04-02 12:00", None), NOT_MET),  # at the same time is not after it
    (("a", "04-01 11:00", None), NOT_MET),
    (("b", "04-03 12:00", None), NOT_MET),
    (("a", None, None), NOT_TOLD),
    (("a", whole_day("05-02"), None), MET),  # by local days, because the time is not exact
    (("a", whole_day("05-03"), None), NOT_MET),
    (("a", whole_day("04-02"), None), MET),
]


@pytest.mark.parametrize(("second", "expected"), BY_HAND)
def test_missing_again_within_thirty_days(second, expected):
    assert of_again(ENDED, second) == expected


def test_each_end_is_followed_by_the_next_beginning_of_the_same_child():
    # Found on 2 April, missing again on 20 April, found on 21 April, and again only in June.
    assert of_again(ENDED, ("a", "04-20 10:00", "04-21 10:00"), ("a", "06-10 10:00", None)) == (1, 2, 0)


def test_the_clocks_do_not_shorten_thirty_days():
    """30 days keep to the local clock."""
    assert of_again(("a", "04-01 10:00", "04-02 12:00"), ("a", "05-02 12:00", None)) == MET


def test_a_case_that_names_no_child_cannot_be_followed():
    assert of_again((None, "04-01 10:00", "04-02 12:00"), (None, "04-05 10:00", None)) == NOT_TOLD


def test_a_case_that_begins_after_its_own_end_is_not_told():
    assert of_again(("a", "04-03 10:00", "04-02 12:00")) == NOT_TOLD


def test_an_end_without_a_time_is_not_told_and_a_case_without_an_end_is_none():
    assert of_again(("a", "04-01 10:00", {"at": None})) == NOT_TOLD
    assert of_again(("a", "04-01 10:00", None)) == NEITHER


def test_thirty_days_that_are_not_over_are_not_counted_yet():
    again = ("a", "04-20 10:00", None)
    assert of_again(ENDED, again, as_at=at("05-02 11:59")) == NEITHER
    assert of_again(ENDED, again, as_at=at("05-02 12:00")) == MET


def test_an_episode_that_was_typed_in_later_was_none_at_the_time():
    later = {"at": at("04-20 10:00"), "typed": at("04-20 12:01")}
    assert of_again(ENDED, ("a", later, None), entries="at the time") == NOT_MET
    assert of_again(ENDED, ("a", later, None)) == MET
    assert of_again(ENDED, ("a", later | {"typed": None}, None), entries="at the time") == NOT_TOLD


def test_thirty_days_that_touch_a_gap_count_only_if_they_cannot_be_told():
    log = {"gaps": [(at("05-02 12:00"), at("05-05 00:00"))]}
    assert of_again(ENDED, log=log) == NOT_TOLD
    assert of_again(ENDED, ("a", "04-20 10:00", None), log=log) == NEITHER
