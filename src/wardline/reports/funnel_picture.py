"""The picture of a funnel plot, wide or for a narrow screen. Same groups, same bytes.

An SVG of our own that can be read alone, in grey and on paper: what a mark means is said by its shape, and its name
stands beside it. Groups lie where their size puts them; nothing puts them in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from markupsafe import Markup, escape

from wardline.measures import GroupBeside, GroupsBeside
from wardline.measures.charts import Meaning
from wardline.measures.groups_compared import Where
from wardline.reports.drawing import FONT, text_width, wrapped
from wardline.reports.picture_marks import CENTRE, INK, area, beyond, line, mark, place, text, through
from wardline.reports.wording import MADE_UP, MADE_UP_SENTENCE

__all__ = ["FunnelPicture", "FunnelSaid", "funnel_picture"]

ROW = 15.0  # from one line of words to the next
STEPS = 48  # of the curves, from the left edge to the right one
BESIDE = 7.0  # from a mark to its name
_SCALE = '<text class="scale"'  # round numbers that were not counted


@dataclass(frozen=True)
class _Format:
    """How wide the drawing is, how high the part of the figures, and how large its letters and marks are."""

    width: int
    height: int
    size: float
    mark: float


WIDE = _Format(460, 190, 12, 4.2)
NARROW = _Format(320, 200, 12.5, 4.2)


@dataclass(frozen=True)
class FunnelSaid:
    """What is said of the picture, and what its groups and what they are out of are called."""

    title: str
    text: str
    names: tuple[str, ...]  # of the groups, in their order
    noun: str  # what a group has so many of, in the plural


@dataclass(frozen=True)
class _Plot:
    """Where things are: the edges of the part of the figures, and what its scales reach."""

    beside: GroupsBeside
    form: _Format
    left: float
    right: float
    top: float
    least: float  # of the shares shown
    most: float
    largest: float  # size

    @property
    def bottom(self) -> float:
        return self.top + self.form.height

    def x(self, size: float) -> float:
        return self.left + (self.right - self.left) * size / self.largest

    def y(self, share: float) -> float:
        cut = min(max(share, self.least), self.most)
        return self.bottom - self.form.height * (cut - self.least) / (self.most - self.least)


@dataclass(frozen=True)
class FunnelPicture:
    """The same picture twice: where there is room, and for a narrow screen."""

    wide: Markup
    narrow: Markup


def funnel_picture(beside: GroupsBeside, said: FunnelSaid, name: str, *, is_made_up: bool = False) -> FunnelPicture:
    """The picture. `name` is an id that is the only one of its kind on the page."""
    return FunnelPicture(
        _drawn(beside, said, f"{name}-wide", WIDE, is_made_up=is_made_up),
        _drawn(beside, said, f"{name}-narrow", NARROW, is_made_up=is_made_up),
    )


def _drawn(beside: GroupsBeside, said: FunnelSaid, name: str, form: _Format, *, is_made_up: bool) -> Markup:
    plot = _plot(beside, form)
    parts = [*_scales(plot), *_lines(plot), *_marks(plot, said.names)]
    below, height = _below(plot, said, is_made_up=is_made_up)
    description = f"{MADE_UP_SENTENCE} {said.text}" if is_made_up else said.text
    body = "\n".join([*parts, *below])
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="funnel" viewBox="0 0 {form.width} {place(height)}" '
        f'role="img" aria-labelledby="{name}-title {name}-text" font-family="{FONT}" '
        f'font-size="{place(form.size)}" fill="{INK}">\n<title id="{name}-title">{escape(said.title)}</title>\n'
        f'<desc id="{name}-text">{escape(description)}</desc>\n{body}\n</svg>'
    )


def _plot(beside: GroupsBeside, form: _Format) -> _Plot:
    sizes = [one.share.whole.value for one in beside.groups]
    smallest = beside.funnel.limits_at(min(sizes))
    reached = [*(one.share.fraction for one in beside.groups), smallest.outer_lower, smallest.outer_upper]
    least, most = floor(10 * min(reached)) / 10, ceil(10 * max(reached)) / 10
    left = text_width("100%", form.size) + 6
    right = form.width - text_width("all 100%", form.size) - 6
    return _Plot(beside, form, left, right, 8.0, least, most if most > least else least + 0.1, 1.08 * max(sizes))


def _scales(plot: _Plot) -> Iterator[str]:
    step = 0.1 if plot.most - plot.least <= 0.5 else 0.2
    marks = [one for one in (at / 10 for at in range(11)) if plot.least <= one <= plot.most]
    shown = [one for one in marks if round((one - plot.least) / step, 6) % 1 == 0]
    yield line("grid", "".join(f"M{place(plot.left)} {place(plot.y(one))}H{place(plot.right)}" for one in shown))
    for share in shown:
        yield text(plot.left - 5, plot.y(share) + 4, f"{share:.0%}", anchor="end", faint=True)
    every = _round_step(plot.largest / (4 if plot.form is WIDE else 3))
    for at in range(floor(plot.largest / every) + 1):
        x = plot.x(at * every)
        yield f'<path d="M{place(x)} {place(plot.bottom)}v4" stroke="{INK}"/>'
        yield text(x, plot.bottom + 16, f"{at * every:,}", anchor="middle", faint=True).replace("<text", _SCALE, 1)


def _lines(plot: _Plot) -> Iterator[str]:
    """The level and the limits, from the left edge, where a group of next to nothing could be anywhere."""
    sizes = [plot.largest * (at / STEPS) ** 2 for at in range(1, STEPS + 1)]
    limits = [plot.beside.funnel.limits_at(size) for size in sizes]

    def points(of: str) -> list[tuple[float, float]]:
        return [(plot.x(size), plot.y(getattr(one, of))) for size, one in zip(sizes, limits, strict=True)]

    yield area(points("upper"), points("lower"))
    for kind, lines in (("inner limit", ("upper", "lower")), ("limit", ("outer_upper", "outer_lower"))):
        yield line(kind, "".join(through(_within(plot, points(one))) for one in lines))
    level = plot.y(plot.beside.funnel.level)
    yield line(CENTRE, f"M{place(plot.left)} {place(level)}H{place(plot.right)}")
    yield text(plot.right + 5, level + 4, f"all {plot.beside.funnel.level:.0%}", strong=True, edged=True)


def _within(plot: _Plot, points: Sequence[tuple[float, float]]) -> Sequence[tuple[float, float]]:
    """From the last point at the edge of the figures on: before it the line lies outside."""
    edges = [at for at, (_, y) in enumerate(points) if not plot.top < y < plot.bottom]
    return points[edges[-1] if edges else 0 :]


def _marks(plot: _Plot, names: Sequence[str]) -> Iterator[str]:
    """Dots within the limits; what lies beyond them by shape, with its name."""
    taken: list[tuple[float, float, float, float]] = [_box_of_mark(plot, one) for one in plot.beside.groups]
    labels = []
    for one, name in zip(plot.beside.groups, names, strict=True):
        x, y = plot.x(one.share.whole.value), plot.y(one.share.fraction)
        yield _mark(one, x, y, plot.form.mark, plot.beside.funnel.level)
        if one.seen.stands_out or one.seen.where is not Where.WITHIN:
            labels.append((x, y, name, one.seen.stands_out))
    for x, y, name, strong in labels:
        left, stands = _free_place(plot, x, y, text_width(name, plot.form.size), taken)
        taken.append((left, stands - plot.form.size, left + text_width(name, plot.form.size), stands + 3))
        yield text(left, stands, name, strong=strong, edged=True)


def _box_of_mark(plot: _Plot, one: GroupBeside) -> tuple[float, float, float, float]:
    x, y, size = plot.x(one.share.whole.value), plot.y(one.share.fraction), plot.form.mark + 1
    return x - size, y - size, x + size, y + size


def _free_place(
    plot: _Plot, x: float, y: float, wide: float, taken: Sequence[tuple[float, float, float, float]]
) -> tuple[float, float]:
    """Beside the mark or as near to it as there is room: where the words begin, and the line they stand on."""
    size = plot.form.size
    tried = []
    for down in (4.0, 4 + size, 4 - size, 4 + 2 * size, 4 - 2 * size):
        for begins in (x + BESIDE, x - BESIDE - wide, x - wide / 2):
            tried.append((min(max(begins, plot.left + 2), plot.form.width - wide - 2), y + down))
    for begins, stands in tried:
        box = begins, stands - size + 2, begins + wide, stands + 2
        if plot.top - 4 <= box[1] and box[3] <= plot.bottom and not any(_overlap(box, other) for other in taken):
            return begins, stands
    return tried[0]


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _mark(one: GroupBeside, x: float, y: float, size: float, level: float) -> str:
    """A dot; a ring beyond the limits; of what stands out a filled diamond above, and a hollow square below."""
    if one.seen.stands_out:
        return mark(Meaning.CONCERN if one.share.fraction < level else Meaning.IMPROVEMENT, x, y, size)
    return mark(None, x, y, size) if one.seen.where is Where.WITHIN else beyond(x, y, size)


def _below(plot: _Plot, said: FunnelSaid, *, is_made_up: bool) -> tuple[list[str], float]:
    """What the lower scale counts, what the lines and marks mean, and that the data are made up."""
    y = plot.bottom + 2 * ROW + 1
    parts = [text((plot.left + plot.right) / 2, y, f"{said.noun} in each group", anchor="middle", faint=True)]
    room = plot.form.width - 34.0
    for sample, words in _key(plot):
        y += 3
        for at, row in enumerate(wrapped(words, room, plot.form.size)):
            y += ROW
            if not at:
                parts.append(sample(14.0, y - 4))
            parts.append(text(32, y, row))
    if is_made_up:
        y += ROW + 3
        parts.append(text(plot.form.width - 2, y, MADE_UP, anchor="end", faint=True))
    return parts, y + 6


def _key(plot: _Plot) -> Iterator[tuple[_Sample, str]]:
    yield _Sample("inner limit"), "95% of groups lie between these lines by chance"
    yield _Sample("limit"), "99.8% of groups lie between these lines by chance"
    level = plot.beside.funnel.level
    kinds = {
        "beyond these lines, but not unlikely among so many groups": lambda one: (
            not one.seen.stands_out and one.seen.where is not Where.WITHIN
        ),
        "stands out below, even among so many groups": lambda one: one.seen.stands_out and one.share.fraction < level,
        "stands out above, even among so many groups": lambda one: one.seen.stands_out and one.share.fraction >= level,
    }
    for words, is_such in kinds.items():
        if (first := next((one for one in plot.beside.groups if is_such(one)), None)) is not None:
            yield _Sample("mark", first, level, plot.form.mark), words


@dataclass(frozen=True)
class _Sample:
    """A line or a mark beside the words that say what it means."""

    kind: str
    group: GroupBeside | None = None
    level: float = 0.0
    size: float = 4.0

    def __call__(self, x: float, y: float) -> str:
        if self.group is not None:
            return _mark(self.group, x, y, self.size, self.level)
        return line(self.kind, f"M{place(x - 12)} {place(y)}H{place(x + 12)}")


def _round_step(about: float) -> int:
    """1, 2 or 5 times a power of ten, and not less than this."""
    power = 1
    while 10 * power < about:
        power *= 10
    return next(one * power for one in (1, 2, 5, 10) if one * power >= about)
