"""The directives of a time format: what each fits in a cell, and which formats are refused.

A format that would be read otherwise than it looks is refused: an afternoon read as a morning, or a time of another
zone taken for a local one, shows in no count.
"""

from __future__ import annotations

import re

__all__ = ["MONTHS", "OF_A_CLOCK", "PIECES", "NotAFormat", "check_time_format", "parts_of_format"]

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

PIECES = {
    "d": "(?P<d>3[01]|[12][0-9]|0[1-9]|[1-9]| [1-9])",
    "m": "(?P<m>1[0-2]|0[1-9]|[1-9])",
    "Y": "(?P<Y>[0-9]{4})",
    "y": "(?P<y>[0-9]{2})",
    "b": f"(?P<b>{'|'.join(month[:3] for month in MONTHS)})",
    "B": f"(?P<b>{'|'.join(MONTHS)})",
    "a": f"(?:{'|'.join(day[:3] for day in DAYS)})",
    "A": f"(?:{'|'.join(DAYS)})",
    "H": "(?P<H>2[0-3]|[01][0-9]|[0-9])",
    "I": "(?P<I>1[0-2]|0[1-9]|[1-9])",
    "p": "(?P<p>am|pm)",
    "M": "(?P<M>[0-5][0-9]|[0-9])",
    "S": "(?P<S>[0-5][0-9]|[0-9])",
    "f": "(?P<f>[0-9]{1,6})",
    "z": "(?P<z>[+-][0-9]{2}(?::?[0-5][0-9])?|Z|UTC|GMT|BST)",
    "%": "%",
}
OF_A_CLOCK = set("HIMSfp")
OF_A_DATE = {"d": "a day (%d)", "m": "a month (%m or %b)", "Y": "a year (%Y or %y)"}
# Written into a format as letters these would be read over, and the time would be taken for a local one.
A_ZONE = re.compile(
    r"(?i)(?<![a-z])(?:Z|UTC|GMT|BST|WEST|WET|CEST|CET|EEST|EET|MESZ|MEZ|IST|MSK|[ECMP][SD]T|AE[SD]T)(?![a-z])"
    r"|[+-][0-9]{2}(?::?[0-9]{2})?\s*$"
)
HALF_OF_A_DAY = re.compile(r"(?i)(?<![a-z])[ap]\.?\s?m(?![a-z])")


class NotAFormat(ValueError):
    """A text is not a time format that can be read; `remedy` says what would work."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


def parts_of_format(text: str) -> list[str]:
    """The directives, the stretches of white space and the letters between them, in order."""
    return [part for part in re.split(r"(%.|\s+)", text) if part]


def check_time_format(text: str) -> None:
    """Raises NotAFormat where a format cannot be read, or would be read otherwise than it looks."""
    letters = re.findall(r"%(.?)", text)
    for letter in letters:
        if letter not in PIECES:
            raise NotAFormat(
                f"`%{letter}` cannot be read in a time format.",
                "Known are %d %m %b %B %Y %y %a %A for dates, %H %I %p %M %S %f for times of day, and %z.",
            )
    kinds = ["m" if letter in "bB" else "Y" if letter == "y" else letter for letter in letters if letter != "%"]
    for letter, said in OF_A_DATE.items():
        if letter not in kinds:
            raise NotAFormat(f"This time format lacks {said}.", 'Write a whole date, for example "%d/%m/%Y %H:%M".')
    if len(set(kinds)) < len(kinds):
        raise NotAFormat("A part of the time is in this format twice.", "Keep one of the two.")
    if OF_A_CLOCK & set(letters):
        _check_clock(text, set(letters))


def _check_clock(text: str, letters: set[str]) -> None:
    if not {"H", "I"} & letters:
        raise NotAFormat("This time format has a time of day without an hour.", "Add %H, or %I with %p.")
    if {"H", "p"} <= letters:
        raise NotAFormat(
            "`%H` is the hour of a 24-hour clock and takes no notice of `%p`, so 06:15 PM would be read as 06:15.",
            "Write %I in place of %H; or leave %p out, if the hours go to 23.",
        )
    if "I" in letters and "p" not in letters:
        raise NotAFormat(
            "`%I` is the hour of a 12-hour clock, and without `%p` nothing tells morning from afternoon.",
            "Write %H in place of %I; or add %p, if the cells say AM or PM.",
        )
    # A space in the place of each directive, so that letters on both sides of one are not read together.
    written = "".join(" " if part.startswith("%") else part for part in parts_of_format(text))
    if (half := HALF_OF_A_DAY.search(written)) is not None:
        raise NotAFormat(
            f"`{half[0]}` says which half of the day is meant, and as a part of the format it would be read over, so "
            "06:15 PM would be read as 06:15.",
            "Write %I for the hour and %p in its place, which reads both AM and PM.",
        )
    if (zone := A_ZONE.search(written)) is not None:
        raise NotAFormat(
            f"`{zone[0].strip()}` names a time zone, and as a part of the format it would be read over.",
            "Write %z in its place, which reads +01:00, +0100, +01, Z, UTC, GMT and BST.",
        )
