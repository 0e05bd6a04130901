"""Made-up reports for tests: findings by hand, or drawn from a seed."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

import polars as pl

from wardline.events import ABILITIES, CASES, COVERAGE, EVENTS, RECORD_FAULTS, REJECTS, log_of_tables
from wardline.findings import FINDINGS
from wardline.measures import MeasuredTables, ReadingCount, figures_of
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
from wardline.reports import InputFile, Report, StandardInReport
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


@cache
def drawn_report(occasions, *, seed=1, copies=1, **further):
    """A report on so many reports of missing children, drawn from a seed, with all its tables filled.

    Counting it takes most of a test, and it cannot be changed, so it is made once.
    """
    findings, obligations, settings = drawn(occasions, seed=seed, copies=copies)
    return report(findings, obligations, **settings | further)


def drawn(occasions, *, seed=1, copies=1):
    """Findings, obligations and settings of a report."""
    random = Random(seed)
    findings, cases, gradings = [], [], []
    for at in range(occasions):
        case, child = f"compact:{100_000 + at}", f"compact:p{random.randrange(max(1, occasions // 2))}"
        began = START + timedelta(minutes=random.randrange(364 * 24 * 60))
        district = random.choice(["North", "South", "Central"])
        is_open = random.random() < 0.01
        cases.append(
            {
                "case_id": case,
                "case_type": "missing episode",
                "opened_at": began,
                "person_id": child,
                "closed_at": None if is_open else began + timedelta(days=3),
                "source": "compact",
                "district": district,
                "from_care": random.choice(["yes", "no"]),
            }
        )
        grade = random.choices(["high", "medium", "low"], [13, 84, 3])[0]
        slow = (2 if began.hour in (22, 23, 0, 1, 2, 3) else 1) * (1.4 if district == "South" else 1)
        findings += [_attend(random, case, child, began, grade, slow), *_others(random, case, child, began)]
        if grade == "medium" and random.random() < 0.03:
            gradings += [(case, began, "medium"), (case, began + timedelta(minutes=50), "low")]
    findings.sort(key=lambda row: [item.obligation.id for item in ALL].index(row["obligation"]))
    obligations, rows = list(ALL), list(findings)
    for copy in range(1, copies):
        for item in ALL:
            renamed = replace(item, obligation=replace(item.obligation, id=f"{item.obligation.id}-{copy}"))
            obligations.append(renamed)
            rows += [
                row | {"obligation": renamed.obligation.id}
                for row in findings
                if row["obligation"] == item.obligation.id
            ]
    schema = {**CASES, "district": pl.String(), "from_care": pl.String()}
    table = pl.DataFrame([{name: case.get(name) for name in schema} for case in cases], schema=schema)
    settings = {"cases": table, "gradings": gradings, **_tables_beside(obligations, occasions)}
    return rows, tuple(obligations), settings


@cache
def report_on_six_standards(occasions, sixth=Standing.ASSUMED):
    """The same obligations and findings under six standards, of which one is assumed as a whole, or asked."""
    made, items, settings = drawn(occasions)
    standards, obligations, findings = [MISSING], list(items), list(made)
    for number in range(2, 7):
        name = f"england/standard-{number}"
        standards.append(
            replace(MISSING, name=name, title=f"What is owed by standard number {number}, in a long title")
        )
        standing = {"standing": sixth} if number == 6 else {}
        obligations += [replace(item, standard=name, **standing) for item in items]
        findings += [row | {"standard": name} for row in made]
    return report(findings, tuple(obligations), **settings | {"standards": tuple(standards)})


def _attend(random, case, child, began, grade, slow):
    limit = LIMITS[grade]
    fate = random.random()
    if fate < 0.06:
        reason = random.choice(["limit_unknown", "not_joined", "evidence_incomplete", "record_gap"])
        return finding(
            ATTEND,
            case,
            outcome="cannot_tell",
            at=began,
            reason=reason,
            child=child,
            limit=None if reason == "limit_unknown" else limit,
        )
    if fate < 0.16:
        return finding(
            ATTEND,
            case,
            outcome="exempt",
            at=began,
            limit=limit,
            child=child,
            exempted_at=began + timedelta(minutes=10),
        )
    if fate < 0.18:
        return finding(ATTEND, case, outcome="missed", at=began, limit=limit, child=child)
    wait = slow * random.lognormvariate({"high": 3.1, "medium": 4.4, "low": 5.6}[grade], 1)
    outcome = "met" if wait <= MINUTES[limit] else "late"
    return finding(
        ATTEND,
        case,
        outcome=outcome,
        at=began,
        wait=wait,
        limit=limit,
        child=child,
        written_after=None if random.random() < 0.05 else random.expovariate(1 / 45),
    )


def _others(random, case, child, began):
    found = began + timedelta(hours=random.randrange(1, 48))
    wait = random.lognormvariate(7.9, 0.8)
    yield finding(
        INTERVIEW,
        case,
        at=found,
        limit="72 hours",
        child=child,
        **(
            {"outcome": "missed"}
            if random.random() < 0.2
            else {"outcome": "met" if wait <= 72 * 60 else "late", "wait": wait}
        ),
    )
    wait = random.lognormvariate(6, 1.2)
    yield finding(
        HANDOVER, case, at=began, limit="24 hours", child=child, wait=wait, outcome="met" if wait <= 24 * 60 else "late"
    )
    yield finding(REASON, case, at=began, limit=None, child=child, outcome=random.choice(["met", "met", "missed"]))
    yield finding(
        NOT_CLOSED, case, at=None, limit=None, child=child, outcome="met" if random.random() < 0.97 else "missed"
    )


def _tables_beside(obligations, occasions):
    months = [date(2024 + month // 13, (month - 1) % 12 + 1, 1) for month in range(4, 16)]
    return {
        "coverage": pl.DataFrame(
            [
                {"source": "compact", "title": "Missing-person system", "kept_by": "force", "taken_at": AS_AT},
                {
                    "source": "control-room",
                    "title": "Control room",
                    "kept_by": "force",
                    "taken_at": AS_AT,
                    "gap_from": datetime(2024, 7, 31, 23, tzinfo=UTC),
                    "gap_to": datetime(2024, 8, 31, 22, 59, tzinfo=UTC),
                    "gap_note": "upgrade; nothing was typed in",
                },
            ],
            schema=COVERAGE,
        ),
        "abilities": pl.DataFrame(
            [
                {
                    "source": "compact",
                    "case_type": "missing episode",
                    "event": "risk_graded",
                    "field": "grade",
                    "keeps_history": False,
                }
            ],
            schema=ABILITIES,
        ),
        "published": {"missing episode": {f"{month:%Y-%m}": occasions // 12 + 12 for month in months}},
        "reading": (
            ReadingCount("compact", "episodes-2024.csv", occasions + 40, occasions, 30, 10),
            ReadingCount("control-room", "incidents.csv", occasions, occasions, 0, 0),
        ),
        "rejects": pl.DataFrame(
            [
                {
                    "source": "compact",
                    "source_file": "episodes-2024.csv",
                    "source_row": row,
                    "column": "FoundTime",
                    "what": "cell",
                    "reason": "This is no time.",
                }
                for row in range(2, 12)
            ],
            schema=REJECTS,
        ),
        "record_faults": pl.DataFrame(
            [{"source": "compact", "fault": "An end before its start", "case_id": f"compact:{at}"} for at in range(7)],
            schema=RECORD_FAULTS,
        ),
        "inputs": (
            InputFile("exports/compact/episodes-2024.csv", "0123456789abcdef" * 4),
            InputFile("force.yaml", "fedcba9876543210" * 4),
        ),
    }
