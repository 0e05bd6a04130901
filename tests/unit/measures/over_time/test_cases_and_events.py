"""Numbers, rates, and shares of cases and events, each against a force of a few cases worked out by hand."""

from datetime import date, timedelta

import polars as pl
import pytest
from scipy.stats import chi2

from tests.unit.measures.over_time.measured import a_measure, at, cases_of, counted, events_of, log_of, tables_of, told
from wardline.measures.charts import ChartKind
from wardline.measures.declared.measure import (
    CasesCounted,
    ChildrenCounted,
    Needs,
    NotesWith,
    ShareFilledIn,
    ShareOfEvents,
    WrittenLate,
)
from wardline.measures.over_time.left_out import INVESTIGATOR, PEOPLE, WhyLeftOut, measures_left_out

EPISODE = "missing episode"
XMR, U = ChartKind.XMR, ChartKind.U_PRIME
REPORTS = a_measure(CasesCounted(EPISODE), chart=XMR)
IN_APRIL = [{"id": n, "opened": at(f"04-{n + 1:02} 08:00")} for n in range(3)]
IN_MAY = [{"id": 10, "opened": at("05-02 08:00")}]


def of_cases(*cases, measure=REPORTS, events=None, log=None, tables=None, **asked):
    return counted(measure, tables_of(log_of(cases_of(*cases), events, **log or {}), **tables or {}), **asked)


# NUMBERS


def test_cases_are_counted_in_the_month_in_which_they_were_opened_and_none_is_a_nought():
    rows = of_cases(*IN_APRIL, *IN_MAY, {"id": 20, "opened": at("04-30 23:30")})  # local 1 May, 00:30
    assert told(rows, "value") == {4: 3, 5: 2, 6: 0}
    assert (rows[4]["low"], rows[4]["high"]) == pytest.approx((chi2.ppf(0.025, 6) / 2, chi2.ppf(0.975, 8) / 2))
    assert (rows[6]["low"], rows[6]["high"]) == pytest.approx((0, chi2.ppf(0.975, 2) / 2))
    assert (rows[4]["numerator"], rows[4]["denominator"], rows[4]["if_all_met"]) == (None, None, None)


def test_months_add_up_to_the_whole_period_and_to_quarters():
    cases = (*IN_APRIL, *IN_MAY)
    assert told(of_cases(*cases, by="period"), "value") == {None: 4}
    assert told(of_cases(*cases, by="quarter"), "value") == {date(2024, 4, 1): 4}
    assert sum(row["value"] for row in of_cases(*cases).values()) == 4


def test_a_number_of_a_time_with_a_gap_or_with_days_to_come_is_not_known():
    gap = {"gaps": [(at("05-10 00:00"), at("05-10 12:00"))]}
    assert told(of_cases(*IN_APRIL, log=gap), "value") == {4: 3, 5: "gap", 6: 0}
    assert told(of_cases(*IN_APRIL, log=gap, by="period"), "value") == {None: "gap"}
    early = {"as_at": at("06-10 12:00")}
    assert told(of_cases(*IN_APRIL, tables=early), "value") == {4: 3, 5: 0, 6: "not_over"}
    assert told(of_cases(*IN_APRIL, tables=early, by="period"), "value") == {None: "not_over"}


def test_a_case_that_does_not_say_when_it_was_opened_counts_by_its_first_event():
    events = events_of(
        {"case": 5, "event": "seen", "at": at("05-03 10:00")}, {"case": 5, "event": "seen", "at": at("06-01 10:00")}
    )
    assert told(of_cases({"id": 5, "opened": None}, events=events), "value") == {4: 0, 5: 1, 6: 0}


def test_only_cases_with_such_an_attribute_count_and_an_empty_one_is_not_told():
    care = a_measure(CasesCounted(EPISODE, {"from_care": ("yes", "foster")}), chart=XMR)
    values = ["yes", "foster", "no", "yes", "yes", None]
    cases = [{"id": n, "opened": at("04-02 08:00"), "from_care": value} for n, value in enumerate(values)]
    rows = of_cases(*cases, measure=care)
    assert told(rows, "value", "not_told")[4] == (4, 1)
    rows = of_cases(*cases, {"id": 9, "opened": at("04-02 08:00"), "from_care": None}, measure=care)
    assert told(rows, "value")[4] == "not_told"


def test_a_case_whose_opening_was_typed_in_later_is_none_of_those_written_at_the_time():
    opened = at("04-02 08:00")
    cases = [{"id": n, "opened": opened} for n in range(3)]
    events = events_of(
        {"case": 0, "event": "reported", "at": opened, "typed": opened + timedelta(minutes=121)},
        {"case": 1, "event": "reported", "at": opened, "typed": None},
        {"case": 2, "event": "reported", "at": opened, "typed": opened + timedelta(minutes=120)},
    )
    assert told(of_cases(*cases, events=events), "value")[4] == 3
    assert told(of_cases(*cases, events=events, entries="at the time"), "value")[4] == 2


# RATES


def test_a_rate_is_per_investigator_of_the_month_and_of_a_quarter_by_how_long_each_number_held():
    rate = a_measure(CasesCounted(EPISODE, per=INVESTIGATOR), chart=U)
    investigators = {"2024-04": 2, "2024-05": 4, "2024-06": 4}
    rows = of_cases(*IN_APRIL, *IN_MAY, measure=rate, tables={"investigators": investigators})
    assert told(rows, "numerator", "denominator", "value") == {4: (3, 2, 1.5), 5: (1, 4, 0.25), 6: (0, 4, 0)}
    assert rows[4]["high"] == pytest.approx(chi2.ppf(0.975, 8) / 2 / 2)
    quarter = of_cases(*IN_APRIL, *IN_MAY, measure=rate, tables={"investigators": investigators}, by="quarter")
    assert quarter[date(2024, 4, 1)]["denominator"] == pytest.approx((30 * 2 + 61 * 4) / 91)


def test_a_month_without_a_number_of_investigators_has_no_rate():
    rate = a_measure(CasesCounted(EPISODE, per=INVESTIGATOR), chart=U, splits=("district",))
    rows = of_cases(
        *[one | {"district": "N"} for one in IN_APRIL], measure=rate, tables={"investigators": {"2024-04": 2}}
    )
    assert told(rows, "value") == {4: 1.5, 5: "not_given", 6: "not_given"}
    tables = tables_of(log_of(cases_of(*[one | {"district": "N"} for one in IN_APRIL])), investigators={"2024-04": 2})
    assert counted(rate, tables, split="district") == {}  # nobody says how many there are in a district


def test_a_rate_is_per_thousand_people():
    rate = a_measure(CasesCounted(EPISODE, per=PEOPLE), chart=U)
    rows = of_cases(*IN_APRIL, measure=rate, tables={"population": 1_500})
    assert told(rows, "denominator", "value") == {4: (1.5, 2), 5: (1.5, 0), 6: (1.5, 0)}


@pytest.mark.parametrize("per", [INVESTIGATOR, PEOPLE])
def test_a_rate_of_what_the_force_does_not_say_is_left_out_and_said_so(per):
    rate = a_measure(CasesCounted(EPISODE, per=per), chart=U)
    tables = tables_of(log_of(cases_of(*IN_APRIL)))
    assert [one.why for one in measures_left_out([rate], tables)] == [WhyLeftOut.NOT_GIVEN]
    assert counted(rate, tables) == {}


# CHILDREN


def test_children_with_at_least_so_many_cases_within_the_period():
    twice = a_measure(ChildrenCounted(EPISODE, 2), chart=XMR)
    opened = {"a": ["04-01", "04-20", "05-02"], "b": ["04-03", "05-03"], "c": ["05-05", "05-06", "05-07"]}
    cases = [
        {"id": f"{child}{day}", "child": child, "opened": at(f"{day} 09:00")}
        for child, days in opened.items()
        for day in days
    ]
    assert told(of_cases(*cases, measure=twice), "value") == {4: 1, 5: 1, 6: 0}
    assert told(of_cases(*cases, measure=twice, by="period"), "value") == {None: 3}
    nobody = [{"id": f"n{n}", "child": None, "opened": at("05-08 09:00")} for n in range(3)]
    assert told(of_cases(*cases, *nobody, measure=twice), "value") == {4: 1, 5: "not_told", 6: 0}
    assert of_cases(*cases, *nobody[:1], measure=twice)[5]["value"] == 1


# EVENTS


def events_at(day, *rows):
    return [{"case": 0, "event": "child_found", "at": at(f"{day} 10:00")} | row for row in rows]


HARMED = a_measure(ShareOfEvents(EPISODE, ("child_found",), "harm", ("injured", "exploited")))


def test_a_share_of_events_is_of_those_whose_attribute_is_filled_in():
    harm = ["injured", "exploited", "none", "none", "none", "declined", "Unknown ", "not stated", None]
    events = events_of(
        *events_at("04-05", *[{"harm": one} for one in harm[:7]]),
        {"case": 0, "event": "other", "at": at("04-05 10:00"), "harm": "injured"},
    )
    assert told(of_cases(*IN_APRIL, events=events, measure=HARMED), "numerator", "denominator", "not_told")[4] == (
        2,
        6,
        1,
    )
    events = events_of(*events_at("04-05", *[{"harm": one} for one in harm]))
    rows = of_cases(*IN_APRIL, events=events, measure=HARMED)
    assert told(rows, "value")[4] == "not_told"
    assert (rows[4]["if_all_met"], rows[4]["if_none_met"]) == (5 / 9, 2 / 9)


def test_an_attribute_that_no_system_has_is_not_told():
    events = events_of(*events_at("04-05", {}))
    assert told(of_cases(*IN_APRIL, events=events, measure=HARMED), "value") == {
        4: "not_told",
        5: "no_occasions",
        6: "no_occasions",
    }


def test_an_event_that_was_typed_in_later_is_none_of_those_written_at_the_time():
    later = at("04-05 12:01")
    rows = [{"harm": "injured"}, {"harm": "none"}, {"harm": "none"}, {"harm": "none"}, {"harm": "none", "typed": later}]
    events = events_of(*events_at("04-05", *rows, {"harm": "none", "typed": None}))
    rows = of_cases(*IN_APRIL, events=events, measure=HARMED, entries="at the time")
    assert told(rows, "numerator", "denominator", "not_told")[4] == (1, 4, 1)


LATE = a_measure(WrittenLate(EPISODE, ("child_found",)))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"typed": at("04-05 12:00")}, (0, 1, 0)),
        ({"typed": at("04-05 12:01")}, (1, 1, 0)),
        ({"typed": at("04-05 09:00")}, (0, 1, 0)),  # typed in before it happened
        ({"typed": None}, (0, 0, 1)),
        ({"at": None, "typed": at("04-05 12:01")}, (0, 0, 1)),
        ({"by": at("04-05 10:30"), "typed": at("04-05 12:20")}, (0, 0, 1)),  # it depends on when it happened
        ({"by": at("04-05 10:30"), "typed": at("04-05 12:31")}, (1, 1, 0)),
    ],
)
def test_an_entry_is_late_if_it_was_typed_in_more_than_two_hours_after(row, expected):
    events = events_of(*events_at("04-05", row))
    for entries in ("all", "at the time"):
        rows = of_cases(*IN_APRIL, events=events, measure=LATE, entries=entries)
        assert told(rows, "numerator", "denominator", "not_told")[4] == expected


# FILLED IN


def test_a_field_of_the_case_is_filled_in_unless_it_says_that_it_is_not_known():
    measure = a_measure(ShareFilledIn(EPISODE, attribute="reason"))
    values = ["argument", "Declined", " UNKNOWN", "not stated", "", None]
    cases = [{"id": n, "opened": at("04-02 08:00"), "reason": value} for n, value in enumerate(values)]
    log = log_of(cases_of(*cases))
    able = pl.concat(
        [
            log.abilities.collect(),
            pl.DataFrame(
                [("compact", EPISODE, None, "reason")], schema=["source", "case_type", "event", "field"], orient="row"
            ),
        ],
        how="diagonal_relaxed",
    )
    from wardline.events import log_of_tables

    with_ability = log_of_tables(log.tables() | {"abilities": able})
    assert told(counted(measure, tables_of(with_ability)), "numerator", "denominator", "not_told")[4] == (2, 6, 0)
    # Where no system records it, its being empty says nothing.
    assert told(counted(measure, tables_of(log)), "numerator", "denominator", "not_told")[4] == (0, 0, 6)


def test_a_field_of_the_child_is_that_of_their_person_records():
    measure = a_measure(ShareFilledIn(EPISODE, person="ethnicity"))
    cases = [
        {"id": n, "opened": at("04-02 08:00"), "child": child} for n, child in enumerate(["a", "b", "c", "d", None])
    ]
    people = pl.DataFrame(
        {
            "person_id": ["a", "a", "b", "c", "c"],
            "ethnicity": ["unknown", "W1", "Not stated", "refused", None],
            "source": ["compact"] * 5,
        }
    )
    rows = of_cases(*cases, measure=measure, log={"people": people, "able": [(None, "ethnicity")]})
    assert told(rows, "numerator", "denominator", "not_told")[4] == (2, 3, 2)
    rows = of_cases(*cases, measure=measure, log={"people": people})
    assert told(rows, "numerator", "denominator", "not_told")[4] == (0, 0, 5)


# LEFT OUT


def test_what_needs_notes_or_linked_children_is_left_out_and_said_so():
    notes = a_measure(NotesWith(EPISODE, "blaming language"), needs=Needs.NOTES_READ)
    unsaid = a_measure(NotesWith(EPISODE, "blaming language"), name="test/unsaid")
    linked = a_measure(ChildrenCounted(EPISODE, 3), name="test/linked", chart=XMR, needs=Needs.LINKED_CHILDREN)
    tables = tables_of(log_of(cases_of(*IN_APRIL)))
    why = [one.why for one in measures_left_out([notes, unsaid, linked, REPORTS], tables)]
    assert why == [WhyLeftOut.NOTES_READ, WhyLeftOut.NOTES_READ, WhyLeftOut.LINKED_CHILDREN]
    assert counted(notes, tables) == {}


def test_a_type_of_case_that_the_records_do_not_have_is_left_out_and_said_so():
    measure = a_measure(CasesCounted("referral"), chart=XMR)
    left_out = measures_left_out([measure], tables_of(log_of(cases_of(*IN_APRIL))))
    assert [one.why for one in left_out] == [WhyLeftOut.NO_CASES]
