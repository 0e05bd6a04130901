"""The reference of what `import wardline` gives, written from the docstrings."""

from __future__ import annotations

import doctest
import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cached_property
from itertools import takewhile
from typing import Any

import wardline


def python_page(written_by: str) -> str:
    """Every public name with what its docstring says, in alphabetical order."""
    contents = "\n".join(f"- [`{name}`](#{name.lower()}): {first_sentence(name)}" for name in wardline.__all__)
    sections = "\n\n".join(section(name) for name in wardline.__all__)
    return f"""{written_by}

# Python

What `import wardline` gives. [In a notebook](../tutorials/in-a-notebook.md) shows how the pieces go together. Tables are
Polars tables; instants in them are UTC, in microseconds. Everything that does not fit raises a `WardlineError`. In the
examples, a line that begins with `# →` is what Python answers.

{contents}

{sections}
"""  # noqa: E501


def section(name: str) -> str:
    """A public name: how it is called, what its docstring says, and what can be asked of it where it is a class."""
    found = getattr(wardline, name)
    told = "\n\n".join(paragraphs(inspect.cleandoc(found.__doc__ or "")))
    parts = [f"## {name}", told]
    if inspect.isfunction(found):
        parts.insert(1, f"```text\nwardline.{name}{call_of(found)}\n```")
    elif members := list(members_of(found)):
        rows = "\n".join(f"| `{member}` | {said} |" for member, said in members)
        parts.append(f"| what it has | |\n|---|---|\n{rows}")
    return "\n\n".join(parts)


def call_of(function: Any) -> str:
    """`(folder, *, seed=1)`: the arguments without their types, which the text explains."""
    signature = inspect.signature(function)
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in signature.parameters.values()]
    return str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty))


def paragraphs(docstring: str) -> Iterator[str]:
    """The paragraphs of a docstring, its examples as pieces of Python that run as they stand."""
    examples: list[str] = []
    for piece in doctest.DocTestParser().parse(docstring):
        if isinstance(piece, doctest.Example):
            answer = [f"# → {line}" if line else "# →" for line in piece.want.splitlines()]
            examples += [*piece.source.rstrip("\n").splitlines(), *answer]
        elif piece.strip():
            if examples:
                yield as_python(examples)
                examples = []
            yield piece.strip()
    if examples:
        yield as_python(examples)


def as_python(lines: list[str]) -> str:
    """A piece of Python as the formatter leaves it: a blank line after the imports at its start."""
    imports = sum(1 for _ in takewhile(lambda line: line.startswith(("import ", "from ")), lines))
    return "\n".join(["```python", *lines[:imports], "", *lines[imports:], "```"])


def members_of(found: type) -> Iterator[tuple[str, str]]:
    """What a class has that is public: its fields, properties and methods, each with its first sentence."""
    if is_dataclass(found):
        for field in fields(found):
            if not field.name.startswith("_") and not hasattr(found, field.name):
                yield field.name, f"a `{field.type}`"
    for name, member in vars(found).items():
        is_asked = isinstance(member, property | cached_property) or inspect.isfunction(member)
        if is_asked and not name.startswith("_"):
            yield name, first_line(member.__doc__)


def first_sentence(name: str) -> str:
    return first_line(getattr(wardline, name).__doc__)


def first_line(docstring: str | None) -> str:
    """The first paragraph, on one line."""
    return " ".join((docstring or "").strip().split("\n\n")[0].split()).replace("|", "\\|")
