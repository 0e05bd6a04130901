"""One case of a standard, told by elapsed time: which one, what of it, and nothing that says which it was."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta

import polars as pl

from tests.unit.reports.drawn import drawn_report
from tests.unit.reports.made_up import ALL, ATTEND, HANDOVER, INTERVIEW, START, finding, pattern, tables
from wardline.events import EVENTS
from wardline.findings import Outcome
from wardline.measures import Elapsed, figures_of

HOUR = timedelta(hours=1)


def told(findings, obligations=ALL, **further):
    return figures_of(tables(findings, obligations, **further)).told


def late(case, minutes, **further):
    return finding(ATTEND, case, outcome="late", wait=minutes, **further)


def eleven_late(**further):
    """Late by 1, 2, … 11 hours; the one in the middle, of case 6, by 6 hours."""
    return [late(f"compact:{at}", 15 + 60 * at, **further) for at in range(1, 12)]


def events(*rows):
    schema = {**EVENTS}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def test_the_case_is_the_one_in_the_middle_of_those_late():
    (one,) = told(eleven_late())
    assert (one.item, one.outcome, one.out_of.value) == (ATTEND, Outcome.LATE, 11)
    (step,) = one.steps
    assert (step.due, step.done, step.late_by) == (
        Elapsed(timedelta(minutes=15)),
        Elapsed(6 * HOUR + timedelta(minutes=15)),
        6 * HOUR,
    )


def test_where_more_have_no_record_it_is_one_of_those():
    missed = [finding(ATTEND, f"compact:{at}", outcome="missed") for at in range(100, 112)]
    (one,) = told(eleven_late() + missed)
    assert (one.outcome, one.out_of.value) == (Outcome.MISSED, 12)
    assert one.steps[0].done is None


def test_of_fewer_than_ten_cases_none_is_told():
    assert told([late(f"compact:{at}", 60) for at in range(9)]) == ()
    assert len(told([late(f"compact:{at}", 60) for at in range(10)])) == 1
    # Ten occasions of one case are one case.
    assert told([late("compact:1", 60 + at, ordinal=at + 1) for at in range(10)]) == ()


def test_where_all_was_as_owed_no_case_is_told():
    assert told([finding(ATTEND, f"compact:{at}", wait=5) for at in range(20)]) == ()


def test_the_other_things_owed_in_the_case_are_told_with_it_in_order_of_time():
    interview = finding(INTERVIEW, "compact:6", at=START + 9 * HOUR, limit="72 hours", wait=60)
    of_another = finding(INTERVIEW, "compact:7", at=START + HOUR, limit="72 hours", outcome="missed")
    assumed = finding(HANDOVER, "compact:6", limit="24 hours", wait=5)
    (one,) = told([*eleven_late(), interview, of_another, assumed])
    assert [step.item for step in one.steps] == [ATTEND, INTERVIEW]
    assert one.steps[1].done == Elapsed(10 * HOUR)
    assert one.steps[1].due == Elapsed(81 * HOUR)


def test_of_an_obligation_owed_several_times_the_one_that_was_not_as_owed_is_told():
    kept = finding(INTERVIEW, "compact:6", at=START + HOUR, limit="24 hours", wait=5)
    not_kept = finding(INTERVIEW, "compact:6", at=START + 5 * HOUR, limit="24 hours", outcome="missed", ordinal=2)
    (one,) = told([*eleven_late(), kept, not_kept])
    assert [step.outcome for step in one.steps] == [Outcome.LATE, Outcome.MISSED]


def test_what_was_not_owed_or_cannot_be_recorded_here_is_left_out():
    exempt = finding(INTERVIEW, "compact:6", limit="24 hours", outcome="exempt")
    silent = finding(ALL[3], "compact:6", limit=None, outcome="cannot_tell", reason="not_recorded_here")
    (one,) = told([*eleven_late(), exempt, silent])
    assert [step.item for step in one.steps] == [ATTEND]


def test_what_happened_before_the_start_is_said_to_be_before():
    (one,) = told([*eleven_late(), finding(INTERVIEW, "compact:6", at=START - 5 * HOUR, limit="24 hours", wait=60)])
    assert one.steps[0].item is ATTEND
    assert one.steps[1].done == Elapsed(4 * HOUR, is_before=True)


def test_a_day_without_a_time_is_told_in_days():
    at = datetime(2024, 4, 3, tzinfo=UTC) - HOUR  # the local day of 3 April begins an hour before that of UTC
    answer = {
        "event_id": 9,
        "case_id": "compact:6",
        "event": "officer_deployed",
        "happened_at": at,
        "happened_by": datetime(2024, 4, 3, 22, 59, 59, tzinfo=UTC),
        "source": "compact",
    }
    findings = [*eleven_late()]
    findings[5] = findings[5] | {"responded_at": at, "response_event": 9}
    (one,) = told(findings, events=events(answer))
    assert one.steps[0].done.days == 2
    assert one.steps[0].due.days is None


def test_when_the_risk_ended_is_told():
    at_risk = replace(ATTEND, at_risk_until=(pattern("child_found"),))
    found = {"event_id": 9, "case_id": "compact:6", "event": "child_found", "source": "compact"}
    times = (START - HOUR, START + 9 * HOUR, START + 12 * HOUR)
    rows = [found | {"event_id": at, "happened_at": when} for at, when in enumerate(times)]
    (one,) = told(eleven_late(), (at_risk,), events=events(*rows))
    assert one.ended == Elapsed(9 * HOUR)
    assert told(eleven_late(), (ATTEND,), events=events(*rows))[0].ended is None


def test_of_two_versions_of_a_standard_one_case_is_told():
    later = replace(ATTEND, version="2026.1")
    findings = eleven_late() + [late(f"compact:{at}", 90) | {"version": "2026.1"} for at in range(50, 62)]
    made = figures_of(
        replace(tables(findings, (ATTEND, later)), standards=((ATTEND.standard, "2025.1"), (ATTEND.standard, "2026.1")))
    )
    assert [one.item.version for one in made.told] == ["2025.1"]


def test_nothing_of_it_says_which_case_it_was():
    made = drawn_report(400).figures.told
    assert made
    values = list(everything_in(made))
    assert not [one for one in values if isinstance(one, date | datetime)]
    assert not [one for one in values if isinstance(one, str) and "compact:" in one]


def everything_in(value):
    if is_dataclass(value):
        for one in fields(value):
            if one.name != "item":  # the obligation, which is the standard's
                yield from everything_in(getattr(value, one.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from everything_in(one)
    else:
        yield value


def test_of_an_end_known_by_its_day_the_latest_instant_is_held_against_the_start():
    at_risk = replace(ATTEND, at_risk_until=(pattern("child_found"),))
    found = {"event_id": 9, "case_id": "compact:6", "event": "child_found", "source": "compact"}
    found |= {"happened_at": START - HOUR, "happened_by": START + HOUR}
    (one,) = told(eleven_late(), (at_risk,), events=events(found))
    assert one.ended is not None and one.ended.days == 0


def test_an_end_is_told_in_days_where_the_start_is_known_by_its_day():
    at_risk = replace(ATTEND, at_risk_until=(pattern("child_found"),))
    of_case = {"case_id": "compact:6", "source": "compact"}
    found = of_case | {"event_id": 9, "event": "child_found", "happened_at": START + 2 * HOUR}
    rows = eleven_late()
    start = of_case | {"event_id": rows[5]["trigger_event"], "event": "reported", "happened_at": START}
    start |= {"happened_by": START + 9 * HOUR}
    (one,) = told(rows, (at_risk,), events=events(found, start))
    assert one.ended is not None and one.ended.days is not None
