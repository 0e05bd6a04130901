"""Assumed limits that nobody at the force has confirmed: one short table of waits, and no share of anything."""

from __future__ import annotations

import polars as pl

from wardline.findings import Reason
from wardline.obligations import Owner, ResolvedObligation, limit_in_words
from wardline.reports.occasions import JUDGED
from wardline.reports.page_tables import Column, Table
from wardline.reports.report import Report
from wardline.reports.waits import Waits, called_off, waits_of
from wardline.reports.wording import OWNER_WORDS, and_list, count, number, quoted

__all__ = ["assumed_note", "assumed_waits"]


def assumed_waits(report: Report, assumed: list[ResolvedObligation], rows: dict[str, pl.DataFrame]) -> Table | None:
    """A row for each obligation with a time limit of which there is an occasion: how long was waited, all limits
    together."""
    shown = []
    for item in assumed:
        waits = _waits(rows[item.key])
        if item.obligation.time_limit is not None and waits.whole:
            owner = item.obligation.owed_by
            shown.append(
                (
                    report.title_of(item) + ("" if owner is Owner.FORCE else f" (owed by {OWNER_WORDS[owner]})"),
                    limit_in_words(item.obligation.time_limit),
                    number(waits.whole),
                    waits.half_in_table(),
                    waits.nine_in_ten_in_table(),
                    number(waits.still_waiting),
                )
            )
    if not shown:
        return None
    headings = ("Occasions timed", "Half waited under", "One in ten over", "No response on record")
    return Table(
        caption="Waits only: limits that are assumed, and that nobody at the force has confirmed",
        columns=(Column("Obligation"), Column("Assumed limit"), *[Column(one, is_number=True) for one in headings]),
        rows=tuple(shown),
    )


def assumed_note(report: Report, assumed: list[ResolvedObligation], rows: dict[str, pl.DataFrame]) -> str:
    """Of the assumed ones that have no row in that table, how many there are and which."""
    untimed = [item for item in assumed if item.obligation.time_limit is None]
    without = [item for item in assumed if item.obligation.time_limit is not None and not _waits(rows[item.key]).whole]
    said = []
    if untimed:
        titles = and_list(quoted(report.title_of(item)) for item in untimed)
        said.append(
            f"{_capital(count(len(untimed), 'more assumed obligation'))} {'has' if len(untimed) == 1 else 'have'} no time "
            f"limit, and nothing of {'it' if len(untimed) == 1 else 'them'} is counted before it is confirmed: {titles}."
        )
    if without:
        titles = and_list(quoted(report.title_of(item)) for item in without)
        said.append(f"The records at hand hold no occasion of {titles}.")
    return " ".join(said)


def _waits(mine: pl.DataFrame) -> Waits:
    waiting = (pl.col("reason") == Reason.LIMIT_UNKNOWN.value) & ~called_off()
    return waits_of(mine.filter(pl.col("outcome").is_in(JUDGED) | waiting.fill_null(False)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
