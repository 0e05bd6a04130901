"""Made-up reports for tests, on findings written by hand, and their tables read back."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import polars as pl

from wardline.events import CASES, EVENTS, RECORD_FAULTS, log_of_tables
from wardline.findings import FINDINGS
from wardline.measures import MeasuredTables, figures_of
from wardline.obligations import (
    Basis,
    BasisKind,
    EventPattern,
    LimitTable,
    Never,
    Owner,
    Record,
    RecordField,
    RecordOf,
    ResolvedObligation,
    Respond,
    Standing,
    Topic,
    Trigger,
)
from wardline.reports import Report, StandardInReport
from wardline.time_limits import read_length

STANDARD = "england/missing-children"
STANDARD_KEY = (STANDARD, "2025.1")
START = datetime(2024, 4, 1, tzinfo=UTC)
AS_AT = datetime(2025, 3, 31, 23, tzinfo=UTC)
PERIOD = (date(2024, 4, 1), date(2025, 3, 31))
LIMITS = {"high": "15 minutes", "medium": "60 minutes", "low": "8 hours"}
MINUTES = {"15 minutes": 15, "60 minutes": 60, "8 hours": 480, "72 hours": 72 * 60, "24 hours": 24 * 60}


def pattern(event):
    return EventPattern(event)


def trigger(event):
    return Trigger((pattern(event),))


def resolved(obligation, standing=Standing.BINDING, case_type="missing episode", standard=STANDARD):
    return ResolvedObligation(
        obligation=obligation,
        standard=standard,
        version="2025.1",
        case_type=case_type,
        in_force_from=date(2017, 1, 1),
        standing=standing,
    )


def respond(
    name,
    title,
    *,
    within="15 minutes",
    then="officer_deployed",
    when="reported",
    owed_by=Owner.FORCE,
    kind=BasisKind.FORCE_POLICY,
    topic=Topic.INITIAL_RESPONSE,
    standing=Standing.BINDING,
    **further,
):
    basis = Basis(kind, f"Source of {name}", publisher="A publisher", published="2024-07", url="https://example.org/a")
    limit = read_length(within) if isinstance(within, str) else within
    obligation = Respond(
        id=name,
        title=title,
        topic=topic,
        owed_by=owed_by,
        basis=basis,
        trigger=trigger(when),
        response=(pattern(then),),
        within=limit,
        **further,
    )
    return resolved(obligation, standing)


ATTEND = respond(
    "attend",
    "Police reach or start looking for the child in time for the risk",
    safeguarding=True,
    within=LimitTable(
        "grade",
        tuple((value, read_length(text)) for value, text in LIMITS.items()),
        read_length("60 minutes"),
        of="risk_graded",
    ),
    exemptions=(pattern("child_found"),),
)
INTERVIEW = respond(
    "interview",
    "The child is offered a return interview",
    within="72 hours",
    then="interview_offered",
    when="child_found",
    owed_by=Owner.COUNCIL,
    kind=BasisKind.STATUTE,
    topic=Topic.RISK_ASSESSMENT_AND_REFERRAL,
)
HANDOVER = respond(
    "handover",
    "The shift that takes over reads the log",
    within="24 hours",
    then="handed_over",
    kind=BasisKind.ASSUMED,
    standing=Standing.ASSUMED,
)
REASON = resolved(
    Record(
        id="reason",
        title="The reason for the risk level is recorded",
        topic=Topic.RISK_ASSESSMENT_AND_REFERRAL,
        owed_by=Owner.FORCE,
        basis=Basis(BasisKind.NATIONAL_GUIDANCE, "Guidance on missing people"),
        record=RecordField(RecordOf.EVENT, "reason", "risk_graded"),
        by=trigger("risk_graded"),
    )
)
NOT_CLOSED = resolved(
    Never(
        id="not-closed",
        title="A case is not closed while the child is missing",
        topic=Topic.INVESTIGATION,
        owed_by=Owner.FORCE,
        basis=Basis(BasisKind.INSPECTORATE, "An inspection report"),
        never=trigger("closed_early"),
    )
)
ALL = (ATTEND, INTERVIEW, HANDOVER, REASON, NOT_CLOSED)
MISSING = StandardInReport(
    STANDARD,
    "Missing children",
    "2025.1",
    "missing episode",
    date(2017, 1, 1),
    not_judged_from_records=("how the child was spoken to", "whether the search was thorough"),
)


def finding(
    item=ATTEND,
    case="compact:1",
    *,
    outcome="met",
    at=START,
    wait=None,
    limit="15 minutes",
    reason=None,
    written_after=None,
    child="compact:p1",
    **further,
):
    """One finding; `wait` and `written_after` in minutes."""
    responded = None if wait is None else at + timedelta(minutes=wait)
    allowed = MINUTES.get(limit)
    deadline = None if allowed is None or at is None else at + timedelta(minutes=allowed)
    late = outcome == "late" and deadline is not None
    return (
        {name: None for name in FINDINGS}
        | {
            "standard": item.standard,
            "version": item.version,
            "obligation": item.obligation.id,
            "case_id": case,
            "child_id": child,
            "trigger_event": 1,
            "ordinal": 1,
            "triggered_at": at,
            "limit": limit,
            "deadline": deadline,
            "outcome": outcome,
            "reason": reason,
            "responded_at": responded,
            "response_recorded_at": None if written_after is None else responded + timedelta(minutes=written_after),
            "late_by": responded - deadline if late else None,
            "counted": True,
            "standing": item.standing.value,
        }
        | further
    )


OF_THE_REPORT = {one.name for one in fields(Report)}
OF_THE_LOG = ("abilities", "coverage", "rejects", "case_sources", "events")


def tables(findings=(), obligations=ALL, **further):
    """The tables that are counted: these findings, and of an event log what is given. Cases without an `opened_at`
    were opened at START; `gradings` are (case, when, grade)."""
    settings = {"standards": (MISSING,), "as_at": AS_AT, "zone": "Europe/London", "period": PERIOD} | further
    log = {name: further[name] for name in OF_THE_LOG if name in further}
    if (cases := further.get("cases")) is not None:
        log["cases"] = cases.with_columns(
            pl.col("opened_at").cast(CASES["opened_at"]).fill_null(START),
            pl.col("case_type").cast(pl.String).fill_null("missing episode"),
        )
    if gradings := further.get("gradings"):
        log["events"] = events_of(gradings)
    return MeasuredTables(
        obligations=tuple(obligations),
        standards=tuple((one.name, one.version) for one in settings["standards"]),
        as_at=settings["as_at"],
        zone=settings["zone"],
        period=settings["period"],
        written_up_later_after=further.get("written_up_later_after", timedelta(hours=2)),
        findings=pl.LazyFrame(list(findings), schema=FINDINGS, orient="row"),
        event_log=log_of_tables(log),
        record_faults=further.get("record_faults", pl.DataFrame(schema=RECORD_FAULTS)).lazy(),
    )


def events_of(gradings):
    rows = [
        {
            "event_id": at,
            "case_id": case,
            "event": "risk_graded",
            "happened_at": when,
            "source": "compact",
            "grade": grade,
        }
        for at, (case, when, grade) in enumerate(gradings)
    ]
    schema = {**EVENTS, "grade": pl.String()}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def report(findings=(), obligations=ALL, **further):
    """A report on these findings, its figures counted."""
    counted = figures_of(
        tables(findings, obligations, **further),
        **{name: further[name] for name in ("reading", "published", "compared_by") if name in further},
    )
    settings = {
        "title": "Missing children, year to March 2025",
        "question": "Are children reported missing reached in time?",
        "force": "Teesmouth",
        "oversight_body": "the Police and Crime Commissioner for Teesmouth",
        "period": PERIOD,
        "as_at": AS_AT,
        "zone": "Europe/London",
        "is_made_up_data": True,
        "written_up_later_after": timedelta(hours=2),
        "obligations": tuple(obligations),
        "standards": (MISSING,),
        "figures": counted,
        "versions": (("wardline", "0.1.0"),),
    }
    return Report(**settings | {name: value for name, value in further.items() if name in OF_THE_REPORT})


def with_figures(made, **further):
    """The report with other figures."""
    return replace(made, figures=replace(made.figures, **further))


def as_rows(table):
    headings = [column.heading for column in table.columns]
    return [dict(zip(headings, row, strict=True)) for row in table.rows]
