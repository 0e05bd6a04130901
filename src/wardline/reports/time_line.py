"""The pieces of a line of time: stretches with signs in them, flags above and below, and the words of each sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from wardline.reports.drawing import LINE, MARGIN, WIDTH, Drawing, Sign, text_width, wrapped

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


def paragraph(drawing: Drawing, words: str) -> None:
    """Words from one edge of the drawing to the other."""
    drawing.bottom = drawing.lines(MARGIN, drawing.bottom, wrapped(words, WIDTH - 2 * MARGIN)) + 6


def counted_row(drawing: Drawing, count: int, words: str) -> None:
    """What is counted before the clock starts: rings with 1, 2, 3 in a row, the last one filled."""
    numbers = [str(number) for number in range(1, count + 1)]
    if count > MOST_NUMBERS:
        numbers = [*numbers[:2], "…", numbers[-1]]
    gap, y = 34, drawing.bottom + 10
    last = LEFT + 4 + gap * (len(numbers) - 1)
    drawing.line(LEFT + 4, y, last, y)
    for at, number in enumerate(numbers):
        drawing.numbered(number, LEFT + 4 + gap * at, y, filled=at == len(numbers) - 1)
    lines = wrapped(words, RIGHT - last - 20)
    drawing.bottom = max(y + 10, drawing.lines(last + 20, y - 10, lines)) + 8


def flag_above(drawing: Drawing, x: float, words: str, *, leftwards: bool = False) -> None:
    """What happens at a point of the line, on a pole that stands on it."""
    top = drawing.bottom
    room = (x - MARGIN if leftwards else RIGHT - x) - ASIDE
    at, anchor = (x - ASIDE, "end") if leftwards else (x + ASIDE, "start")
    drawing.bottom = drawing.lines(at, top, wrapped(words, room), anchor=anchor) + 4
    drawing.line(x, top + 2, x, drawing.bottom)


def flag_below(drawing: Drawing, x: float, words: str) -> None:
    """What ends at a point of the line, on a pole that hangs from it."""
    top = drawing.bottom
    drawing.bottom = drawing.lines(x - ASIDE, top + 3, wrapped(words, x - ASIDE - MARGIN), anchor="end")
    drawing.line(x, top, x, drawing.bottom - 2, width=3)
    drawing.bottom += 10


def stretches(drawing: Drawing, parts: Sequence[Stretch], points: Iterable[float]) -> None:
    """The line of time, its stretches equally high, with a dot at each of the points."""
    top = drawing.bottom
    height = max(len(part.rows()) for part in parts) * LINE + 9
    for part in parts:
        _outline(drawing, part, top, height)
        _put(drawing, part, top + height / 2)
    for x in points:
        drawing.line(x, top, x, top + height)
        drawing.sign(Sign.START, x, top)
    drawing.bottom = top + height


def explained(drawing: Drawing, signs: Iterable[Marked]) -> None:
    """Each sign with what it stands for, below one another."""
    for one in signs:
        drawing.sign(one.sign, LEFT, drawing.bottom + 10)
        drawing.bottom = drawing.lines(LEFT + 14, drawing.bottom, wrapped(one.words, RIGHT - LEFT - 14)) + 4


def _outline(drawing: Drawing, part: Stretch, top: float, height: float) -> None:
    width = part.end - part.start
    match part.look:
        case Look.LATE:
            drawing.box(part.start, top, width, height, "late", dashed=True)
        case Look.OPEN:
            for y in (top, top + height):
                drawing.line(part.start, y, part.end - 4, y, dashed=True)
            drawing.line(part.end - 30, top + height / 2, part.end, top + height / 2, dashed=True)
            drawing.arrow_head(part.end, top + height / 2)
        case Look.ALLOWED | Look.PAST | Look.NEVER:
            drawing.box(part.start, top, width, height, "late" if part.look is Look.NEVER else "in-time", outline=False)
            for y in (top, top + height):
                drawing.line(part.start, y, part.end, y)
            if part.look is not Look.PAST:
                drawing.line(part.start, top, part.start, top + height)
                drawing.line(part.end, top, part.end, top + height, width=3)


def _put(drawing: Drawing, part: Stretch, middle: float) -> None:
    rows = part.rows()
    y = middle - (len(rows) - 1) * LINE / 2
    for row in rows:
        x = part.start + 16
        for one in row:
            drawing.sign(one.sign, x, y)
            drawing.text(x + 12, y + 5, one.words)
            x += _width(one)
        y += LINE


def _width(one: Marked) -> float:
    return 12 + text_width(one.words) + 18
