"""What may stand beside the keys of a mapping: names, days, formats, values; each said precisely where it does not
fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Annotated, Any

from pydantic import BeforeValidator

from wardline.documents import OneOrMore, read_text, unfit
from wardline.errors import ProblemKind
from wardline.events import FIXED_COLUMNS
from wardline.invisible_signs import as_named, as_seen
from wardline.record_systems.mapping.time_formats import NotAFormat, TimeFormat

__all__ = [
    "LONGEST_SYSTEM",
    "Column",
    "Columns",
    "Encoding",
    "FilePattern",
    "Formats",
    "Name",
    "NoEvent",
    "Pattern",
    "Separator",
    "SystemName",
    "Values",
    "as_column",
    "as_programs_write",
    "check_attribute_names",
    "read_name",
    "read_values",
]

LONGEST_NAME = 255  # bytes that a file's name may have on the disks in use
LONGEST_SYSTEM = 60
"""How many letters the name of a record system may have."""
NO_EVENT = "no event"
NAME = re.compile(r"[a-z][a-z0-9_]*")


def read_name(value: Any) -> str:
    name = read_text(value)
    if not NAME.fullmatch(name):
        simple = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
        raise unfit(
            ProblemKind.WRONG_VALUE,
            f"`{name}` is not a name that standards can use.",
            "Write it in small letters, digits and underscores, beginning with a letter"
            + (f", for example `{simple}`." if NAME.fullmatch(simple) else "."),
        )
    return name


def _system(value: Any) -> str:
    name = read_text(value)
    if ":" in name or "/" in name:
        raise unfit(
            ProblemKind.WRONG_VALUE,
            "The name of a record system contains a colon or a slash.",
            "Use letters, digits and hyphens, as `control-room`: the name comes before a colon in case ids.",
        )
    if len(name) > LONGEST_SYSTEM or not name.isprintable():
        raise unfit(
            ProblemKind.WRONG_VALUE,
            f"The name of a record system has at most {LONGEST_SYSTEM} letters, on one line.",
            "Use a short name, as `control-room`, and say the rest with `title`.",
        )
    return name


def check_attribute_names(names: Iterable[str], table: str) -> None:
    """See that attributes can be columns of one of our tables, beside those that it always has."""
    for name in names:
        if read_name(name) in FIXED_COLUMNS[table]:
            raise unfit(
                ProblemKind.WRONG_VALUE,
                f"`{name}` is a column that the table `{table}` always has.",
                "Give the attribute another name.",
            )


def _format(value: Any) -> str:
    try:
        TimeFormat(read_text(value))
    except NotAFormat as problem:
        raise unfit(ProblemKind.UNREADABLE_TIME_SETTING, str(problem), problem.remedy) from None
    return read_text(value)


def _file_pattern(value: Any) -> str:
    pattern = read_text(value)
    path = PurePath(pattern)
    stays_inside = not path.anchor and ".." not in path.parts and ":" not in pattern[1:2]
    is_name = path.parts and stays_inside and all(map(_may_be_a_name, path.parts))
    if not is_name:
        raise unfit(
            ProblemKind.WRONG_VALUE,
            "This is not a file name or pattern relative to the folder of exports.",
            'Write a name or a pattern such as "episodes*.csv" or "2024/*.csv".',
        )
    return pattern


def _may_be_a_name(part: str) -> bool:
    return "\0" not in part and len(part.encode()) <= LONGEST_NAME and ("**" not in part or part == "**")


def _separator(value: Any) -> str:
    named = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", r"\t": "\t"}
    if isinstance(value, str):
        character = named.get(value.strip().casefold(), value if len(value) == 1 else value.strip())
        if len(character) == 1 and character not in '"\r\n':
            return character
    raise unfit(ProblemKind.WRONG_VALUE, "A separator is one character.", 'Write ",", ";", "|" or tab.')


def _encoding(value: Any) -> str:
    name = read_text(value)
    try:
        "".encode(name)
    except LookupError:
        raise unfit(
            ProblemKind.UNKNOWN_NAME,
            f"`{name}` is not an encoding that is known here.",
            "Write utf-8, utf-16 or windows-1252, or leave the key out: it is then found by looking.",
        ) from None
    return name


def read_values(value: Any) -> Any:
    if not isinstance(value, dict) or not value:
        raise unfit(
            ProblemKind.WRONG_VALUE, "Raw values and what they mean are expected here.", "Write `{H: high, M: medium}`."
        )
    for ours in value.values():
        if ours is not None and not isinstance(ours, str):
            raise unfit(
                ProblemKind.WRONG_VALUE,
                "Each raw value means one word or one line of text.",
                "Write `{H: high, M: medium}`.",
            )
    return value


def _no_event(value: Any) -> Any:
    if not isinstance(value, dict) or not value or any(meaning != NO_EVENT for meaning in value.values()):
        raise unfit(
            ProblemKind.WRONG_VALUE,
            "Words from the cells of a time are expected here, each with `no event`.",
            "Write `{STILL MISSING: no event}`. A word can mean nothing else here.",
        )
    return tuple(dict.fromkeys(" ".join(as_seen(text).split()).lower() for text in value))


def _row_pattern(value: Any) -> Any:
    wrong = unfit(
        ProblemKind.WRONG_VALUE,
        "Columns and the values they must have are expected here.",
        "Write `{PersonType: Child}`, or a list of values: `{PersonType: [Child, Young person]}`.",
    )
    if not isinstance(value, dict) or not value:
        raise wrong
    pattern = {}
    for column, wanted in value.items():
        listed = wanted if isinstance(wanted, list) else [wanted]
        if not listed or not all(item is None or isinstance(item, str) for item in listed):
            raise wrong
        texts = (as_seen(item).strip() if item is not None else "" for item in listed)
        pattern[column] = tuple(dict.fromkeys(written or None for text in texts for written in as_programs_write(text)))
    return pattern


def as_programs_write(text: str) -> tuple[str, ...]:
    """A text as a cell may have it: every program writes TRUE and FALSE, the values of a tick box, in its own way."""
    if text.casefold() not in ("true", "false"):
        return (text,)
    return tuple(dict.fromkeys((text, text.upper(), text.lower(), text.capitalize())))


def _column(value: Any) -> str:
    """The name of a column as headers are read, so that it may be written over two lines as it is in a workbook."""
    return as_named(read_text(value))


def as_column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str | list) else value


Name = Annotated[str, BeforeValidator(read_name)]
Column = Annotated[str, BeforeValidator(_column)]
Columns = Annotated[list[Column], OneOrMore]
Formats = Annotated[list[Annotated[str, BeforeValidator(_format)]], OneOrMore]
Values = Annotated[dict[str, str | None], BeforeValidator(read_values)]
NoEvent = Annotated[tuple[str, ...], BeforeValidator(_no_event)]
Pattern = Annotated[dict[str, tuple[str | None, ...]], BeforeValidator(_row_pattern)]
FilePattern = Annotated[str, BeforeValidator(_file_pattern)]
SystemName = Annotated[str, BeforeValidator(_system)]
Separator = Annotated[str, BeforeValidator(_separator)]
Encoding = Annotated[str, BeforeValidator(_encoding)]
