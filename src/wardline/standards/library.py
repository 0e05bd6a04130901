"""Where standards are found: in a file, or in the library that ships with Wardline."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from wardline.documents import Document, read_document
from wardline.errors import DocumentError, Problem, ProblemKind, Problems, did_you_mean
from wardline.standards.examples import ExampleResult, run_example
from wardline.standards.standard import Standard
from wardline.standards.standard_file import standard_in

__all__ = [
    "LIBRARY",
    "find_standard",
    "look_up_standard",
    "path_of_standard",
    "read_standard",
    "shipped_standards",
    "standard_from",
    "standards_for",
]

LIBRARY = Path(__file__).with_name("library")
OF_ENGLAND = "england"
ENDINGS = (".yaml", ".yml")


def shipped_standards() -> tuple[str, ...]:
    """The names of the standards that ship with Wardline, in alphabetical order."""
    return tuple(sorted(path.relative_to(LIBRARY).with_suffix("").as_posix() for path in LIBRARY.rglob("*.yaml")))


def standards_for(nation: str | None) -> tuple[str, ...]:
    """The names of those that ship and concern a force of this nation.

    For England those of England; for another all, since much of England's holds in Wales, and a force leaves out what
    is not its own.
    """
    names = shipped_standards()
    return tuple(name for name in names if name.startswith(f"{OF_ENGLAND}/")) if nation == "England" else names


def find_standard(name_or_path: str, *, relative_to: Path) -> Standard:
    """A standard of the library by its name, or one of the force's own by the path of its file.

    Its worked examples are run. Raises DocumentError where there is no such standard, where it cannot be read, or
    where an example does not hold.
    """
    return _found(name_or_path, relative_to, examples_must_hold=True)


def look_up_standard(name_or_path: str, *, relative_to: Path) -> Standard:
    """The same without running its worked examples, for where nothing is judged by it."""
    return _found(name_or_path, relative_to, examples_must_hold=False)


def path_of_standard(name_or_path: str, *, relative_to: Path) -> Path:
    """The file of a standard that is named as in `find_standard`. Raises DocumentError."""
    if name_or_path.endswith(ENDINGS):
        return relative_to / name_or_path
    if name_or_path in shipped_standards():
        return LIBRARY / f"{name_or_path}.yaml"
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
