"""What the sheets of an XLSX workbook share: the texts that cells name by number, and what their styles show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wardline.time_limits import first_day_counted
from wardline.workbooks.digits_shown import DigitsShown, digits_shown_by
from wardline.workbooks.number_formats import OF_NUMBER_FORMATS, Shows, shown_by
from wardline.workbooks.workbook_parts import read_part, walk_part

__all__ = ["CellText", "OfficeOpenFacts", "unescaped"]

# A control character is written so, as the spreadsheet programs do.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass
class OfficeOpenFacts:
    """What the sheets of a workbook share; its texts and styles are read when the first sheet is."""

    path: Path
    targets: dict[str, list[str]]
    first_day: datetime = field(default_factory=lambda: first_day_counted(from_1904=False))
    _texts: list[str] | None = None
    _shown: dict[str, Shows] | None = None
    _digits: dict[str, DigitsShown] = field(default_factory=dict)  # by the number of a style

    def texts(self) -> list[str]:
        """The texts that cells name by number."""
        if self._texts is None:
            self._texts = [text for part in self.targets.get("sharedStrings", [])[:1] for text in self._shared(part)]
        return self._texts

    def shown(self) -> dict[str, Shows]:
        """What each style shows of a number, by the number of the style."""
        if self._shown is None:
            shown = [shows for part in self.targets.get("styles", [])[:1] for shows in self._styles(part)]
            self._shown = {str(at): shows for at, shows in enumerate(shown)}
        return self._shown

    def as_shown(self, number: str, style: str) -> str:
        """A number with what its style puts before, behind and among its digits."""
        self.shown()
        return self._digits[style].text_of(number) if style in self._digits else number

    def _shared(self, part: str) -> Iterator[str]:
        done: list[str] = []
        text = CellText()

        def start(tag: str, given: dict[str, str]) -> None:
            tag = tag.rpartition(":")[2]
            if tag == "si":
                text.begin()
            text.enter(tag)

        def end(tag: str) -> None:
            tag = tag.rpartition(":")[2]
            text.leave(tag)
            if tag == "si":
                done.append(text.whole())

        for _ in read_part(self.path, part, start, end, text.add):
            yield from done
            done.clear()

    def _styles(self, part: str) -> list[Shows]:
        codes: dict[str, str] = {}
        styles: list[str] = []
        inside: list[str] = []

        def start(tag: str, given: dict[str, str]) -> None:
            tag = tag.rpartition(":")[2]
            if tag == "numFmt" and inside[-1:] == ["numFmts"]:
                codes[given.get("numFmtId", "")] = given.get("formatCode", "")
            elif tag == "xf" and inside[-1:] == ["cellXfs"]:
                styles.append(given.get("numFmtId", "0"))
            inside.append(tag)

        def end(tag: str) -> None:
            inside.pop()

        walk_part(self.path, part, start, end)
        digits = ((str(at), digits_shown_by(codes.get(style, ""))) for at, style in enumerate(styles))
        self._digits = {at: shown for at, shown in digits if shown is not None}
        own = {number: shown_by(code) for number, code in codes.items()}
        known = {str(number): shows for number, shows in OF_NUMBER_FORMATS.items()} | own
        return [known.get(style, Shows.NUMBER) for style in styles]


class CellText:
    """The text of a cell as its pieces come: those of `t` elements, but for how it is pronounced."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.is_open = self.is_aside = False

    def begin(self) -> None:
        self.pieces = []

    def enter(self, tag: str) -> None:
        if tag == "rPh":
            self.is_aside = True
        elif tag in ("t", "v"):
            self.is_open = not self.is_aside

    def leave(self, tag: str) -> None:
        if tag == "rPh":
            self.is_aside = False
        elif tag in ("t", "v"):
            self.is_open = False

    def add(self, piece: str) -> None:
        if self.is_open:
            self.pieces.append(piece)

    def whole(self) -> str:
        return unescaped("".join(self.pieces))


def unescaped(text: str) -> str:
    """With the control characters that spreadsheet programs write as `_x000D_`."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
