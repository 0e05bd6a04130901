"""Each child once: its cases, and what was found of them over all standards. Pseudonyms, never names."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.findings import Outcome
from wardline.obligations import Never, Owner, ResolvedObligation
from wardline.reports.occasions import stands_in_headlines
from wardline.reports.page_tables import Column, Table
from wardline.reports.report import Report
from wardline.reports.wording import OWNER_WORDS, count, number

__all__ = ["ORDER", "ChildrenToOpen", "by_child", "children_to_open_first"]

# Chosen by us so that the page can be printed and read.
MOST_CHILDREN = 50
MOST_CASES_WITHOUT_CHILD = 15
MOST_CASES_NAMED = 3
PSEUDONYM_SHOWN = 12  # characters; enough to tell thousands apart

ORDER = (
    "First come those with an open case that is past the deadline of a step that protects the child, then those with "
    "any open case past a deadline, then those with most steps that protect the child of which no record was found, "
    "then with most of anything of which none was found, then with most recorded late; of equals the first by pseudonym."
)
COUNTS = ("open_and_protecting", "open", "protecting", "missed", "late")


@dataclass(frozen=True)
class ChildrenToOpen:
    """How many children and cases there are to open, in a sentence, and the tables of them."""

    summary: str
    tables: tuple[Table, ...]


def by_child(report: Report, findings: pl.DataFrame) -> pl.DataFrame:
    """A row for each child of whom anything was found missing or late, and for each such case that names no child.

    `child_id`, `cases` (their ids, most urgent first), `step` (the obligation to look at first), and how many
    occasions there are: `open` past a deadline without a record, of these `open_and_protecting`; without a record at
    all (`missed`), of these `protecting`; and `late`. In the order that ORDER states. Limits that nobody has
    confirmed count nowhere.
    """
    mine = {item.key: item for item in stands_in_headlines(report.obligations)}
    # What was recorded as happening and must not is no step that anybody could still take.
    steps = [name for name, item in mine.items() if not isinstance(item.obligation, Never)]
    protecting = [name for name in steps if mine[name].obligation.safeguarding]
    is_missed = pl.col("outcome") == Outcome.MISSED.value
    is_open = is_missed & pl.col("case_is_known") & pl.col("closed_at").is_null() & pl.col("key").is_in(steps)
    protects = pl.col("key").is_in(protecting)
    found = (
        findings.lazy()
        .filter(pl.col("outcome").is_in([Outcome.MISSED.value, Outcome.LATE.value]), pl.col("key").is_in(list(mine)))
        .select(
            "child_id",
            "case_id",
            "key",
            "deadline",
            unnamed=pl.when(pl.col("child_id").is_null()).then("case_id"),
            open_and_protecting=is_open & protects,
            open=is_open,
            protecting=is_missed & protects,
            missed=is_missed,
            late=~is_missed,
        )
    )
    urgent_first = [*COUNTS, "deadline", "case_id", "key"]
    descending = [True] * len(COUNTS) + [False] * 3
    return (
        found.sort(urgent_first, descending=descending, nulls_last=True)
        .group_by("child_id", "unnamed", maintain_order=True)
        .agg(
            *[pl.col(name).sum() for name in COUNTS],
            cases=pl.col("case_id").unique(maintain_order=True),
            step=pl.col("key").first(),
        )
        .sort(
            [
                pl.col("open_and_protecting") > 0,
                pl.col("open") > 0,
                "protecting",
                "missed",
                "late",
                "child_id",
                "unnamed",
            ],
            descending=[True] * 5 + [False] * 2,
            nulls_last=True,
        )
        .collect()
    )


def children_to_open_first(report: Report, findings: pl.DataFrame) -> ChildrenToOpen:
    """The children, each once, and after them the cases that name none."""
    rows = by_child(report, findings)
    titles = {item.key: _title(report, item) for item in report.obligations}
    named, unnamed = rows.filter(pl.col("child_id").is_not_null()), rows.filter(pl.col("child_id").is_null())
    tables = (
        _table(named, titles, "Children", Column("Child", is_code=True), MOST_CHILDREN),
        _table(unnamed, titles, "Cases that name no child", None, MOST_CASES_WITHOUT_CHILD),
    )
    return ChildrenToOpen(_summary(rows, named, unnamed), tuple(table for table in tables if table is not None))


def _table(rows: pl.DataFrame, titles: dict[str, str], caption: str, child: Column | None, most: int) -> Table | None:
    if rows.is_empty():
        return None
    shown = []
    for row in rows.head(most).iter_rows(named=True):
        counts = [number(row[name]) if row[name] else "–" for name in ("open", "protecting", "missed", "late")]
        who = [] if child is None else [row["child_id"][:PSEUDONYM_SHOWN]]
        shown.append((*who, _cases(row["cases"]), titles.get(row["step"], row["step"]), *counts))
    note = (
        f"The first {number(most)} of {number(rows.height)} are shown, in the order stated above. All of them stand in "
        "tables.ods, on the sheet of children, and each finding in findings.parquet."
        if rows.height > most
        else ""
    )
    return Table(
        caption=f"{caption}: {number(rows.height)}",
        columns=(
            *([] if child is None else [child]),
            Column("Cases", is_code=True),
            Column("Look first at"),
            Column("Open, past deadline", is_number=True),
            Column("No record: protecting", is_number=True),
            Column("No record: all", is_number=True),
            Column("Late", is_number=True),
        ),
        rows=tuple(shown),
        note=note,
    )


def _title(report: Report, item: ResolvedObligation) -> str:
    owner = item.obligation.owed_by
    return report.title_of(item) + ("" if owner is Owner.FORCE else f" (owed by {OWNER_WORDS[owner]})")


def _cases(case_ids: list[str]) -> str:
    more = len(case_ids) - MOST_CASES_NAMED
    return ", ".join(case_ids[:MOST_CASES_NAMED]) + (f" and {number(more)} more" if more > 0 else "")


def _summary(rows: pl.DataFrame, named: pl.DataFrame, unnamed: pl.DataFrame) -> str:
    if rows.is_empty():
        return ""
    who = count(named.height, "child", "children")
    if unnamed.height:
        who += f", and {count(unnamed.height, 'case')} that {'names' if unnamed.height == 1 else 'name'} no child"
    said = [f"Something was not recorded, or recorded late, for {who}."]
    is_open, protecting = (rows.filter(pl.col(name) > 0) for name in ("open", "protecting"))
    if is_open.height:
        said.append(f"Of these, {_have(is_open)} an open case past a deadline: somebody must look at it today.")
    if protecting.height:
        said.append(f"For {number(protecting.height)} no record was found of a step that protects the child.")
    return " ".join(said)


def _have(rows: pl.DataFrame) -> str:
    return f"{number(rows.height)} {'has' if rows.height == 1 else 'have'}"
