"""Where standards are found: in a file, or in the library that ships with Wardline.

The library holds the present version of each standard as `england/missing-children.yaml`, and the earlier ones beside
it, each by its number: `england/missing-children/2025.2.yaml`. The name without a number means all of them, so that
each occasion is judged by the version in force on its day; with one, that version alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from wardline.documents import Document, read_document
from wardline.errors import DocumentError, Problem, ProblemKind, Problems, did_you_mean
from wardline.obligations import Obligation
from wardline.standards.examples import ExampleResult, run_example
from wardline.standards.standard import Standard
from wardline.standards.standard_file import standard_in

__all__ = [
    "LIBRARY",
    "StandardOfFile",
    "earlier_versions",
    "find_standard",
    "find_versions",
    "look_up_standard",
    "look_up_versions",
    "path_of_standard",
    "read_standard",
    "shipped_obligation",
    "shipped_standards",
    "standard_from",
    "standards_for",
]

LIBRARY = Path(__file__).with_name("library")
OF_ENGLAND = "england"
ENDINGS = (".yaml", ".yml")


class StandardOfFile(NamedTuple):
    """A standard, and the file that it was read from."""

    standard: Standard
    path: Path


def shipped_standards() -> tuple[str, ...]:
    """The names of the standards that ship with Wardline, in alphabetical order, each once for all its versions."""
    return tuple(sorted(_name_of(path) for path in LIBRARY.glob("*/*.yaml")))


def earlier_versions(name: str) -> tuple[str, ...]:
    """The names of the earlier versions of a standard that ships (`england/missing-children/2025.2`), oldest first."""
    names = [_name_of(path) for path in LIBRARY.glob(f"{name}/*.yaml")] if name in shipped_standards() else []
    return tuple(sorted(names, key=lambda one: _shipped(one, examples_must_hold=False).in_force_from))


def standards_for(nation: str | None) -> tuple[str, ...]:
    """The names of those that ship and concern a force of this nation.

    For England those of England; for another all, since much of England's holds in Wales, and a force leaves out what
    is not its own.
    """
    names = shipped_standards()
    return tuple(name for name in names if name.startswith(f"{OF_ENGLAND}/")) if nation == "England" else names


def shipped_obligation(full_name: str) -> Obligation | None:
    """An obligation of a standard that ships, by its full name, as the present version has it; None for any other."""
    name, _, wanted = full_name.rpartition("/")
    if name not in shipped_standards():
        return None
    obligations = _shipped(name, examples_must_hold=False).obligations
    return next((obligation for obligation in obligations if obligation.id == wanted), None)


def find_standard(name_or_path: str, *, relative_to: Path) -> Standard:
    """A standard of the library by its name, or one of the force's own by the path of its file.

    Of one that ships in several versions it is the present one, unless the name ends in the number of another. Its
    worked examples are run. Raises DocumentError where there is no such standard, where it cannot be read, or where an
    example does not hold.
    """
    return _found(name_or_path, relative_to, examples_must_hold=True)


def look_up_standard(name_or_path: str, *, relative_to: Path) -> Standard:
    """The same without running its worked examples, for where nothing is judged by it."""
    return _found(name_or_path, relative_to, examples_must_hold=False)


def find_versions(
    name_or_path: str, *, relative_to: Path, first: date | None = None, last: date | None = None
) -> tuple[StandardOfFile, ...]:
    """Every version that a name means, oldest first, with its worked examples run; for where something is judged.

    With `first` and `last` only those whose dates in force touch these local days, both included. A file, and a name
    with the number of a version, always mean one. Raises DocumentError as `find_standard` does.
    """
    return _versions(name_or_path, relative_to, (first, last), examples_must_hold=True)


def look_up_versions(name_or_path: str, *, relative_to: Path) -> tuple[Standard, ...]:
    """The same without running worked examples, for where nothing is judged by them: every version, oldest first."""
    found = _versions(name_or_path, relative_to, (None, None), examples_must_hold=False)
    return tuple(one.standard for one in found)


def path_of_standard(name_or_path: str, *, relative_to: Path) -> Path:
    """The file of a standard that is named as in `find_standard`. Raises DocumentError."""
    if name_or_path.endswith(ENDINGS):
        return relative_to / name_or_path
    name, _, _ = name_or_path.rpartition("/")
    if name_or_path in shipped_standards() or name_or_path in earlier_versions(name):
        return LIBRARY / f"{name_or_path}.yaml"
    if name in shipped_standards():
        raise DocumentError(_no_such_version(name, name_or_path))
    raise DocumentError(
        Problem(
            ProblemKind.UNKNOWN_NAME,
            f"No standard called `{name_or_path}` ships with "
            f"Wardline.{did_you_mean(name_or_path, shipped_standards())}",
            f"Name one that ships ({', '.join(shipped_standards())}), or the path of your own file, ending in .yaml.",
        )
    )


def read_standard(path: Path, *, shown_as: str | None = None, examples_must_hold: bool = True) -> Standard:
    """The standard in a file, with its worked examples run. `shown_as` is the name that messages use for the file.

    Raises DocumentError with every problem of the document; where there is none, with every example that does not
    hold (unless `examples_must_hold` is false, for `run_examples` to show them).
    """
    return standard_from(read_document(path, shown_as), examples_must_hold=examples_must_hold)


def standard_from(document: Document, *, examples_must_hold: bool = True) -> Standard:
    """The standard that a document holds, with its worked examples run. Raises DocumentError as `read_standard`
    does.
    """
    standard = standard_in(document)
    if examples_must_hold:
        Problems(DocumentError, _examples_that_do_not_hold(document, standard)).tell()
    return standard


def _no_such_version(name: str, named: str) -> Problem:
    """Of a name with the number of a version that does not ship, or with that of the present one."""
    present = _shipped(name, examples_must_hold=False).version
    earlier = earlier_versions(name)
    listed = f" Earlier versions: {', '.join(f'`{one}`' for one in earlier)}." if earlier else ""
    return Problem(
        ProblemKind.UNKNOWN_NAME,
        f"`{named}` is not an earlier version of `{name}`.{listed}",
        f"`{name}` alone names the present version, {present}, and in a dive every version.",
    )


def _versions(
    name_or_path: str, relative_to: Path, days: tuple[date | None, date | None], *, examples_must_hold: bool
) -> tuple[StandardOfFile, ...]:
    is_name = name_or_path in shipped_standards()
    names = [*earlier_versions(name_or_path), name_or_path] if is_name else [name_or_path]
    found = []
    for name in names:
        # Its dates are read first: the examples of a version that is not wanted need not be run.
        if len(names) == 1 or _touches(_shipped(name, examples_must_hold=False), *days):
            standard = _found(name, relative_to, examples_must_hold=examples_must_hold)
            found.append(StandardOfFile(standard, path_of_standard(name, relative_to=relative_to)))
    return tuple(found)


def _touches(standard: Standard, first: date | None, last: date | None) -> bool:
    begins_in_time = last is None or standard.in_force_from <= last
    return begins_in_time and (first is None or standard.in_force_to is None or standard.in_force_to >= first)


def _name_of(path: Path) -> str:
    """`england/missing-children` of its file; a version's number may have a dot in it, so only the ending is cut."""
    return path.relative_to(LIBRARY).as_posix().removesuffix(".yaml")


def _found(name_or_path: str, relative_to: Path, *, examples_must_hold: bool) -> Standard:
    path = path_of_standard(name_or_path, relative_to=relative_to)
    if name_or_path.endswith(ENDINGS):
        return read_standard(path, shown_as=name_or_path, examples_must_hold=examples_must_hold)
    return _shipped(name_or_path, examples_must_hold=examples_must_hold)


# What ships does not change while a process runs, and most of a second goes into reading the longest of them.
@cache
def _shipped(name: str, *, examples_must_hold: bool) -> Standard:
    return standard_from(_document_of(name), examples_must_hold=examples_must_hold)


@cache
def _document_of(name: str) -> Document:
    return read_document(LIBRARY / f"{name}.yaml", name)


def _examples_that_do_not_hold(document: Document, standard: Standard) -> Iterator[Problem]:
    for index, obligation in enumerate(standard.obligations):
        for number, example in enumerate(obligation.examples):
            result = run_example(standard, obligation, example)
            if not result.holds:
                yield document.problem(
                    ProblemKind.FAILING_EXAMPLES,
                    ("obligations", index, "examples", number, "expect"),
                    _says(result),
                    "Change the obligation or the example, so that they say the same.",
                )


def _says(result: ExampleResult) -> str:
    return (
        f'The worked example "{result.example.name}" of `{result.obligation.id}` does not hold: '
        f"expected: {', '.join(result.expected)}; found: {', '.join(result.found)}."
    )
