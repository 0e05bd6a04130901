"""The picture of waits: the share with a response, by the time since the trigger. Same waits, same bytes.

An SVG of our own, without script or address; it carries its title and description, and a table stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from wardline.english import or_list
from wardline.measures import (
    STEPS,
    Count,
    LimitMark,
    LimitWaits,
    OutcomeCounts,
    Share,
    WaitCurve,
    Waits,
    position_on_scale,
)
from wardline.obligations import LimitTable, ResolvedObligation, name_in_words
from wardline.reports.figures_in_words import (
    NO_SINGLE_FIGURE,
    NOTHING,
    as_number,
    estimate_as_figure,
    in_words,
    told_as_figure,
    with_noun,
)
from wardline.reports.page_tables import Column, Table
from wardline.reports.wording import MADE_UP, MADE_UP_SENTENCE, duration

__all__ = ["WaitPicture", "limit_label", "wait_picture"]

WIDTH, HEIGHT = 520, 196
BELOW = 22  # more height for the line that says that the data are made up
LEFT, RIGHT, TOP, BOTTOM = 48, 508, 28, 160
assert 2 * (RIGHT - LEFT) == STEPS, "a place on the scale of a curve is half a point"
WIDE_LETTER, NARROW_LETTER = 7.4, 10.4  # in points of the drawing: a letter of a label, and one on a narrow screen
MOST_WITHOUT_CHOICE = 3  # labels; of fewer all are drawn
LIMIT_NOT_KNOWN = "Time limit, or start, not known"
MINUTE, HOUR, DAY = 60, 3_600, 86_400  # seconds
TICKS = {
    MINUTE: "1 min",
    5 * MINUTE: "5 min",
    15 * MINUTE: "15 min",
    HOUR: "1 h",
    3 * HOUR: "3 h",
    8 * HOUR: "8 h",
    DAY: "1 day",
    3 * DAY: "3 days",
    7 * DAY: "1 week",
    28 * DAY: "4 weeks",
    84 * DAY: "12 weeks",
    182 * DAY: "6 months",
    365 * DAY: "1 year",
    3 * 365 * DAY: "3 years",
    10 * 365 * DAY: "10 years",
}


@dataclass(frozen=True)
class WaitPicture:
    """A picture with its title, and the same in numbers. `svg` and `table` None: too few for a picture."""

    title: str
    facts: tuple[str, ...]
    svg: Markup | None
    table: Table | None


def wait_picture(item: ResolvedObligation, found: LimitWaits, name: str, *, is_made_up: bool = False) -> WaitPicture:
    """The picture of the waits under one limit. `name` is an id that is the only one of its kind on the page.

    Where the records are of nobody the picture itself says so, since a picture is soon copied out of its page.
    """
    title, curve = limit_label(item, found.limit), found.curve
    if curve is None:
        return WaitPicture(title, _facts(found), None, None)
    svg = _svg(found, curve, title, name, is_made_up=is_made_up)
    return WaitPicture(title, _facts(found), svg, _table(found, curve, title))


def limit_label(item: ResolvedObligation, limit: str | None) -> str:
    """`Grade high: within 15 minutes`, or `Within 15 minutes` where the limit is the same for all."""
    if limit is None:
        return LIMIT_NOT_KNOWN
    plain = limit.replace("_", " ")
    within = plain if plain.startswith("same") else f"by {plain}" if plain.startswith("the time") else f"within {plain}"
    time_limit = item.obligation.time_limit
    if not isinstance(time_limit, LimitTable):
        return within[0].upper() + within[1:]
    values = [value for value, length in time_limit.limits if str(length) == limit]
    if time_limit.unknown is not None and str(time_limit.unknown) == limit:
        values.append("not recorded")
    name = name_in_words(time_limit.by)
    return f"{name[0].upper()}{name[1:]} {or_list(values)}: {within}" if values else within


def _facts(found: LimitWaits) -> tuple[str, ...]:
    waits, outcomes = found.waits, found.outcomes
    facts = []
    if outcomes.judged:
        facts.append(_share(outcomes))
    facts += [f"{words} in {as_number(many)} of {as_number(waits.whole)}" for words, many in _ends(waits)]
    if outcomes.judged and outcomes.cannot_tell:
        facts.append(f"cannot tell in {as_number(outcomes.cannot_tell)} more")
    return tuple(facts)


def _share(outcomes: OutcomeCounts) -> str:
    if outcomes.is_told or not outcomes.share.can_be_a_percentage:
        return f"{in_words(outcomes.share)} recorded in time"
    bounds = told_as_figure(outcomes.share, outcomes.cannot_tell)
    return f"{bounds} recorded in time, if none or all of those that we cannot tell had been"


def _ends(waits: Waits) -> list[tuple[str, Count]]:
    """How those without a response ended, in words, with how many there are; without those that there are none of."""
    ends = (
        ("still waiting", waits.still_waiting),
        ("closed without a response on record", waits.no_response),
        ("not owed any more before a response", waits.called_off),
    )
    return [(words, many) for words, many in ends if many]


def _x(seconds: float, curve: WaitCurve) -> float:
    return round(LEFT + position_on_scale(seconds, curve.ticks), 1)


def _corners(curve: WaitCurve) -> list[tuple[float, float]]:
    """The corners of the curve: at each place on the scale the share that had a response by then."""
    return [(float(LEFT), 0.0), *[(LEFT + place / 2, share) for place, share in curve.steps]]


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


def _svg(found: LimitWaits, curve: WaitCurve, title: str, name: str, *, is_made_up: bool) -> Markup:
    mark, corners = found.mark, _corners(curve)
    start, end = (
        (_x(mark.shortest.total_seconds(), curve), _x(mark.longest.total_seconds(), curve)) if mark else (RIGHT,) * 2
    )
    parts = [f'<path class="before" d="{_area(corners, LEFT, start)}"/>']
    if end > start:
        parts.append(f'<path class="between" d="{_area(corners, start, end)}"/>')
    if mark is not None:
        parts.append(f'<path class="after" d="{_area(corners, end, RIGHT)}"/>')
    parts += [*_grid(curve), f'<path class="curve" d="{_curve(corners)}"/>']
    if mark is not None:
        parts += _limit_line(mark, start, end)
    description = _description(found, mark)
    height = HEIGHT
    if is_made_up:
        height += BELOW
        description = f"{MADE_UP_SENTENCE} {description}"
        parts.append(f'<text class="tick" x="{RIGHT}" y="{height - 6}" text-anchor="end">{MADE_UP}</text>')
    return Markup(
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{name}-title {name}-text">'
        f'<title id="{name}-title">{escape(f"How long until a response: {title}")}</title>'
        f'<desc id="{name}-text">{escape(description)}</desc>{"".join(parts)}</svg>'
    )


def _grid(curve: WaitCurve) -> list[str]:
    parts = []
    for share in (0.0, 0.5, 1.0):
        parts.append(
            f'<line class="grid" x1="{LEFT}" y1="{_y(share)}" x2="{RIGHT}" y2="{_y(share)}"/>'
            f'<text class="tick" x="{LEFT - 6}" y="{_y(share) + 5}" text-anchor="end">{share:.0%}</text>'
        )
    marked = [(_x(seconds, curve), TICKS[seconds]) for seconds in curve.ticks]
    wide = _without_overlap(marked, WIDE_LETTER)
    narrow = _without_overlap(wide, NARROW_LETTER)
    for x, words in marked:
        parts.append(f'<line class="grid" x1="{x}" y1="{TOP}" x2="{x}" y2="{BOTTOM + 4}"/>')
        if (x, words) in wide:
            anchor = "start" if x == marked[0][0] else "end" if x == marked[-1][0] else "middle"
            minor = "" if (x, words) in narrow else " minor"
            parts.append(f'<text class="tick{minor}" x="{x}" y="{BOTTOM + 24}" text-anchor="{anchor}">{words}</text>')
    return parts


def _without_overlap(labels: list[tuple[float, str]], letter: float) -> list[tuple[float, str]]:
    """The labels under an axis that have room beside each other: the first, the last, and of the others each that has.

    The first begins at its place, the last ends there, the others lie about it. `letter` is how wide one is drawn.
    """
    if len(labels) < MOST_WITHOUT_CHOICE:
        return labels
    (first, first_words), (last, last_words) = labels[0], labels[-1]
    taken, room_ends = first + len(first_words) * letter, last - len(last_words) * letter
    kept = []
    for x, words in labels[1:-1]:
        half = len(words) * letter / 2
        if x - half >= taken + letter and x + half <= room_ends - letter:
            kept.append((x, words))
            taken = x + half
    return [labels[0], *kept, labels[-1]]


def _limit_line(mark: LimitMark, start: float, end: float) -> list[str]:
    lines = [f'<line class="limit" x1="{x}" y1="{TOP - 18}" x2="{x}" y2="{BOTTOM}"/>' for x in sorted({start, end})]
    words, between = f"time limit: {mark.limit}", " (between the lines)" if end > start else ""
    to_the_left, to_the_right = start - 6 - LEFT, RIGHT - end - 6
    room = max(to_the_left, to_the_right)
    # Where there is no room for all of it the description says it; a limit of many words may lie over its own line.
    if between and len(words + between) * WIDE_LETTER <= room:
        between = f'<tspan class="minor">{between}</tspan>'
    else:
        between = ""
    beyond = max(0.0, len(words) * NARROW_LETTER - room)
    anchor = "end" if to_the_left > to_the_right else "start"
    text_at = round(start - 6 + beyond if anchor == "end" else end + 6 - beyond, 1)
    text = (
        f'<text class="limit-text" x="{text_at}" y="{TOP - 8}" text-anchor="{anchor}">{escape(words)}{between}</text>'
    )
    return [*lines, text]


def _description(found: LimitWaits, mark: LimitMark | None) -> str:
    waits = found.waits
    said = [f"A curve that rises as more of {with_noun(waits.whole, 'occasion')} have a response on record."]
    if mark is not None:
        line = (
            f"The dashed line is the limit of {mark.limit}"
            if mark.shortest == mark.longest
            else f"The limit of {mark.limit} lies between the dashed lines"
        )
        said.append(f"{line}; darker shading lies after it.")
    if waits.half.length is not None:
        said.append(f"Half had one within {duration(waits.half.length, round_up=True)}.")
    if waits.nine_in_ten.length is not None:
        said.append(f"Nine in ten had one within {duration(waits.nine_in_ten.length, round_up=True)}.")
    said += [f"{words[0].upper()}{words[1:]}: {as_number(many)}." for words, many in _ends(waits)]
    return " ".join(said)


def _table(found: LimitWaits, curve: WaitCurve, title: str) -> Table:
    """The same in numbers: at each tick, and at the limit, how many had a response by then."""
    waits, mark = found.waits, found.mark
    words: dict[float, str] = {seconds: TICKS[seconds] for seconds in curve.ticks}
    if mark is not None and mark.shortest == mark.longest:
        words[mark.shortest.total_seconds()] = f"{mark.limit} (limit)"
    rows = [
        (words[seconds], as_number(many), _by_then(share, Share(many, waits.whole), found.outcomes))
        for seconds, many, share in curve.within
    ]
    rows += [(f"{end[0].upper()}{end[1:]}", as_number(many), NOTHING) for end, many in _ends(waits)]
    return Table(
        caption=f"{title}: response on record, of {with_noun(waits.whole, 'occasion')}",
        columns=(Column("Within"), Column("Responded", is_number=True), Column("Share", is_number=True)),
        rows=tuple(rows),
        note="" if found.outcomes.is_told else NO_SINGLE_FIGURE,
    )


def _by_then(estimate: float, counted: Share, outcomes: OutcomeCounts) -> str:
    """A share that allows for waits cut short; where more than a fifth cannot be told, if none or all of these had had
    a response by then."""
    if outcomes.is_told:
        return estimate_as_figure(estimate, counted)
    return told_as_figure(counted, outcomes.cannot_tell)
