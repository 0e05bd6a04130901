"""The findings made ready for counting: each occasion with its obligation's key, its wait, and its case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from wardline.findings import Outcome
from wardline.obligations import Owner, ResolvedObligation, Standing
from wardline.reports.report import Report
from wardline.reports.shares import Share
from wardline.time_limits import Calendar, elapsed_column, local_hour_column

__all__ = ["JUDGED", "Counts", "count_outcomes", "counts_of", "occasions", "stands_in_headlines"]

LEFT_OUT = (
    "standard",
    "version",
    "obligation",
    "ordinal",
    "shipped_limit",
    "response_event",
    "response_recorded_at",
    "exemption_event",
    "exemption_recorded_at",
    "standing",
)
JUDGED = (Outcome.MET.value, Outcome.LATE.value, Outcome.MISSED.value)


@dataclass(frozen=True)
class Counts:
    """How many occasions of an obligation had each outcome."""

    met: int = 0
    late: int = 0
    missed: int = 0
    not_yet_due: int = 0
    exempt: int = 0
    cannot_tell: int = 0

    @property
    def occasions(self) -> int:
        """All of them."""
        return self.judged + self.not_yet_due + self.exempt + self.cannot_tell

    @property
    def judged(self) -> int:
        """Those a share is out of: met, late and missed."""
        return self.met + self.late + self.missed

    @property
    def share(self) -> Share:
        """Met out of met, late and missed."""
        return Share(self.met, self.judged)

    def of(self, outcome: Outcome) -> int:
        """How many had this outcome."""
        return int(getattr(self, outcome.value))


def occasions(report: Report) -> pl.DataFrame:
    """The findings with `key` (the obligation's key), `wait` (from trigger to response, never below zero),
    `hour` (of the local day of the trigger), `written` (`at the time`, `later`, or empty where the system does not
    say), `case_is_known`, `closed_at`, and the case's attributes as `case.NAME`. Text columns are plain text; columns
    of the findings that the page has no use for are left out, since there may be millions of rows.
    """
    calendar = Calendar(report.zone)
    texts = [name for name, kind in report.findings.schema.items() if isinstance(kind, (pl.Categorical, pl.Enum))]
    written_after = pl.col("response_recorded_at") - pl.col("responded_at")
    return (
        report.findings.lazy()
        .with_columns(pl.col(texts).cast(pl.String()))
        .with_columns(
            key=pl.format("{}/{} {}", "standard", "obligation", "version"),
            wait=elapsed_column(pl.col("triggered_at"), pl.col("responded_at")),
            hour=local_hour_column(pl.col("triggered_at"), calendar),
            written=pl.when(written_after <= report.written_up_later_after)
            .then(pl.lit("at the time"))
            .when(written_after.is_not_null())
            .then(pl.lit("later")),
        )
        .drop(LEFT_OUT)
        .join(_cases_beside(report.cases).lazy(), on="case_id", how="left", maintain_order="left")
        .with_columns(case_is_known=pl.col("case_is_known").fill_null(False))
        .collect()
    )


def count_outcomes(findings: pl.DataFrame) -> dict[str, Counts]:
    """The counts of each obligation, by its key."""
    counted: dict[str, dict[str, int]] = {}
    for key, outcome, rows in findings.group_by("key", "outcome").len().iter_rows():
        counted.setdefault(key, {})[outcome] = rows
    return {key: Counts(**by_outcome) for key, by_outcome in counted.items()}


def counts_of(findings: pl.DataFrame) -> Counts:
    """The counts of all these occasions together."""
    return Counts(**dict(findings.group_by("outcome").len().iter_rows()))


def stands_in_headlines(
    obligations: Iterable[ResolvedObligation], *, owed_by: Owner | None = None
) -> list[ResolvedObligation]:
    """Those that may stand in a headline: not `assumed` and unconfirmed; of one owner if named."""
    return [
        item
        for item in obligations
        if item.standing is Standing.BINDING and (owed_by is None or item.obligation.owed_by is owed_by)
    ]


def _cases_beside(cases: pl.DataFrame) -> pl.DataFrame:
    """One row for each case: when it was closed, and its attributes under names of their own."""
    fixed = {"case_type", "opened_at", "person_id", "source", "source_file", "source_row"}
    return cases.unique("case_id", keep="first", maintain_order=True).select(
        "case_id",
        "closed_at",
        pl.lit(True).alias("case_is_known"),
        *[pl.col(name).alias(f"case.{name}") for name in cases.columns if name not in fixed | {"case_id", "closed_at"}],
    )
