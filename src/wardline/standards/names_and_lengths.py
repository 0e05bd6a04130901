"""The small pieces of the language of standards that no other document has: names and lengths of time."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

from wardline.documents import some_text, unfit
from wardline.errors import ProblemKind
from wardline.time_limits import Length, NotALength, SingleLimit, ToBeSet, read_length

__all__ = ["NAME", "Id", "LengthOrToBeSet", "Name", "TrailingLength"]

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
LONGEST_NAME = 100  # letters; it is also part of the name of a file
NAME = re.compile(rf"{ID.pattern}(/{ID.pattern})*")


def _name_like(shape: re.Pattern[str], example: str) -> BeforeValidator:
    def read(value: Any) -> Any:
        value = some_text(value)
        if isinstance(value, str) and not (shape.fullmatch(value) and len(value) <= LONGEST_NAME):
            raise unfit(
                ProblemKind.WRONG_VALUE,
                f'"{value}" cannot be a name here, because it is written in commands.',
                f"Use at most {LONGEST_NAME} letters, digits and hyphens without spaces, such as `{example}`.",
            )
        return value

    return BeforeValidator(read)


def _length(value: Any) -> SingleLimit | ToBeSet:
    if not isinstance(value, str):
        raise unfit(
            ProblemKind.LENGTH_OF_TIME,
            "A length of time is expected here.",
            "Write a whole number and a unit, for example `3 hours`.",
        )
    if " ".join(value.split()).lower() == "to be set":
        return ToBeSet()
    try:
        return read_length(value)
    except NotALength as error:
        raise _no_length(error) from None


def _trailing_length(value: Any) -> Length:
    read = _length(value)
    if not isinstance(read, Length):
        raise unfit(
            ProblemKind.LENGTH_OF_TIME,
            f"`{value}` cannot be counted back from an event.",
            "Write a whole number and a unit, for example `90 days`.",
        )
    return read


def _no_length(error: NotALength) -> PydanticCustomError:
    return unfit(ProblemKind.LENGTH_OF_TIME, str(error), error.remedy)


Id = Annotated[str, _name_like(ID, "first-grading")]
Name = Annotated[str, _name_like(NAME, "england/missing-children")]
LengthOrToBeSet = Annotated[SingleLimit | ToBeSet, PlainValidator(_length)]
TrailingLength = Annotated[Length, PlainValidator(_trailing_length)]
