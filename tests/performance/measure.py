"""One measurement in a process of its own: `python -m tests.performance.measure WHAT LOG OUT` prints it as JSON.

What is timed begins after everything is imported and ends with the file written; memory is the most that the process
ever held.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import polars as pl

from tests.performance.twenty import AS_AT, twenty_obligations
from wardline.engines import write_findings
from wardline.engines.columnar.checking import FINDINGS_PER_ROW_GROUP
from wardline.engines.reference import PreparedObligations
from wardline.engines.reference.from_event_log import case_files_of, record_systems_of
from wardline.events import EventLog, log_of_tables, read_event_log

__all__ = ["MEASURES"]

EVENT_COLUMNS = ("event_id", "case_id", "event", "happened_at", "happened_by", "recorded_at", "grade")
CASE_COLUMNS = ("case_id", "case_type", "opened_at", "closed_at", "person_id", "from_care")
BATCHES = 8
CASES_RECHECKED = 300


def wardline(log: Path, out: Path) -> float:
    """Check and write as a dive does."""
    start = perf_counter()
    write_findings(twenty_obligations(), read_event_log(log), out, as_at=AS_AT)
    return perf_counter() - start


def wardline_in_batches(log: Path, out: Path) -> float:
    """The same, as for a log that does not fit in memory: eight batches of cases, partitioned on disk."""
    cases = pl.scan_parquet(log / "cases.parquet").select(pl.len()).collect().item()
    start = perf_counter()
    write_findings(twenty_obligations(), read_event_log(log), out, as_at=AS_AT, cases_per_batch=cases // BATCHES + 1)
    return perf_counter() - start


def limit(log: Path, out: Path) -> float:
    """Merely read the same columns and write the same findings, found before, with the same settings."""
    findings = pl.read_parquet(out)
    start = perf_counter()
    for table, columns in (("events", EVENT_COLUMNS), ("cases", CASE_COLUMNS), ("case_sources", None)):
        scan = pl.scan_parquet(log / f"{table}.parquet")
        (scan if columns is None else scan.select(columns)).collect()
    findings.write_parquet(out.with_suffix(".again"), row_group_size=FINDINGS_PER_ROW_GROUP)
    return perf_counter() - start


def duckdb(log: Path, out: Path) -> float:
    """The as-of joins written by hand in SQL."""
    from tests.performance.by_duckdb import write_by_duckdb

    start = perf_counter()
    write_by_duckdb(log, out)
    return perf_counter() - start


def pandas(log: Path, out: Path) -> float:
    """The same by hand with `merge_asof`."""
    from tests.performance.by_pandas import write_by_pandas

    start = perf_counter()
    write_by_pandas(log, out)
    return perf_counter() - start


def one_case(log: Path, out: Path) -> float:
    """The median time in which the reference engine checks one case again against all twenty obligations."""
    some = _some_cases(read_event_log(log))
    prepared = PreparedObligations(twenty_obligations(), record_systems_of(some))
    took = []
    for case_file in case_files_of(some):
        start = perf_counter()
        prepared.check_cases([case_file], as_at=AS_AT)
        took.append(perf_counter() - start)
    return median(took)


def _some_cases(log: EventLog) -> EventLog:
    tables = log.tables()
    cases = log.cases.head(CASES_RECHECKED).collect()
    for name in ("events", "case_sources"):
        tables[name] = tables[name].join(cases.lazy().select("case_id"), on="case_id", how="semi").collect().lazy()
    return log_of_tables({**tables, "cases": cases})


MEASURES: dict[str, Callable[[Path, Path], float]] = {
    "wardline": wardline,
    "wardline in batches": wardline_in_batches,
    "limit": limit,
    "duckdb": duckdb,
    "pandas": pandas,
    "one case": one_case,
}


if __name__ == "__main__":
    seconds = MEASURES[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bytes_held = most if sys.platform == "darwin" else most * 1024
    print(json.dumps({"seconds": seconds, "gigabytes": bytes_held / 10**9}))
