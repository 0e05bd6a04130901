"""The fast engine as it is built, on a log in a folder: batches, threads, sorting. What it means is held by
`specification/`.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.performance.large_log import write_large_log
from tests.performance.twenty import AS_AT, twenty_obligations
from wardline.engines import check, write_findings
from wardline.engines.columnar import batches, sorting
from wardline.events import read_event_log

EVENTS = 1_500


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A made-up log in a folder."""
    log = tmp_path_factory.mktemp("log")
    write_large_log(log, EVENTS)
    return log


def test_a_log_with_more_events_than_fit_is_taken_in_batches_by_itself(folder, tmp_path, monkeypatch):
    log, obligations = read_event_log(folder), twenty_obligations()
    write_findings(obligations, log, tmp_path / "whole.parquet", as_at=AS_AT)
    monkeypatch.setattr(batches, "EVENTS_AT_ONCE", EVENTS // 5)
    # What does not fit in memory lies beside the findings, in a folder that is no pattern, whatever it is called.
    parts = tmp_path / "what? run [1] *"
    parts.mkdir()
    write_findings(obligations, log, parts / "parts.parquet", as_at=AS_AT)
    assert (parts / "parts.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()


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
