"""A check of the log that `make bench` measures: every engine finds the same, and neither threads nor batches make a
difference.
"""

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.architecture.repository import ROOT
from tests.performance.by_duckdb import write_by_duckdb
from tests.performance.by_pandas import write_by_pandas
from tests.performance.large_log import write_large_log
from tests.performance.twenty import AS_AT, twenty_obligations
from wardline.engines import check, check_by_reference, write_findings
from wardline.events import read_event_log

EVENTS = 4_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A made-up log in a folder."""
    log = tmp_path_factory.mktemp("log")
    write_large_log(log, EVENTS)
    return log


def test_the_fast_engine_finds_what_the_reference_engine_finds(folder):
    log, obligations = read_event_log(folder), twenty_obligations()
    assert check(obligations, log, as_at=AS_AT).equals(check_by_reference(obligations, log, as_at=AS_AT))


@pytest.mark.parametrize("write_by_hand", [write_by_duckdb, write_by_pandas])
def test_what_it_is_measured_against_finds_the_same(folder, tmp_path, write_by_hand):
    write_by_hand(folder, tmp_path / "theirs.parquet")
    theirs = pl.read_parquet(tmp_path / "theirs.parquet")
    if theirs.schema["late_by"] == pl.Int64():
        theirs = theirs.with_columns(pl.col("late_by").cast(pl.Duration("us")))
    # They were written by hand before anybody asked who is counted, and do not say it.
    ours = check(twenty_obligations(), read_event_log(folder), as_at=AS_AT).drop("counted")
    assert ours.equals(theirs.cast(dict(ours.schema)))


def test_the_file_is_the_same_for_any_number_of_threads(folder, tmp_path):
    for threads in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "tests.performance.measure", "wardline", str(folder), str(tmp_path / threads)],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "POLARS_MAX_THREADS": threads},
        )
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


@pytest.mark.parametrize("cases_per_batch", [7, 60, 10_000])
def test_the_file_is_the_same_for_any_size_of_batch(folder, tmp_path, cases_per_batch):
    log, obligations = read_event_log(folder), twenty_obligations()
    write_findings(obligations, log, tmp_path / "whole.parquet", as_at=AS_AT)
    write_findings(obligations, log, tmp_path / "parts.parquet", as_at=AS_AT, cases_per_batch=cases_per_batch)
    assert (tmp_path / "parts.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()
    assert pl.read_parquet(tmp_path / "whole.parquet").equals(check(obligations, log, as_at=AS_AT))
