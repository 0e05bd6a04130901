"""What a small drawing is made of: shapes and lines of text on a ground of its own, written out as SVG. Same calls,
same bytes.

A drawing is as wide as a telephone and as tall as it needs. It says everything in words and shapes, nothing by colour
alone; it has a white ground of its own, so that it can be read on a dark page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from markupsafe import Markup, escape

__all__ = ["LINE", "MARGIN", "SIZE", "WIDTH", "Drawing", "Sign", "text_width", "wrapped"]

WIDTH = 360
SHOWN_AT = 400  # as wide as it is shown where there is room
MARGIN = 14
SIZE = 14  # of letters
LINE = 19  # from one line of text to the next
RISE = 0.76  # of the letters' size: how far they reach above the line they stand on
FONT = "Arial, Helvetica, sans-serif"
INK, IN_TIME, LATE, PAPER = "#1c2b36", "#d3e7f0", "#fcefdc", "#ffffff"
FILLS = {"in-time": IN_TIME, "late": LATE, "blank": PAPER}

# Widths in thousandths of the letters' size, of Helvetica, whose measures most such fonts have; SPARE is for those that
# are wider. What is not listed counts as a capital, and what is beyond Latin letters as wider than any of them.
SPARE = 1.12
GROUPS = {
    222: "ijl'‘’|",
    278: " !,./:;It[]f\\",
    333: "()-r“”`{}",
    500: "ckvxyzsJ",
    556: "abdeghnopquL0123456789?_$£€#–",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    944: "%W",
    1015: "@—…",
}
WIDTHS = {letter: width for width, letters in GROUPS.items() for letter in letters}
CAPITAL, BEYOND_LATIN, WIDEST = 667, "\u0250", 1300


class Sign(Enum):
    """A small mark that stands for something; its words stand beside it."""

    START = "start"
    RESPONSE = "response"
    EXEMPTION = "exemption"
    NEVER = "never"
    FIELD = "field"
    END = "end"


def text_width(words: str, size: float = SIZE) -> float:
    """How wide a line of text is at most, in units of the drawing; an estimate on the safe side."""
    return round(size * sum(_letter_width(letter) for letter in words), 1)


def wrapped(words: str, width: float, size: float = SIZE) -> list[str]:
    """The text in lines that are no wider than `width`. A name in ‘quotation marks’ stays whole where it can."""
    lines = [""]
    for piece in _pieces(words, width, size):
        longer = f"{lines[-1]} {piece}".lstrip()
        if text_width(longer, size) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


class Drawing:
    """Shapes and texts in the order in which they are drawn. `bottom` is where the next thing may begin."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.bottom = float(MARGIN)

    def text(self, x: float, y: float, words: str, *, anchor: str = "start", strong: bool = False) -> None:
        """One line of text that stands on `y`."""
        weight = ' font-weight="bold"' if strong else ""
        self.parts.append(
            f'<text x="{_figure(x)}" y="{_figure(y)}" text-anchor="{anchor}"{weight}>{_safe(words)}</text>'
        )

    def lines(self, x: float, top: float, lines: Iterable[str], *, anchor: str = "start") -> float:
        """Lines of text below one another, from `top` on; where they end."""
        for line in lines:
            self.text(x, top + RISE * SIZE + 2, line, anchor=anchor)
            top += LINE
        return top

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, *, dashed: bool = False, outline: bool = True
    ) -> None:
        """A filled box, its outline whole, dashed or left out."""
        dashes = ' stroke-dasharray="5 4"' if dashed else ""
        stroke = f' stroke="{INK}" stroke-width="1.5"{dashes}' if outline else ""
        self.parts.append(
            f'<rect x="{_figure(x)}" y="{_figure(y)}" width="{_figure(width)}" height="{_figure(height)}" '
            f'fill="{FILLS[fill]}"{stroke}/>'
        )

    def line(self, x: float, y: float, to_x: float, to_y: float, *, width: float = 1.5, dashed: bool = False) -> None:
        """A straight line."""
        dashes = ' stroke-dasharray="5 4"' if dashed else ""
        self.parts.append(
            f'<path d="M{_figure(x)} {_figure(y)}L{_figure(to_x)} {_figure(to_y)}" fill="none" stroke="{INK}" '
            f'stroke-width="{width:g}"{dashes}/>'
        )

    def arrow_head(self, x: float, y: float) -> None:
        """The head of an arrow that points to the right and ends at `x`."""
        self.parts.append(
            f'<path d="M{_figure(x - 8)} {_figure(y - 5)}L{_figure(x)} {_figure(y)}L{_figure(x - 8)} '
            f'{_figure(y + 5)}Z" fill="{INK}"/>'
        )

    def sign(self, sign: Sign, x: float, y: float) -> None:
        """A sign about the point."""
        self.parts.append(_drawn(sign, x, y))

    def numbered(self, number: str, x: float, y: float, *, filled: bool) -> None:
        """A ring with a number in it; filled where the clock starts."""
        fill, ink = (INK, PAPER) if filled else (PAPER, INK)
        self.parts.append(
            f'<circle cx="{_figure(x)}" cy="{_figure(y)}" r="10" fill="{fill}" stroke="{INK}" stroke-width="1.5"/>'
            f'<text x="{_figure(x)}" y="{_figure(y + 4)}" text-anchor="middle" font-size="11" '
            f'fill="{ink}">{_safe(number)}</text>'
        )

    def svg(self, name: str, title: str, text: str) -> Markup:
        """The drawing. `name` is an id that is the only one of its kind where the drawing is shown."""
        height = _figure(self.bottom + MARGIN)
        shown_height = _figure((self.bottom + MARGIN) * SHOWN_AT / WIDTH)
        body = "\n".join(self.parts)
        return Markup(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{SHOWN_AT}" '
            f'height="{shown_height}" role="img" aria-labelledby="{escape(name)}-title {escape(name)}-text" '
            f'font-family="{FONT}" font-size="{SIZE}" fill="{INK}">\n'
            f'<title id="{escape(name)}-title">{_safe(title)}</title>\n<desc '
            f'id="{escape(name)}-text">{_safe(text)}</desc>\n'
            f'<rect width="{WIDTH}" height="{height}" rx="6" fill="{PAPER}"/>\n{body}\n</svg>\n'
        )


def _drawn(sign: Sign, x: float, y: float) -> str:
    at = f'transform="translate({_figure(x)} {_figure(y)})"'
    match sign:
        case Sign.START:
            return f'<circle cx="{_figure(x)}" cy="{_figure(y)}" r="6" fill="{INK}"/>'
        case Sign.RESPONSE:
            return f'<path {at} d="M0 -7L6 0L0 7L-6 0Z" fill="{INK}"/>'
        case Sign.EXEMPTION:
            return f'<path {at} d="M-5 -5H5V5H-5Z" fill="{PAPER}" stroke="{INK}" stroke-width="2"/>'
        case Sign.END:
            return f'<path {at} d="M-5 -6V6M1 -6V6" fill="none" stroke="{INK}" stroke-width="3"/>'
        case Sign.NEVER:
            return f'<path {at} d="M-6 -6L6 6M6 -6L-6 6" fill="none" stroke="{INK}" stroke-width="3"/>'
        case Sign.FIELD:
            return f'<path {at} d="M-6 -1L-2 4L6 -6" fill="none" stroke="{INK}" stroke-width="3"/>'
    assert False, f"{sign} has no drawing"


def _letter_width(letter: str) -> float:
    return SPARE * WIDTHS.get(letter, WIDEST if letter >= BEYOND_LATIN else CAPITAL) / 1000


def _pieces(words: str, width: float, size: float) -> Iterator[str]:
    """What is not parted at the end of a line: names in quotation marks, and words; what is too wide is cut."""
    for phrase in re.findall(r"\S*‘[^‘’]*’\S*|\S+", " ".join(words.split())):
        if text_width(phrase, size) <= width:
            yield phrase
            continue
        for word in phrase.split():
            while text_width(word, size) > width:
                fits = max(1, next(end for end in range(1, len(word) + 1) if text_width(word[:end], size) > width) - 1)
                yield word[:fits]
                word = word[fits:]
            if word:
                yield word


def _safe(words: str) -> str:
    """Text as XML may hold it; a character that it may not hold is shown as such."""
    return str(escape(re.sub(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", words)))


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
