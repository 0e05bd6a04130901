"""Two dives beside each other as tables: what they are, what differs, and what each found of the same obligations."""

from __future__ import annotations

from dataclasses import dataclass

from wardline.english import and_list, number
from wardline.reports.dives_compared import DiveBeside, DivesCompared
from wardline.reports.dives_compared_in_words import (
    NOT_THE_SAME,
    how_tested,
    in_both_in_words,
    of_one_in_words,
    verdicts_in_words,
)
from wardline.reports.page_tables import Column, Phrase, Table, Text
from wardline.reports.wording import instant_in_words, period_in_words
from wardline.time_limits import Calendar

__all__ = ["ComparedOnPage", "dives_compared_on_page"]

NOTHING = "–"
NOT_TESTED = "not tested"


@dataclass(frozen=True)
class ComparedOnPage:
    """The tables and the sentences of the page. `differences` None: nothing differs in what they were made from."""

    dives: Table
    differences: Table | None
    how_tested: tuple[str, ...]
    obligations: Table | None
    not_shown: tuple[str, ...]
    in_both: tuple[str, ...]
    caution: str


def dives_compared_on_page(found: DivesCompared) -> ComparedOnPage:
    """Two dives as tables."""
    told = [one for one in found.obligations if one.first.share.whole or one.second.share.whole]
    not_shown = []
    if untold := [one.item.obligation.title for one in found.obligations if one not in told]:
        not_shown.append(f"None can be judged in either dive: {and_list(untold)}.")
    if found.without_occasions:
        not_shown.append(f"No occasion in either dive: {and_list(found.without_occasions)}.")
    if found.left_out:
        not_shown.append(f"Left out because you asked for it: {and_list(found.left_out)}.")
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (
            one.item.obligation.title,
            of_one_in_words(one.first),
            of_one_in_words(one.second),
            (Phrase(" ".join(verdicts_in_words(one)) or NOT_TESTED),),
        )
        for one in told
    )
    obligations = Table(
        caption="What each found, obligation by obligation",
        columns=(Column("Obligation"), Column("The first"), Column("The second"), Column("Do they differ?")),
        rows=rows,
    )
    return ComparedOnPage(
        _dives(found),
        _differences(found),
        tuple(how_tested(found)),
        obligations if rows else None,
        tuple(not_shown),
        tuple(line.strip() for line in in_both_in_words(found)),
        NOT_THE_SAME,
    )


def _dives(found: DivesCompared) -> Table:
    return Table(
        caption="The two dives",
        columns=(
            Column("Dive"),
            Column("Force"),
            Column("Period"),
            Column("As at"),
            Column("Cases", is_number=True),
            Column("Occasions", is_number=True),
        ),
        rows=(_dive("The first", found.first), _dive("The second", found.second)),
    )


def _dive(which: str, dive: DiveBeside) -> tuple[str, ...]:
    period = "everything in the records" if dive.period is None else period_in_words(dive.period)
    as_at = instant_in_words(dive.as_at, Calendar(dive.zone))
    return (f"{which}: {dive.title}", dive.force, period, as_at, number(dive.cases), number(dive.occasions))


def _differences(found: DivesCompared) -> Table | None:
    if not found.differences:
        return None
    return Table(
        caption="What differs between them, and what it means for the figures",
        columns=(Column("What"), Column("In the first"), Column("In the second"), Column("What it means")),
        rows=tuple(
            (one.what, one.first or NOTHING, one.second or NOTHING, one.differs.value) for one in found.differences
        ),
    )
