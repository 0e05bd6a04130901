"""The text of a draft: YAML lines, each with a comment that says what it rests on."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Line", "commented", "flow", "listed", "of_lines", "scalar"]

WIDTH = 120
COMMENT_FROM = 56  # where comments begin, where the line leaves room
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./()-]*(?: [A-Za-z0-9_./()-]+)*")


@dataclass(frozen=True)
class Line:
    """A line of a draft: how far it is indented, its text, what it rests on, and whether it is left for somebody."""

    indent: int
    text: str
    rests_on: str = ""
    is_open: bool = False


def commented(lines: Iterable[Line]) -> list[Line]:
    """The same lines, left for somebody to finish."""
    return [Line(line.indent, line.text, line.rests_on, is_open=True) for line in lines]


def of_lines(lines: Sequence[Line]) -> str:
    """The text of some lines; a long comment stands above its line, after two signs."""
    found: list[str] = []
    for line in lines:
        rests_on = " ".join(line.rests_on.split())
        start = " " * line.indent + ("# " if line.is_open and line.text else "")
        text = f"{start}{line.text}".replace("\n", " ").rstrip()
        if not rests_on:
            found.append(text)
            continue
        if not line.text:
            found += _wrapped(rests_on, line.indent)
            continue
        padded = f"{text:<{COMMENT_FROM}}  # {rests_on}"
        if len(padded) <= WIDTH:
            found.append(padded)
        else:
            found += [*_wrapped(rests_on, line.indent), text]
    return "\n".join(found) + "\n"


def _wrapped(comment: str, indent: int) -> list[str]:
    start = f"{' ' * indent}## "
    return textwrap.wrap(
        comment, WIDTH, initial_indent=start, subsequent_indent=start, break_long_words=False, break_on_hyphens=False
    )


def scalar(text: str) -> str:
    """A text as YAML has it, in quotation marks where it must be."""
    is_plain = PLAIN.fullmatch(text) and text.casefold() not in ("null", "true", "false", "yes", "no", "on", "off")
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def flow(pairs: Iterable[tuple[str, str]]) -> str:
    """`{key: value, …}` of texts that are YAML already."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"


def listed(items: Sequence[str], most: int = 12) -> str:
    """Some things in a row, and how many more there are."""
    more = len(items) - most
    return ", ".join(items[:most]) + (f" and {more} more" if more > 0 else "")
