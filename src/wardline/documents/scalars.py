"""What a single value of any document may be: a text, yes or no, a day, a whole number, one or several of them.

Each is the type of a key in a shape. It is written in one way in mappings, standards, force and dive files, and says
the same where it does not fit. Values that Python already has (True, a date, 3) are taken as they are.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator

from wardline.documents.validation import unfit
from wardline.english import in_code, or_list
from wardline.errors import ProblemKind, did_you_mean
from wardline.invisible_signs import as_seen

__all__ = [
    "NAME",
    "AtLeastOne",
    "Day",
    "Id",
    "Name",
    "OneOrMore",
    "Text",
    "TextAsWritten",
    "WholeNumber",
    "YesOrNo",
    "as_list",
    "one_of",
    "read_text",
    "some_text",
]

Closed = TypeVar("Closed", bound=Enum)
YES, NO = ("yes", "true"), ("no", "false")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
LONGEST_NAME = 100  # letters; it is also part of the name of a file
NAME = re.compile(rf"{ID.pattern}(/{ID.pattern})*")


def some_text(value: Any) -> Any:
    """The value without blanks around it, if it is a text at all. Raises what pydantic expects where nothing is
    there.
    """
    if value is None or (isinstance(value, str) and not as_seen(value).strip()):
        raise unfit(ProblemKind.WRONG_VALUE, "There is nothing here.", "Write some text, or leave the line out.")
    return as_seen(value).strip() if isinstance(value, str) else value


def read_text(value: Any) -> str:
    """A text without blanks around it. Raises what pydantic expects where it is none."""
    text = some_text(value)
    if not isinstance(text, str):
        raise unfit(ProblemKind.WRONG_VALUE, "Text is expected here.", "Write one word or one line of text.")
    return text


def text_as_written(value: Any) -> str:
    """A text with the blanks around it, which somebody who writes ` high` in quotation marks means."""
    read_text(value)
    return str(value)


def one_of(words: type[Closed]) -> BeforeValidator:
    """One word of a closed list, with the nearest one where it is another."""
    known = {member.value: member for member in words}

    def read(value: Any) -> Closed:
        if isinstance(value, words):
            return value
        if isinstance(value, str) and value.strip() in known:
            return known[value.strip()]
        shown = f"`{value}` is not known here." if isinstance(value, str) else "One word is expected here."
        raise unfit(
            ProblemKind.UNKNOWN_NAME, shown + did_you_mean(str(value), known), f"Write {or_list(in_code(known))}."
        )

    return BeforeValidator(read)


def as_list(value: Any) -> Any:
    """One value, or a list of them, as a list."""
    return list(value) if isinstance(value, list | tuple) else [value]


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = value.strip().casefold() if isinstance(value, str) else ""
    if word in YES or word in NO:
        return word in YES
    raise unfit(ProblemKind.WRONG_VALUE, "`yes` or `no` is expected here.", "Write yes or no.")


def _day(value: Any) -> date:
    # Not pydantic's own reading, which takes a bare number for seconds since 1970.
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
            return date.fromisoformat(value.strip())
    except ValueError:
        pass
    raise unfit(ProblemKind.UNREADABLE_TIME_SETTING, "This is not a date.", "Write a day that exists, as 2025-04-01.")


def _whole_number(value: Any) -> int:
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"[1-9][0-9]*", text):
        raise unfit(ProblemKind.WRONG_VALUE, "A whole number from 1 is expected here.", "Write a number such as 3.")
    return int(text)


def _at_least_one(value: Any) -> Any:
    if value is None or value == [] or value == ():
        raise unfit(ProblemKind.WRONG_VALUE, "Nothing is named here.", "Name at least one, on a line after a dash.")
    return value


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


Text = Annotated[str, BeforeValidator(read_text)]
TextAsWritten = Annotated[str, BeforeValidator(text_as_written)]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Day = Annotated[date, BeforeValidator(_day)]
WholeNumber = Annotated[int, BeforeValidator(_whole_number)]
Id = Annotated[str, _name_like(ID, "first-grading")]
Name = Annotated[str, _name_like(NAME, "england/missing-children")]
OneOrMore = BeforeValidator(lambda value: _at_least_one(as_list(value)))
"""For a list that may be written as its only item."""
AtLeastOne = BeforeValidator(_at_least_one)
"""For a list that may not be empty."""
