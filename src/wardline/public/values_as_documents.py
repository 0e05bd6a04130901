"""Python values as a document, so that they are checked by what checks YAML and told of in the same words.

A place in such a document is what somebody would write in Python to get there: `obligations[0].within`, or
`obligations[0]["owed by"]` where a key has a space in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import PurePath
from typing import Any

from wardline.documents import Document, Path_
from wardline.errors import DocumentError, Place, Problem, ProblemKind, Problems
from wardline.public.arguments import kind_of

__all__ = ["document_of_values"]

DEEPEST = 30  # a standard is nested six deep; a list that holds itself has no end
SCALAR_REMEDY = "Write it as text, as it would be in a YAML file."


def document_of_values(
    values: Mapping[str, Any], called: str, *, argument: str = "", are_arguments: bool = False
) -> Document:
    """A document that says what these values say; `called` is what messages call it: `standard(…)`.

    `argument` is the one that holds them, where it is not the whole call. `are_arguments`: the keys are names of
    arguments, which have an underscore for each space. Raises DocumentError with everything that could not be written
    in a document.
    """
    reader = _Reader(called, argument)
    if are_arguments:
        reader.spelling = {key.replace("_", " "): key for key in values}
        values = {key.replace("_", " "): value for key, value in values.items()}
    data = reader.read(values, ())
    reader.problems.tell()
    return Document(called, data, reader.keys, reader.values)


class _Reader:
    def __init__(self, called: str, argument: str) -> None:
        self.called = called
        self.argument = argument
        self.spelling: dict[str, str] = {}
        self.keys: dict[Path_, Place] = {}
        self.values: dict[Path_, Place] = {}
        self.problems = Problems(DocumentError)

    def read(self, value: Any, path: Path_) -> Any:
        self.values[path] = self._place(path)
        if len(path) > DEEPEST:
            self._wrong(path, "This is nested too deeply to be read.", "Take out whatever contains itself.")
            return None
        match value:
            case Mapping():
                return dict(self._items(value, path))
            case list() | tuple():
                return [self.read(item, (*path, index)) for index, item in enumerate(value)]
        return self._text(value, path)

    def _items(self, value: Mapping[Any, Any], path: Path_) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key, item in value.items():
            text = self._text(key, path) if isinstance(key, str | int | Enum) else None
            if text is None:
                self._wrong(path, f"A key here is {kind_of(key)}, not a text.", SCALAR_REMEDY)
                continue
            if text in seen:
                self._wrong(path, f"`{text}` is a key here twice.", "Keep one of the two.")
                continue
            seen.add(text)
            self.keys[(*path, text)] = self._place((*path, text))
            yield text, self.read(item, (*path, text))

    def _text(self, value: Any, path: Path_) -> str | None:
        """A single value as YAML has it, where every value is text."""
        match value:
            case None:
                return None
            case Enum():
                return str(value.value)
            case bool():
                return "yes" if value else "no"
            case str():
                return value
            case int():
                return str(value)
            case float() if math.isfinite(value):
                return repr(value)
            case datetime() if value.tzinfo is None and not value.microsecond:
                return f"{value:%Y-%m-%d %H:%M:%S}" if value.second else f"{value:%Y-%m-%d %H:%M}"
            case datetime():
                remedy = "Write the local time without a zone, to the second: `datetime(2025, 4, 1, 2, 0)`."
                self._wrong(path, "This time has a zone or parts of a second.", remedy)
                return None
            case date():
                return value.isoformat()
            case PurePath():
                return str(value)
        self._wrong(path, f"This is {kind_of(value)}, which cannot be written in a document.", SCALAR_REMEDY)
        return None

    def _wrong(self, path: Path_, what: str, remedy: str) -> None:
        self.problems.append(Problem(ProblemKind.WRONG_VALUE, what, remedy, self._place(path)))

    def _place(self, path: Path_) -> Place:
        """``standard(…): `obligations[0].within` ``, without the end where it is the whole."""
        written = self.argument
        for step in path:
            if isinstance(step, str) and not written:
                written = self.spelling.get(step, step)
            elif isinstance(step, str) and step.isidentifier():
                written += f".{step}"
            else:
                written += f'["{step}"]' if isinstance(step, str) else f"[{step}]"
        return Place(f"{self.called}: `{written}`" if written else self.called)
