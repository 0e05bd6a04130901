"""The shapes of which pictures of control charts and funnels are made: each says by its form what its colour says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import escape

from wardline.measures.charts import Meaning

__all__ = ["CENTRE", "CHANCE", "INK", "SHADE", "area", "beyond", "hatched", "line", "mark", "place", "text", "through"]

INK, GREY, SHADE, EDGE, RULE = "#14191f", "#4a545d", "#e9f0f6", "#66727c", "#dfe3e6"
BLUE, AMBER, PAPER = "#1d5a8a", "#9a4f00", "#ffffff"
CENTRE, CHANCE = "centre", "chance"
STYLES = {
    "grid": f'stroke="{RULE}" stroke-width="1"',
    "limit": f'stroke="{EDGE}" stroke-width="1.1" stroke-dasharray="4 3"',
    "inner limit": f'stroke="{EDGE}" stroke-width="1.1" stroke-dasharray="1.5 2.5"',
    CENTRE: f'stroke="{INK}" stroke-width="1.3"',
    "figures": f'stroke="{EDGE}" stroke-width="1.3" stroke-linejoin="round"',
    "target": f'stroke="{INK}" stroke-width="1.5" stroke-dasharray="9 3 2 3"',
    "from here": f'stroke="{INK}" stroke-width="1.4" stroke-dasharray="1.5 2.5"',
    "baseline": f'stroke="{INK}" stroke-width="1.4"',
    "hatch": f'stroke="{EDGE}" stroke-width="0.9"',
}
BETWEEN_HATCHES = 5.0


def place(value: float) -> str:
    """A place or a length in a drawing, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def mark(meaning: Meaning | None, x: float, y: float, size: float) -> str:
    """A figure: a dot; a filled diamond for improvement, a hollow square for concern, a filled triangle for change."""
    if meaning is None:
        return f'<circle cx="{place(x)}" cy="{place(y)}" r="{place(size * 0.62)}" fill="{GREY}"/>'
    match meaning:
        case Meaning.IMPROVEMENT:
            corners, fill = [(x, y - 1.3 * size), (x + 1.2 * size, y), (x, y + 1.3 * size), (x - 1.2 * size, y)], BLUE
        case Meaning.CONCERN:
            corners, fill = [(x - size, y - size), (x + size, y - size), (x + size, y + size), (x - size, y + size)], ""
        case Meaning.CHANGE:
            corners, fill = [(x, y - 1.3 * size), (x + 1.3 * size, y + size), (x - 1.3 * size, y + size)], INK
    path = f"{through(corners)}Z"
    if not fill:
        return f'<path d="{path}" fill="{PAPER}" stroke="{AMBER}" stroke-width="{place(size * 0.55)}"/>'
    return f'<path d="{path}" fill="{fill}" stroke="{PAPER}" stroke-width="0.8"/>'


def beyond(x: float, y: float, size: float) -> str:
    """What lies beyond limits and yet does not stand out: a ring."""
    return (
        f'<circle cx="{place(x)}" cy="{place(y)}" r="{place(size * 0.75)}" fill="{PAPER}" stroke="{GREY}" '
        'stroke-width="1.6"/>'
    )


def through(points: Iterable[tuple[float, float]]) -> str:
    """The path through some points."""
    return "".join(f"{'L' if at else 'M'}{place(x)} {place(y)}" for at, (x, y) in enumerate(points))


def line(kind: str, paths: str) -> str:
    """A line of one of our styles."""
    return f'<path d="{paths}" fill="none" {STYLES[kind]}/>'


def area(upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]]) -> str:
    """The shaded area between two lines."""
    return f'<path d="{through([*upper, *reversed(lower)])}Z" fill="{SHADE}"/>'


def hatched(left: float, top: float, right: float, bottom: float) -> str:
    """A hatched box: its lines go up to the right, and are cut at its edges."""
    height = bottom - top
    strokes = []
    foot = left - height
    while foot < right:
        start, end = max(foot, left), min(foot + height, right)
        if end > start:
            strokes.append(
                f"M{place(start)} {place(bottom - (start - foot))}L{place(end)} {place(bottom - (end - foot))}"
            )
        foot += BETWEEN_HATCHES
    return (
        f'<rect x="{place(left)}" y="{place(top)}" width="{place(right - left)}" height="{place(height)}" '
        f'fill="{PAPER}" stroke="{EDGE}" stroke-width="0.7"/>{line("hatch", "".join(strokes))}'
    )


def text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    strong: bool = False,
    faint: bool = False,
    turned: bool = False,
    edged: bool = False,
) -> str:
    """A line of text that stands on `y`; `edged`: with a white edge, so that a line behind it does not cut it."""
    weight = ' font-weight="bold"' if strong else ""
    fill = f' fill="{GREY}"' if faint else ""
    at = f'transform="translate({place(x)} {place(y)}) rotate(-90)"' if turned else f'x="{place(x)}" y="{place(y)}"'
    edge = f' paint-order="stroke" stroke="{PAPER}" stroke-width="3" stroke-linejoin="round"' if edged else ""
    return f'<text {at} text-anchor="{anchor}"{weight}{fill}{edge}>{escape(words)}</text>'
