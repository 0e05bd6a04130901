"""The list as a page shows it: which children are on it now, in which order, and how many were looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeVar

from django.db.models import OuterRef, Q, Subquery

from wardline_workspace.children.models import Answer, CaseToCheck, Item, LooksAt, TakenList
from wardline_workspace.children.states import LOOKED_AT, State

__all__ = ["Child", "ListNow", "Part", "Section", "Tally", "current_lists", "items_on_the_list", "list_now", "tally"]

_OfACase = TypeVar("_OfACase", LooksAt, Answer)

HOLDS_FOR = timedelta(hours=24)
"""How long after its records end a list is for today."""

NOTHING_MORE = (State.ANSWERED, State.NOT_NEEDED)
"""With one of these something leaves the list when no later dive shows it. Nothing leaves without an answer."""

LEAST_FIRST = (
    *(State.NOBODY_YET, State.ON_AGAIN, State.WAITS_FOR_SECOND),
    *(State.LOOKED_FOR, State.ANSWERED, State.NOT_NEEDED),
)


class Section(Enum):
    """The parts of the list, in the library's order; the value is the heading, and the words under it."""

    STILL_AT_RISK = ("Still missing, or still at risk", "steps that protect the child first, then the longest overdue")
    OPEN = (
        "Open cases past a deadline",
        "steps that protect the child first, then the more dangerous, then the longest overdue",
    )
    CLOSED = (
        "Closed in the last seven days without a protective step on record",
        "a step that protects the child was owed, and no record of it is found",
    )
    EARLIER = (
        "Of an earlier list, and not answered",
        "the newest records no longer show it, and nobody has said that somebody looked",
    )


@dataclass(frozen=True)
class Child:
    """One case on the list with what is owed in it, who looks, and the newest answer."""

    case: CaseToCheck
    items: tuple[Item, ...]
    looks: LooksAt | None
    answer: Answer | None
    section: Section

    @property
    def who(self) -> str:
        """By what children are told apart: a pseudonym where the records have one, else the case."""
        return self.case.child or self.case.case_id

    @property
    def state(self) -> State:
        """How it stands: as the thing stands of which least is known."""
        return min((item.stands for item in self.items), key=LEAST_FIRST.index)

    @property
    def has_name_and_time(self) -> bool:
        """Whether it is said who looks, and by when; what was said before a later list counts no longer."""
        if self.looks is None:
            return False
        again = [item.shown_on.taken_at for item in self.items if item.stands is State.ON_AGAIN]
        return all(self.looks.said_at > taken_at for taken_at in again)


@dataclass(frozen=True)
class Tally:
    """How many children are on the list, each counted once and as that of which least is known."""

    on_the_list: int
    nobody_yet: int
    named: int
    waits_for_second: int
    looked_for: int
    answered: int

    @property
    def looked_at(self) -> int:
        """Somebody has looked, whatever was found."""
        return self.looked_for + self.answered

    @property
    def not_named(self) -> int:
        """Nobody has looked, and it is not said who will."""
        return self.nobody_yet - self.named


@dataclass(frozen=True)
class Part:
    """A section with its children, in order."""

    section: Section
    children: tuple[Child, ...]

    @property
    def how_many(self) -> int:
        """Children, each once."""
        return len({child.who for child in self.children})


@dataclass(frozen=True)
class ListNow:
    """What a page shows: the lists that it is made of, the newest first, and its parts."""

    lists: tuple[TakenList, ...]
    parts: tuple[Part, ...]
    tally: Tally
    now: datetime

    @property
    def records_to(self) -> datetime | None:
        """The time to which the newest records go."""
        return self.lists[0].records_to if self.lists else None

    @property
    def is_for_today(self) -> bool:
        """Whether the newest records end less than 24 hours ago."""
        return self.records_to is not None and self.now - self.records_to <= HOLDS_FOR

    @property
    def older_lists(self) -> tuple[TakenList, ...]:
        """Of the other lists it is made of, those that are not for today."""
        return tuple(one for one in self.lists[1:] if self.now - one.records_to > HOLDS_FOR)


def current_lists() -> dict[str, TakenList]:
    """The newest list of each standard, by the standard."""
    newest: dict[str, TakenList] = {}
    for taken in TakenList.objects.all():  # the newest first
        for standard in taken.standards:
            newest.setdefault(standard, taken)
    return newest


def items_on_the_list(current: dict[str, TakenList]) -> list[Item]:
    """What is on the list: what a current list shows, and what has no answer yet. `waiting_from` is the account whose
    answer waits for a second person."""
    waits = Answer.objects.filter(items=OuterRef("pk"), needs_second=True, second_at=None)
    found = (
        Item.objects.filter(Q(shown_on__in=set(current.values())) | ~Q(state__in=NOTHING_MORE))
        .select_related("case", "shown_on")
        .annotate(waiting_from=Subquery(waits.values("recorded_by")[:1]))
        .order_by("-shown_on__records_to", "-shown_on__taken_at", "position")
    )
    return [item for item in found if _is_shown(item, current) or item.stands not in NOTHING_MORE]


def _is_shown(item: Item, current: dict[str, TakenList]) -> bool:
    return current.get(item.standard) == item.shown_on


def list_now(*, now: datetime) -> ListNow:
    """The list, in five queries whatever its length."""
    current = current_lists()
    children = _children(items_on_the_list(current), current)
    parts = tuple(
        Part(section, tuple(child for child in children if child.section is section))
        for section in Section
        if any(child.section is section for child in children)
    )
    lists = sorted(set(current.values()), key=lambda one: (one.records_to, one.taken_at), reverse=True)
    return ListNow(tuple(lists), parts, tally(children), now)


def _children(items: Iterable[Item], current: dict[str, TakenList]) -> list[Child]:
    by_case: dict[int, list[Item]] = {}
    for item in items:
        by_case.setdefault(item.case_id, []).append(item)
    looks = _newest_of_each(LooksAt.objects.filter(case__in=by_case))
    answers = _newest_of_each(Answer.objects.filter(case__in=by_case).prefetch_related("items"))
    return [
        Child(owed[0].case, tuple(owed), looks.get(pk), answers.get(pk), _section(owed, current))
        for pk, owed in by_case.items()
    ]


def _newest_of_each(rows: Iterable[_OfACase]) -> dict[int, _OfACase]:
    newest: dict[int, _OfACase] = {}
    for row in rows:  # the newest first
        newest.setdefault(row.case_id, row)
    return newest


def _section(items: list[Item], current: dict[str, TakenList]) -> Section:
    if not any(_is_shown(item, current) for item in items):
        return Section.EARLIER
    case = items[0].case
    if not case.is_open:
        return Section.CLOSED
    return Section.STILL_AT_RISK if case.is_at_risk else Section.OPEN


def tally(children: Iterable[Child]) -> Tally:
    """Count children, each once: one with several cases counts as the case of which least is known."""
    by_child: dict[str, list[Child]] = {}
    for child in children:
        by_child.setdefault(child.who, []).append(child)
    least = [min((one.state for one in cases), key=LEAST_FIRST.index) for cases in by_child.values()]
    not_looked = [
        [case for case in cases if case.state in (State.NOBODY_YET, State.ON_AGAIN)] for cases in by_child.values()
    ]
    return Tally(
        on_the_list=len(by_child),
        nobody_yet=sum(bool(cases) for cases in not_looked),
        named=sum(bool(cases) and all(case.has_name_and_time for case in cases) for cases in not_looked),
        waits_for_second=least.count(State.WAITS_FOR_SECOND),
        looked_for=least.count(State.LOOKED_FOR),
        answered=sum(state in LOOKED_AT and state is not State.LOOKED_FOR for state in least),
    )
