"""The reference of commands, written from their own help."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator
from unittest import mock

import typer

from wardline.cli import app, main

# What the width and the look of a help depend on, so that they do not depend on who writes the page.
ENVIRONMENT = {"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"}


def commands_page(written_by: str) -> str:
    """Every command with what its --help says, in the order in which the help lists them."""
    sections = "\n\n".join(
        f"## {' '.join(('wardline', *path))}\n\n```text\n{help_of(path)}\n```"
        for path in paths(typer.main.get_command(app))
    )
    return f"""{written_by}

# Commands

What each command says when asked with `--help`. Results go to standard output, progress and problems to standard error;
exit codes are listed under [Problems](problems.md).

{sections}
"""


def paths(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group of commands, each with the words that call it."""
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from paths(inner, (*path, name))


def help_of(path: tuple[str, ...]) -> str:
    """The help of one command, as a person sees it."""
    told = io.StringIO()
    with mock.patch.dict(os.environ, ENVIRONMENT), contextlib.redirect_stdout(told):
        code = main([*path, "--help"])
    assert code == 0, path
    return "\n".join(line.rstrip() for line in told.getvalue().strip().splitlines())
