"""The table of what was measured, and the page of the docs that holds it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Figure", "page_with", "table_of"]

INTRODUCTION = """# Performance

How fast and how large, written by `python -m tests.performance.bench --write docs/reference/performance.md` (`make bench`
prints the same), never by hand. `--part` measures one part and leaves the others as they are.
"""  # noqa: E501
HEADINGS = {
    "checking": "A check of ten million events",
    "dive": "A whole dive into ten million events",
    "simulating": "Making up a force of ten million events",
    "measures": "All measures of ten million findings",
    "times": "Reading times, beside Polars",
    "claims": "How often claims are confirmed",
    "workspace": "The workspace on a million findings",
}


@dataclass(frozen=True)
class Figure:
    """A line of the table: what was measured, what came out, and what it must reach."""

    what: str
    figure: str
    must: str
    is_reached: bool


def table_of(figures: list[Figure]) -> str:
    """The figures as a table of the docs."""
    rows = [("What", "Measured", "Must reach", "Reached")]
    rows += [(one.what, one.figure, one.must, "yes" if one.is_reached else "no") for one in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def page_with(before: str, part: str, text: str) -> str:
    """The page as it was, but with another text for one part."""
    sections = {
        name: match[1].strip()
        for name, heading in HEADINGS.items()
        if (match := re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", before, re.MULTILINE | re.DOTALL))
    }
    sections[part] = text
    told = [f"## {heading}\n\n{sections[name]}\n" for name, heading in HEADINGS.items() if name in sections]
    return "\n".join([INTRODUCTION, *told])
