"""The one thing that most needs attention, chosen by a rule that the page states."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.findings import Outcome
from wardline.obligations import Never, Owner, Record, ResolvedObligation
from wardline.reports.headline import noun_of
from wardline.reports.occasions import Counts, count_outcomes, stands_in_headlines
from wardline.reports.report import Report
from wardline.reports.wording import count, number, quoted, times

__all__ = ["RULE", "Attention", "most_needing_attention"]

RULE = (
    "What most needs attention is, of the steps that protect the child and that the force owes, the one with the most "
    "occasions past their deadline of which no record was found; where there is none, the one most often recorded late. "
    "Where there is no such step, it is chosen in the same way from all that the force owes; and where nothing is "
    "missing or late, it is the one for which we most often cannot tell. Of equals the first listed is taken. Assumed "
    "limits that nobody has confirmed are left out."
)


@dataclass(frozen=True)
class Attention:
    """The thing, in a sentence or two, and the obligation that it is about, if it is about one."""

    sentence: str
    item: ResolvedObligation | None = None


def most_needing_attention(report: Report, findings: pl.DataFrame) -> Attention:
    """Apply the rule."""
    mine = stands_in_headlines(report.obligations, owed_by=Owner.FORCE)
    counts = count_outcomes(findings)
    protecting = [item for item in mine if item.obligation.safeguarding]
    for among, outcome in (
        (protecting, Outcome.MISSED),
        (protecting, Outcome.LATE),
        (mine, Outcome.MISSED),
        (mine, Outcome.LATE),
        (mine, Outcome.CANNOT_TELL),
    ):
        found = _most(among, counts, outcome)
        if found is not None:
            return Attention(_sentence(found, counts[found.key], outcome, findings), found)
    return Attention("By the rule stated in the method, nothing in these records stands out.")


def _most(among: list[ResolvedObligation], counts: dict[str, Counts], outcome: Outcome) -> ResolvedObligation | None:
    best, most = None, 0
    for item in among:
        here = counts.get(item.key, Counts()).of(outcome)
        if here > most:
            best, most = item, here
    return best


def _sentence(item: ResolvedObligation, counts: Counts, outcome: Outcome, findings: pl.DataFrame) -> str:
    title = quoted(item.obligation.title)
    many = count(counts.of(outcome), noun_of(item))
    step = ", a step that protects the child" if item.obligation.safeguarding else ""
    if outcome is Outcome.LATE:
        return f"{title}{step}: recorded late for {many}, of {number(counts.judged)} that we can judge."
    if outcome is Outcome.CANNOT_TELL:
        return f"{title}: for {many}, of {number(counts.occasions)}, the records do not let us tell."
    match item.obligation:
        case Never():
            said = f"{title}{step}: recorded as happening {times(counts.of(outcome))}."
        case Record():
            said = f"{title}{step}: not filled in for {many}, of {number(counts.judged)} that we can judge."
        case _:
            said = (
                f"{title}{step}: no record was found for {many} whose deadline has passed, of "
                f"{number(counts.judged)} that we can judge."
            )
    still_open = findings.filter(
        (pl.col("key") == item.key)
        & (pl.col("outcome") == Outcome.MISSED.value)
        & pl.col("case_is_known")
        & pl.col("closed_at").is_null()
    )["case_id"].n_unique()
    if still_open:
        cases = "One of these cases is" if still_open == 1 else f"{number(still_open)} of these cases are"
        said += f" {cases} still open{', and somebody must look today' if item.obligation.safeguarding else ''}."
    return said
