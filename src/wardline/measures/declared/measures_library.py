"""Where measures are found: in a file of a force's own, or in the library that ships, beside the standards.

The library has the measures of a standard under its name: those of `england/missing-children` are in
`england/missing-children.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from wardline.documents import Document, read_document
from wardline.errors import DocumentError, Problem, ProblemKind, did_you_mean
from wardline.measures.declared.measure import Measure, MeasureSet
from wardline.measures.declared.measure_file import measure_set_in

__all__ = [
    "MEASURES_LIBRARY",
    "document_of_measures",
    "is_of_the_library",
    "look_up_measures",
    "measures_for",
    "sets_beside",
    "shipped_measures",
]

MEASURES_LIBRARY = Path(__file__).parents[1] / "library"
ENDINGS = (".yaml", ".yml")


def shipped_measures() -> tuple[str, ...]:
    """The names of the sets of measures that ship with Wardline, in alphabetical order."""
    paths = MEASURES_LIBRARY.glob("*/*.yaml")
    return tuple(sorted(path.relative_to(MEASURES_LIBRARY).as_posix().removesuffix(".yaml") for path in paths))


def look_up_measures(name_or_path: str, *, relative_to: Path) -> MeasureSet:
    """A set of the library by its name, or a force's own by the path of its file. Its worked examples are not run.

    Raises DocumentError where there is none of this name, or with every problem of the file.
    """
    if is_of_the_library(name_or_path):
        return _shipped(name_or_path)
    return measure_set_in(document_of_measures(name_or_path, relative_to=relative_to))


def measures_for(standards: Iterable[str]) -> tuple[Measure, ...]:
    """The measures that ship beside these standards, in their order; a standard without any is passed over.

    A standard is named as in a dive file: also by the number of a version (`england/missing-children/2025.2`), which
    has the same measures.
    """
    return tuple(measure for one in sets_beside(standards) for measure in one.measures)


def sets_beside(standards: Iterable[str]) -> tuple[MeasureSet, ...]:
    """The sets that ship beside these standards; named as in `measures_for`."""
    shipped = shipped_measures()
    named = {name: None for standard in standards for name in shipped if f"{standard}/".startswith(f"{name}/")}
    return tuple(_shipped(name) for name in named)


def document_of_measures(name_or_path: str, *, relative_to: Path) -> Document:
    """The document that is named as in `look_up_measures`. Raises DocumentError."""
    if is_of_the_library(name_or_path):
        return _shipped_document(name_or_path)
    if name_or_path.endswith(ENDINGS):
        return read_document(relative_to / name_or_path, name_or_path)
    raise DocumentError(
        Problem(
            ProblemKind.UNKNOWN_NAME,
            f"No measures called `{name_or_path}` ship with Wardline.{did_you_mean(name_or_path, shipped_measures())}",
            f"Name some that ship ({', '.join(shipped_measures())}), or the path of your own file, ending in .yaml.",
        )
    )


def is_of_the_library(name_or_path: str) -> bool:
    """Whether this is the name of a set that ships."""
    return name_or_path in shipped_measures()


# What ships does not change while a process runs.
@cache
def _shipped(name: str) -> MeasureSet:
    return measure_set_in(_shipped_document(name))


@cache
def _shipped_document(name: str) -> Document:
    return read_document(MEASURES_LIBRARY / f"{name}.yaml", name)
