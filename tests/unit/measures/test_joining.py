"""What of each system could be put to the cases of another, and that what could not is never said to be missing."""

from __future__ import annotations

import polars as pl

from tests.unit.dive.made_up import SEND, at, log, measured, obligations
from wardline.engines import check
from wardline.events import REJECTS
from wardline.measures.joining import joins
from wardline.measures.systems import system_figures

AS_AT = at("10 00:00")
ABLE = (("a", "reported", None), ("b", "officer_deployed", None))
SYSTEMS = ({"source": "a"}, {"source": "b"})
CASES = [{"case_id": f"a:{number}"} for number in range(5)]
HELD = [*[(f"a:{number}", "a") for number in range(5)], ("a:1", "b"), ("a:2", "b")]
EVENTS = [
    *[{"case_id": f"a:{number}", "event": "reported", "happened_at": at("02 18:00")} for number in range(5)],
    {"case_id": "a:1", "event": "officer_deployed", "happened_at": at("02 18:20"), "source": "b"},
]


def made(**further):
    return log(**{"cases": CASES, "events": EVENTS, "able": ABLE, "systems": SYSTEMS, "held": HELD, **further})


def joined(event_log):
    """Each with its cases, those with a row of the system and without, and its rows of no case."""
    return [
        (one.source, one.opened_by, one.case_type, *(count.value for count in counts_of(one)))
        for one in joins(measured(event_log, as_at=AS_AT))
    ]


def counts_of(join):
    return join.cases, join.with_row, join.without_row, join.rows_of_no_case


def rejects(*reasons):
    rows = [
        {"source": "b", "source_row": row, "what": "row", "reason": reason} for row, reason in enumerate(reasons, 2)
    ]
    return pl.DataFrame(rows, schema=REJECTS)


def test_cases_with_a_row_of_the_other_system_and_without_are_counted():
    assert joined(made()) == [("b", "a", "missing episode", 5, 2, 3, 0)]


def test_rows_that_match_no_case_are_counted_and_other_rejects_are_not():
    none = "No case of the other record system matches this row."
    found = joined(made(rejects=rejects(none, none, "The time cannot be read.")))
    assert found == [("b", "a", "missing episode", 5, 2, 3, 2)]


def test_a_case_that_does_not_exist_as_at_is_not_counted():
    later = [*CASES[:4], {"case_id": "a:4", "opened_at": at("20 00:00")}]
    events = [one for one in EVENTS if one["case_id"] != "a:4"]
    assert joined(made(cases=later, events=events)) == [("b", "a", "missing episode", 4, 2, 2, 0)]


def test_two_systems_that_open_cases_of_their_own_are_not_mapped_to_each_other():
    cases = [*CASES, {"case_id": "b:9", "source": "b"}]
    held = [*[one for one in HELD if one[1] == "a"], ("b:9", "b")]
    assert joined(made(cases=cases, held=held)) == []


def test_a_case_that_could_not_be_joined_is_never_said_to_have_no_record():
    event_log = made()
    (join,) = joins(measured(event_log, as_at=AS_AT))
    found = check(obligations(SEND), event_log, as_at=AS_AT)
    outcomes = dict(found.select("case_id", "outcome").iter_rows())
    reasons = dict(found.select("case_id", "reason").iter_rows())
    unjoined = [case for case, reason in reasons.items() if reason == "not_joined"]
    assert len(unjoined) == join.without_row.value == 3
    assert {case for case, outcome in outcomes.items() if outcome == "missed"} == {"a:2"}


def test_the_rows_behind_each_count_are_as_many():
    none = "No case of the other record system matches this row."
    tables = measured(made(rejects=rejects(none, none, "The time cannot be read.")), as_at=AS_AT)
    (join,) = joins(tables)
    assert [tables.count(one.rows) for one in counts_of(join)] == [5, 2, 3, 2]


def test_the_span_of_a_system_is_of_what_is_known_as_at():
    events = [*EVENTS, {"case_id": "a:3", "event": "reported", "happened_at": AS_AT}]
    later = {"case_id": "a:3", "event": "reported", "happened_at": at("10 00:00:00.000001")}
    found = system_figures(measured(made(events=[*events, later]), as_at=AS_AT))
    assert [(one.source, one.events.value, one.first_at, one.last_at) for one in found] == [
        ("a", 6, at("02 18:00"), AS_AT),
        ("b", 1, at("02 18:20"), at("02 18:20")),
    ]
