"""The fast engine as it is built, on odd logs. What it means is held by `specification/`."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from tests.performance.twenty import twenty_obligations
from wardline.engines import check, check_by_reference, write_findings
from wardline.events import INSTANT, log_of_tables
from wardline.findings import FINDINGS
from wardline.obligations import (
    Basis,
    BasisKind,
    Condition,
    EventPattern,
    Owner,
    Repeat,
    ResolvedObligation,
    Respond,
    Topic,
    Trigger,
)
from wardline.time_limits import Length, Unit

NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)


def one_obligation(response: EventPattern) -> ResolvedObligation:
    obligation = Respond(
        id="attend",
        title="Attend",
        topic=Topic.INITIAL_RESPONSE,
        owed_by=Owner.FORCE,
        basis=Basis(BasisKind.ASSUMED, "made up"),
        trigger=Trigger((EventPattern("reported"),)),
        response=(response,),
        within=Length(1, Unit.HOURS),
    )
    return ResolvedObligation(
        obligation=obligation, standard="s", version="1", case_type="missing episode", in_force_from=date(2020, 1, 1)
    )


def test_more_record_systems_than_fit_in_one_number_are_told_apart():
    sources = [f"s{number:03}" for number in range(150)]
    cases = [f"s:{number:03}" for number in range(150)]
    log = log_of_tables(
        {
            "cases": pl.DataFrame({"case_id": cases, "case_type": "missing episode"}).with_columns(
                opened_at=pl.lit(NINE, INSTANT)
            ),
            "events": pl.DataFrame({"event_id": range(150), "case_id": cases, "event": "reported"}).with_columns(
                happened_at=pl.lit(NINE, INSTANT)
            ),
            "abilities": pl.DataFrame({"source": sources[100:102], "case_type": "missing episode", "event": "reached"}),
            "case_sources": pl.DataFrame({"case_id": cases, "source": sources}),
        }
    )
    found = check([one_obligation(EventPattern("reached"))], log, as_at=NINE + timedelta(days=1))
    assert found.filter(pl.col("outcome") == "missed").get_column("case_id").to_list() == cases[100:102]
    assert found.filter(pl.col("reason") == "not_joined").height == 148


@pytest.mark.parametrize("name", ["group", "pos", "at", "start", "case", "attribute:at"])
def test_an_attribute_may_have_the_name_of_one_of_the_engines_own_columns(name):
    log = log_of_tables(
        {
            "cases": pl.DataFrame({"case_id": ["s:1"], "case_type": "missing episode"}),
            "events": pl.DataFrame(
                {
                    "event_id": [0, 1, 2],
                    "case_id": "s:1",
                    "event": ["reported", "reached", "reached"],
                    "happened_at": [NINE, NINE + timedelta(minutes=5), NINE + timedelta(minutes=9)],
                    name: [None, "no", "yes"],
                },
                schema_overrides={"happened_at": INSTANT},
            ),
        }
    )
    pattern = EventPattern("reached", (Condition(name, ("yes",)),))
    found = check([one_obligation(pattern)], log, as_at=NINE + timedelta(days=1))
    assert found.select("outcome", "response_event").rows() == [("met", 2)]


def test_of_two_starts_at_one_instant_the_one_at_its_own_cases_closing_begins_nothing():
    obligation = Repeat(
        id="review",
        title="Review",
        topic=Topic.INITIAL_RESPONSE,
        owed_by=Owner.FORCE,
        basis=Basis(BasisKind.ASSUMED, "made up"),
        start=Trigger((EventPattern("reported"),)),
        response=(EventPattern("reviewed"),),
        every=Length(1, Unit.HOURS),
        per_child=True,
    )
    resolved = replace(one_obligation(EventPattern("reached")), obligation=obligation)
    log = log_of_tables(
        {
            "cases": pl.DataFrame(
                {
                    "case_id": ["s:1", "s:2"],
                    "case_type": "missing episode",
                    "closed_at": [NINE, None],
                    "person_id": "s:p",
                },
                schema_overrides={"closed_at": INSTANT},
            ),
            "events": pl.DataFrame({"event_id": [0, 1], "case_id": ["s:1", "s:2"], "event": "reported"}).with_columns(
                happened_at=pl.lit(NINE, INSTANT)
            ),
        }
    )
    found = check([resolved], log, as_at=NINE + timedelta(days=1))
    assert found.select("case_id", "trigger_event").rows() == [("s:2", 1)]
    assert found.equals(check_by_reference([resolved], log, as_at=NINE + timedelta(days=1)))


def test_without_obligations_or_events_there_are_no_findings(tmp_path):
    nothing = log_of_tables({})
    assert check([], nothing, as_at=NINE).equals(FINDINGS.to_frame())
    assert check(twenty_obligations(), nothing, as_at=NINE).equals(FINDINGS.to_frame())
    write_findings(twenty_obligations(), nothing, tmp_path / "findings.parquet", as_at=NINE)
    written = pl.read_parquet(tmp_path / "findings.parquet")
    assert written.is_empty() and written.schema == FINDINGS
