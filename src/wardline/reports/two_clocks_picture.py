"""A case on two clocks: when each thing happened, above, and when it was written up, below. Same case, same bytes.

Every event has its number, by which the table beside the picture names it; what is late is said in words, and nothing
by colour alone. Each stretch of the scale is longer than the one before, and the picture says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup, escape

from wardline.english import count, number
from wardline.reports.drawing import text_width
from wardline.reports.wait_picture import TICKS as WAIT_TICKS
from wardline.reports.wording import MADE_UP_SENTENCE, duration, duration_short

__all__ = ["OnTwoClocks", "OwedSpan", "two_clocks_picture"]

WIDTH, LEFT, RIGHT = 980, 96, 950
SIZE, LABELS_APART, MOST_ROWS = 13, 17, 7
LETTERS = 38  # of a label at most
BAND, BETWEEN, BELOW = 26, 66, 80  # heights: what was owed, from line to line, the scale
MINUTE, HOUR, DAY = 60, 3_600, 86_400  # seconds
TICKS = {at: words for at, words in WAIT_TICKS.items() if at >= 5 * MINUTE} | {100 * 365 * DAY: "100 years"}
MOST_TICKS = 8
LONG_AFTER = DAY  # an entry so long after what it records is pointed out, the longest one
INK, GREY, IN_TIME, LATE, WARNING = "#0b0c0c", "#6f777b", "#c9e0f0", "#fbd9a0", "#942514"


@dataclass(frozen=True)
class OnTwoClocks:
    """An event by the time since the start; before it counts as at it. None: there is no such time.

    `latest` is the latest that it can have happened, where only that is known.
    """

    number: int
    words: str
    happened: timedelta | None
    latest: timedelta | None
    written: timedelta | None


@dataclass(frozen=True)
class OwedSpan:
    """What was owed: from when, by when, and when it was done (None: no record); `words` say of what it is."""

    words: str
    start: timedelta
    due: timedelta
    done: timedelta | None


def two_clocks_picture(
    events: Sequence[OnTwoClocks], owed: OwedSpan | None, *, name: str, title: str, start: str, is_made_up: bool
) -> Markup | None:
    """The picture; None where no event has a time. `start` is what the scale counts from, as `report`.

    `name` is an id that is the only one of its kind on its page.
    """
    drawn = [one for one in events if one.happened is not None]
    if not drawn:
        return None
    marks = _marks(_seconds(events, owed))
    rows = _labels(drawn, marks)
    top = 12 + (max(row for _, row, _, _ in rows) + 1) * LABELS_APART + BAND + 4
    bottom = top + BETWEEN
    parts = [
        *_poles(rows, top),
        *_band(owed, marks, top),
        *_lines(top, bottom),
        *_connections(drawn, marks, top, bottom),
        *_words(rows),
        *_scale(marks, bottom, start, has_rough=any(one.latest is not None for one in drawn)),
        *_meaning_of_band(owed, bottom),
    ]
    said = _in_words(events, owed, start)
    made_up = f" {MADE_UP_SENTENCE}" if is_made_up else ""
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + BELOW}" role="img" '
        f'aria-labelledby="{escape(name)}-title {escape(name)}-text" font-family="Arial, Helvetica, sans-serif" '
        f'font-size="{SIZE}" fill="{INK}"><title id="{escape(name)}-title">{escape(title)}</title>'
        f'<desc id="{escape(name)}-text">{escape(said)}{made_up}</desc>'
        f'<rect width="{WIDTH}" height="{bottom + BELOW}" fill="#ffffff"/>{"".join(parts)}</svg>'
    )


def _seconds(events: Sequence[OnTwoClocks], owed: OwedSpan | None) -> float:
    """The longest time in the picture."""
    times = [time for one in events for time in (one.happened, one.latest, one.written)]
    if owed is not None:
        times += [owed.due, owed.done]
    return max((time.total_seconds() for time in times if time is not None), default=0.0)


def _marks(longest: float) -> list[int]:
    """Where the scale is marked: the start, and so many ticks that the last is beyond everything."""
    ticks = list(TICKS)
    last = next((at for at, tick in enumerate(ticks) if tick >= longest), len(ticks) - 1)
    return [0, *ticks[max(0, last + 1 - MOST_TICKS) : max(last, 1) + 1]]


def _x(time: timedelta, marks: Sequence[int]) -> float:
    """Its place: in equal steps from mark to mark, and evenly between two."""
    seconds = min(max(time.total_seconds(), 0.0), float(marks[-1]))
    at = next(place for place in range(1, len(marks)) if seconds <= marks[place])
    within = (seconds - marks[at - 1]) / (marks[at] - marks[at - 1])
    return round(LEFT + (RIGHT - LEFT) * (at - 1 + within) / (len(marks) - 1), 1)


def _labels(drawn: Sequence[OnTwoClocks], marks: Sequence[int]) -> list[tuple[float, int, str, bool]]:
    """Of each event its place, the row of its label counted from the line upwards, its words, and whether they end
    there. Where no row has room for the words, the number alone stands, on the highest row."""
    free: list[float] = []  # where each row is free from
    found = []
    placed = [(_x(one.happened, marks), one) for one in drawn if one.happened is not None]
    for x, one in sorted(placed, key=lambda pair: (pair[0], pair[1].number)):
        words = f"{one.number} {one.words}"
        words = words if len(words) <= LETTERS else f"{words[: LETTERS - 1].rstrip()}…"
        width = text_width(words, SIZE)
        ends = x + width > WIDTH - 4
        left = x - width if ends else x
        row = next((at for at, end in enumerate(free) if end + 8 <= left), len(free))
        if row >= MOST_ROWS:
            found.append((x, MOST_ROWS, str(one.number), False))
            continue
        if row == len(free):
            free.append(0.0)
        free[row] = left + width
        found.append((x, row, words, ends))
    return found


def _label_y(row: int) -> float:
    """The line that a row of labels stands on: the first row is the highest."""
    return 12 + row * LABELS_APART + SIZE * 0.76


def _poles(rows: Sequence[tuple[float, int, str, bool]], top: float) -> Iterator[str]:
    for x, row, _, _ in rows:
        yield f'<path d="M{x} {_label_y(row) + 3:g}V{top}" stroke="#c8ccd0" stroke-width="1"/>'


def _words(rows: Sequence[tuple[float, int, str, bool]]) -> Iterator[str]:
    for x, row, words, ends in rows:
        width, y = text_width(words, SIZE), _label_y(row)
        left = x - width if ends else x
        yield f'<rect x="{left - 1:g}" y="{y - SIZE + 2:g}" width="{width + 2:g}" height="{SIZE + 1}" fill="#ffffff"/>'
        anchor = ' text-anchor="end"' if ends else ""
        yield f'<text x="{x}" y="{y:g}"{anchor}>{escape(words)}</text>'


def _lines(top: float, bottom: float) -> Iterator[str]:
    for y, words in ((top, "Happened"), (bottom, "Written up")):
        yield f'<text x="4" y="{y + 5:g}" font-weight="bold">{words}</text>'
        yield f'<path d="M{LEFT} {y:g}H{RIGHT}" stroke="{INK}" stroke-width="2"/>'


def _band(owed: OwedSpan | None, marks: Sequence[int], top: float) -> Iterator[str]:
    """What was owed: the time there was, a dashed stroke where it ends, and how late it was done."""
    if owed is None:
        return
    start, due, y = _x(owed.start, marks), _x(owed.due, marks), top - BAND
    end = max(due, start)
    yield f'<rect x="{start}" y="{y:g}" width="{end - start:.1f}" height="{BAND}" fill="{IN_TIME}"/>'
    if owed.done is None or owed.done > owed.due:
        done = float(RIGHT) if owed.done is None else _x(owed.done, marks)
        dashed = ' stroke-dasharray="5 4"' if owed.done is None else ""
        yield (
            f'<rect x="{end}" y="{y:g}" width="{max(done - end, 0):.1f}" height="{BAND}" fill="{LATE}" '
            f'stroke="{WARNING}" stroke-width="1"{dashed}/>'
        )
        words = "no record" if owed.done is None else f"{duration_short(owed.done - owed.due)} late"
        fits = text_width(words, SIZE) + 8 <= done - end
        if fits:
            yield f'<text x="{end + 6:g}" y="{y + 18:g}">{words}</text>'
    yield f'<path d="M{end} {y - 4:g}V{top + 4:g}" stroke="{INK}" stroke-width="3" stroke-dasharray="4 3"/>'


def _meaning_of_band(owed: OwedSpan | None, bottom: float) -> Iterator[str]:
    if owed is not None:
        words = f"Bar up to the dashed stroke: time allowed for “{owed.words}”; after it: late, or no record."
        yield f'<text x="{LEFT}" y="{bottom + 75:g}" font-size="11" fill="#484949">{escape(words)}</text>'


def _connections(drawn: Sequence[OnTwoClocks], marks: Sequence[int], top: float, bottom: float) -> Iterator[str]:
    longest = _longest_delay(drawn)
    for one in drawn:
        assert one.happened is not None
        x = _x(one.happened, marks)
        if one.written is not None:
            to = _x(one.written, marks)
            is_longest = one is longest
            colour, width = (WARNING, 2) if is_longest else (GREY, 1)
            yield f'<path d="M{x} {top:g}L{to} {bottom:g}" stroke="{colour}" stroke-width="{width}"/>'
            yield f'<circle cx="{to}" cy="{bottom:g}" r="4.5" fill="#ffffff" stroke="{INK}" stroke-width="1.5"/>'
            if is_longest:
                words = f"{one.number} written up {duration_short(one.written - one.happened)} later"
                anchor, at = ("end", min(to, RIGHT)) if to > (LEFT + RIGHT) / 2 else ("start", to)
                yield (
                    f'<text x="{at:g}" y="{bottom + 20:g}" text-anchor="{anchor}" fill="{WARNING}" '
                    f'font-weight="bold">{words}</text>'
                )
        if one.latest is not None:
            yield f'<path d="M{x} {top:g}H{_x(one.latest, marks)}" stroke="{INK}" stroke-width="6"/>'
        yield f'<circle cx="{x}" cy="{top:g}" r="5" fill="{INK}"/>'


def _longest_delay(drawn: Sequence[OnTwoClocks]) -> OnTwoClocks | None:
    late = [one for one in drawn if one.written is not None and _delay(one) >= LONG_AFTER]
    return max(late, key=_delay, default=None)


def _delay(one: OnTwoClocks) -> float:
    assert one.written is not None and one.happened is not None
    return (one.written - (one.latest or one.happened)).total_seconds()


def _scale(marks: Sequence[int], bottom: float, start: str, *, has_rough: bool) -> Iterator[str]:
    step = (RIGHT - LEFT) / (len(marks) - 1)
    for at, mark in enumerate(marks):
        x = round(LEFT + at * step, 1)
        words = start if not mark else TICKS[mark]
        anchor = "start" if not at else "end" if at == len(marks) - 1 else "middle"
        yield f'<path d="M{x} {bottom + 26:g}v6" stroke="{GREY}"/>'
        yield f'<text x="{x}" y="{bottom + 45:g}" text-anchor="{anchor}" fill="#484949">{escape(words)}</text>'
    rough = " Thick line: the time is known only roughly." if has_rough else ""
    yield (
        f'<text x="{LEFT}" y="{bottom + 59:g}" font-size="11" fill="#484949">Time since the {escape(start)}; each '
        f"stretch of the scale is longer than the one before.{rough}</text>"
    )


def _in_words(events: Sequence[OnTwoClocks], owed: OwedSpan | None, start: str) -> str:
    """What the picture shows, for whoever has it read aloud."""
    untimed = sum(one.happened is None for one in events)
    said = [f"{count(len(events), 'event').capitalize()} on two lines: when each happened, and when it was written up."]
    if untimed:
        said.append(f"{number(untimed)} without a time {'is' if untimed == 1 else 'are'} not drawn.")
    if owed is not None:
        limit = duration(owed.due - owed.start) if owed.due > owed.start else "no time"
        if owed.done is None:
            end = "no record was found."
        elif owed.done > owed.due:
            end = f"it was done {duration(owed.done - owed.due)} late."
        else:
            end = "it was done in time."
        said.append(f"{owed.words}: there {'were' if limit[0] != '1' else 'was'} {limit}; {end}")
    drawn = [one for one in events if one.happened is not None]
    if (longest := _longest_delay(drawn)) is not None and longest.written is not None and longest.happened is not None:
        said.append(f"Event {longest.number} was written up {duration(longest.written - longest.happened)} later.")
    said.append(f"The table has each event with both times, counted from the {start}.")
    return " ".join(said)
