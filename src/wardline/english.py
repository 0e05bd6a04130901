"""Lists in English and numbers with their noun: how every message, page and sentence says them.

>>> or_list(["a", "b", "c"])
'a, b or c'
>>> count(1, "case"), count(3757, "case"), count(0, "case")
('1 case', '3,757 cases', 'no cases')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["and_list", "count", "in_code", "number", "or_list", "quoted", "some_of", "times"]


def and_list(parts: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`; nothing where there is nothing."""
    return _listed(parts, "and")


def or_list(parts: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`; nothing where there is nothing."""
    return _listed(parts, "or")


def in_code(words: Iterable[str]) -> list[str]:
    """Each word in backquotes, as messages write what stands in a document."""
    return [f"`{word}`" for word in words]


def some_of(items: Sequence[str], most: int = 12) -> str:
    """The first of some things, and how many more there are: `a, b and 3 more`."""
    more = len(items) - most
    return ", ".join(items[:most]) + (f" and {more} more" if more > 0 else "")


def number(value: int) -> str:
    """A whole number with thousands separators."""
    return f"{value:,}"


def count(value: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: `1 case`, `3,757 cases`, `no cases`."""
    noun = singular if value == 1 else plural or f"{singular}s"
    return f"{number(value) if value else 'no'} {noun}"


def times(value: int) -> str:
    """`once`, `twice`, `3,757 times`."""
    return {1: "once", 2: "twice"}.get(value, f"{number(value)} times")


def quoted(text: str) -> str:
    """The text in typographic quotation marks."""
    return f"“{text}”"


def _listed(parts: Iterable[str], word: str) -> str:
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} {word} {last}" if first else last
