"""What was found, standard by standard: a row for each obligation, then each with its waits and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from markupsafe import Markup, escape

from wardline.findings import Outcome
from wardline.obligations import BasisKind, Owner, ResolvedObligation, Standing, TimeLimit, limit_in_words, sentence
from wardline.reports.assumed import assumed_note, assumed_waits
from wardline.reports.occasions import JUDGED, Counts, counts_of
from wardline.reports.page_tables import Column, Table
from wardline.reports.report import Report, StandardInReport
from wardline.reports.wait_picture import WaitPicture, wait_picture
from wardline.reports.waits import Waits, waits_by_limit, waits_of
from wardline.reports.wording import BASIS_WORDS, and_list, count, number, outcome_words, owner_of_obligation, quoted
from wardline.standards import Compared, how_compared
from wardline.time_limits import ToBeSet

__all__ = ["ObligationPart", "StandardPart", "obligations_by_standard"]

# Chosen by us.
MOST_PICTURES = 4  # of one obligation; the table holds the rest
FEWEST_FOR_AN_OVERVIEW = 3  # obligations; fewer can be seen without


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


def obligations_by_standard(report: Report, findings: pl.DataFrame) -> list[StandardPart]:
    """The standards in their order; in each what the force owes comes first."""
    by_key = {str(key[0]): rows for key, rows in findings.group_by("key", maintain_order=True)}
    parts = []
    for at, standard in enumerate(report.standards, 1):
        mine = [item for item in report.obligations if _is_of(item, standard)]
        mine.sort(key=lambda item: list(Owner).index(item.obligation.owed_by))
        if mine:
            parts.append(
                _part(report, standard, mine, {item.key: by_key.get(item.key, findings.clear()) for item in mine}, at)
            )
    return parts


def _is_of(item: ResolvedObligation, standard: StandardInReport) -> bool:
    return (item.standard, item.version) == (standard.name, standard.version)


def _part(
    report: Report,
    standard: StandardInReport,
    mine: list[ResolvedObligation],
    rows: dict[str, pl.DataFrame],
    number_of_standard: int,
) -> StandardPart:
    binding = [item for item in mine if item.standing is not Standing.ASSUMED]
    assumed = [item for item in mine if item.standing is Standing.ASSUMED]
    counts = {item.key: counts_of(rows[item.key]) for item in mine}
    # Of one that cannot be judged its row says all there is to say, unless somebody waited.
    detailed = [
        item
        for item in binding
        if counts[item.key].judged or rows[item.key]["wait"].null_count() < rows[item.key].height
    ]
    name = f"standard-{number_of_standard}"
    ids = {item.key: f"{name}-{at}" for at, item in enumerate(mine, 1) if item in detailed}
    return StandardPart(
        name,
        standard.title,
        _summary(mine, binding, counts),
        _overview(report, binding, counts, ids),
        tuple(_obligation(report, item, rows[item.key], counts[item.key], ids[item.key]) for item in detailed),
        _not_judged(report, [item for item in binding if item not in detailed], counts),
        assumed_waits(report, assumed, rows),
        assumed_note(report, assumed, rows),
    )


def _summary(mine: list[ResolvedObligation], binding: list[ResolvedObligation], counts: dict[str, Counts]) -> str:
    whole = count(len(mine), "obligation")
    if not binding:
        return f"It has {whole}, and none may stand in a headline: each is assumed, and nobody at the force has confirmed one."
    said = f"It has {whole}, of which {'all' if len(binding) == len(mine) else number(len(binding))} may stand in a headline."
    judged, met, unknown = (
        sum(getattr(counts[item.key], name) for item in binding) for name in ("judged", "met", "cannot_tell")
    )
    if judged:
        said += (
            f" Of {count(judged, 'occasion')} of these that we can judge, {number(judged - met)} "
            f"{'was' if judged - met == 1 else 'were'} not recorded in time, or not as owed."
        )
    if unknown:
        said += f" Of {number(unknown)} more we cannot tell."
    return said


def _not_judged(report: Report, items: list[ResolvedObligation], counts: dict[str, Counts]) -> str:
    """Those of which nothing can be judged, together."""
    if not items:
        return ""
    named = [
        quoted(report.title_of(item))
        + (f" (cannot tell {number(many)})" if (many := counts[item.key].cannot_tell) else "")
        for item in items
    ]
    return f"No occasion that we can judge: {and_list(named)}."


def _overview(
    report: Report, binding: list[ResolvedObligation], counts: dict[str, Counts], ids: dict[str, str]
) -> Table | None:
    """A row for each obligation; a *never* and a *record* stand in the same columns, as the headings say."""
    if len(binding) < FEWEST_FOR_AN_OVERVIEW:
        return None
    rows = []
    for item in binding:
        here = counts[item.key]
        title = escape(report.title_of(item))
        link = Markup('<a href="#{}">{}</a>').format(ids[item.key], title) if item.key in ids else title
        owner = (
            ""
            if item.obligation.owed_by is Owner.FORCE
            else f" ({owner_of_obligation(item.obligation.owed_by).lower()})"
        )
        rows.append(
            (
                link + owner,
                number(here.judged),
                here.share.as_figure(),
                number(here.late),
                number(here.missed),
                number(here.cannot_tell),
            )
        )
    headings = ("We can judge", "In time, or as owed", "Late", "No record, or not as owed", "Cannot tell")
    return Table(
        caption=f"{count(len(binding), 'obligation')} that may stand in a headline, in occasions",
        columns=(Column("Obligation"), *[Column(heading, is_number=True) for heading in headings]),
        rows=tuple(rows),
    )


def _obligation(
    report: Report, item: ResolvedObligation, mine: pl.DataFrame, counts: Counts, name: str
) -> ObligationPart:
    groups = waits_by_limit(item, mine) if item.obligation.time_limit is not None else []
    drawn = sorted((group for group in groups if group.whole), key=lambda group: -group.whole)[:MOST_PICTURES]
    pictures = tuple(
        wait_picture(group, f"{name}-waits-{at}", shows_outcomes=True, is_made_up=report.is_made_up_data)
        for at, group in enumerate(groups, 1)
        if group in drawn
    )
    return ObligationPart(
        name,
        report.title_of(item),
        sentence(item.obligation),
        tuple(_notes(report, item)),
        _outcomes_by_limit(item, groups, mine) if groups and mine.height else None,
        _in_a_sentence(item, counts),
        pictures,
    )


def _in_a_sentence(item: ResolvedObligation, counts: Counts) -> str:
    """The outcomes, where there is no table of them."""
    if not counts.occasions:
        return "The records at hand hold no occasion of it."
    parts = [
        f"{words.lower()} {number(counts.of(outcome))}"
        for outcome, words in _outcome_columns(item)
        if counts.of(outcome)
    ]
    return f"Of {count(counts.occasions, 'occasion')}: {', '.join(parts)}."


def _notes(report: Report, item: ResolvedObligation) -> list[str]:
    basis = item.obligation.basis
    source = ", ".join(part for part in (basis.title, basis.publisher, basis.published) if part)
    owner = item.obligation.owed_by
    notes = (
        [] if owner is Owner.FORCE else [f"{owner_of_obligation(owner)}: none of these figures is part of the force's."]
    )
    notes.append(f"Basis: {BASIS_WORDS[basis.kind].lower()} ({source}).")
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


def _outcome_columns(item: ResolvedObligation) -> list[tuple[Outcome, str]]:
    return list(outcome_words(item.obligation).items())


def _cells(item: ResolvedObligation, counts: Counts) -> list[str]:
    return [number(counts.occasions), *[number(counts.of(outcome)) for outcome, _ in _outcome_columns(item)]]


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
