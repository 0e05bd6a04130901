"""The fast engine as it is built: batches, threads, sorting, odd logs. What it means is held by `specification/`."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from tests.performance.large_log import write_large_log
from tests.performance.twenty import AS_AT, twenty_obligations
from wardline.engines import check, check_by_reference, write_findings
from wardline.engines.columnar import batches, sorting
from wardline.events import INSTANT, log_of_tables, read_event_log
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
EVENTS = 1_500


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A made-up log in a folder."""
    log = tmp_path_factory.mktemp("log")
    write_large_log(log, EVENTS)
    return log


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


def test_a_log_with_more_events_than_fit_is_taken_in_batches_by_itself(folder, tmp_path, monkeypatch):
    log, obligations = read_event_log(folder), twenty_obligations()
    write_findings(obligations, log, tmp_path / "whole.parquet", as_at=AS_AT)
    monkeypatch.setattr(batches, "EVENTS_AT_ONCE", EVENTS // 5)
    write_findings(obligations, log, tmp_path / "parts.parquet", as_at=AS_AT)
    assert (tmp_path / "parts.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()


def test_nothing_is_left_behind_where_writing_is_interrupted(folder, tmp_path):
    class Interrupted(Exception):
        pass

    def interrupt(what: str, done: int, total: int) -> None:
        if done == 3:
            raise Interrupted

    with pytest.raises(Interrupted):
        write_findings(
            twenty_obligations(),
            read_event_log(folder),
            tmp_path / "findings.parquet",
            as_at=AS_AT,
            cases_per_batch=50,
            progress=interrupt,
        )
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_the_obligations(folder, tmp_path):
    told = []
    write_findings(
        twenty_obligations(),
        read_event_log(folder),
        tmp_path / "findings.parquet",
        as_at=AS_AT,
        progress=lambda what, done, total: told.append((done, total)),
    )
    assert told == [(done, 20) for done in range(1, 21)]


def test_the_order_of_rows_changes_nothing(folder):
    log, obligations = read_event_log(folder), twenty_obligations()
    shuffled = replace(
        log,
        events=log.events.collect().sample(fraction=1, shuffle=True, seed=3).lazy(),
        cases=log.cases.collect().sample(fraction=1, shuffle=True, seed=4).lazy(),
    )
    assert check(obligations, shuffled, as_at=AS_AT).equals(check(obligations, log, as_at=AS_AT))


def test_sorting_in_two_steps_finds_the_same_as_in_one(folder, monkeypatch):
    log, obligations = read_event_log(folder), twenty_obligations()
    in_one = check(obligations, log, as_at=AS_AT)
    monkeypatch.setattr(sorting, "BITS", 1)
    assert check(obligations, log, as_at=AS_AT).equals(in_one)


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
