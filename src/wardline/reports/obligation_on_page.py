"""One obligation as a page of its own shows it: its share, every outcome, by limit and by group, and its waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardline.measures import Count, ObligationFigures, OutcomeCounts, OutcomesByGroup, Share
from wardline.obligations import ResolvedObligation, Standing, limit_in_words, name_in_words
from wardline.reports.by_obligation import ObligationPart, notes_beside_basis, obligation_in_full
from wardline.reports.figures_in_words import as_figure, as_number, as_percent, interval_in_words
from wardline.reports.headline import done_in_words
from wardline.reports.outcome_bar import outcome_bar
from wardline.reports.page_tables import Column, Table, Text
from wardline.reports.report import Report
from wardline.reports.sources import source_in_words
from wardline.reports.wording import BASIS_WORDS, outcome_words

__all__ = ["GroupsOnPage", "ObligationOnPage", "OutcomeRow", "obligation_on_page"]

EMPTY = "not recorded"
STANDINGS = {
    Standing.BINDING: "",
    Standing.ASKED: "Asked by the oversight body. The force has not agreed that it is owed.",
    Standing.ASSUMED: "Assumed, and nobody at the force has confirmed it: waits only, and no share.",
}


@dataclass(frozen=True)
class OutcomeRow:
    """How many had an outcome, or were judged and are in no share."""

    words: str
    many: str
    count: Count


@dataclass(frozen=True)
class GroupsOnPage:
    """The outcomes by an attribute of the cases: a table, and for each of its rows the occasions that it counts."""

    table: Table
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class ObligationOnPage:
    """An obligation. `figure` is its share, `share` the words after it, `interval` how sure it is; all three are empty
    where there is no share, and `in_full.in_a_sentence` says what there is.
    """

    item: ResolvedObligation
    in_full: ObligationPart
    standing: str
    figure: str
    share: str
    interval: str
    judged: Count
    bar: str | None  # an SVG
    outcomes: tuple[OutcomeRow, ...]
    all_of_them: OutcomeRow
    notes: tuple[str, ...]
    limit: str
    basis: str
    source: Text
    by_group: tuple[GroupsOnPage, ...]


def obligation_on_page(
    report: Report, found: ObligationFigures, name: str, *, share: Share | None, groups: Sequence[OutcomesByGroup] = ()
) -> ObligationOnPage:
    """An obligation with everything about it. `name` is an id that is the only one of its kind on the page.

    `share` allows for repeats of one child; None where nothing can be judged.
    """
    item, outcomes = found.item, found.outcomes
    figure, words, interval = _share(item, share)
    limit = item.obligation.time_limit
    return ObligationOnPage(
        item,
        obligation_in_full(report, found, name),
        STANDINGS[item.standing],
        figure,
        words,
        interval,
        outcomes.judged,
        outcome_bar(item, outcomes, f"{name}-bar", is_made_up=report.is_made_up_data),
        tuple(_rows(item, outcomes)),
        _row("All occasions", outcomes.occasions),
        tuple(notes_beside_basis(report, item)),
        "no time limit" if limit is None else limit_in_words(limit),
        BASIS_WORDS[item.obligation.basis.kind],
        source_in_words(item),
        tuple(_by_group(item, one) for one in groups),
    )


def _share(item: ResolvedObligation, share: Share | None) -> tuple[str, str, str]:
    """`38%`, `recorded in time: 1,201 of 3,150`, `95% interval 36% to 40%`; of a few without a percentage."""
    if share is None:
        return "", "", ""
    of = f"{as_number(share.part)} of {as_number(share.whole)}"
    if not share.can_be_a_percentage:
        return of, done_in_words(item), ""
    return as_percent(share), f"{done_in_words(item)}: {of}", f"95% interval {interval_in_words(share)}"


def _rows(item: ResolvedObligation, outcomes: OutcomeCounts) -> list[OutcomeRow]:
    rows = [_row(words, outcomes.of(outcome)) for outcome, words in outcome_words(item.obligation).items()]
    if outcomes.not_counted:
        rows.append(_row("Not counted: a failing would not have shown", outcomes.not_counted))
    return rows


def _row(words: str, count: Count) -> OutcomeRow:
    return OutcomeRow(words, as_number(count), count)


def _by_group(item: ResolvedObligation, found: OutcomesByGroup) -> GroupsOnPage:
    words = outcome_words(item.obligation)
    name = name_in_words(found.attribute)
    rows = tuple(
        (
            one.value or EMPTY,
            as_number(one.outcomes.occasions),
            *(as_number(one.outcomes.of(outcome)) for outcome in words),
            as_figure(one.outcomes.share),
        )
        for one in found.groups
    )
    headings = ("Occasions", *words.values(), "Share")
    table = Table(
        caption=f"By {name}",
        columns=(Column(name[:1].upper() + name[1:]), *(Column(one, is_number=True) for one in headings)),
        rows=rows,
        note="The share is of those that can be judged. Groups are not put in order of their figures: a small one "
        "moves far by chance alone.",
    )
    return GroupsOnPage(table, tuple(one.outcomes.occasions for one in found.groups))
