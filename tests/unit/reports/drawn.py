"""Made-up reports for tests, on findings drawn from a seed, with all their tables filled."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

import polars as pl

from tests.unit.reports.made_up import (
    ALL,
    AS_AT,
    ATTEND,
    HANDOVER,
    INTERVIEW,
    LIMITS,
    MINUTES,
    MISSING,
    NOT_CLOSED,
    REASON,
    START,
    finding,
    report,
)
from wardline.events import ABILITIES, CASES, COVERAGE, RECORD_FAULTS, REJECTS
from wardline.measures import ReadingCount
from wardline.obligations import Standing
from wardline.reports import InputFile


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
