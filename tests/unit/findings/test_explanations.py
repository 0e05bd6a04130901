"""The sentence that says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from wardline.findings import FINDINGS, OUTCOME_WORDS, REASON_WORDS, Outcome, Reason, explain_finding, outcome_words
from wardline.findings.words import interval_in_words
from wardline.obligations import (
    Basis,
    BasisKind,
    Condition,
    EventPattern,
    LimitTable,
    Never,
    Obligation,
    Owner,
    Precede,
    Record,
    RecordField,
    RecordOf,
    Repeat,
    ResolvedObligation,
    Respond,
    Topic,
    Trigger,
)
from wardline.time_limits import Calendar, Length, TimeIn, ToBeSet, Unit

SHARED: dict[str, Any] = {
    "id": "duty",
    "title": "A duty",
    "topic": Topic.INVESTIGATION,
    "owed_by": Owner.FORCE,
    "basis": Basis(BasisKind.ASSUMED, "made up for this test"),
}
REPORTED = Trigger((EventPattern("reported"),))
ARRIVED = (EventPattern("officer_deployed"), EventPattern("officer_arrived"))
ATTEND = Respond(
    **SHARED,
    trigger=REPORTED,
    response=ARRIVED,
    within=Length(15, Unit.MINUTES),
    exemptions=(EventPattern("child_found"),),
)
REVIEW = Repeat(**SHARED, start=REPORTED, response=(EventPattern("reviewed"),), every=Length(4, Unit.HOURS))
CALL_FIRST = Precede(**SHARED, before=Trigger((EventPattern("interviewed"),)), first=(EventPattern("adult_called"),))
NO_CELL = Never(**SHARED, never=Trigger((EventPattern("held", (Condition("where", ("cell",)),)),)))
ETHNICITY = Record(**SHARED, by=Trigger((EventPattern("closed"),)), record=RecordField(RecordOf.PERSON, "ethnicity"))


def at(hour: int, minute: int = 0, *, day: int = 2) -> datetime:
    """A local time of June 2025 in London, one hour ahead of UTC."""
    return datetime(2025, 6, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


def finding(outcome: Outcome, **columns: Any) -> dict[str, Any]:
    return {**dict.fromkeys(FINDINGS.names()), "outcome": outcome.value, "standing": "binding", **columns}


def in_a_standard(obligation: Obligation) -> ResolvedObligation:
    return ResolvedObligation(
        obligation=obligation, standard="ours", version="1", case_type="missing episode", in_force_from=date(2020, 1, 1)
    )


def explained(obligation: Obligation, outcome: Outcome, *, keeps_history: bool = True, **columns: Any) -> str:
    resolved = in_a_standard(obligation)
    reason = columns.pop("reason", None)
    columns["reason"] = reason and reason.value
    return explain_finding(finding(outcome, **columns), resolved, keeps_history=keeps_history)


TIMED = {"triggered_at": at(18), "limit": "15 minutes", "deadline": at(18, 15)}


def test_late_says_by_how_much_and_a_day_only_once():
    assert explained(
        ATTEND, Outcome.LATE, **TIMED, response_event=3, responded_at=at(20, 50), late_by=timedelta(hours=2, minutes=35)
    ) == (
        "Recorded late by 2 hours 35 minutes: ‘officer deployed’ or ‘officer arrived’ on Monday 2 June 2025 at 20:50, "
        "after the deadline at 18:15 (15 minutes from ‘reported’ at 18:00)."
    )


def test_the_event_that_was_taken_is_called_by_its_name_where_that_is_at_hand():
    resolved = in_a_standard(ATTEND)
    row = finding(Outcome.MET, **TIMED, trigger_event=1, response_event=3, responded_at=at(18, 5))
    assert explain_finding(row, resolved, event_names={1: "reported", 3: "officer_arrived"}) == (
        "Recorded in time: ‘officer arrived’ on Monday 2 June 2025 at 18:05, by the deadline at 18:15 (15 minutes from "
        "‘reported’ at 18:00)."
    )


def test_a_date_without_a_time_of_day_is_not_told_as_midnight():
    resolved = in_a_standard(ATTEND)
    row = finding(
        Outcome.LATE,
        **TIMED,
        trigger_event=1,
        response_event=3,
        responded_at=at(0, day=4),
        late_by=timedelta(hours=29, minutes=45),
    )
    end_of_day = at(0, day=5) - timedelta(microseconds=1)
    assert explain_finding(row, resolved, event_names={3: "officer_arrived"}, latest_times={3: end_of_day}) == (
        "Recorded late by 2 days: ‘officer arrived’ on Wednesday 4 June 2025 (time of day not "
        "recorded), after the deadline on Monday 2 June 2025 at 18:15 (15 minutes from ‘reported’ at 18:00)."
    )


@pytest.mark.parametrize(("day", "said"), [(3, "late by 1 day:"), (4, "late by 2 days:")])
def test_how_late_a_date_alone_is_is_told_in_days(day, said):
    resolved = in_a_standard(ATTEND)
    # The deadline is the end of 2 June: by the clock a response on the next day is late by a microsecond.
    end_of_2_june = at(0, day=3) - timedelta(microseconds=1)
    row = finding(
        Outcome.LATE,
        triggered_at=at(18),
        limit="same day",
        deadline=end_of_2_june,
        trigger_event=1,
        response_event=3,
        responded_at=at(0, day=day),
        late_by=at(0, day=day) - end_of_2_june,
    )
    latest = {3: at(0, day=day + 1) - timedelta(microseconds=1)}
    assert said in explain_finding(row, resolved, event_names={3: "officer_arrived"}, latest_times=latest)


def test_a_time_that_is_known_roughly_but_not_by_its_day_is_late_by_at_least_so_much():
    resolved = in_a_standard(ATTEND)
    row = finding(
        Outcome.LATE,
        **TIMED,
        trigger_event=1,
        response_event=3,
        responded_at=at(1, 30, day=4),
        late_by=timedelta(hours=31, minutes=15),
    )
    latest = {3: at(2, 30, day=4)}
    assert "late by at least 1 day 7 hours:" in explain_finding(row, resolved, latest_times=latest)


def test_a_deadline_counted_from_a_date_alone_says_from_when_it_is_counted():
    resolved = in_a_standard(ATTEND)
    end_of_day = at(0, day=3) - timedelta(microseconds=1)
    row = finding(
        Outcome.CANNOT_TELL,
        reason=Reason.TIME_NOT_EXACT.value,
        triggered_at=at(0),
        limit="15 minutes",
        deadline=end_of_day + timedelta(minutes=15),
        trigger_event=1,
    )
    assert explain_finding(row, resolved, latest_times={1: end_of_day}) == (
        "Cannot tell: a time that decides it is known only roughly. The deadline is on Tuesday 3 June 2025 at "
        "00:14:59.999999 (15 minutes from ‘reported’ on Monday 2 June 2025 (time of day not recorded), "
        "counted from the "
        "latest it can have been)."
    )


def test_a_time_that_the_clock_showed_twice_is_told_as_either():
    first = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    london = Calendar("Europe/London")
    assert interval_in_words(first, first + timedelta(hours=1), london) == (
        "on Sunday 26 October 2025 at 01:30 (the first or the second 01:30 of that night)"
    )
    assert interval_in_words(at(9), at(11), london) == "on Monday 2 June 2025 at 09:00 or later, but not after 11:00"
    assert interval_in_words(at(9), at(11, day=3), london, said_day=date(2025, 6, 2)) == (
        "at 09:00 or later, but not after Tuesday 3 June 2025 at 11:00"
    )


def test_missed_says_that_no_record_was_found_and_what_came_too_late_to_exempt():
    assert explained(ATTEND, Outcome.MISSED, **TIMED, exemption_event=4, exempted_at=at(9, day=3)) == (
        "No record found: there is no ‘officer deployed’ or ‘officer arrived’ by the deadline on Monday "
        "2 June 2025 at "
        "18:15 (15 minutes from ‘reported’ at 18:00). ‘child found’ is recorded on Tuesday 3 June 2025 "
        "at 09:00; it did "
        "not decide."
    )


def test_exempt_and_not_yet_due_say_what_they_rest_on():
    assert explained(ATTEND, Outcome.EXEMPT, **TIMED, exemption_event=4, exempted_at=at(18, 5)).startswith(
        "Not owed: ‘child found’ on Monday 2 June 2025 at 18:05, by the deadline at 18:15"
    )
    assert explained(ATTEND, Outcome.NOT_YET_DUE, **TIMED).startswith(
        "Not yet due: the deadline for ‘officer deployed’ or ‘officer arrived’ is on Monday 2 June 2025 at 18:15"
    )


def test_the_closing_of_a_case_exempts_without_an_event():
    assert explained(
        REVIEW, Outcome.EXEMPT, triggered_at=at(18), limit="4 hours", deadline=at(22), exempted_at=at(20)
    ) == (
        "Not owed: the closing of the case on Monday 2 June 2025 at 20:00, by the deadline at 22:00 (4 hours from the "
        "start at 18:00)."
    )


def test_a_never_and_a_record_have_words_of_their_own():
    assert explained(NO_CELL, Outcome.MISSED, trigger_event=1, triggered_at=at(9), deadline=at(9)) == (
        "Recorded as happening: ‘held’ (where: cell) on Monday 2 June 2025 at 09:00."
    )
    assert explained(NO_CELL, Outcome.MISSED, trigger_event=1) == (
        "Recorded as happening: ‘held’ (where: cell) without a time."
    )
    assert explained(NO_CELL, Outcome.MET).startswith("Not recorded as happening: the case is settled")
    assert explained(ETHNICITY, Outcome.MET, triggered_at=at(9), deadline=at(9)) == (
        "Filled in: ethnicity in the child's person record, looked at as of ‘closed’ on Monday 2 June 2025 at 09:00."
    )
    assert explained(ETHNICITY, Outcome.MISSED, triggered_at=at(9), deadline=at(9)).startswith(
        "Not filled in: ethnicity"
    )
    assert outcome_words(Outcome.MISSED, NO_CELL) == "recorded as happening"
    assert outcome_words(Outcome.EXEMPT, ETHNICITY) == "not owed"
    assert outcome_words(Outcome.MISSED, ATTEND) == "no record found"


def test_what_came_first_or_only_after_is_said():
    event = {"triggered_at": at(9), "deadline": at(9)}
    assert explained(CALL_FIRST, Outcome.MET, **event, response_event=1, responded_at=at(17, day=1)) == (
        "Recorded in time: ‘adult called’ on Sunday 1 June 2025 at 17:00, not after ‘interviewed’ on "
        "Monday 2 June 2025 at "
        "09:00."
    )
    assert "‘adult called’ only on Monday 2 June 2025 at 10:00, after ‘interviewed’ at 09:00" in explained(
        CALL_FIRST, Outcome.LATE, **event, response_event=1, responded_at=at(10), late_by=timedelta(hours=1)
    )


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        (ToBeSet(), "no limit has been set yet"),
        (TimeIn("due_by"), "there is no time in due by"),
        (
            LimitTable("grade", (("high", Length(1, Unit.HOURS)),), None, of="risk_graded"),
            "the grade of ‘risk graded’ is not recorded, or has no limit of its own",
        ),
        (Length(2, Unit.WORKING_DAYS), "the bank holidays of those years are not known yet"),
    ],
)
def test_an_unknown_limit_says_why_it_is_unknown(limit: Any, why: str):
    said = explained(
        replace(ATTEND, within=limit),
        Outcome.CANNOT_TELL,
        reason=Reason.LIMIT_UNKNOWN,
        triggered_at=at(9),
        response_event=2,
        responded_at=at(9, 20),
    )
    assert said == (
        f"Cannot tell: it is not known how long there was, because {why}. ‘officer deployed’ or ‘officer "
        "arrived’ is recorded on Monday 2 June 2025 at 09:20."
    )


def test_a_duty_of_the_council_says_whose_records_are_needed():
    said = explained(replace(ATTEND, owed_by=Owner.COUNCIL), Outcome.CANNOT_TELL, reason=Reason.NOT_RECORDED_HERE)
    assert "only the council's own records can show what it owes" in said


def test_a_grade_without_a_history_another_limit_and_an_unconfirmed_duty_are_said():
    table = LimitTable("grade", (("high", Length(15, Unit.MINUTES)),), None, of="risk_graded")
    said = explained(
        replace(ATTEND, within=table),
        Outcome.MISSED,
        keeps_history=False,
        **TIMED,
        shipped_limit="30 minutes",
        standing="assumed",
    )
    assert said.endswith(
        "(15 minutes from ‘reported’ at 18:00, or from a later ‘risk graded’). Judged on the last grade recorded: the "
        "records do not keep earlier ones. The limit is the force's own; the standard's is 30 minutes. The obligation "
        "is assumed: nobody at the force has confirmed it yet."
    )


def test_the_end_of_a_day_and_the_hour_that_comes_twice_are_said_in_words():
    last = datetime(2025, 6, 2, 22, 59, 59, 999999, tzinfo=UTC)
    assert "by the deadline at the end of Monday 2 June 2025" in explained(
        ATTEND, Outcome.MISSED, triggered_at=at(9), limit="same day", deadline=last
    )
    twice = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert "at 01:30 (the first 01:30 of that night)" in explained(
        NO_CELL, Outcome.MISSED, triggered_at=twice, deadline=twice
    )
    assert "at 01:30 (the second 01:30 of that night)" in explained(
        NO_CELL, Outcome.MISSED, triggered_at=twice + timedelta(hours=1), deadline=twice
    )


def test_every_outcome_and_every_reason_has_its_words():
    assert set(OUTCOME_WORDS) == set(Outcome)
    assert set(REASON_WORDS) == set(Reason)
