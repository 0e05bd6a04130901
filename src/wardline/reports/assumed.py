"""Assumed limits that nobody at the force has confirmed: one short table of waits, and no share of anything."""

from __future__ import annotations

from collections.abc import Sequence

from wardline.english import and_list, count, quoted
from wardline.measures import AssumedWaits
from wardline.obligations import Owner, limit_in_words
from wardline.reports.figures_in_words import as_number, half_in_table, nine_in_ten_in_table
from wardline.reports.page_tables import Column, Table
from wardline.reports.report import Report
from wardline.reports.wording import OWNER_WORDS

__all__ = ["assumed_note", "assumed_waits"]


def assumed_waits(report: Report, assumed: Sequence[AssumedWaits]) -> Table | None:
    """A row for each obligation with a time limit of which there is an occasion: how long was waited, all limits
    together."""
    shown = []
    for one in assumed:
        limit = one.item.obligation.time_limit
        if limit is not None and one.waits is not None and one.waits.whole:
            owner = one.item.obligation.owed_by
            shown.append(
                (
                    report.title_of(one.item) + ("" if owner is Owner.FORCE else f" (owed by {OWNER_WORDS[owner]})"),
                    limit_in_words(limit),
                    as_number(one.waits.whole),
                    half_in_table(one.waits),
                    nine_in_ten_in_table(one.waits),
                    as_number(one.waits.still_waiting),
                    as_number(one.waits.no_response),
                )
            )
    if not shown:
        return None
    headings = ("Occasions timed", "Half waited under", "One in ten over", "Still waiting", "Closed without a response")
    return Table(
        caption="Waits only: limits that are assumed, and that nobody at the force has confirmed",
        columns=(Column("Obligation"), Column("Assumed limit"), *[Column(one, is_number=True) for one in headings]),
        rows=tuple(shown),
    )


def assumed_note(report: Report, assumed: Sequence[AssumedWaits]) -> str:
    """Of the assumed ones that have no row in that table, how many there are and which."""
    untimed = [one.item for one in assumed if one.waits is None]
    without = [one.item for one in assumed if one.waits is not None and not one.waits.whole]
    said = []
    if untimed:
        titles = and_list(quoted(report.title_of(item)) for item in untimed)
        said.append(
            f"{_capital(count(len(untimed), 'more assumed obligation'))} "
            f"{'has' if len(untimed) == 1 else 'have'} no time limit, and "
            f"{'is' if len(untimed) == 1 else 'are'} not counted until somebody confirms "
            f"{'it' if len(untimed) == 1 else 'them'}: {titles}."
        )
    if without:
        titles = and_list(quoted(report.title_of(item)) for item in without)
        said.append(f"There is no occasion of {titles} in the records at hand.")
    return " ".join(said)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
