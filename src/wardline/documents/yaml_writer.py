"""YAML written for people: keys with values, each with a comment that says why, or left open for somebody to finish.

What is to be written is given as entries, which are values like any other: they can be looked at, changed and compared
before they are text. This writes

    - files: "episodes*.csv"                              # 1,204 rows
      case id: EpisodeNo                                  # 1,204 different in 1,204 of 1,204 rows
      ## 1,204 of 1,204 cells read as day/month/year, 733 of them only so
      opened at: {date: ReportedDate, time: ReportedTime}
      # only where: {PersonType: [Adult, Child]}          # keep the rows that are about a child

for which a line that begins with one # is open, and one that begins with ## is a remark.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

__all__ = [
    "AsWritten",
    "EntryValue",
    "InQuotes",
    "YamlEntry",
    "every_entry",
    "left_open",
    "remark",
    "value_in_yaml",
    "write_yaml",
]

WIDTH = 120
COMMENT_FROM = 56  # where comments begin, where the line leaves room
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./()-]*(?: [A-Za-z0-9_./()-]+)*")
READ_AS_OTHER_THINGS = ("null", "true", "false", "yes", "no", "on", "off")


class AsWritten(str):
    """A text that is written as it is: a number, a time, `yes`, or `…` where something is to be filled in."""


class InQuotes(str):
    """A text that is always written in quotation marks, as a format is."""


EntryValue: TypeAlias = str | Sequence["EntryValue"] | Mapping[str, "EntryValue"]
"""A text, or texts in a list or under keys, which are written on one line."""


@dataclass(frozen=True)
class YamlEntry:
    """A key of a document: what it says, why, and whether it is left open for somebody to finish.

    It has a `value`, or further `entries` below it, or a list of `items`, each with entries of its own. One without a
    key is a remark.
    """

    key: str
    value: EntryValue | None = None
    why: str = ""
    is_open: bool = False
    entries: tuple[YamlEntry, ...] = ()
    items: tuple[tuple[YamlEntry, ...], ...] = ()


def remark(text: str) -> YamlEntry:
    """A remark that stands by itself."""
    return YamlEntry("", why=text)


def left_open(entries: Iterable[YamlEntry]) -> tuple[YamlEntry, ...]:
    """The same entries, left for somebody to finish."""
    return tuple(replace(entry, is_open=True, entries=left_open(entry.entries)) for entry in entries)


def every_entry(entries: Iterable[YamlEntry]) -> Iterator[YamlEntry]:
    """The entries that have a key, with all below them, in the order in which they are written."""
    for entry in entries:
        if entry.key:
            yield entry
        yield from every_entry(entry.entries)
        for item in entry.items:
            yield from every_entry(item)


def write_yaml(entries: Iterable[YamlEntry], indent: int = 0) -> str:
    """The text of some entries."""
    return "\n".join(_lines(entries, indent, first="")).rstrip() + "\n"


def value_in_yaml(value: EntryValue) -> str:
    """A value on one line, its texts in quotation marks where they must be."""
    match value:
        case AsWritten():
            return str(value)
        case InQuotes():
            return f'"{value}"'
        case str():
            is_plain = PLAIN.fullmatch(value) and value.casefold() not in READ_AS_OTHER_THINGS
            return value if is_plain else json.dumps(value, ensure_ascii=False)
        case Mapping():
            return "{" + ", ".join(f"{value_in_yaml(key)}: {value_in_yaml(of)}" for key, of in value.items()) + "}"
    return f"[{', '.join(value_in_yaml(each) for each in value)}]"


def _lines(entries: Iterable[YamlEntry], indent: int, *, first: str) -> Iterator[str]:
    """The lines of some entries; `first` stands before the first of them, as the dash of a list does."""
    for entry in entries:
        if not entry.key:
            yield from _wrapped(entry.why, indent)
            continue
        value = "" if entry.value is None else f" {value_in_yaml(entry.value)}"
        start = " " * (indent - len(first)) + ("# " if entry.is_open else "")
        yield from _line(f"{start}{first}{_key(entry.key)}:{value}", entry.why, indent - len(first))
        first = ""
        yield from _lines(entry.entries, indent + 2, first="")
        for item in entry.items:
            yield from _lines(item, indent + 4, first="- ")
            yield ""


def _key(key: str) -> str:
    """A key as it is written; ours may hold more than one word."""
    return value_in_yaml(key)


def _line(text: str, why: str, indent: int) -> Iterator[str]:
    """A line with its comment behind it, or above it after two signs where it is long."""
    text = text.replace("\n", " ").rstrip()
    why = " ".join(why.split())
    padded = f"{text:<{COMMENT_FROM}}  # {why}" if why else text
    if why and len(padded) > WIDTH:
        yield from _wrapped(why, indent)
        yield text
    else:
        yield padded


def _wrapped(comment: str, indent: int) -> Iterator[str]:
    start = f"{' ' * indent}## "
    yield from textwrap.wrap(
        " ".join(comment.split()),
        WIDTH,
        initial_indent=start,
        subsequent_indent=start,
        break_long_words=False,
        break_on_hyphens=False,
    )
