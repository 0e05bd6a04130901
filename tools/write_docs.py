"""The pages of docs/ that are written from the code and the specification: `python -m tools.write_docs`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tools.commands_page import commands_page
from tools.measure_pages import measures_page
from tools.permissions_page import permissions_page
from tools.python_page import python_page
from tools.signal_pictures import signal_pictures
from tools.standard_pages import anchor, standard_pages, strays
from tools.states_page import states_page
from wardline.errors import ProblemKind, WardlineError

ROOT = Path(__file__).resolve().parents[1]
WRITTEN_BY = "<!-- Written by tools/write_docs.py; change what it is written from, then `make docs`. -->"


def generated_pages() -> dict[Path, Callable[[], str]]:
    """Each generated page and drawing by its path, with what writes the text that it should have."""
    reference = ROOT / "docs" / "reference"
    return {
        reference / "commands.md": partial(commands_page, WRITTEN_BY),
        reference / "measures.md": partial(measures_page, WRITTEN_BY),
        reference / "permissions.md": partial(permissions_page, WRITTEN_BY),
        reference / "problems.md": problems_page,
        reference / "python.md": partial(python_page, WRITTEN_BY),
        reference / "specification.md": specification_page,
        reference / "states.md": partial(states_page, WRITTEN_BY),
        **signal_pictures(),
        **standard_pages(WRITTEN_BY),
    }


def main() -> None:
    """Write every generated page, and take away those of standards that are no more."""
    for path, write in generated_pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write(), encoding="utf-8")
    for path in strays():
        path.unlink()


def problems_page() -> str:
    """Every kind of problem, and what each exit code says."""
    kinds = "\n".join(
        f"- [{kind.value.replace('-', ' ').capitalize()}](../how-to/fix-a-problem.md#{kind.value})"
        for kind in ProblemKind
    )
    codes = "\n".join(f"| {error.exit_code} | {first_line(error)} |" for error in WardlineError.__subclasses__())
    return f"""{WRITTEN_BY}

# Problems

A message says where something is, what is wrong and what to do, and names the heading of
[Fix a problem](../how-to/fix-a-problem.md) to read more. All the problems of a document are reported at once. No
message contains a person's data.

A row or a cell that cannot be read is not a problem but a reject: it is listed in the report with its reason, and the
dive goes on.

{kinds.replace(" yaml", " YAML")}

## Exit codes

| code | says |
|---|---|
| 0 | Done. |
{codes}
| 70 | A fault of Wardline's own, with a traceback. Please report it, without any data. |
"""


def specification_page() -> str:
    """The pages of specification/, one after the other, with a list of them first."""
    pages = [path.read_text(encoding="utf-8") for path in specification_files()]
    titles = [heading for page in pages for heading in re.findall(r"^# (.+)$", without_fences(page), re.MULTILINE)]
    contents = "\n".join(f"- [{title}](#{anchor(title)})" for title in titles)
    body = "\n\n".join(demoted(page).strip() for page in pages)
    return f"""{WRITTEN_BY}

# The specification

What obligations mean, by example. On each page: an obligation, the events of some cases, the instant from which we look,
and what is found. Every engine runs every page.

{contents}

{body}
"""  # noqa: E501


def specification_files() -> Iterator[Path]:
    """Every page of the specification but the one that introduces them."""
    yield from (path for path in sorted((ROOT / "specification").rglob("*.md")) if path.name != "README.md")


def first_line(error: type[WardlineError]) -> str:
    return (error.__doc__ or "").strip().splitlines()[0]


def without_fences(page: str) -> str:
    return re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL)


def demoted(page: str) -> str:
    """A page with each of its headings one step lower, so that it can stand inside another."""
    pieces = re.split(r"(^```.*?^```$)", page, flags=re.MULTILINE | re.DOTALL)
    return "".join(
        piece if piece.startswith("```") else re.sub(r"^(#+ )", r"#\1", piece, flags=re.MULTILINE) for piece in pieces
    )


if __name__ == "__main__":
    main()
