"""Whole numbers as a sheet shows them where its format pads them with noughts or puts letters and signs among them.

The number of a case is often kept as 123 and shown as 000123, MP0123 or 12-3456; a CSV export of the same table has
what is shown. Every other number, with a decimal point, a thousands separator, a currency or a unit, is the value of
the cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["DigitsShown", "digits_shown_by"]

PADDED = 2  # digits from which on noughts are put before a number
# A unit stands behind a blank or is a word. What belongs to a number is joined to it: 123/25, 123-M.
JOINED_BEHIND = re.compile(r"[^\w\s].*\w|\d")
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<nothing>_.|\*.)|\[(?P<bracket>[^\]]*)\]|(?P<general>general)|(?P<sign>.)',
    re.IGNORECASE | re.DOTALL,
)
CONDITION_OR_CURRENCY = re.compile(r"[<>=]|\$[^-]")
OF_OTHER_NUMBERS = frozenset(",.%/@eE")


@dataclass(frozen=True)
class DigitsShown:
    """How many digits a whole number has at least, and what stands before, behind and among them.

    `among` has texts by the number of digits that stand behind each, the largest first.
    """

    fewest: int = 1
    before: str = ""
    behind: str = ""
    among: tuple[tuple[int, str], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether a number shown so is the value of the cell all the same."""
        is_named = any(map(str.isalnum, self.before))
        return not (self.fewest >= PADDED or self.among or is_named or JOINED_BEHIND.match(self.behind))

    def text_of(self, number: str) -> str:
        """The text that is shown of a number if it is whole and not below nought; else the number."""
        if not (number.isascii() and number.isdecimal()):
            return number
        digits = number.zfill(self.fewest)
        pieces, start = [self.before], 0
        for behind, text in self.among:
            end = max(start, len(digits) - behind)
            pieces += [digits[start:end], text]
            start = end
        return "".join([*pieces, digits[start:], self.behind])


@lru_cache(maxsize=4096)
def digits_shown_by(code: str) -> DigitsShown | None:
    """What a format such as 000000 or "MP"0000 shows of a whole number; None where that is the number itself."""
    places: list[str] = []
    texts: list[tuple[int, str]] = []  # each with how many places stand before it
    for token in TOKEN.finditer(code):
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        if kind == "sign" and text == ";":
            break
        if (kind == "sign" and text in OF_OTHER_NUMBERS) or (kind == "bracket" and CONDITION_OR_CURRENCY.search(text)):
            return None
        if kind == "general" or (kind == "sign" and text in "0#?"):
            places.append("0" if text == "0" else "#")
        elif kind in ("quoted", "escaped", "sign"):
            texts.append((len(places), text))
    if not places:
        return None
    fewest = len(places) - places.index("0") if "0" in places else 1
    shown = DigitsShown(
        fewest,
        "".join(text for at, text in texts if at == 0),
        "".join(text for at, text in texts if at == len(places)),
        tuple((len(places) - at, text) for at, text in texts if 0 < at < len(places)),
    )
    return None if shown.is_plain else shown
