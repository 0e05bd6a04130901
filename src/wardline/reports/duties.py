"""What was found, obligation by obligation and by who owes it: the outcomes, the waits, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from wardline.findings import Outcome
from wardline.obligations import BasisKind, Owner, ResolvedObligation, Standing, TimeLimit, limit_in_words, sentence
from wardline.reports.occasions import JUDGED, Counts, counts_of
from wardline.reports.report import Report
from wardline.reports.tables import Column, Table
from wardline.reports.wait_picture import WaitPicture, wait_picture
from wardline.reports.waits import Waits, waits_by_limit, waits_of
from wardline.reports.words import BASIS_WORDS, count, number, outcome_words, owner_of_duty
from wardline.standards import Compared, how_compared
from wardline.time_limits import ToBeSet

__all__ = ["Duty", "OwnerDuties", "duties_by_owner"]

MOST_PICTURES = 6  # of one obligation; the table holds the rest. Chosen by us.


@dataclass(frozen=True)
class Duty:
    """One obligation's part of the page."""

    id: str
    title: str
    sentence: str
    notes: tuple[str, ...]
    table: Table | None
    without_table: str
    pictures: tuple[WaitPicture, ...]


@dataclass(frozen=True)
class OwnerDuties:
    """The obligations of one owner."""

    heading: str
    note: str
    duties: tuple[Duty, ...]


def duties_by_owner(report: Report, findings: pl.DataFrame) -> list[OwnerDuties]:
    """The force's first, then the others', each in the order of the obligations."""
    parts = []
    for owner in Owner:
        mine = [(at, item) for at, item in enumerate(report.obligations, 1) if item.obligation.owed_by is owner]
        if mine:
            note = "" if owner is Owner.FORCE else "None of these figures is part of the force's."
            parts.append(
                OwnerDuties(
                    owner_of_duty(owner),
                    note,
                    tuple(
                        _duty(report, item, findings.filter(pl.col("duty") == item.key), f"obligation-{at}")
                        for at, item in mine
                    ),
                )
            )
    return parts


def _duty(report: Report, item: ResolvedObligation, mine: pl.DataFrame, name: str) -> Duty:
    groups = waits_by_limit(item, mine) if item.obligation.time_limit is not None else []
    is_assumed = item.standing is Standing.ASSUMED
    if mine.is_empty():
        table = None
    elif is_assumed:
        table = _waits_only(item, groups)
    elif groups:
        table = _outcomes_by_limit(item, groups, mine)
    else:
        table = _outcomes(item, counts_of(mine))
    drawn = sorted((group for group in groups if group.whole), key=lambda group: -group.whole)[:MOST_PICTURES]
    pictures = tuple(
        wait_picture(group, f"{name}-waits-{at}", shows_outcomes=not is_assumed, is_made_up=report.is_made_up_data)
        for at, group in enumerate(groups, 1)
        if group in drawn
    )
    return Duty(
        name,
        report.title_of(item),
        sentence(item.obligation),
        tuple(_notes(report, item)),
        table,
        _without_table(item, mine),
        pictures,
    )


def _notes(report: Report, item: ResolvedObligation) -> list[str]:
    basis = item.obligation.basis
    source = ", ".join(part for part in (basis.title, basis.publisher, basis.published) if part)
    notes = [f"Basis: {BASIS_WORDS[basis.kind].lower()} ({source})."]
    if item.standing is Standing.ASSUMED:
        only = "so only the waits are shown" if item.obligation.time_limit else "so nothing is counted here"
        notes.append(f"It is assumed, and nobody at the force has confirmed it, {only}.")
    if (confirmed := report.confirmed.get(item.full_name)) is not None:
        notes.append(f"Confirmed for this force by {confirmed.by}, {confirmed.on}.")
    if item.shipped_limit is not None:
        reason = report.limit_reasons.get(item.full_name)
        because = f" Its reason: {reason}" if reason else ""
        theirs = (
            "the standard leaves it to be set"
            if isinstance(item.shipped_limit, ToBeSet)
            else f"the standard's is {limit_in_words(item.shipped_limit)}"
        )
        notes.append(f"The limit is the force's own; {theirs}.{because}")
        if basis.kind is BasisKind.STATUTE and _gives_more_time(item, item.shipped_limit):
            notes.append("It gives more time than the statute does, which no force can change.")
    return notes


def _gives_more_time(item: ResolvedObligation, shipped: TimeLimit) -> bool:
    own = item.obligation.time_limit
    return own is not None and how_compared(shipped, own) is Compared.LOOSER


def _without_table(item: ResolvedObligation, mine: pl.DataFrame) -> str:
    """What is said where there is no table."""
    if mine.is_empty():
        return "The records at hand hold no occasion of it."
    held = f"The records at hand hold {count(mine.height, 'occasion')} of it"
    return f"{held}; they are shown once it is confirmed." if item.standing is Standing.ASSUMED else f"{held}."


def _outcome_columns(item: ResolvedObligation) -> list[tuple[Outcome, str]]:
    return list(outcome_words(item.obligation).items())


def _cells(item: ResolvedObligation, counts: Counts) -> list[str]:
    return [number(counts.occasions), *[number(counts.of(outcome)) for outcome, _ in _outcome_columns(item)]]


def _outcomes(item: ResolvedObligation, counts: Counts) -> Table:
    headings = ["Occasions", *[words for _, words in _outcome_columns(item)]]
    return Table(
        caption=f"{item.obligation.title}: {count(counts.occasions, 'occasion')}",
        columns=(Column(""), *[Column(heading, is_number=True) for heading in headings]),
        rows=(("All", *_cells(item, counts)),),
    )


def _outcomes_by_limit(item: ResolvedObligation, groups: list[Waits], mine: pl.DataFrame) -> Table:
    headings = ["Occasions", *[words for _, words in _outcome_columns(item)], "Half waited under", "One in ten over"]
    rows = [
        (group.label, *_cells(item, group.counts), group.half_in_table(), group.nine_in_ten_in_table())
        for group in groups
    ]
    if len(groups) > 1:
        waits = waits_of(mine.filter(pl.col("outcome").is_in(JUDGED)))
        rows.append(("All", *_cells(item, counts_of(mine)), waits.half_in_table(), waits.nine_in_ten_in_table()))
    return Table(
        caption=f"{item.obligation.title}: {count(mine.height, 'occasion')}",
        columns=(Column("Time limit"), *[Column(heading, is_number=True) for heading in headings]),
        rows=tuple(rows),
    )


def _waits_only(item: ResolvedObligation, groups: list[Waits]) -> Table | None:
    headings = ["Occasions timed", "Half waited under", "One in ten over", "No response on record"]
    rows = tuple(
        (
            group.label,
            number(group.whole),
            group.half_in_table(),
            group.nine_in_ten_in_table(),
            number(group.still_waiting),
        )
        for group in groups
        if group.whole
    )
    if not rows:
        return None
    return Table(
        caption=f"{item.obligation.title}: waits only, because the limit is assumed",
        columns=(Column("Assumed limit"), *[Column(heading, is_number=True) for heading in headings]),
        rows=rows,
    )
