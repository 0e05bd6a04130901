"""The standards beside each other on the first page: a row for each, and all of them in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from markupsafe import Markup

from wardline.findings import Outcome
from wardline.obligations import Owner
from wardline.reports.headline import Headline
from wardline.reports.occasions import JUDGED, stands_in_headlines
from wardline.reports.page_tables import Column, Table
from wardline.reports.report import Report
from wardline.reports.wording import and_list, count, number, quoted

__all__ = ["all_in_a_sentence", "other_standards", "without_a_figure"]

SENTENCES_UP_TO = 2  # standards; more stand in a table. Chosen by us.


def all_in_a_sentence(report: Report, findings: pl.DataFrame) -> str:
    """What was found over all standards; nothing where there is one."""
    if len(report.standards) < 2:
        return ""
    mine = [item.key for item in stands_in_headlines(report.obligations, owed_by=Owner.FORCE)]
    judged = findings.filter(pl.col("key").is_in(mine) & pl.col("outcome").is_in(JUDGED))
    if judged.is_empty():
        return ""
    found = judged.filter(pl.col("outcome") != Outcome.MET.value)
    late = found.filter(pl.col("outcome") == Outcome.LATE.value).height
    children, cases = found["child_id"].drop_nulls().n_unique(), found["case_id"].n_unique()
    both = "both" if len(report.standards) == 2 else f"all {number(len(report.standards))}"
    # Until person records are linked, a child whom two systems know is counted in each.
    who = f", of {count(children, 'child', 'children')} as the systems number them" if children else ""
    return (
        f"Over {both} standards the force owed something on "
        f"{count(judged.height, 'occasion')} that we can judge. On {number(found.height)} it was not as owed: "
        f"{number(late)} recorded late, and {number(found.height - late)} without a record, or against what is owed. "
        f"These are in {count(cases, 'case')}{who}."
    )


def other_standards(report: Report, headlines: Sequence[Headline]) -> Table | None:
    """What stands in the headline of each standard but the first, in a row; None where sentences will do."""
    if len(report.standards) <= SENTENCES_UP_TO:
        return None
    rows = []
    for at, one in enumerate(headlines, 1):
        if at == 1 or one.item is None:
            continue
        counts = one.counts
        rows.append(
            (
                Markup('<a href="#standard-{}">{}</a>').format(at, one.standard.title),
                one.item.obligation.title,
                counts.share.in_words() if counts.judged else "none that we can judge",
                number(counts.late),
                number(counts.missed),
                number(counts.cannot_tell),
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
    )


def without_a_figure(report: Report, headlines: Sequence[Headline]) -> str:
    """The standards of which no figure may stand on the first page, where they stand in a table."""
    if len(report.standards) <= SENTENCES_UP_TO:
        return ""
    silent = [one.standard for one in headlines[1:] if one.item is None]
    owed = {item.standard for item in report.obligations if item.obligation.owed_by is Owner.FORCE}
    assumed = [quoted(one.title) for one in silent if one.name in owed]
    others = [quoted(one.title) for one in silent if one.name not in owed]
    said = []
    if assumed:
        said.append(
            f"Of {and_list(assumed)} no figure stands here: every limit is assumed, and nobody has confirmed one."
        )
    if others:
        said.append(f"In {and_list(others)} nothing is owed by the force; what is owed by others stands further on.")
    return " ".join(said)
