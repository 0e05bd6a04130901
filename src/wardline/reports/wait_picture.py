"""The picture of waits: the share with a response, by the time since the trigger. Same waits, same bytes.

An SVG of our own, without script or address; it carries its title and description, and a table stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import log

from markupsafe import Markup, escape

from wardline.reports.page_tables import Column, Table
from wardline.reports.shares import Share
from wardline.reports.waits import LimitMark, Waits
from wardline.reports.wording import MADE_UP, MADE_UP_SENTENCE, count, duration, number

__all__ = ["WaitPicture", "wait_picture"]

FEWEST_FOR_A_PICTURE = 5  # occasions; fewer are told in a sentence. Chosen by us.
WIDTH, HEIGHT = 520, 196
BELOW = 22  # more height for the line that says that the data are made up
LEFT, RIGHT, TOP, BOTTOM = 48, 508, 28, 160
MINUTE, HOUR, DAY = 60, 3_600, 86_400  # seconds
TICKS = [
    (MINUTE, "1 min"),
    (5 * MINUTE, "5 min"),
    (15 * MINUTE, "15 min"),
    (HOUR, "1 h"),
    (3 * HOUR, "3 h"),
    (8 * HOUR, "8 h"),
    (DAY, "1 day"),
    (3 * DAY, "3 days"),
    (7 * DAY, "1 week"),
    (28 * DAY, "4 weeks"),
    (84 * DAY, "12 weeks"),
    (182 * DAY, "6 months"),
    (365 * DAY, "1 year"),
    (3 * 365 * DAY, "3 years"),
    (10 * 365 * DAY, "10 years"),
]
FEWEST_TICKS = 5


@dataclass(frozen=True)
class WaitPicture:
    """A picture with its title, and the same in numbers. `svg` None: too few for a picture."""

    title: str
    facts: tuple[str, ...]
    svg: Markup | None
    table: Table


@dataclass(frozen=True)
class _Axis:
    """A logarithmic axis of time, in seconds, from its first tick to its last."""

    ticks: tuple[tuple[int, str], ...]

    def x(self, seconds: float) -> float:
        first, last = self.ticks[0][0], self.ticks[-1][0]
        at = min(max(seconds, first), last)
        return round(LEFT + (RIGHT - LEFT) * log(at / first) / log(last / first), 1)


def wait_picture(waits: Waits, name: str, *, shows_outcomes: bool, is_made_up: bool = False) -> WaitPicture:
    """The picture of some waits. `name` is an id that is the only one of its kind on the page.

    Without `shows_outcomes` (limits that nobody has confirmed) the limit is marked nowhere and no share is given.
    Where the records are of nobody the picture itself says so, since a picture is soon copied out of its page.
    """
    mark = waits.mark if shows_outcomes else None
    axis = _axis(waits, mark)
    facts = _facts(waits, shows_outcomes=shows_outcomes)
    svg = _svg(waits, mark, axis, name, is_made_up=is_made_up) if waits.whole >= FEWEST_FOR_A_PICTURE else None
    return WaitPicture(waits.label, facts, svg, _table(waits, mark, axis))


def _facts(waits: Waits, *, shows_outcomes: bool) -> tuple[str, ...]:
    facts = []
    if shows_outcomes and waits.counts.judged:
        facts.append(f"{waits.counts.share.in_words()} recorded in time")
    if waits.still_waiting:
        facts.append(f"no response on record in {number(waits.still_waiting)} of {number(waits.whole)}")
    if shows_outcomes and waits.counts.judged and waits.counts.cannot_tell:
        facts.append(f"cannot tell in {number(waits.counts.cannot_tell)} more")
    return tuple(facts)


def _axis(waits: Waits, mark: LimitMark | None) -> _Axis:
    """From a tick before nearly all waits to one after nearly all of them and the limit."""
    seconds = [one.total_seconds() for one in (waits.within(2), waits.within(98)) if one is not None]
    if len(waits.responded):
        seconds.append(waits.responded[min(len(waits.responded) - 1, len(waits.responded) * 98 // 100)].total_seconds())
    if mark is not None:
        seconds += [mark.shortest.total_seconds() / 2, mark.longest.total_seconds() * 2]
    low, high = min(seconds, default=MINUTE), max(seconds, default=DAY)
    first = max((at for at, (value, _) in enumerate(TICKS) if value <= low), default=0)
    last = min((at for at, (value, _) in enumerate(TICKS) if value >= high), default=len(TICKS) - 1)
    while last - first + 1 < FEWEST_TICKS:
        last, first = (last + 1, first) if last < len(TICKS) - 1 else (last, first - 1)
    return _Axis(tuple(TICKS[first : last + 1]))


def _steps(waits: Waits, axis: _Axis) -> list[tuple[float, float]]:
    """The corners of the curve: at each place on the axis the share that had a response by then."""
    binned: dict[float, int] = {}
    for wait, rows in _counted(waits):
        # To half a point: a thousand waits draw the same curve, and a finer one only makes the page heavier.
        x = round(2 * axis.x(wait)) / 2
        binned[x] = binned.get(x, 0) + rows
    corners, share = [(float(LEFT), 0.0)], 0
    for x in sorted(binned):
        share += binned[x]
        corners.append((x, share / waits.whole))
    return corners


def _counted(waits: Waits) -> list[tuple[float, int]]:
    table = waits.responded.alias("wait").value_counts().sort("wait")
    return [(wait.total_seconds(), rows) for wait, rows in table.iter_rows()]


def _y(share: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * share, 1)


def _area(corners: list[tuple[float, float]], start: float, end: float) -> str:
    """The path of the area under the curve from `start` to `end` on the axis."""
    parts = [f"M{start} {BOTTOM}"]
    closing = [*corners, (float(RIGHT), corners[-1][1])]
    for (x, share), (following, _) in pairwise(closing):
        if following <= start or x >= end:
            continue
        parts.append(f"L{max(x, start)} {_y(share)}L{min(following, end)} {_y(share)}")
    return "".join([*parts, f"L{end} {BOTTOM}Z"])


def _curve(corners: list[tuple[float, float]]) -> str:
    parts = [f"M{corners[0][0]} {_y(corners[0][1])}"]
    for x, share in corners[1:]:
        parts.append(f"H{x}V{_y(share)}")
    return "".join([*parts, f"H{RIGHT}"])


def _svg(waits: Waits, mark: LimitMark | None, axis: _Axis, name: str, *, is_made_up: bool) -> Markup:
    corners = _steps(waits, axis)
    start, end = (axis.x(mark.shortest.total_seconds()), axis.x(mark.longest.total_seconds())) if mark else (RIGHT,) * 2
    parts = [f'<path class="before" d="{_area(corners, LEFT, start)}"/>']
    if end > start:
        parts.append(f'<path class="between" d="{_area(corners, start, end)}"/>')
    if mark is not None:
        parts.append(f'<path class="after" d="{_area(corners, end, RIGHT)}"/>')
    parts += [*_grid(axis), f'<path class="curve" d="{_curve(corners)}"/>']
    if mark is not None:
        parts += _limit_line(mark, start, end)
    description = _description(waits, mark)
    height = HEIGHT
    if is_made_up:
        height += BELOW
        description = f"{MADE_UP_SENTENCE} {description}"
        parts.append(f'<text class="tick" x="{RIGHT}" y="{height - 6}" text-anchor="end">{MADE_UP}</text>')
    return Markup(
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{name}-title {name}-text">'
        f'<title id="{name}-title">{escape(f"How long until a response: {waits.label}")}</title>'
        f'<desc id="{name}-text">{escape(description)}</desc>{"".join(parts)}</svg>'
    )


def _grid(axis: _Axis) -> list[str]:
    parts = []
    for share in (0.0, 0.5, 1.0):
        parts.append(
            f'<line class="grid" x1="{LEFT}" y1="{_y(share)}" x2="{RIGHT}" y2="{_y(share)}"/>'
            f'<text class="tick" x="{LEFT - 6}" y="{_y(share) + 5}" text-anchor="end">{share:.0%}</text>'
        )
    last = len(axis.ticks) - 1
    for at, (seconds, words) in enumerate(axis.ticks):
        anchor = "start" if at == 0 else "end" if at == last else "middle"
        minor = " minor" if 0 < at < last and (at % 2 or at == last - 1) else ""
        parts.append(
            f'<line class="grid" x1="{axis.x(seconds)}" y1="{TOP}" x2="{axis.x(seconds)}" y2="{BOTTOM + 4}"/>'
            f'<text class="tick{minor}" x="{axis.x(seconds) - (LEFT // 4 if at == 0 else 0)}" '
            f'y="{BOTTOM + 24}" text-anchor="{anchor}">{words}</text>'
        )
    return parts


def _limit_line(mark: LimitMark, start: float, end: float) -> list[str]:
    middle = (start + end) / 2
    anchor = "end" if middle > (LEFT + RIGHT) / 2 else "start"
    aside = -6 if anchor == "end" else 6
    lines = [f'<line class="limit" x1="{x}" y1="{TOP - 18}" x2="{x}" y2="{BOTTOM}"/>' for x in sorted({start, end})]
    text_at = round((start if anchor == "end" else end) + aside, 1)
    between = " (between the lines)" if end > start else ""
    words = f'<text class="limit-text" x="{text_at}" y="{TOP - 8}" text-anchor="{anchor}">limit: {escape(mark.words)}{between}'
    return [*lines, f"{words}</text>"]


def _description(waits: Waits, mark: LimitMark | None) -> str:
    said = [f"A curve that rises as more of {count(waits.whole, 'occasion')} have a response on record."]
    if mark is not None:
        said.append(f"The dashed line is the limit of {mark.words}; darker shading lies after it.")
    if waits.half is not None:
        said.append(f"Half had one within {duration(waits.half, round_up=True)}.")
    if waits.nine_in_ten is not None:
        said.append(f"Nine in ten had one within {duration(waits.nine_in_ten, round_up=True)}.")
    if waits.still_waiting:
        said.append(f"{number(waits.still_waiting)} had none.")
    return " ".join(said)


def _table(waits: Waits, mark: LimitMark | None, axis: _Axis) -> Table:
    """The same in numbers: at each tick, how many had a response by then."""
    exact = mark is not None and mark.shortest == mark.longest
    lengths: dict[float, str] = dict(axis.ticks)
    if mark is not None and exact:
        lengths[mark.shortest.total_seconds()] = f"{mark.words} (limit)"
    counted = [(words, waits.count_within(seconds)) for seconds, words in sorted(lengths.items())]
    rows = [(words, number(responded), Share(responded, waits.whole).as_figure()) for words, responded in counted]
    rows.append(
        ("No response on record", number(waits.still_waiting), Share(waits.still_waiting, waits.whole).as_figure())
    )
    return Table(
        caption=f"{waits.label}: response on record, of {count(waits.whole, 'occasion')}",
        columns=(Column("Within"), Column("Responded", is_number=True), Column("Share", is_number=True)),
        rows=tuple(rows),
    )
