"""Whether a document says what it must, before it takes the place of what stands there: all its problems at once."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from wardline.dive import read_dive
from wardline.documents import parse_document
from wardline.errors import DocumentError, Problem, Problems
from wardline.record_systems import parse_mapping
from wardline.standards import Standard, look_up_standard, read_force, resolve
from wardline.whole_files import write_new_file
from wardline_workspace.making.policies import paths_outside, queries
from wardline_workspace.making.work_in_files import DIVE, FORCE, WorkInFiles

__all__ = ["BESIDE", "check_document", "in_words", "standards_of"]

BESIDE = ".looked-at-"


def check_document(work: WorkInFiles, document: str, text: str) -> None:
    """Raise DocumentError with every problem of a text that is to be a document of a piece of work."""
    shown_as = work.shown_as(document)
    read = parse_document(text, shown_as)
    problems = Problems(DocumentError)
    if document == FORCE:
        problems.collect(lambda: _check_force(work, text))
    elif document == DIVE:
        problems += paths_outside(read, work.folder)
        # A dive that is being made has no exports at first; all else is looked at once it has.
        if not problems and isinstance(read.data, dict) and read.data.get("sources"):
            problems.collect(lambda: _check_dive(work, text))
    else:
        problems += queries(read)
        problems.collect(lambda: parse_mapping(text, shown_as))
    problems.tell()


def standards_of(work: WorkInFiles) -> list[Standard]:
    """The standards that the dive file names. Raises DocumentError."""
    return [look_up_standard(name, relative_to=work.folder) for name in work.standards]


def _check_force(work: WorkInFiles, text: str) -> None:
    with _written(work.folder, text) as path:
        resolve(standards_of(work), read_force(path, shown_as=work.shown_as(FORCE)))


def _check_dive(work: WorkInFiles, text: str) -> None:
    with _written(work.folder, text) as path:
        dive = read_dive(path)
    for name in dive.standards:
        look_up_standard(name, relative_to=work.folder)


@contextmanager
def _written(folder: Path, text: str) -> Iterator[Path]:
    """A text as a file beside the others, for as long as it is read: paths in it are relative to where it lies."""
    path = folder / f"{BESIDE}{secrets.token_hex(6)}.yaml"
    write_new_file(path, text)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def in_words(problems: Sequence[Problem]) -> list[str]:
    """Each problem as a sentence for a page: where in the document, what is wrong, what to do."""
    return [f"{_where(problem)}{problem.what} {problem.remedy}" for problem in problems]


def _where(problem: Problem) -> str:
    place = problem.where
    if place is None:
        return ""
    name = Path(place.file).name
    parts = [] if name.startswith(BESIDE) else [name]
    parts += [] if place.line is None else [f"line {place.line}"]
    parts += [] if place.column is None else [f"column {place.column}"]
    said = ", ".join(parts)
    return f"{said[:1].upper() if said.startswith('line') else said[:1]}{said[1:]}: " if said else ""
