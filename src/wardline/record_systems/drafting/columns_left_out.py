"""The columns of a layout that a draft uses for nothing, each named with the reason: no column is left out silently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from wardline.documents import YamlEntry, every_entry, remark
from wardline.english import some_of
from wardline.record_systems.drafting.columns_seen import ColumnKind, ColumnSeen, TableSeen

__all__ = ["columns_left_out", "not_used"]

WHY = {
    ColumnKind.ID: "a number of something else, or of the row alone",
    ColumnKind.TIME: "a time that no other column explains",
    ColumnKind.CLOCK: "a time of day without a date",
    ColumnKind.CODE: "codes that nothing here explains",
    ColumnKind.NUMBER: "numbers that nothing here explains",
    ColumnKind.PERSON: "of somebody",
    ColumnKind.TEXT: "free text",
    ColumnKind.EMPTY: "empty",
    ColumnKind.OTHER: "text that may name somebody",
}
MOST_NAMED = 1_000


def columns_left_out(table: TableSeen, tables: Sequence[Sequence[YamlEntry]]) -> Iterator[YamlEntry]:
    """A remark for each reason for which columns are left out of what was drafted of a layout."""
    entries = [entry for of_table in tables for entry in every_entry(of_table)]
    named = {text for entry in entries for text in (*_texts(entry.key), *_texts(entry.value))}
    said = " ".join(entry.why for of_table in tables for entry in _remarks(of_table))
    left: dict[ColumnKind, list[ColumnSeen]] = {}
    for column in table.columns:
        if column.name not in named and not re.search(rf"(?<!\w){re.escape(column.name)}(?!\w)", said):
            left.setdefault(column.kind, []).append(column)
    for kind, columns in left.items():
        names = some_of([column.name for column in columns], MOST_NAMED)
        yield remark(f"Left out, {WHY[kind]}: {names}.")


def not_used(table: TableSeen) -> Iterator[YamlEntry]:
    """What is left: free text, which may be notes, and columns that are empty."""
    texts = [column.name for column in table.of_kind(ColumnKind.TEXT)]
    if texts:
        yield remark(
            f"Free text: {some_of(texts)}. It can be read as notes, in a table of its own: `each row is: a note`."
        )
    twice = [name for name in dict.fromkeys(table.layout.header) if table.layout.header.count(name) > 1]
    if twice:
        yield remark(f"More than one column is called this, so none of them can be used: {some_of(twice)}.")
    empty = [column.name for column in table.of_kind(ColumnKind.EMPTY)]
    if empty:
        yield remark(f"Always empty: {some_of(empty)}.")


def _remarks(entries: Iterable[YamlEntry]) -> Iterator[YamlEntry]:
    for entry in entries:
        if not entry.key:
            yield entry
        yield from _remarks(entry.entries)


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (*_texts(key), *_texts(each))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
