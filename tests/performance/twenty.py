"""The twenty obligations of the measurement: every kind, and the keys that real standards use."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

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
from wardline.time_limits import CountingTheFirst, Length, SameDay, SingleLimit, TimeIn, Unit

__all__ = ["AS_AT", "twenty_obligations"]

AS_AT = datetime(2025, 7, 1, tzinfo=UTC)
MISSING, ONLINE = "missing episode", "online exploitation"


def twenty_obligations() -> tuple[ResolvedObligation, ...]:
    """Twenty obligations of two standards."""
    by_grade = LimitTable("grade", (("high", _minutes(15)), ("medium", _minutes(60)), ("low", _hours(8))), _minutes(60))
    missing: list[Obligation] = [
        Respond(
            **_said("attend", unless=("child_found", "report_cancelled")),
            trigger=_on("reported"),
            response=_events("officer_deployed", "officer_arrived"),
            within=LimitTable(by_grade.by, by_grade.limits, by_grade.unknown, of="risk_graded"),
        ),
        Respond(**_said("grade"), trigger=_on("reported"), response=_events("risk_graded"), within=_minutes(60)),
        Respond(
            **_said("review-grading", unless=("child_found",)),
            trigger=_on("risk_graded"),
            response=_events("inspector_review"),
            within=by_grade,
        ),
        Respond(
            **_said("offer-interview"),
            trigger=_on("child_found"),
            response=_events("return_interview_offered"),
            within=_hours(72),
        ),
        Respond(
            **_said("interview", only_for="yes"),
            trigger=_on("child_found"),
            response=_events("return_interview"),
            within=Length(3, Unit.DAYS),
        ),
        Respond(
            **_said("discuss", unless=("child_found",)),
            trigger=_on("reported"),
            response=_events("strategy_discussion"),
            within=Length(2, Unit.WORKING_DAYS),
        ),
        Respond(
            **_said("discuss-third-time", per_child=True),
            trigger=Trigger(_events("reported"), nth=3, within=Length(90, Unit.DAYS)),
            response=_events("strategy_discussion"),
            within=Length(5, Unit.WORKING_DAYS),
        ),
        Respond(
            **_said("first-high", first_only=True),
            trigger=Trigger((EventPattern("risk_graded", (Condition("grade", ("high",)),)),)),
            response=_events("inspector_review"),
            within=_hours(1),
        ),
        Respond(
            **_said("look-again"),
            trigger=_on("closed"),
            response=_events("case_reviewed"),
            within=Length(12, Unit.WEEKS),
        ),
        Precede(**_said("seen-before-closing"), before=_on("closed"), first=_events("child_seen")),
        Precede(
            **_said("reviewed-before-found", unless=("report_cancelled",)),
            before=_on("child_found"),
            first=_events("risk_reviewed"),
        ),
        Never(**_said("not-by-phone"), never=_on("closed_by_phone")),
        Never(**_said("not-cancelled", unless=("child_found",)), never=_on("report_cancelled")),
        Repeat(
            **_said("review-risk"),
            start=_on("reported"),
            response=_events("risk_reviewed"),
            every=_hours(8),
            until=_events("child_found", "report_cancelled"),
        ),
        Repeat(
            **_said("tell-family"),
            start=_on("reported"),
            response=_events("family_contact"),
            every=_hours(4),
            until=_events("child_found"),
        ),
        Record(**_said("grade-given"), by=_on("closed"), record=RecordField(RecordOf.EVENT, "grade", "risk_graded")),
        Record(**_said("care-known"), by=_on("closed"), record=RecordField(RecordOf.CASE, "from_care")),
        Record(**_said("ethnicity-known"), by=_on("closed"), record=RecordField(RecordOf.PERSON, "ethnicity")),
    ]
    online: list[Obligation] = [
        Respond(
            **_said("contact-child"), trigger=_on("referred"), response=_events("child_contacted"), within=SameDay()
        ),
        Respond(
            **_said("examine-device", unless=("closed",)),
            trigger=_on("referred"),
            response=_events("device_examined"),
            within=CountingTheFirst(56),
        ),
    ]
    assert len(missing) + len(online) == 20
    return (
        *(_resolved(one, "bench/missing-children", MISSING) for one in missing),
        *(_resolved(one, "bench/online", ONLINE) for one in online),
    )


def _said(
    name: str,
    *,
    unless: tuple[str, ...] = (),
    only_for: str | None = None,
    per_child: bool = False,
    first_only: bool = False,
) -> dict[str, Any]:
    return {
        "id": name,
        "title": name,
        "topic": Topic.INITIAL_RESPONSE,
        "owed_by": Owner.FORCE,
        "basis": Basis(BasisKind.FORCE_POLICY, "A policy"),
        "exemptions": _events(*unless),
        "only_for": () if only_for is None else (Condition("from_care", (only_for,)),),
        "per_child": per_child,
        "first_only": first_only,
    }


def _events(*names: str) -> tuple[EventPattern, ...]:
    return tuple(EventPattern(name) for name in names)


def _on(name: str) -> Trigger:
    return Trigger(_events(name))


def _minutes(amount: int) -> SingleLimit:
    return Length(amount, Unit.MINUTES)


def _hours(amount: int) -> SingleLimit:
    return Length(amount, Unit.HOURS)


def _resolved(obligation: Obligation, standard: str, case_type: str) -> ResolvedObligation:
    return ResolvedObligation(
        obligation=obligation, standard=standard, version="2025.1", case_type=case_type, in_force_from=date(2017, 1, 1)
    )


assert TimeIn("review_due"), "a deadline that stands in the records is read, not counted, and so not measured"
