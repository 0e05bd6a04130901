"""The findings behind a figure: the address of exactly the rows that it counts, or none.

A figure knows its rows as a filter. The list of findings, which is a room of its own, is narrowed by what its address
says. Where the filter cannot be said so, where that room is not there, or where somebody may not see cases, the figure
leads nowhere: a link to other rows than those that were counted would be worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from wardline.measures import Among, Count, CountedTable, RowFilter
from wardline.obligations import ResolvedObligation
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may

__all__ = ["RowsBehind", "rows_behind"]

RowsBehind = Callable[[Count], str]
Asked = list[tuple[str, str]]

NOT_RECORDED = "not-recorded"
NIGHT = {22, 23, 0, 1, 2, 3}
SAID_AS_IT_IS = {"outcome": "outcome", "reason": "reason", "case.district": "district", "case.from_care": "care"}


def rows_behind(request: HttpRequest, added: AddedDive, obligations: Iterable[ResolvedObligation]) -> RowsBehind:
    """A function that gives the address of the findings that a figure counts, or nothing.

    The address holds the filter, so that it can be sent: `?obligation=…&outcome=late&outcome=missed&district=…`.
    """
    try:
        list_of_findings = reverse("findings", args=[added.slug])
    except NoReverseMatch:
        return _nowhere
    if not may(request.user, May.SEE_CASES):
        return _nowhere
    names = _names(obligations)

    def address(count: Count) -> str:
        asked = _asked(count.rows, names) if count and count.rows is not None else None
        return "" if asked is None else f"{list_of_findings}?{urlencode(asked, safe='/')}"

    return address


def _nowhere(count: Count) -> str:
    return ""


def _names(obligations: Iterable[ResolvedObligation]) -> dict[str, str]:
    """The full name of each obligation by its key; without those that are there in two versions, which have one
    name."""
    named: dict[str, list[str]] = {}
    for item in obligations:
        named.setdefault(item.full_name, []).append(item.key)
    return {keys[0]: name for name, keys in named.items() if len(keys) == 1}


def _asked(rows: RowFilter, names: dict[str, str]) -> Asked | None:
    if rows.table is not CountedTable.OCCASIONS or rows.each is not None:
        return None
    asked: Asked = []
    for condition in rows.conditions:
        said = _said(condition, rows, names) if isinstance(condition, Among) else None
        if said is None:
            return None
        asked += said
    return asked


def _said(condition: Among, rows: RowFilter, names: dict[str, str]) -> Asked | None:
    """One condition as the address says it; None where it cannot."""
    match condition.column:
        case "key":
            return [("obligation", names[str(key)]) for key in condition.values] if _known(condition, names) else None
        case "is_in_share":
            return [("judged", "yes" if value else "no") for value in condition.values]
        case "stands":  # what is in a share stands
            return [] if rows.values_of("is_in_share") == (True,) else None
        case "hour":
            return [("time", "night")] if set(condition.values) == NIGHT else None
        case column if column in SAID_AS_IT_IS:
            name = SAID_AS_IT_IS[column]
            return [(name, NOT_RECORDED if value is None else str(value)) for value in condition.values]
    return None


def _known(condition: Among, names: dict[str, str]) -> bool:
    return all(str(key) in names for key in condition.values)
