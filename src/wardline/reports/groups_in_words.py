"""Groups of occasions beside each other, in words: the finding first, then the picture, then the same in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from wardline.english import and_list
from wardline.measures import HOURS_COMPARED, GroupBeside, GroupsBeside
from wardline.measures.groups_compared import Widened
from wardline.obligations import name_in_words
from wardline.reports.figures_in_words import in_words, with_noun
from wardline.reports.funnel_picture import FunnelPicture, FunnelSaid, funnel_picture
from wardline.reports.page_tables import Column, Table
from wardline.reports.report import Report
from wardline.reports.reports_of_missing import noun_of
from wardline.reports.wording import period_in_words

__all__ = ["HOW_FUNNELS_ARE_DRAWN", "GroupsInWords", "groups_in_words", "hours_in_words"]

HOW_FUNNELS_ARE_DRAWN = (
    "Groups are compared with all of them together by a funnel plot (Spiegelhalter 2005): the smaller a group, the "
    "further chance alone may put it from the others. The lines are exact binomial limits, interpolated, and wider "
    "where a child is there more than once. With ten groups or more they are also widened if all groups differ by more "
    "than chance (the furthest tenth at either end drawn in). A group is said to stand out only if chance alone is "
    "unlikely to put it there, counting every group that was looked at in this dive (Holm, 5%). Groups are never put "
    "in order of their figures."
)
TO = dict(zip(HOURS_COMPARED, ("10 pm to 4 am", "4 am to 10 am", "10 am to 4 pm", "4 pm to 10 pm"), strict=True))


@dataclass(frozen=True)
class GroupsInWords:
    """What was found, of what, the picture, the same in numbers, and how far to trust the limits."""

    title: str
    subtitle: str
    picture: FunnelPicture
    table: Table
    note: str


def groups_in_words(report: Report) -> list[GroupsInWords]:
    """Each comparison that the report shows."""
    return [_in_words(report, one, f"groups-{at}") for at, one in enumerate(report.figures.groups_beside, 1)]


def hours_in_words(hours: tuple[int, int]) -> str:
    """`10 pm to 4 am`."""
    return TO[hours]


def _in_words(report: Report, beside: GroupsBeside, name: str) -> GroupsInWords:
    kind = "part of the day" if beside.attribute is None else name_in_words(beside.attribute)
    names = tuple(_name(one, kind) for one in beside.groups)
    title = _title(beside, names, kind)
    period = "" if report.period is None else f"; {period_in_words(report.period)}"
    subtitle = f"{report.title_of(beside.item)}: share recorded in time, by {kind}{period}"
    said = FunnelSaid(title, _description(beside, names, kind), names, f"{noun_of(beside.item)}s")
    picture = funnel_picture(beside, said, name, is_made_up=report.is_made_up_data)
    return GroupsInWords(title, subtitle, picture, _table(beside, names, kind), _note(beside))


def _name(one: GroupBeside, kind: str) -> str:
    if one.hours is not None:
        return hours_in_words(one.hours)
    value = str(one.value)
    return f"{kind}: {value}" if value in ("yes", "no") else value


def _title(beside: GroupsBeside, names: tuple[str, ...], kind: str) -> str:
    below, above = (
        [
            name
            for name, one in zip(names, beside.groups, strict=True)
            if one.seen.stands_out and (one.share.fraction < beside.funnel.level) is is_below
        ]
        for is_below in (True, False)
    )
    if not below and not above:
        return f"No {kind} stands out"
    said = []
    if below:
        said.append(f"{and_list(below)}: a smaller share recorded in time than elsewhere")
    if above:
        said.append(f"{and_list(above)}: a larger share recorded in time than elsewhere")
    return "; ".join(said)


def _description(beside: GroupsBeside, names: tuple[str, ...], kind: str) -> str:
    shares = "; ".join(f"{name}, {in_words(one.share)}" for name, one in zip(names, beside.groups, strict=True))
    return (
        f"{_title(beside, names, kind)}. A funnel plot: each {kind} at its share recorded in time, the larger ones "
        f"further to the right, with the lines between which chance alone would keep it. All together: "
        f"{in_words(beside.whole)}. {shares}."
    )


def _table(beside: GroupsBeside, names: tuple[str, ...], kind: str) -> Table:
    rows = tuple(
        (
            name,
            in_words(one.share),
            _between(one.seen.limits.lower, one.seen.limits.upper),
            _between(one.seen.limits.outer_lower, one.seen.limits.outer_upper),
            "yes" if one.seen.stands_out else "no",
        )
        for name, one in zip(names, beside.groups, strict=True)
    )
    return Table(
        caption=f"By {kind}: recorded in time, and the shares between which chance alone would keep each",
        columns=(
            Column(kind[0].upper() + kind[1:]),
            Column("Recorded in time", is_number=True),
            Column("By chance, 95%", is_number=True, is_short=True),
            Column("By chance, 99.8%", is_number=True, is_short=True),
            Column("Stands out"),
        ),
        rows=rows,
    )


def _between(low: float, high: float) -> str:
    return f"{100 * low:.0f}% to {100 * high:.0f}%"


def _note(beside: GroupsBeside) -> str:
    counted = (
        f"{with_noun(beside.looked_at, 'group')} were looked at in this dive, and all are counted: one is said to "
        "stand out only if chance alone would put any of them so far off in fewer than one dive of twenty."
    )
    widened = beside.funnel.over_dispersion.widened
    return counted if widened is Widened.NOT else counted + " " + widened.value
