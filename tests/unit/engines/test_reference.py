"""The reference engine as it is called; what it means is held by the pages of `specification/`."""

from datetime import UTC, date, datetime, timedelta

import polars as pl

from wardline.engines import check_by_reference
from wardline.engines.reference import Ability, CaseFile, Event, PreparedObligations, RecordSystems
from wardline.events import log_of_tables
from wardline.findings import FINDINGS
from wardline.obligations import Basis, BasisKind, EventPattern, Owner, ResolvedObligation, Respond, Topic, Trigger
from wardline.time_limits import Length, Unit

NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)
AS_AT = datetime(2025, 6, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


def attend(obligation_id: str = "attend", *, per_child: bool = False) -> ResolvedObligation:
    obligation = Respond(
        id=obligation_id,
        title="Police reach the child in time",
        topic=Topic.INITIAL_RESPONSE,
        owed_by=Owner.FORCE,
        basis=Basis(BasisKind.ASSUMED, "made up for this test"),
        trigger=Trigger((EventPattern("reported"),)),
        response=(EventPattern("officer_arrived"),),
        within=Length(1, Unit.HOURS),
        per_child=per_child,
    )
    return ResolvedObligation(
        obligation=obligation,
        standard="ours/missing",
        version="1",
        case_type="missing episode",
        in_force_from=date(2020, 1, 1),
    )


def log_of(events: list[tuple[str, str, datetime]], people: dict[str, str] | None = None):
    cases = sorted({case for case, _, _ in events})
    return log_of_tables(
        {
            "cases": pl.DataFrame(
                {
                    "case_id": cases,
                    "case_type": "missing episode",
                    "opened_at": NINE,
                    "person_id": [(people or {}).get(case) for case in cases],
                },
                schema_overrides={"opened_at": pl.Datetime("us", "UTC"), "person_id": pl.String()},
            ),
            "events": pl.DataFrame(
                {
                    "event_id": range(len(events)),
                    "case_id": [case for case, _, _ in events],
                    "event": [event for _, event, _ in events],
                    "happened_at": [at for _, _, at in events],
                },
                schema_overrides={"happened_at": pl.Datetime("us", "UTC")},
            ),
            "abilities": pl.DataFrame({"source": "s", "case_type": "missing episode", "event": ["officer_arrived"]}),
            "case_sources": pl.DataFrame({"case_id": cases, "source": "s"}),
        }
    )


def test_findings_have_the_columns_of_the_findings_table_and_stand_in_its_order():
    log = log_of(
        [
            ("s:B", "reported", NINE),
            ("s:A", "reported", NINE + HOUR),
            ("s:A", "reported", NINE),
            ("s:A", "officer_arrived", NINE + HOUR),
        ]
    )
    findings = check_by_reference([attend("second"), attend("first")], log, as_at=AS_AT)
    assert findings.schema == FINDINGS
    assert findings.select("obligation", "case_id", "triggered_at", "outcome").rows() == [
        ("second", "s:A", NINE, "met"),
        ("second", "s:A", NINE + HOUR, "met"),
        ("second", "s:B", NINE, "missed"),
        ("first", "s:A", NINE, "met"),
        ("first", "s:A", NINE + HOUR, "met"),
        ("first", "s:B", NINE, "missed"),
    ]


def test_a_log_without_cases_has_no_findings():
    findings = check_by_reference([attend()], log_of_tables({}), as_at=AS_AT)
    assert findings.schema == FINDINGS
    assert findings.is_empty()


def test_one_case_is_checked_again_as_it_changes():
    prepared = PreparedObligations(
        [attend()], RecordSystems((Ability("s", "missing episode", "officer_arrived", None),))
    )

    def outcomes(events: list[Event], as_at: datetime) -> list[str]:
        case = CaseFile("s:A", "missing episode", opened_at=NINE, events=events, sources=frozenset({"s"}))
        return [finding.outcome for finding in prepared.check_cases([case], as_at=as_at)]

    reported = Event(0, "s:A", "reported", NINE)
    arrived = Event(1, "s:A", "officer_arrived", NINE + HOUR / 2)
    assert outcomes([reported], NINE + HOUR / 4) == ["not_yet_due"]
    assert outcomes([reported, arrived], NINE + HOUR / 4) == ["not_yet_due"]
    assert outcomes([reported, arrived], NINE + HOUR) == ["met"]
    assert outcomes([reported], NINE + HOUR) == ["missed"]


def test_cases_of_one_child_are_one_group_and_cases_without_a_child_are_not():
    events = [("s:A", "reported", NINE), ("s:B", "officer_arrived", NINE), ("s:C", "reported", NINE)]
    log = log_of(events, people={"s:A": "s:1", "s:B": "s:1"})
    findings = check_by_reference([attend(per_child=True)], log, as_at=AS_AT)
    assert findings.select("case_id", "outcome", "reason").rows() == [
        ("s:A", "met", None),
        ("s:C", "cannot_tell", "no_child"),
    ]
