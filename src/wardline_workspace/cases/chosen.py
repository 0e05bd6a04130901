"""What was chosen of the findings, as an address holds it: the same choice has one address, which can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from wardline_workspace.cases.choices import SORTS, Narrowing

__all__ = ["Chosen", "chosen_in"]

FIRST_SORT = next(iter(SORTS))
MOST_PAGES = 10**6


@dataclass(frozen=True)
class Chosen:
    """The values that may be, by question in the order of the page; a case by its code; the order, and the page."""

    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    case: str | None = None
    sort: str = FIRST_SORT
    page: int = 1

    def of(self, name: str) -> tuple[str, ...]:
        """The values chosen of one question; none: all may be."""
        return dict(self.values).get(name, ())

    def query(self) -> str:
        """The part of an address after its question mark: the only one for this choice."""
        asked = QueryDict(mutable=True)
        for name, values in self.values:
            asked.setlist(name, list(values))
        if self.case:
            asked["case"] = self.case
        if self.sort != FIRST_SORT:
            asked["sort"] = self.sort
        if self.page != 1:
            asked["page"] = str(self.page)
        return asked.urlencode(safe="/")

    def sorted_by(self, sort: str) -> Chosen:
        """The same in another order, from the first page on."""
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> Chosen:
        """The same on another page."""
        return replace(self, page=page)

    def without(self, name: str, value: str | None = None) -> Chosen:
        """The same without one value of a question, or without the question."""
        if name == "case":
            return replace(self, case=None, page=1)
        left = [
            (other, tuple(one for one in values if other != name or (value is not None and one != value)))
            for other, values in self.values
        ]
        return replace(self, values=tuple((other, values) for other, values in left if values), page=1)

    def with_value(self, name: str, *values: str) -> Chosen:
        """The same with these values of one question and no other, from the first page on."""
        return replace(self, values=(*self.without(name).values, (name, values)), page=1)

    def without_questions(self) -> Chosen:
        """The order alone."""
        return Chosen(sort=self.sort)


ALIASES = {"from_care": "care"}  # as figures name an attribute of a case


def chosen_in(query: QueryDict, asked: Sequence[Narrowing]) -> Chosen:
    """What an address chooses. What this dive does not know is passed over: an address is typed by anybody."""
    values = []
    for one in asked:
        names = [one.name, *(other for other, name in ALIASES.items() if name == one.name)]
        named = {value for name in names for value in query.getlist(name)}
        if found := tuple(value for value, _ in one.choices if value in named):
            values.append((one.name, found))
    sort = query.get("sort", "")
    page = query.get("page", "")
    return Chosen(
        tuple(values),
        query.get("case") or None,
        sort if sort in SORTS else FIRST_SORT,
        min(max(int(page), 1), MOST_PAGES) if page.isascii() and page.isdigit() and len(page) < 9 else 1,
    )
