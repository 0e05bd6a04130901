"""Tables of measures and measures as tests write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import polars as pl

from wardline.events import CASES, COVERAGE, EVENTS, log_of_tables
from wardline.findings import FINDINGS
from wardline.measures import MeasuredTables
from wardline.measures.charts import ChartKind, Wanted
from wardline.measures.declared.measure import Counting, Measure, PartOfPage, ShareMet
from wardline.measures.over_time.count_measures import count_measures
from wardline.measures.over_time.measures_table import MEASURES, Entries, NoValue
from wardline.time_limits import PeriodLength, last_of_period, periods_from

FIRST = date(2023, 4, 1)


def a_measure(counting: Counting | None = None, *, name: str = "test/measure", chart: ChartKind | None = None, **told):
    measure = Measure(
        name=name,
        title="Reached in time",
        part=PartOfPage.DONE,
        counting=counting or ShareMet("england/missing-children/attend"),
        wanted=Wanted.LARGER,
        chart=chart or ChartKind.P_PRIME,
        **told,
    )
    return measure


def rows_of_shares(
    shares: Sequence[tuple[int, int] | NoValue],
    *,
    first: date = FIRST,
    by: PeriodLength = PeriodLength.MONTH,
    name: str = "test/measure",
    split: str | None = None,
    group: str | None = None,
    entries: Entries = Entries.ALL,
) -> pl.DataFrame:
    """Rows of MEASURES, one for each period: so many of so many, or the reason why there is no figure."""
    days = islice(periods_from(first, date(9000, 1, 1), by), len(shares))
    rows = []
    for day, share in zip(days, shares, strict=True):
        said = dict.fromkeys(MEASURES) | {
            "measure": name,
            "by": by.value,
            "first_day": day,
            "last_day": last_of_period(day, by),
            "split": split,
            "group": group,
            "entries": entries.value,
        }
        if isinstance(share, NoValue):
            rows.append(said | {"no_value": share.value})
        else:
            part, whole = share
            rows.append(said | {"numerator": float(part), "denominator": float(whole), "value": part / whole})
    return pl.DataFrame(rows, schema=MEASURES)


LATE_LIMIT = timedelta(hours=2)
AS_AT = datetime(2024, 7, 1, tzinfo=UTC)  # in British summer time: 1 July, 01:00
PERIOD = (date(2024, 4, 1), date(2024, 6, 30))


def at(text: str) -> datetime:
    """`04-01 08:30` of 2024, in UTC."""
    return datetime.strptime(f"2024-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def cases_of(*rows: dict[str, object]) -> pl.DataFrame:
    """Cases of missing episodes: `id` and `opened`; a case names the child `p-ID` unless it says another, or None."""
    return pl.DataFrame(
        [
            {
                "case_id": f"compact:{row['id']}",
                "case_type": row.get("type", "missing episode"),
                "opened_at": row["opened"],
                "closed_at": row.get("closed"),
                "person_id": row.get("child", f"p-{row['id']}"),
                "source": row.get("source", "compact"),
            }
            | {name: value for name, value in row.items() if name not in OF_A_CASE}
            for row in rows
        ],
        schema_overrides=dict(CASES),
        infer_schema_length=None,
    )


OF_A_CASE = ("id", "opened", "closed", "child", "source", "type")
OF_AN_EVENT = ("case", "event", "at", "by", "typed", "source")


def events_of(*rows: dict[str, object]) -> pl.DataFrame:
    """Events: `case`, `event` and `at`; typed at once unless `typed` says when, or None."""
    return pl.DataFrame(
        [
            {
                "event_id": number,
                "case_id": f"compact:{row['case']}",
                "event": row["event"],
                "happened_at": row["at"],
                "happened_by": row.get("by"),
                "recorded_at": row.get("typed", row["at"]),
                "source": row.get("source", "compact"),
            }
            | {name: value for name, value in row.items() if name not in OF_AN_EVENT}
            for number, row in enumerate(rows)
        ],
        schema_overrides=dict(EVENTS),
        infer_schema_length=None,
    )


def log_of(cases, events=None, *, able=(), gaps=(), people=None, taken_at=None, holds=None):
    """An event log: compact holds every case, and is able to record `able`, pairs of event and field."""
    named = sorted({*(() if events is None else events["event"].unique()), *(name for name, _ in able if name)})
    types = sorted(cases["case_type"].unique())
    abilities = [("compact", kind, name, None) for kind in types for name in named]
    abilities += [("compact", kind, name, field) for kind in types for name, field in able if field is not None]
    abilities += [("compact", None, None, field) for name, field in able if name is None]
    coverage = [("compact", "force", taken_at, *gap) for gap in gaps or [(None, None)]]
    holds = cases.select("case_id", source=pl.lit("compact")) if holds is None else holds
    tables = {
        "cases": cases,
        "case_sources": holds,
        "abilities": pl.DataFrame(abilities, schema=["source", "case_type", "event", "field"], orient="row"),
        "coverage": pl.DataFrame(
            coverage,
            schema={
                "source": pl.String,
                "kept_by": pl.String,
                "taken_at": COVERAGE["taken_at"],
                "gap_from": COVERAGE["gap_from"],
                "gap_to": COVERAGE["gap_to"],
            },
            orient="row",
        ),
    }
    return log_of_tables(
        tables | ({} if events is None else {"events": events}) | ({} if people is None else {"people": people})
    )


def tables_of(log=None, findings=(), obligations=(), **told):
    settings = {"as_at": AS_AT, "period": PERIOD, "zone": "Europe/London"} | told
    return MeasuredTables(
        obligations=tuple(obligations),
        standards=(),
        written_up_later_after=LATE_LIMIT,
        findings=pl.LazyFrame(list(findings), schema=FINDINGS, orient="row"),
        **({} if log is None else {"event_log": log}),
        **settings,
    )


def counted(measure, tables, *, by="month", split=None, entries="all", **asked) -> dict[object, dict[str, object]]:
    """The rows of a measure, by the number of the month (or the first day), and by group where it is split."""
    table = count_measures([measure], tables, **asked)
    rows = table.filter(
        pl.col("by") == by, pl.col("split").eq_missing(pl.lit(split, pl.String)), pl.col("entries") == entries
    )
    found = {}
    for row in rows.iter_rows(named=True):
        first = row["first_day"].month if by == "month" else row["first_day"]
        key = first if by != "period" else row["group"]
        found[key if split is None or by == "period" else (first, row["group"])] = row
    return found


def told(rows, *names) -> dict[object, object]:
    """Of each row only these columns; of a row without a figure the reason, if one column is asked for."""
    if len(names) == 1:
        return {key: row[names[0]] if row["no_value"] is None else row["no_value"] for key, row in rows.items()}
    return {key: tuple(row[name] for name in names) for key, row in rows.items()}
