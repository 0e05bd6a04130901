"""The reference of commands, written from their own help."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import typer

from wardline.cli import app

ENVIRONMENT = {"COLUMNS": "100", "TERM": "dumb", "PYTHONUTF8": "1", "NO_COLOR": "1"}


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
    told = subprocess.run(
        [sys.executable, "-m", "wardline.cli", *path, "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        check=True,
    )
    return "\n".join(line.rstrip() for line in told.stdout.strip().splitlines())
