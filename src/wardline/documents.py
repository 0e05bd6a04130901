"""YAML files that people write, with the line and column of everything in them, and all problems at once.

Every scalar is read as text (YAML 1.2): `no` stays `no`, and `12:30` stays `12:30`. What the text means is
for the part that owns the document, which states its shape as a pydantic model derived from `Keys`.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from wardline.errors import DocumentError, Place, Problem, ProblemKind, did_you_mean

__all__ = ["Document", "Keys", "Path_", "parse_document", "read_document", "unfit", "validate"]

Path_ = tuple[str | int, ...]
"""Where something stands in a document: keys and list positions from the top."""

NULL_TAG = "tag:yaml.org,2002:null"
KNOWN_KEYS_SHOWN = 12

# What the YAML library says where people most often slip, in the reader's words; the first that fits is taken.
SLIPS = (
    (
        r"character '\\t'",
        "a tab stands here, where only spaces may",
        "Take the tab out and put spaces in its place. Most editors can show tabs.",
    ),
    (
        r"found another document",
        "a second document begins here",
        "Keep one document in a file, and take out lines of three dashes.",
    ),
)


class Keys(BaseModel):
    """A mapping of a document whose keys are all known; a key's spelling with spaces is its alias."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Document:
    """What a file says, as dicts, lists and text, and where each piece stands."""

    file: str
    data: Any
    keys: dict[Path_, Place] = field(repr=False)
    values: dict[Path_, Place] = field(repr=False)

    def place(self, path: Path_, *, of_key: bool = False) -> Place:
        """The place of the nearest thing at or above `path`; unknown steps on the way are passed over."""
        known: Path_ = ()
        for step in path:
            if (*known, step) in self.values or (*known, step) in self.keys:
                known = (*known, step)
        places = self.keys if of_key and known in self.keys else self.values
        return places.get(known) or self.keys.get(known) or Place(self.file)

    def problem(self, kind: ProblemKind, path: Path_, what: str, remedy: str, *, of_key: bool = False) -> Problem:
        """A problem that stands at `path` of this document."""
        return Problem(kind, what, remedy, self.place(path, of_key=of_key))


def read_document(path: Path, shown_as: str | None = None) -> Document:
    """Read a YAML file.

    Raises DocumentError where it is absent, empty, not UTF-8 or not YAML.
    """
    file = shown_as or str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise _no_document(
            file,
            ProblemKind.MISSING_FILE,
            "There is no such file.",
            "Check the path; it is relative to the file that names it.",
        ) from None
    except UnicodeDecodeError:
        raise _no_document(
            file, ProblemKind.WRONG_ENCODING, "This file is not written in UTF-8.", "Save it again as UTF-8."
        ) from None
    except OSError as error:
        raise _no_document(
            file,
            ProblemKind.UNREADABLE_FILE,
            f"This file cannot be read: {error.strerror}.",
            "Check that it is a file and that you may read it.",
        ) from None
    return parse_document(text, file)


def parse_document(text: str, file: str) -> Document:
    """Read YAML text; `file` is the name that messages use."""
    if not text.strip():
        raise _no_document(
            file, ProblemKind.EMPTY_FILE, "This file is empty.", "See docs/reference for what such a file holds."
        )
    lines = text.splitlines()
    try:
        root = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Place(file) if mark is None else _place(file, lines, mark.line, mark.column, 1)
        raise DocumentError(
            Problem(ProblemKind.UNREADABLE_YAML, *_slip(error.problem or error.context), where)
        ) from None
    except YAMLError:
        raise _no_document(
            file, ProblemKind.UNREADABLE_YAML, "This is not YAML.", "It may hold a character that text may not have."
        ) from None
    except RecursionError:
        raise _nested_without_end(file) from None
    if root is None:
        raise _no_document(
            file,
            ProblemKind.EMPTY_FILE,
            "This file holds nothing but comments.",
            "See docs/reference for what such a file holds.",
        )
    reader = _Reader(file, lines)
    try:
        data = reader.read(root, ())
    except RecursionError:
        raise _nested_without_end(file) from None
    if reader.problems:
        raise DocumentError(reader.problems)
    return Document(file, data, reader.keys, reader.values)


def validate(document: Document, model: type[Model], path: Path_ = (), *, without: Collection[str] = ()) -> Model:
    """Hold the document (or what stands at `path`) against its shape; raise all problems at once.

    `without` names keys of that mapping which are left aside, because what is wrong with them was told already.
    """
    data = document.data
    for step in path:
        data = data[step]
    if without:
        data = {key: value for key, value in data.items() if key not in without}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False)
        meant = set(_meant_by_unknown_keys(model, found))
        raise DocumentError(
            [
                _problem(document, model, path, details)
                for details in found
                if not (details["type"] == "missing" and details["loc"] in meant)
            ]
        ) from None


def unfit(kind: ProblemKind, what: str, remedy: str) -> PydanticCustomError:
    """What a shape's own validator raises: the sentence and the remedy in the reader's words."""
    # Held in the context, so that braces in the sentence are not taken for a template.
    return PydanticCustomError("unfit", "{what} {remedy}", {"kind": kind.name, "what": what, "remedy": remedy})


def _no_document(file: str, kind: ProblemKind, what: str, remedy: str) -> DocumentError:
    return DocumentError(Problem(kind, what, remedy, Place(file)))


def _nested_without_end(file: str) -> DocumentError:
    # Also where a piece holds itself, which an anchor (`&`) and an alias (`*`) can make.
    return _no_document(
        file,
        ProblemKind.UNREADABLE_YAML,
        "This is nested too deeply to be read.",
        "Take out brackets that are opened again and again, and any `&` and `*` before names.",
    )


def _slip(said: str | None) -> tuple[str, str]:
    """What is not YAML, and what to do about it."""
    for pattern, what, remedy in SLIPS:
        if said and re.search(pattern, said):
            return f"This is not YAML: {what}.", remedy
    return (
        f"This is not YAML: {said}.",
        "Check the indentation, the colons and the quotation marks on this line and the one above.",
    )


def _place(file: str, lines: list[str], line: int, column: int, width: int) -> Place:
    source = lines[line] if line < len(lines) else ""
    return Place(file, line + 1, column + 1, width, source)


class _Reader:
    """Walks composed YAML nodes, whose marks count lines and columns from zero."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.keys: dict[Path_, Place] = {}
        self.values: dict[Path_, Place] = {}
        self.problems: list[Problem] = []

    def read(self, node: Node, path: Path_) -> Any:
        self.values[path] = self._place_of(node)
        if isinstance(node, ScalarNode):
            is_null = node.tag == NULL_TAG and node.style is None
            # A folded text (`>`) is composed with a bell wherever a line of it ended.
            text = str(node.value).replace("\a", "") if node.style == ">" else str(node.value)
            return None if is_null else text
        if isinstance(node, SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, MappingNode)
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.problems.append(
                    Problem(
                        ProblemKind.UNREADABLE_YAML,
                        "A list or keys in brackets stand here, before a colon.",
                        "Write one word or one line of text before each colon.",
                        self._place_of(key_node),
                    )
                )
                continue
            key = str(key_node.value)
            if key in found:
                self.problems.append(
                    Problem(
                        ProblemKind.UNREADABLE_YAML,
                        f"`{key}` stands here twice.",
                        "Keep one of the two.",
                        self._place_of(key_node),
                    )
                )
                continue
            self.keys[(*path, key)] = self._place_of(key_node)
            found[key] = self.read(value_node, (*path, key))
        return found

    def _place_of(self, node: Node) -> Place:
        start, end = node.start_mark, node.end_mark
        width = end.column - start.column if end.line == start.line else 1
        return _place(self.file, self.lines, start.line, start.column, max(1, width))


def _problem(document: Document, model: type[BaseModel], path: Path_, details: ErrorDetails) -> Problem:
    """Say a pydantic error in the reader's words."""
    where = (*path, *details["loc"])
    kind = details["type"]
    if kind == "unfit":
        context = details["ctx"]
        return document.problem(ProblemKind[context["kind"]], where, context["what"], context["remedy"])
    if kind == "extra_forbidden":
        known = sorted(_known_keys(model, details["loc"][:-1]))
        remedy = f"Known here: {', '.join(known[:KNOWN_KEYS_SHOWN])}{', …' if len(known) > KNOWN_KEYS_SHOWN else ''}."
        return document.problem(
            ProblemKind.UNKNOWN_KEY,
            where,
            f"`{where[-1]}` is not a key that is known here.{did_you_mean(str(where[-1]), known)}",
            remedy,
            of_key=True,
        )
    if kind == "missing":
        return document.problem(
            ProblemKind.MISSING_KEY, where[:-1], f"`{where[-1]}` is missing here.", f"Add a line `{where[-1]}: …`."
        )
    return document.problem(ProblemKind.WRONG_VALUE, where, *_plain(kind, details))


def _meant_by_unknown_keys(model: type[BaseModel], found: list[ErrorDetails]) -> Iterator[tuple[str | int, ...]]:
    """The keys that were meant by near spellings of them: such a key is not missing as well."""
    for details in found:
        if details["type"] == "extra_forbidden":
            *mapping, written = details["loc"]
            suggestion = did_you_mean(str(written), _known_keys(model, tuple(mapping)))
            yield from ((*mapping, known) for known in _known_keys(model, tuple(mapping)) if f"`{known}`" in suggestion)


def _plain(kind: str, details: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what to do, for the errors that pydantic itself finds."""
    match kind:
        case "string_type":
            return "A text is expected here.", "Write one word or one line of text."
        case "int_parsing" | "int_type" | "int_from_float" | "greater_than" | "greater_than_equal":
            return "A whole number is expected here.", "Write a number such as 3."
        case "bool_parsing" | "bool_type":
            return "`yes` or `no` is expected here.", "Write yes or no."
        case "date_from_datetime_parsing" | "date_parsing" | "date_type" | "date_from_datetime_inexact":
            return "A date is expected here.", "Write it as 2025-04-01."
        case "list_type" | "tuple_type":
            return "A list is expected here.", "Put each item on a line of its own after a dash, or all in [ ]."
        case "too_short":
            return "Nothing is named here.", "Name at least one, on a line after a dash."
        case "model_type" | "dict_type" | "model_attributes_type":
            return "Keys with values are expected here.", "Write `key: value` lines, indented, or { }."
        case "literal_error" | "enum":
            return "This word is not one of those expected here.", f"Write {details['ctx']['expected']}."
    return "This does not fit here.", f"What is expected: {details['msg'].lower()}."


def _known_keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> set[str]:
    """The keys that may stand where `loc` leads, over every shape that could stand there."""
    shapes: set[type[BaseModel]] = {model}
    for step in loc:
        further = {
            inner
            for shape in shapes
            for name, info in shape.model_fields.items()
            if step in (info.alias, name)
            for inner in _shapes_in(info.annotation)
        }
        shapes = further or shapes
    return {info.alias or name for shape in shapes for name, info in shape.model_fields.items()}


def _shapes_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _shapes_in(argument)
