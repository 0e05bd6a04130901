"""What of each system could be put to the cases of another, and that what could not is never said to be missing."""

from __future__ import annotations

import polars as pl

from tests.unit.dive.made_up import SEND, at, log, obligations
from wardline.dive.counted.gradings import existing_cases
from wardline.dive.counted.joins import joins, system_spans
from wardline.engines import check
from wardline.events import REJECTS
from wardline.reports import Join, SystemSpan

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
    return joins(event_log, existing_cases(event_log, ["missing episode"], as_at=AS_AT))


def rejects(*reasons):
    rows = [
        {"source": "b", "source_row": row, "what": "row", "reason": reason} for row, reason in enumerate(reasons, 2)
    ]
    return pl.DataFrame(rows, schema=REJECTS)


def test_cases_with_a_row_of_the_other_system_and_without_are_counted():
    assert joined(made()) == (Join("b", "a", "missing episode", 5, 2, 0),)


def test_rows_that_match_no_case_are_counted_and_other_rejects_are_not():
    none = "No case of the other record system matches this row."
    found = joined(made(rejects=rejects(none, none, "The time cannot be read.")))
    assert found == (Join("b", "a", "missing episode", 5, 2, 2),)


def test_a_case_that_does_not_exist_as_at_is_not_counted():
    later = [*CASES[:4], {"case_id": "a:4", "opened_at": at("20 00:00")}]
    events = [one for one in EVENTS if one["case_id"] != "a:4"]
    assert joined(made(cases=later, events=events)) == (Join("b", "a", "missing episode", 4, 2, 0),)


def test_two_systems_that_open_cases_of_their_own_are_not_mapped_to_each_other():
    cases = [*CASES, {"case_id": "b:9", "source": "b"}]
    held = [*[one for one in HELD if one[1] == "a"], ("b:9", "b")]
    assert joined(made(cases=cases, held=held)) == ()


def test_a_case_that_could_not_be_joined_is_never_said_to_have_no_record():
    event_log = made()
    (join,) = joined(event_log)
    found = check(obligations(SEND), event_log, as_at=AS_AT)
    outcomes = dict(found.select("case_id", "outcome").iter_rows())
    reasons = dict(found.select("case_id", "reason").iter_rows())
    unjoined = [case for case, reason in reasons.items() if reason == "not_joined"]
    assert len(unjoined) == join.case_count - join.with_row_count == 3
    assert {case for case, outcome in outcomes.items() if outcome == "missed"} == {"a:2"}


def test_the_span_of_a_system_is_of_what_is_known_as_at():
    later = {"case_id": "a:3", "event": "reported", "happened_at": at("20 18:00")}
    assert system_spans(made(events=[*EVENTS, later]), as_at=AS_AT) == (
        SystemSpan("a", 5, at("02 18:00"), at("02 18:00")),
        SystemSpan("b", 1, at("02 18:20"), at("02 18:20")),
    )
