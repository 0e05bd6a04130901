"""Standards, a force and mappings: from a file, from YAML text, or from Python values with the same keys."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from wardline.documents import Document, parse_document, read_document
from wardline.errors import ArgumentError, DocumentError, did_you_mean
from wardline.public.arguments import Arguments
from wardline.public.values_as_documents import document_of_values
from wardline.record_systems import Mapping as RecordSystemMapping
from wardline.record_systems.mapping.mapping_file import mapping_in
from wardline.standards import Force, Standard, earlier_versions, find_standard, find_versions
from wardline.standards import shipped_standards as names_that_ship
from wardline.standards.force import force_in
from wardline.standards.library import standard_from

__all__ = ["force", "force_given", "mapping", "mapping_given", "shipped_standards", "standard", "standards_given"]

Source = str | os.PathLike[str] | Mapping[str, Any]
Made = TypeVar("Made")
ENDINGS = (".yaml", ".yml")
SOURCE = "source"


def shipped_standards() -> tuple[str, ...]:
    """The names of the standards that ship with Wardline, in alphabetical order; `standard` reads one by its name.

    >>> import wardline
    >>> "england/missing-children" in wardline.shipped_standards()
    True
    """
    return names_that_ship()


def standard(source: Source | Standard | None = None, /, **keys: Any) -> Standard:
    """A standard: the obligations that records are checked against.

    `source` is the name of one that ships (`shipped_standards()` lists them; of one that ships in several versions the
    present one is taken, unless the name ends in the number of another), the path of a file that ends in `.yaml`, YAML
    text, or a dict. Instead of a dict its keys can be given as arguments, with an underscore for each space. The
    keys are those of the [language of standards](standards-language.md), nested ones spelt as there.

    >>> import wardline
    >>> pace = wardline.standard(
    ...     standard="our-own/pace",
    ...     title="How soon somebody is sent",
    ...     version="1",
    ...     in_force={"from": "2025-01-01"},
    ...     case_type="missing episode",
    ...     obligations=[
    ...         {
    ...             "id": "send",
    ...             "title": "Police are sent within an hour",
    ...             "topic": "initial response",
    ...             "owed by": "force",
    ...             "when": "reported",
    ...             "then": "officer_deployed",
    ...             "within": "60 minutes",
    ...             "basis": {"kind": "force policy", "title": "Our response policy"},
    ...         }
    ...     ],
    ... )
    >>> [obligation.id for obligation in pace.obligations]
    ['send']
    >>> wardline.standard("england/missing-children").title
    'Missing children'

    Its worked examples, if it has any, are run. Raises `WardlineError` where it cannot be read or an example does not
    hold, with every problem at once.
    """
    given = Arguments("standard")
    found = standard_given(given, SOURCE, source, keys)
    given.check()
    assert found is not None
    return found


def force(source: Source | Force | None = None, /, **keys: Any) -> Force:
    """A force's settings: above all its time zone, the nation whose bank holidays count, and its own time limits.

    `source` is the path of a file such as `force.yaml`, YAML text, or a dict; or give the keys as arguments, with an
    underscore for each space. `force`, `nation` and `time_zone` are required.

    >>> import wardline
    >>> ours = wardline.force(force="Our force", nation="England", time_zone="Europe/London")
    >>> ours.zone
    'Europe/London'

    Raises `WardlineError` with every problem at once.
    """
    given = Arguments("force")
    found = force_given(given, SOURCE, source, keys)
    given.check()
    assert found is not None
    return found


def mapping(source: Source | RecordSystemMapping | None = None, /, **keys: Any) -> RecordSystemMapping:
    """How the exports of one record system are read: which column means what.

    `source` is the path of a file, YAML text, or a dict; or give the keys as arguments, with an underscore for each
    space. The keys are those of the [mapping reference](mappings.md), nested ones spelt as there. `read_records` reads
    exports with it.

    >>> import wardline
    >>> episodes = wardline.mapping(
    ...     record_system="episodes",
    ...     tables=[
    ...         {
    ...             "files": "episodes.csv",
    ...             "each row is": "a case",
    ...             "case type": "missing episode",
    ...             "case id": "Ref",
    ...             "opened at": "Reported",
    ...             "events": {"reported": {"at": "Reported"}, "officer_deployed": {"at": "Sent"}},
    ...             "time format": "%d/%m/%Y %H:%M",
    ...         }
    ...     ],
    ... )
    >>> episodes.system
    'episodes'

    Raises `WardlineError` with every problem at once.
    """
    given = Arguments("mapping")
    found = mapping_given(given, SOURCE, source, keys)
    given.check()
    assert found is not None
    return found


# THE SAME AS AN ARGUMENT OF OTHER FUNCTIONS


def standards_given(given: Arguments, argument: str, source: Any) -> list[Standard] | None:
    """Every version of the standard that an argument means, oldest first, or None with its problems noted."""
    if isinstance(source, str) and source in names_that_ship():
        found = given.collect(lambda: find_versions(source, relative_to=Path()))
        return None if found is None else [one.standard for one in found]
    one = standard_given(given, argument, source)
    return None if one is None else [one]


def standard_given(
    given: Arguments, argument: str, source: Any, keys: Mapping[str, Any] | None = None
) -> Standard | None:
    """The standard that an argument means, or None with its problems noted."""
    if isinstance(source, Standard) and not keys:
        return source
    if isinstance(source, str) and "\n" not in source and not source.endswith(ENDINGS):
        if source in names_that_ship() or source in earlier_versions(source.rpartition("/")[0]):
            return given.collect(lambda: find_standard(source, relative_to=Path()))
        given.wrong(
            argument,
            f"No standard of this name ships with Wardline.{did_you_mean(source, names_that_ship())}",
            f"Name one that ships ({', '.join(names_that_ship())}), or give the path of a file that ends in .yaml, "
            "YAML text of several lines, or a dict.",
        )
        return None
    return _made(given, argument, source, keys, "a standard", standard_from)


def force_given(given: Arguments, argument: str, source: Any, keys: Mapping[str, Any] | None = None) -> Force | None:
    """The force's settings that an argument means, or None with its problems noted."""
    if isinstance(source, Force) and not keys:
        return source
    return _made(given, argument, source, keys, "a force's settings", force_in)


def mapping_given(
    given: Arguments, argument: str, source: Any, keys: Mapping[str, Any] | None = None
) -> RecordSystemMapping | None:
    """The mapping that an argument means, or None with its problems noted."""
    if isinstance(source, RecordSystemMapping) and not keys:
        return source
    return _made(given, argument, source, keys, "a mapping", mapping_in)


def _made(
    given: Arguments,
    argument: str,
    source: Any,
    keys: Mapping[str, Any] | None,
    what: str,
    make: Callable[[Document], Made],
) -> Made | None:
    """What a file, a text or Python values say. Problems of a file are told as such; else they are the argument's."""
    if source is not None and keys:
        given.wrong(argument, f"It is given twice: here, and by {_listed(keys)}.", "Give one of the two.")
        return None
    if source is None and not keys:
        given.wrong(
            argument, "Nothing is given.", f"Give the path of a file with {what}, YAML text, a dict, or its keys."
        )
        return None
    called = f"{given.function}(…)"
    if keys:
        return given.collect(lambda: _of_values(make, keys, called, are_arguments=True))
    if isinstance(source, Mapping):
        # Of `standard({…})` the dict is the whole call, and a place in it needs no name of an argument before it.
        within = "" if argument == SOURCE else argument
        return given.collect(lambda: _of_values(make, source, called, argument=within))
    if isinstance(source, str) and "\n" in source:
        return given.collect(lambda: make(parse_document(source, f"{called}: `{argument}`")))
    path = given.path(argument, source, f"a file with {what}")
    if path is None:
        return None
    if not os.path.isfile(path):
        given.wrong(argument, f"There is no file `{path.name}` there.", _remedy_of_a_path(path))
        return None
    return given.collect(lambda: make(read_document(path)))


def _of_values(
    make: Callable[[Document], Made],
    values: Mapping[str, Any],
    called: str,
    *,
    argument: str = "",
    are_arguments: bool = False,
) -> Made:
    try:
        return make(document_of_values(values, called, argument=argument, are_arguments=are_arguments))
    except DocumentError as error:
        raise ArgumentError(error.problems) from None


def _remedy_of_a_path(path: Path) -> str:
    is_relative = "" if path.is_absolute() else " It is looked for in the folder in which Python was started."
    return f"Check the path.{is_relative}"


def _listed(keys: Mapping[str, Any]) -> str:
    return ", ".join(f"`{key}`" for key in keys)
