"""The standards beside each other on the first pages: a row for each, all of them in a sentence, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence

from wardline.english import and_list, number, quoted
from wardline.measures import ObligationFigures, OutcomeCounts
from wardline.obligations import Owner, limit_in_words
from wardline.reports.figures_in_words import NO_SINGLE_FIGURE, as_number, in_words, told_as_figure, with_noun
from wardline.reports.headline import Headline
from wardline.reports.page_tables import Column, Phrase, Table
from wardline.reports.report import Report, StandardInReport

__all__ = ["all_in_a_sentence", "asked_at_a_glance", "other_standards", "without_a_figure"]

MOST_ASKED = 4  # of the office's own questions, so that the fourth page is one sheet
SENTENCES_UP_TO = 2  # standards; more are in a table. Chosen by us.


def all_in_a_sentence(report: Report) -> str:
    """What was found over all standards; nothing where there is one."""
    found = report.figures.all_standards
    if found is None:
        return ""
    # Until person records are linked, a child whom two systems know is counted in each.
    who = (
        f", with {with_noun(found.children, 'person record')} (the same child may have one in each system)"
        if found.children
        else ""
    )
    return (
        f"Over {_both(report)} the force owed something on {with_noun(found.judged, 'occasion')} that we "
        "can judge. On "
        f"{as_number(found.not_as_owed)} it was not as owed: {as_number(found.late)} recorded late, and "
        f"{as_number(found.without_record)} without a record, or against what is owed. "
        f"These are in {with_noun(found.cases, 'case')}{who}."
    )


def _both(report: Report) -> str:
    """`both standards`; versions of one are counted once, as wherever the page says how many standards there are."""
    names = {one.name for one in report.standards}
    many, what = (len(names), "standards") if len(names) > 1 else (len(report.standards), "versions")
    return f"both {what}" if many == 2 else f"all {number(many)} {what}"


def other_standards(report: Report, headlines: Sequence[Headline]) -> Table | None:
    """The headline of each standard but the first, in a row; None where sentences will do."""
    if len(report.standards) <= SENTENCES_UP_TO:
        return None
    rows, shown = [], []
    for at, one in enumerate(headlines, 1):
        item = one.figures.item
        if at == 1 or item is None:
            continue
        outcomes = report.figures.obligations[item.key]
        shown.append(item.key)
        rows.append(
            (
                (Phrase(_title(report, one.standard), href=f"#standard-{at}"),),
                item.obligation.title,
                _share(outcomes) if outcomes.judged else "none that we can judge",
                as_number(outcomes.late),
                as_number(outcomes.missed),
                as_number(outcomes.cannot_tell),
            )
        )
    if not rows:
        return None
    return Table(
        caption="The other standards, each by one obligation (chosen by the rule stated in the method)",
        columns=(
            Column("Standard"),
            Column("Obligation"),
            Column("In time, or as owed", is_number=True, is_short=True),
            Column("Late", is_number=True),
            Column("No record, or not as owed", is_number=True),
            Column("Cannot tell", is_number=True),
        ),
        rows=tuple(rows),
        note="" if all(report.figures.obligations[key].is_told for key in shown) else NO_SINGLE_FIGURE,
    )


def _share(outcomes: OutcomeCounts) -> str:
    if outcomes.is_told or not outcomes.share.can_be_a_percentage:
        return in_words(outcomes.share)
    return told_as_figure(outcomes.share, outcomes.cannot_tell)


def _title(report: Report, standard: StandardInReport) -> str:
    """With its version where the dive holds the standard in more than one."""
    versions = [one for one in report.standards if one.name == standard.name]
    return standard.title + (f" (version {standard.version})" if len(versions) > 1 else "")


def without_a_figure(report: Report, headlines: Sequence[Headline]) -> str:
    """The standards that have no figure on the first page, where the others are in a table."""
    if len(report.standards) <= SENTENCES_UP_TO:
        return ""
    silent = [one.standard for one in headlines[1:] if one.figures.item is None]
    owed = {item.standard for item in report.obligations if item.obligation.owed_by is Owner.FORCE}
    assumed = [quoted(one.title) for one in silent if one.name in owed]
    others = [quoted(one.title) for one in silent if one.name not in owed]
    said = []
    if assumed:
        said.append(
            f"There is no figure for {and_list(assumed)}: every limit is assumed, and nobody has confirmed one."
        )
    if others:
        said.append(f"The force owes nothing in {and_list(others)}; what others owe is shown further on.")
    return " ".join(said)


def asked_at_a_glance(report: Report) -> Table | None:
    """What the office asks, a row for each question; None where it asks nothing of its own."""
    asked = [one for standard in report.figures.standards for one in standard.asked]
    if not asked:
        return None
    more = f"The first {number(MOST_ASKED)} of {number(len(asked))} are shown; all of them are further on. "
    return Table(
        caption="The office's own questions",
        columns=(
            Column("Question"),
            Column("The office's limit"),
            Column("In time, or as owed", is_number=True),
            Column("Late", is_number=True),
            Column("No record, or not as owed", is_number=True),
            Column("Cannot tell", is_number=True),
        ),
        rows=tuple(_asked(report, one) for one in asked[:MOST_ASKED]),
        note=(more if len(asked) > MOST_ASKED else "")
        + "No share is given where fewer than ten can be judged. "
        + NO_SINGLE_FIGURE,
    )


def _asked(report: Report, one: ObligationFigures) -> tuple[str, ...]:
    limit, counts = one.item.obligation.time_limit, one.outcomes
    return (
        report.title_of(one.item),
        "–" if limit is None else limit_in_words(limit),
        _share(counts) if counts.share.can_be_a_percentage else "no share",
        *map(as_number, (counts.late, counts.missed, counts.cannot_tell)),
    )
