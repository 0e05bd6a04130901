"""What each row of a table seems to be, and how the tables belong together: measured by the ids that they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

import polars as pl

from wardline.record_systems.drafting.columns_seen import ColumnKind, ColumnSeen, TableSeen
from wardline.record_systems.drafting.headings import is_of_somebody

__all__ = ["RowGuess", "RowKind", "SharedIds", "row_guesses"]

FEWEST_SHARED = 0.6
NEARLY_ALL = 0.9
SHORTEST_TELLING = 5  # letters of an id that another column does not hold by chance
ACTION_WORDS = frozenset(["action", "event", "activity", "step", "task", "entry", "code", "done", "type"])
SAYING_WHAT_WAS_DONE = ACTION_WORDS - {"type", "code"}
NAMING_A_CASE = frozenset(
    [
        "case",
        "incident",
        "crime",
        "episode",
        "investigation",
        "occurrence",
        "misper",
        "missing",
        "cad",
        "urn",
        "referral",
    ]
)
# Rows of a log are several to a number, and do not say the same thing each time.
MOST_OF_A_LOG, FEWEST_ACTIONS = 0.6, 1.3
OF_A_CASE = frozenset(["reported", "opened", "received", "occurred", "closed", "missing"])
NAMING_A_PERSON = ("given name", "family name", "date of birth")


class RowKind(Enum):
    """What each row is, as mappings say it."""

    CASE = "a case"
    EVENT = "an event"
    EVENTS = "events of a case"
    PERSON = "a person"
    NOTE = "a note"


@dataclass(frozen=True)
class SharedIds:
    """A column whose ids stand in a column of another table: how many of its different ids, of how many."""

    column: ColumnSeen
    to: int  # which of the tables
    to_column: ColumnSeen
    found: int
    different: int

    @property
    def share(self) -> float:
        """The share of its ids that stand there."""
        return self.found / self.different


@dataclass(frozen=True)
class RowGuess:
    """What a row seems to be: the columns that are its own number, and those of other tables; `why` in words."""

    table: TableSeen
    kind: RowKind | None
    key: tuple[ColumnSeen, ...]
    references: tuple[SharedIds, ...]
    why: str
    action: ColumnSeen | None = None

    def reference_to(self, others: Sequence[RowGuess], *kinds: RowKind) -> SharedIds | None:
        """The best reference to a table whose rows are of one of these kinds."""
        fitting = [each for each in self.references if others[each.to].kind in kinds]
        return max(fitting, key=_worth, default=None)


def row_guesses(tables: Sequence[TableSeen]) -> list[RowGuess]:
    """Say what the rows of each table are. The cases come first, because others belong to them."""
    keys = [_key(table) for table in tables]
    references = [tuple(_references(number, tables)) for number in range(len(tables))]
    people = [_is_of_people(table, key) for table, key in zip(tables, keys, strict=True)]
    may_be_case = [
        bool(key) and bool(table.of_kind(ColumnKind.TIME)) and not is_person and not _may_be_log(table)
        for table, key, is_person in zip(tables, keys, people, strict=True)
    ]
    cases = [
        may_be_case[number] and not any(may_be_case[each.to] and _leans_on(number, each, tables) for each in found)
        for number, found in enumerate(references)
    ]
    return [
        _guess(table, keys[number], references[number], people[number], cases, number)
        for number, table in enumerate(tables)
    ]


def _may_be_log(table: TableSeen) -> bool:
    repeating, action = _repeating(table), _action(table)
    return repeating is not None and action is not None and _is_log(table, repeating, action)


def _guess(
    table: TableSeen,
    key: tuple[ColumnSeen, ...],
    references: tuple[SharedIds, ...],
    is_person: bool,
    cases: Sequence[bool],
    number: int,
) -> RowGuess:
    times, texts = table.of_kind(ColumnKind.TIME), table.of_kind(ColumnKind.TEXT)
    action = _action(table)
    ids = table.of_kind(ColumnKind.ID)
    repeating = _repeating(table)
    to_case = [each for each in references if cases[each.to] and each.to != number]

    def guess(kind: RowKind | None, why: str) -> RowGuess:
        return RowGuess(table, kind, key, references, why, action)

    if is_person:
        fields = ", ".join(each.name for each in table.of_kind(ColumnKind.PERSON) if each.person_field)
        return guess(RowKind.PERSON, f"{fields} are of a person")
    if repeating is not None and not to_case and action is not None and _is_log(table, repeating, action):
        why = (
            f"{action.name} says what was done, and {repeating.name} is the same in many rows: {repeating.different:,} "
            f"different in {repeating.filled:,}"
        )
        return RowGuess(table, RowKind.EVENT, (repeating,), references, why, action)
    if cases[number]:
        named = " with ".join(each.name for each in key)
        return guess(RowKind.CASE, f"each row has its own {named}, and times")
    if (to_case or not key) and ids and texts and len(times) <= 2:
        return guess(RowKind.NOTE, f"{texts[0].name} is free text")
    if (to_case or not key) and ids and action is not None and 1 <= len(times) <= 2:
        return guess(RowKind.EVENT, f"{action.name} says what was done, and many rows have one number")
    if to_case and times:
        return guess(RowKind.EVENTS, "the row holds times of a case of another table")
    return guess(None, "nothing here says what a row is")


def _key(table: TableSeen) -> tuple[ColumnSeen, ...]:
    """The column, or the pair of columns, that is another in each row."""
    ids = table.of_kind(ColumnKind.ID)
    for column in ids:
        if column.is_nearly_key:
            return (column,)
    for one, other in combinations(ids[:6], 2):
        pair = table.layout.rows.select(str(one.position), str(other.position)).drop_nulls()
        is_key = pair.height >= 0.95 * table.layout.row_count > 0 and pair.n_unique() >= 0.95 * pair.height
        # Two numbers that are hardly ever given again make any row another one; a victim's number starts anew.
        starts_anew = min(one.different, other.different) < 0.5 * max(one.different, other.different)
        if is_key and starts_anew:
            return (one, other) if one.different >= other.different else (other, one)
    return ()


def _repeating(table: TableSeen) -> ColumnSeen | None:
    """The number that many rows share, of a case by its heading if one is; never that of a person or an officer."""
    shared = [
        column
        for column in table.of_kind(ColumnKind.ID)
        if 1 < column.different <= MOST_OF_A_LOG * column.filled
        and column.filled >= NEARLY_ALL * column.rows
        and not is_of_somebody(column.words)
    ]
    return max(shared, key=lambda each: (bool(NAMING_A_CASE & set(each.words)), each.different), default=None)


def _is_log(table: TableSeen, repeating: ColumnSeen, action: ColumnSeen) -> bool:
    """Whether rows of one number are what was done one after the other: as a rule another action in each of them."""
    if not SAYING_WHAT_WAS_DONE & set(action.words) or not 1 <= len(table.of_kind(ColumnKind.TIME)) <= 2:
        return False
    pairs = table.layout.rows.select(str(repeating.position), str(action.position)).drop_nulls()
    return pairs.n_unique() > FEWEST_ACTIONS * repeating.different


def _is_of_people(table: TableSeen, key: tuple[ColumnSeen, ...]) -> bool:
    fields = {each.person_field for each in table.of_kind(ColumnKind.PERSON)} - {None}
    is_named = len(fields & set(NAMING_A_PERSON)) >= 2 or ("date of birth" in fields and len(fields) >= 3)
    times = table.of_kind(ColumnKind.TIME)
    if any(OF_A_CASE & set(each.words) for each in times):
        return False  # a case, in whose row the person stands
    return is_named and len(times) <= 1


def _action(table: TableSeen) -> ColumnSeen | None:
    """The column that says what was done."""
    codes = [each for each in table.of_kind(ColumnKind.CODE) if each.different > 1]
    named = [each for each in codes if ACTION_WORDS & set(each.words) and "adult" not in each.words]
    return max(named, key=lambda each: ("type" not in each.words, each.different), default=None)


def _references(number: int, tables: Sequence[TableSeen]) -> Iterator[SharedIds]:
    """Every column of ids whose ids stand in a column of another table that is nearly a key there."""
    for column in tables[number].of_kind(ColumnKind.ID):
        mine = tables[number].cells(column).drop_nulls().unique()
        for to, table in enumerate(tables):
            if to == number:
                continue
            for other in table.of_kind(ColumnKind.ID):
                if other.different < NEARLY_ALL * other.filled:
                    continue
                found = int(mine.is_in(table.cells(other).drop_nulls().unique().implode()).sum())
                reference = SharedIds(column, to, other, found, len(mine))
                if reference.share >= FEWEST_SHARED and _is_telling(reference, mine):
                    yield reference


def _is_telling(reference: SharedIds, mine: pl.Series) -> bool:
    """Small numbers stand in each other's columns by chance; long ones, or those of one heading, do not."""
    if set(reference.column.words) & set(reference.to_column.words) - {"no", "id", "number", "ref", "reference"}:
        return True
    length = mine.str.len_chars().mean()
    return reference.share >= NEARLY_ALL and isinstance(length, float) and length >= SHORTEST_TELLING


def _leans_on(number: int, reference: SharedIds, tables: Sequence[TableSeen]) -> bool:
    """Whether a table's rows belong to those of another: its own numbers are all there, and not the other way about."""
    mine, other = tables[number], tables[reference.to]
    if reference.share < FEWEST_SHARED:
        return False
    if not reference.column.is_nearly_key:
        return _action(mine) is not None or bool(mine.of_kind(ColumnKind.TEXT)) and len(mine.columns) <= 6
    back = other.cells(reference.to_column).drop_nulls().unique()
    ours = mine.cells(reference.column).drop_nulls().unique().implode()
    share_back = int(back.is_in(ours).sum()) / max(1, len(back))
    if share_back >= FEWEST_SHARED and len(mine.columns) != len(other.columns):
        return len(mine.columns) < len(other.columns)
    return share_back < reference.share or number > reference.to


def _worth(reference: SharedIds) -> tuple[float, int]:
    alike = len(set(reference.column.words) & set(reference.to_column.words))
    return (round(reference.share, 2), alike)
