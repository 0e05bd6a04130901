"""What was found, standard by standard: a row for each obligation, then each with its waits and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardline.english import and_list, quoted
from wardline.findings import Outcome
from wardline.measures import LimitWaits, ObligationFigures, OutcomeCounts, StandardFigures
from wardline.obligations import BasisKind, Owner, ResolvedObligation, Standing, TimeLimit, limit_in_words, sentence
from wardline.reports.assumed import assumed_note, assumed_waits
from wardline.reports.figures_in_words import (
    NO_SINGLE_FIGURE,
    as_number,
    half_in_table,
    nine_in_ten_in_table,
    told_as_figure,
    with_its_noun,
    with_noun,
)
from wardline.reports.page_tables import Column, Phrase, Table
from wardline.reports.report import Report
from wardline.reports.wait_picture import WaitPicture, limit_label, wait_picture
from wardline.reports.wording import BASIS_WORDS, outcome_words, owner_of_obligation
from wardline.standards import Compared, how_compared
from wardline.time_limits import ToBeSet

__all__ = [
    "ObligationPart",
    "StandardPart",
    "first_in_full",
    "notes_beside_basis",
    "obligation_in_full",
    "obligations_by_standard",
]

FEWEST_FOR_AN_OVERVIEW = 3  # obligations; fewer can be seen without. Chosen by us.
WHY_NOT_COUNTED = "because the records would not have shown it if nothing had been done"


@dataclass(frozen=True)
class ObligationPart:
    """One obligation's part of the page."""

    id: str
    title: str
    sentence: str
    notes: tuple[str, ...]
    table: Table | None
    in_a_sentence: str  # said where there is no table
    pictures: tuple[WaitPicture, ...]


@dataclass(frozen=True)
class StandardPart:
    """One standard's part of the page: what is in it, a row for each obligation, the details, and assumed waits."""

    id: str
    heading: str
    summary: str
    overview: Table | None
    obligations: tuple[ObligationPart, ...]
    not_judged: str
    assumed: Table | None
    assumed_note: str
    asked: tuple[ObligationPart, ...]  # in a section of their own


def obligations_by_standard(report: Report) -> list[StandardPart]:
    """The standards in their order, without those of which no obligation was checked."""
    places = {(one.name, one.version): at for at, one in enumerate(report.standards, 1)}
    return [_part(report, found, places[found.standard]) for found in report.figures.standards]


def first_in_full(report: Report) -> ObligationPart | None:
    """The obligation that the first headline speaks of, in full; None where there is no more to say of it."""
    spoken = report.figures.headlines[0].item if report.figures.headlines else None
    found = [one for standard in report.figures.standards for one in standard.found if one.item == spoken]
    return obligation_in_full(report, found[0], "first") if found and found[0].is_detailed else None


def _part(report: Report, found: StandardFigures, number_of_standard: int) -> StandardPart:
    name = f"standard-{number_of_standard}"
    detailed = {one.item.key for one in found.found if one.is_detailed}
    ids = {item.key: f"{name}-{at}" for at, item in enumerate(found.items, 1) if item.key in detailed}
    return StandardPart(
        name,
        report.standards[number_of_standard - 1].title,
        _summary(found),
        _overview(report, found, ids),
        tuple(obligation_in_full(report, one, ids[one.item.key]) for one in found.found if one.is_detailed),
        _not_judged(report, [one for one in found.found if not one.is_detailed]),
        assumed_waits(report, found.assumed),
        assumed_note(report, found.assumed),
        tuple(obligation_in_full(report, one, f"{name}-asked-{at}") for at, one in enumerate(found.asked, 1)),
    )


def _summary(found: StandardFigures) -> str:
    whole, outcomes = with_noun(found.obligations, "obligation"), found.outcomes
    if not found.countable:
        return (
            f"It has {whole}, and none can be a headline: each is assumed, and nobody at the force has confirmed any."
        )
    said = []
    if found.countable.value < found.obligations.value:
        said.append(f"It has {whole}, and {as_number(found.countable)} of them can be headlines.")
    if outcomes.judged:
        said.append(
            f"Of {with_its_noun(outcomes.judged)} that we can judge, {as_number(outcomes.not_met)} "
            f"{'was' if outcomes.not_met.value == 1 else 'were'} not recorded in time, or not as owed."
        )
    if outcomes.cannot_tell:
        said.append(f"We cannot tell in {as_number(outcomes.cannot_tell)}{' more' if outcomes.judged else ''}.")
    if outcomes.not_counted:
        said.append(f"Not counted: {as_number(outcomes.not_counted)}, {WHY_NOT_COUNTED}.")
    return " ".join(said)


def _not_judged(report: Report, silent: Sequence[ObligationFigures]) -> str:
    """Those of which nothing can be judged, together."""
    if not silent:
        return ""
    named = [
        quoted(report.title_of(one.item))
        + (f" (cannot tell {as_number(one.outcomes.cannot_tell)})" if one.outcomes.cannot_tell else "")
        for one in silent
    ]
    return f"There is no occasion that we can judge for {and_list(named)}."


def _overview(report: Report, found: StandardFigures, ids: dict[str, str]) -> Table | None:
    """A row for each obligation; a *never* and a *record* stand in the same columns, as the headings say."""
    if found.countable.value < FEWEST_FOR_AN_OVERVIEW:
        return None
    rows = []
    for one in found.found:
        here, owed_by = one.outcomes, one.item.obligation.owed_by
        href = f"#{ids[one.item.key]}" if one.item.key in ids else None
        owner = "" if owed_by is Owner.FORCE else f" ({owner_of_obligation(owed_by).lower()})"
        rows.append(
            (
                (Phrase(report.title_of(one.item), href=href), Phrase(owner)),
                as_number(here.judged),
                told_as_figure(here.share, here.cannot_tell),
                as_number(here.late),
                as_number(here.missed),
                as_number(here.cannot_tell),
            )
        )
    headings = ("We can judge", "In time, or as owed", "Late", "No record, or not as owed", "Cannot tell")
    return Table(
        caption=f"{with_noun(found.countable, 'obligation')} that may be headlines, in occasions",
        columns=(Column("Obligation"), *[Column(heading, is_number=True) for heading in headings]),
        rows=tuple(rows),
        note="" if all(one.outcomes.is_told for one in found.found) else NO_SINGLE_FIGURE,
    )


def obligation_in_full(report: Report, found: ObligationFigures, name: str) -> ObligationPart:
    """One obligation with all there is to say of it. `name` is an id that is the only one of its kind on the page."""
    item = found.item
    pictures = tuple(
        wait_picture(item, group, f"{name}-waits-{at}", is_made_up=report.is_made_up_data)
        for at, group in enumerate(found.limits, 1)
        if group.is_drawn
    )
    return ObligationPart(
        name,
        report.title_of(item),
        sentence(item.obligation),
        tuple(_notes(report, item)),
        _outcomes_by_limit(found) if found.limits and found.outcomes.occasions else None,
        _in_a_sentence(item, found.outcomes),
        pictures,
    )


def _in_a_sentence(item: ResolvedObligation, outcomes: OutcomeCounts) -> str:
    """The outcomes, where there is no table of them."""
    if not outcomes.occasions:
        return "There is no occasion of it in the records at hand."
    parts = [
        f"{words.lower()} {as_number(outcomes.of(outcome))}"
        for outcome, words in _outcome_columns(item)
        if outcomes.of(outcome)
    ]
    if outcomes.not_counted:
        parts.append(f"not counted {as_number(outcomes.not_counted)}, {WHY_NOT_COUNTED}")
    return f"Of {with_its_noun(outcomes.occasions)}: {', '.join(parts)}."


def _notes(report: Report, item: ResolvedObligation) -> list[str]:
    basis = item.obligation.basis
    source = ", ".join(part for part in (basis.title, basis.publisher, basis.published) if part)
    said = f"Basis: {BASIS_WORDS[basis.kind].lower()} ({source})."
    return [*_whose(item), said, *_of_the_force(report, item)]


def notes_beside_basis(report: Report, item: ResolvedObligation) -> list[str]:
    """Who owes it where that is not the force, who confirmed or asks it, and whose limit it is."""
    return [*_whose(item), *_of_the_force(report, item)]


def _whose(item: ResolvedObligation) -> list[str]:
    owner = item.obligation.owed_by
    if owner is Owner.FORCE:
        return []
    return [f"{owner_of_obligation(owner)}: none of these figures is part of the force's."]


def _of_the_force(report: Report, item: ResolvedObligation) -> list[str]:
    notes, basis = [], item.obligation.basis
    if (confirmed := report.confirmed.get(item.full_name)) is not None:
        notes.append(f"Confirmed for this force by {confirmed.by}, {confirmed.on}.")
    if item.standing is Standing.ASKED and (asked := report.asked.get(item.full_name)) is not None:
        notes.append(f"Asked by {asked.by}, since {asked.on}. The force has not agreed that it is owed.")
    if item.shipped_limit is not None:
        reason = report.limit_reasons.get(item.full_name)
        because = f" Its reason: {reason}" if reason else ""
        theirs = (
            "the standard leaves it to be set"
            if isinstance(item.shipped_limit, ToBeSet)
            else f"the standard's is {limit_in_words(item.shipped_limit)}"
        )
        whose = "the oversight body's" if item.standing is Standing.ASKED else "the force's"
        notes.append(f"The limit is {whose} own; {theirs}.{because}")
        if basis.kind is BasisKind.STATUTE and _gives_more_time(item, item.shipped_limit):
            notes.append("It gives more time than the statute does, which no force can change.")
    return notes


def _gives_more_time(item: ResolvedObligation, shipped: TimeLimit) -> bool:
    own = item.obligation.time_limit
    return own is not None and how_compared(shipped, own) is Compared.LOOSER


def _outcome_columns(item: ResolvedObligation) -> list[tuple[Outcome, str]]:
    return list(outcome_words(item.obligation).items())


def _cells(item: ResolvedObligation, outcomes: OutcomeCounts, *, with_not_counted: bool) -> list[str]:
    cells = [outcomes.occasions, *[outcomes.of(outcome) for outcome, _ in _outcome_columns(item)]]
    return [as_number(count) for count in (*cells, *([outcomes.not_counted] if with_not_counted else []))]


def _outcomes_by_limit(found: ObligationFigures) -> Table:
    item = found.item
    any_not_counted = bool(found.outcomes.not_counted)
    headings = ["Occasions", *[words for _, words in _outcome_columns(item)]]
    headings += [*(["Not counted"] if any_not_counted else []), "Half waited under", "One in ten over"]
    rows = [_row(item, group, with_not_counted=any_not_counted) for group in found.limits]
    if len(found.limits) > 1 and found.waits is not None:
        waits = (half_in_table(found.waits), nine_in_ten_in_table(found.waits))
        rows.append(("All", *_cells(item, found.outcomes, with_not_counted=any_not_counted), *waits))
    return Table(
        caption=f"{item.obligation.title}: {with_noun(found.outcomes.occasions, 'occasion')}",
        columns=(Column("Time limit"), *[Column(heading, is_number=True) for heading in headings]),
        rows=tuple(rows),
    )


def _row(item: ResolvedObligation, group: LimitWaits, *, with_not_counted: bool) -> tuple[str, ...]:
    waits = (half_in_table(group.waits), nine_in_ten_in_table(group.waits))
    return (limit_label(item, group.limit), *_cells(item, group.outcomes, with_not_counted=with_not_counted), *waits)
