"""The styles by which an OpenDocument workbook pads whole numbers with noughts or puts letters and signs among them."""

from __future__ import annotations

from wardline.workbooks.digits_shown import DigitsShown

__all__ = ["StylesOfDigits"]

STYLE, NUMBER, TEXT, AMONG = "number:number-style", "number:number", "number:text", "number:embedded-text"
# What a style shows of numbers from nought on, where it shows others in another way.
FROM_NOUGHT = ("value()>=0", "value()>0")
OTHERWISE = ("value()<0", "value()<=0", "value()=0")


class StylesOfDigits:
    """What each style of numbers shows of a whole one, by its name; learnt from the elements of a part as they come."""

    def __init__(self) -> None:
        self._shown: dict[str, DigitsShown] = {}
        self._instead: dict[str, str] = {}
        self._name = ""
        self._fewest: int | None = None
        self._texts: dict[str, str] = {"before": "", "behind": ""}
        self._among: list[tuple[int, str]] = []
        self._open = ""

    def as_shown(self, number: str, style: str) -> str:
        """The text that a style shows of a number."""
        shown = self._shown.get(self._instead.get(style, style))
        return number if shown is None or shown.is_plain else shown.text_of(number)

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""
        if tag == STYLE:
            self._name, self._fewest = given.get("style:name", ""), None
            self._texts, self._among = {"before": "", "behind": ""}, []
            self._instead.pop(self._name, None)
        elif not self._name:
            return
        elif tag == NUMBER:
            fewest, places = given.get("number:min-integer-digits", "1"), given.get("number:decimal-places", "0")
            if fewest.isdecimal() and places == "0" and given.get("number:grouping") != "true":
                self._fewest = int(fewest)
            self._open = ""
        elif tag == TEXT:
            self._open = "before" if self._fewest is None else "behind"
        elif tag == AMONG:
            position = given.get("number:position", "")
            self._among.append((int(position) if position.isdecimal() else 0, ""))
            self._open = "among"
        elif tag == "style:map":
            condition = given.get("style:condition", "").replace(" ", "")
            if condition in FROM_NOUGHT:
                self._instead[self._name] = given.get("style:apply-style-name", "")
            elif condition not in OTHERWISE:
                self._fewest = None

    def text(self, piece: str) -> None:
        """A piece of text inside the last element that began."""
        if self._open == "among":
            position, text = self._among[-1]
            self._among[-1] = (position, text + piece)
        elif self._open:
            self._texts[self._open] += piece

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in (TEXT, AMONG):
            self._open = ""
        elif tag == STYLE:
            if self._fewest is not None:
                among = tuple(sorted(self._among, reverse=True))
                self._shown[self._name] = DigitsShown(self._fewest, self._texts["before"], self._texts["behind"], among)
            self._name = ""
