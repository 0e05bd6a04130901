"""Ten million findings over five years, and what all measures of them cost:
`python -m tests.performance.many_findings FOLDER FINDINGS WHAT` prints it as JSON.

The findings are as a dive keeps them, obligation by obligation; their cases name a district and, mostly, a child.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import polars as pl

from tests.performance.figures import Figure
from wardline.events import INSTANT, read_event_log
from wardline.findings import FINDINGS
from wardline.measures import MeasuredTables
from wardline.measures.charts import ChartKind, Wanted
from wardline.measures.declared.measure import Measure, PartOfPage, ShareMet, ShareNotTold, Wait
from wardline.measures.over_time.count_measures import count_measures
from wardline.obligations import Basis, BasisKind, EventPattern, Owner, ResolvedObligation, Respond, Topic, Trigger
from wardline.record_systems.rows.table_writer import TableWriter
from wardline.time_limits import PeriodLength, read_length

__all__ = ["what_was_counted", "write_findings_of"]

ROOT = Path(__file__).parents[2]
OBLIGATIONS = 20
CASES_PER_CHILD = 2.5
DISTRICTS = 12
PERIOD = (date(2020, 4, 1), date(2025, 3, 31))
FIRST = 1_585_695_600  # 1 April 2020 in London, in seconds
SECONDS = 5 * 365 * 86_400
AS_AT = datetime(2025, 3, 31, 23, tzinfo=UTC)
ENTERED_LATE = 7_200  # seconds after which an entry is a late one
MOST_SECONDS = 10
OUTCOMES = ("met", "late", "missed", "exempt", "cannot_tell")
SHARES = (0.55, 0.2, 0.12, 0.08, 0.05)
OURS, PLAIN = "wardline", "polars"


def write_findings_of(folder: Path, findings: int, seed: int = 1) -> None:
    """Write the findings and the cases of so many of them into a folder."""
    rng = np.random.default_rng(seed)
    cases = findings // OBLIGATIONS
    opened = np.sort(FIRST + rng.integers(0, SECONDS, cases))
    child = rng.integers(0, int(cases / CASES_PER_CHILD) + 1, cases)
    table = pl.DataFrame({"case": np.arange(cases), "child": child, "opened": opened}).select(
        case_id=pl.lit("compact:") + pl.col("case").cast(pl.String).str.zfill(8),
        case_type=pl.lit("missing episode"),
        opened_at=(pl.col("opened") * 1_000_000).cast(INSTANT),
        closed_at=((pl.col("opened") + 5 * 86_400) * 1_000_000).cast(INSTANT),
        person_id=pl.when(pl.Series(rng.random(cases)) > 0.04).then(
            pl.lit("compact:p") + pl.col("child").cast(pl.String)
        ),
        source=pl.lit("compact"),
        source_file=pl.lit("cases.csv"),
        source_row=pl.col("case"),
        district=pl.Series(rng.integers(0, DISTRICTS, cases)).cast(pl.String).str.zfill(2),
    )
    folder.mkdir(parents=True, exist_ok=True)
    table.write_parquet(folder / "cases.parquet")
    table.select("case_id", "source").write_parquet(folder / "case_sources.parquet")
    with TableWriter(folder / "findings.parquet", FINDINGS) as writer:
        for number in range(OBLIGATIONS):
            writer.add(_findings(rng, table, f"step-{number:02}"))


def _findings(rng: np.random.Generator, cases: pl.DataFrame, obligation: str) -> pl.DataFrame:
    many = cases.height
    outcome = pl.Series(np.array(OUTCOMES)[rng.choice(len(OUTCOMES), many, p=SHARES)])
    wait = pl.Series(rng.exponential(2_400, many).astype(np.int64)).clip(0, 3_600)
    wait = pl.select(pl.when(outcome == "late").then(wait + 3_600).otherwise(wait)).to_series()
    typed = pl.Series(rng.exponential(2_400, many).astype(np.int64))
    seconds = pl.Series("seconds", cases["opened_at"].dt.epoch("s"))
    answered = outcome.is_in(["met", "late"])

    def instant(values: pl.Series, where: pl.Series) -> pl.Expr:
        return pl.when(where).then((pl.lit(values) * 1_000_000).cast(INSTANT))

    return cases.select(
        standard=pl.lit("test/standard"),
        version=pl.lit("1"),
        obligation=pl.lit(obligation),
        case_id="case_id",
        child_id="person_id",
        trigger_event=pl.int_range(pl.len(), dtype=pl.Int64),
        ordinal=pl.lit(1, pl.Int64),
        triggered_at="opened_at",
        limit=pl.lit("60 minutes"),
        deadline=(pl.lit(seconds + 3_600) * 1_000_000).cast(INSTANT),
        outcome=pl.lit(outcome),
        reason=pl.when(pl.lit(outcome == "cannot_tell")).then(pl.lit("record_gap")),
        responded_at=instant(seconds + wait, answered),
        response_recorded_at=instant(seconds + wait + typed, answered),
        exempted_at=instant(seconds + wait, outcome == "exempt"),
        exemption_recorded_at=instant(seconds + wait + typed, outcome == "exempt"),
        counted=pl.lit(True),
        standing=pl.lit("binding"),
    )


def _obligations() -> tuple[ResolvedObligation, ...]:
    def step(number: int) -> ResolvedObligation:
        obligation = Respond(
            id=f"step-{number:02}",
            title="A step",
            topic=Topic.INITIAL_RESPONSE,
            owed_by=Owner.FORCE,
            basis=Basis(BasisKind.FORCE_POLICY, "A policy"),
            trigger=Trigger((EventPattern("reported"),)),
            response=(EventPattern("answered"),),
            within=read_length("60 minutes"),
        )
        return ResolvedObligation(
            obligation=obligation,
            standard="test/standard",
            version="1",
            case_type="missing episode",
            in_force_from=date(2017, 1, 1),
        )

    return tuple(step(number) for number in range(OBLIGATIONS))


def _measures() -> list[Measure]:
    found = []
    for item in _obligations():
        name = item.full_name
        for told, counting in (
            ("met", ShareMet(name)),
            ("not-told", ShareNotTold(name)),
            ("half", Wait(name, 50)),
            ("nine-in-ten", Wait(name, 90)),
        ):
            found.append(
                Measure(f"{name}/{told}", told, PartOfPage.DONE, counting, Wanted.LARGER, ChartKind.XMR, ("district",))
            )
    return found


def _tables(folder: Path) -> MeasuredTables:
    return MeasuredTables(
        obligations=_obligations(),
        standards=(("test/standard", "1"),),
        as_at=AS_AT,
        zone="Europe/London",
        period=PERIOD,
        written_up_later_after=timedelta(seconds=ENTERED_LATE),
        findings=pl.scan_parquet(folder / "findings.parquet"),
        event_log=read_event_log(folder),
    )


def _ours(folder: Path) -> int:
    return count_measures(_measures(), _tables(folder), by=[PeriodLength.MONTH]).height


def _plain(folder: Path) -> int:
    """One pass of Polars alone: how many were met of how many, and the median wait of those who had a response."""
    cases = pl.scan_parquet(folder / "cases.parquet").select("case_id", "district")
    month = pl.col("triggered_at").dt.convert_time_zone("Europe/London").dt.truncate("1mo")
    wait = pl.col("responded_at") - pl.col("triggered_at")
    judged = pl.col("outcome").is_in(["met", "late", "missed"]) & pl.col("counted")
    return (
        pl.scan_parquet(folder / "findings.parquet")
        .join(cases, on="case_id", how="left")
        .group_by("obligation", "district", month=month)
        .agg(
            met=(judged & (pl.col("outcome") == "met")).sum(),
            judged=judged.sum(),
            not_told=(pl.col("outcome") == "cannot_tell").sum(),
            half=wait.median(),
        )
        .sort("obligation", "district", "month")
        .collect(engine="streaming")
        .height
    )


def what_was_counted(folder: Path, findings: int, runs: int, cores: int) -> tuple[list[Figure], str]:
    """The figures, and what was measured in words."""
    print(f"making up {findings:,} findings", file=sys.stderr, flush=True)
    _run(folder, findings, "write", cores)
    taken = {OURS: [], PLAIN: []}  # type: dict[str, list[dict[str, float]]]
    for _ in range(runs):
        for name, found in taken.items():
            found.append(_run(folder, findings, name, cores))
            print(f"  {name:<20} {found[-1]['seconds']:8.3f} s", file=sys.stderr, flush=True)
    seconds = median(one["seconds"] for one in taken[OURS])
    ratio = median(ours["seconds"] / plain["seconds"] for ours, plain in zip(taken[OURS], taken[PLAIN], strict=True))
    memory = max(one["gigabytes"] for one in taken[OURS])
    measures, rows = len(_measures()), int(taken[OURS][0]["rows"])
    return [
        Figure("Seconds for all measures", f"{seconds:.1f}", f"under {MOST_SECONDS}", seconds < MOST_SECONDS),
        Figure("As a multiple of one group-by in plain Polars", f"{ratio:.2f}", "–", True),
        Figure("Memory for all measures, in gigabytes", f"{memory:.2f}", "–", True),
    ], (
        f"{measures} measures (the share in time, the share that cannot be told, and the median and ninetieth-percentile "
        f"wait of each of {OBLIGATIONS} obligations)\nof {findings:,} findings over five years, by month and over the "
        f"whole period, by district and all together, of all entries and of\nthose written at the time: {rows:,} rows. "
        "Beside it one group-by in plain Polars, by obligation, month and district, that counts\nwhat was met, judged and "
        "not told, and the median of the waits that ended, without intervals and without those still waiting.\nTimes are "
        f"the median of {runs} runs, each in a process of its own, reading from disk."
    )


def _run(folder: Path, findings: int, what: str, cores: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.performance.many_findings", str(folder), str(findings), what],
        cwd=ROOT,
        env={**os.environ, "POLARS_MAX_THREADS": str(cores)},
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    target, what = Path(sys.argv[1]), sys.argv[3]
    start, rows = perf_counter(), 0
    if what == "write":
        write_findings_of(target, int(sys.argv[2]))
    else:
        rows = (_ours if what == OURS else _plain)(target)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    held = most if sys.platform == "darwin" else most * 1024
    print(json.dumps({"seconds": perf_counter() - start, "gigabytes": held / 10**9, "rows": rows}))
