"""The small pieces of the language: texts, yes and no, dates, lengths of time, words from a closed list."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

from wardline.documents import unfit
from wardline.errors import ProblemKind, did_you_mean
from wardline.time_limits import Length, NotALength, SingleLimit, ToBeSet, read_length

__all__ = ["Day", "Id", "LengthOrToBeSet", "Name", "Text", "TrailingLength", "YesOrNo", "one_of", "or_of"]

Closed = TypeVar("Closed", bound=Enum)

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
NAME = re.compile(rf"{ID.pattern}(/{ID.pattern})*")


def one_of(words: type[Closed]) -> BeforeValidator:
    """One word of a closed list, with the nearest one where it is another."""
    known = {member.value: member for member in words}

    def read(value: Any) -> Closed:
        if isinstance(value, words):
            return value
        if isinstance(value, str) and value in known:
            return known[value]
        shown = f"`{value}` is not known here." if isinstance(value, str) else "One word is expected here."
        raise unfit(ProblemKind.UNKNOWN_NAME, shown + did_you_mean(str(value), known), f"Write {or_of(known)}.")

    return BeforeValidator(read)


def or_of(words: Any) -> str:
    """`a`, `b` or `c`."""
    shown = [f"`{word}`" for word in words]
    return f"{', '.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else shown[0]


def _text(value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        raise unfit(ProblemKind.WRONG_VALUE, "Nothing stands here.", "Write some text, or leave the line out.")
    return value


def _name_like(shape: re.Pattern[str], example: str) -> BeforeValidator:
    def read(value: Any) -> Any:
        value = _text(value)
        if isinstance(value, str) and not shape.fullmatch(value):
            raise unfit(
                ProblemKind.WRONG_VALUE,
                f'"{value}" cannot be a name here, because it is written in commands.',
                f"Use letters, digits and hyphens without spaces, such as `{example}`.",
            )
        return value

    return BeforeValidator(read)


def _yes_or_no(value: Any) -> Any:
    if value in ("yes", "no"):
        return value == "yes"
    if isinstance(value, bool):
        return value
    raise unfit(ProblemKind.WRONG_VALUE, "`yes` or `no` is expected here.", "Write yes or no.")


def _day(value: Any) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise unfit(ProblemKind.UNREADABLE_TIME_SETTING, "This is not a date.", "Write a day that exists, as 2025-04-01.")


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


Text = Annotated[str, BeforeValidator(_text)]
Id = Annotated[str, _name_like(ID, "first-grading")]
Name = Annotated[str, _name_like(NAME, "england/missing-children")]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Day = Annotated[date, BeforeValidator(_day)]
LengthOrToBeSet = Annotated[SingleLimit | ToBeSet, PlainValidator(_length)]
TrailingLength = Annotated[Length, PlainValidator(_trailing_length)]
