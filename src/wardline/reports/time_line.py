"""The pieces of a line of time: stretches with signs in them, flags above and below, and the words of each sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from wardline.reports.drawing import LINE, MARGIN, WIDTH, Sheet, Sign, text_width, wrapped

__all__ = [
    "END",
    "LEFT",
    "RIGHT",
    "Look",
    "Marked",
    "Stretch",
    "counted_row",
    "explained",
    "flag_above",
    "flag_below",
    "paragraph",
    "stretches",
]

LEFT, RIGHT = MARGIN + 6, WIDTH - MARGIN  # where the line of time begins and ends
END = 244  # where the time that there is ends, so that there is room for what is late
ASIDE = 10  # from a pole to its words
MOST_NUMBERS = 4  # that are drawn of a count; of more, the first two and the last


class Look(Enum):
    """How a stretch of the line looks; each differs by its outline, not by its colour alone."""

    ALLOWED = "allowed"  # closed by a thick line
    PAST = "past"  # open to the left: from any time before
    LATE = "late"  # dashed
    OPEN = "open"  # dashed, with an arrow: nobody knows where it ends
    NEVER = "never"  # as allowed, in the colour of what is late


@dataclass(frozen=True)
class Marked:
    """A sign and what stands beside it."""

    sign: Sign
    words: str


@dataclass(frozen=True)
class Stretch:
    """A stretch of the line from one place to another, with the signs that may stand in it."""

    start: float
    end: float
    look: Look
    marked: tuple[Marked, ...] = ()

    def rows(self) -> list[list[Marked]]:
        """The signs in as many rows as they need."""
        rows: list[list[Marked]] = [[]]
        for one in self.marked:
            if rows[-1] and sum(_width(other) for other in [*rows[-1], one]) > self.end - self.start - 12:
                rows.append([])
            rows[-1].append(one)
        return rows


def paragraph(sheet: Sheet, words: str) -> None:
    """Words from one edge of the sheet to the other."""
    sheet.bottom = sheet.lines(MARGIN, sheet.bottom, wrapped(words, WIDTH - 2 * MARGIN)) + 6


def counted_row(sheet: Sheet, count: int, words: str) -> None:
    """What is counted before the clock starts: rings with 1, 2, 3 in a row, the last one filled."""
    numbers = [str(number) for number in range(1, count + 1)]
    if count > MOST_NUMBERS:
        numbers = [*numbers[:2], "…", numbers[-1]]
    gap, y = 34, sheet.bottom + 10
    last = LEFT + 4 + gap * (len(numbers) - 1)
    sheet.line(LEFT + 4, y, last, y)
    for at, number in enumerate(numbers):
        sheet.numbered(number, LEFT + 4 + gap * at, y, filled=at == len(numbers) - 1)
    lines = wrapped(words, RIGHT - last - 20)
    sheet.bottom = max(y + 10, sheet.lines(last + 20, y - 10, lines)) + 8


def flag_above(sheet: Sheet, x: float, words: str, *, leftwards: bool = False) -> None:
    """What happens at a point of the line, on a pole that stands on it."""
    top = sheet.bottom
    room = (x - MARGIN if leftwards else RIGHT - x) - ASIDE
    at, anchor = (x - ASIDE, "end") if leftwards else (x + ASIDE, "start")
    sheet.bottom = sheet.lines(at, top, wrapped(words, room), anchor=anchor) + 4
    sheet.line(x, top + 2, x, sheet.bottom)


def flag_below(sheet: Sheet, x: float, words: str) -> None:
    """What ends at a point of the line, on a pole that hangs from it."""
    top = sheet.bottom
    sheet.bottom = sheet.lines(x - ASIDE, top + 3, wrapped(words, x - ASIDE - MARGIN), anchor="end")
    sheet.line(x, top, x, sheet.bottom - 2, width=3)
    sheet.bottom += 10


def stretches(sheet: Sheet, parts: Sequence[Stretch], points: Iterable[float]) -> None:
    """The line of time, its stretches equally high, with a dot at each of the points."""
    top = sheet.bottom
    height = max(len(part.rows()) for part in parts) * LINE + 9
    for part in parts:
        _outline(sheet, part, top, height)
        _put(sheet, part, top + height / 2)
    for x in points:
        sheet.line(x, top, x, top + height)
        sheet.sign(Sign.START, x, top)
    sheet.bottom = top + height


def explained(sheet: Sheet, signs: Iterable[Marked]) -> None:
    """Each sign with what it stands for, below one another."""
    for one in signs:
        sheet.sign(one.sign, LEFT, sheet.bottom + 10)
        sheet.bottom = sheet.lines(LEFT + 14, sheet.bottom, wrapped(one.words, RIGHT - LEFT - 14)) + 4


def _outline(sheet: Sheet, part: Stretch, top: float, height: float) -> None:
    width = part.end - part.start
    match part.look:
        case Look.LATE:
            sheet.box(part.start, top, width, height, "late", dashed=True)
        case Look.OPEN:
            for y in (top, top + height):
                sheet.line(part.start, y, part.end - 4, y, dashed=True)
            sheet.line(part.end - 30, top + height / 2, part.end, top + height / 2, dashed=True)
            sheet.arrow_head(part.end, top + height / 2)
        case Look.ALLOWED | Look.PAST | Look.NEVER:
            sheet.box(part.start, top, width, height, "late" if part.look is Look.NEVER else "in-time", outline=False)
            for y in (top, top + height):
                sheet.line(part.start, y, part.end, y)
            if part.look is not Look.PAST:
                sheet.line(part.start, top, part.start, top + height)
                sheet.line(part.end, top, part.end, top + height, width=3)


def _put(sheet: Sheet, part: Stretch, middle: float) -> None:
    rows = part.rows()
    y = middle - (len(rows) - 1) * LINE / 2
    for row in rows:
        x = part.start + 16
        for one in row:
            sheet.sign(one.sign, x, y)
            sheet.text(x + 12, y + 5, one.words)
            x += _width(one)
        y += LINE


def _width(one: Marked) -> float:
    return 12 + text_width(one.words) + 18
