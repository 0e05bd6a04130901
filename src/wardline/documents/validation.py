"""A document checked against its shape, with all problems at once, in the reader's words.

A part that owns a document states its shape as pydantic models derived from `Keys`.
"""

from __future__ import annotations

import typing
from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from wardline.documents.yaml_text import Document, Path_
from wardline.errors import DocumentError, Problem, ProblemKind, did_you_mean

__all__ = ["Keys", "unfit", "validate"]

KNOWN_KEYS_SHOWN = 12


class Keys(BaseModel):
    """A mapping of a document whose keys are all known; a key's spelling with spaces is its alias."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


Model = TypeVar("Model", bound=BaseModel)


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
            return "Text is expected here.", "Write one word or one line of text."
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
