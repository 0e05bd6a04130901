"""One step of a case on a small line of time: by when it was owed, when it is recorded, and how late that is.

The words beside it say the same, so it is hidden from whoever has the page read aloud. Same step, same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from wardline.findings import Outcome
from wardline.measures import Elapsed, ToldStep, position_on_scale
from wardline.reports.wait_picture import LEFT as CURVE_LEFT
from wardline.reports.wait_picture import RIGHT as CURVE_RIGHT
from wardline.reports.wait_picture import TICKS
from wardline.reports.wording import MADE_UP_SENTENCE

__all__ = ["KEY", "scale_for", "scale_in_words", "step_picture"]

WIDTH, HEIGHT = 190, 22
LEFT, RIGHT, MIDDLE = 6, 178, 11
KEY = (
    "Timelines: upright stroke, by when it was owed; dot, recorded; bar, how late; dotted line with a cross, no "
    "record found; question mark, cannot tell; shaded, still missing or at risk. "
    "Short times have more room than long ones."
)


def scale_for(steps: Sequence[ToldStep], ended: Elapsed | None) -> tuple[int, ...]:
    """The marks of the line, from a minute to the first that is beyond everything in the case."""
    lengths = [one.length for step in steps for one in (step.due, step.done) if one is not None and not one.is_before]
    if ended is not None:
        lengths.append(ended.length)
    longest = max((length.total_seconds() for length in lengths), default=0.0)
    marks = list(TICKS)
    last = next((at for at, seconds in enumerate(marks) if seconds > longest), len(marks) - 1)
    return tuple(marks[: max(last, 1) + 1])


def scale_in_words(scale: Sequence[int]) -> str:
    """`1 min to 3 days`: what the line goes from and to, each stretch of it longer than the one before."""
    return f"{TICKS[scale[0]]} to {TICKS[scale[-1]]}"


def step_picture(step: ToldStep, ended: Elapsed | None, scale: tuple[int, ...], *, is_made_up: bool) -> Markup:
    """The line of one step. A shaded stretch is the time until a record says that the child was no longer at risk."""
    due, done = _x(step.due, scale), _x(step.done, scale)
    parts = []
    if (until := _x(ended, scale)) is not None:
        parts.append(f'<rect class="at-risk" x="{LEFT}" y="0" width="{round(until - LEFT, 1)}" height="{HEIGHT}"/>')
    parts.append(f'<path class="grid" d="M{LEFT} {MIDDLE}H{RIGHT}"/>')
    if step.outcome is Outcome.LATE and due is not None and done is not None:
        parts.append(f'<rect class="late" x="{due}" y="7" width="{round(max(done - due, 0), 1)}" height="8"/>')
    if step.outcome is Outcome.MISSED and due is not None:
        parts.append(
            f'<path class="none" d="M{due} {MIDDLE}H{RIGHT}"/><path class="cross" d="M{RIGHT - 4} 7l8 8m0 -8l-8 8"/>'
        )
    if due is not None:
        parts.append(f'<path class="due" d="M{due} 3V19"/>')
    if done is not None:
        parts.append(f'<circle class="done" cx="{done}" cy="{MIDDLE}" r="4"/>')
    if step.outcome is Outcome.CANNOT_TELL:
        parts.append(f'<text class="tick" x="{RIGHT}" y="15" text-anchor="middle">?</text>')
    said = f"<desc>{MADE_UP_SENTENCE}</desc>" if is_made_up else ""
    hidden = 'class="step" aria-hidden="true" focusable="false"'
    return Markup(f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" {hidden}>{said}{"".join(parts)}</svg>')


def _x(elapsed: Elapsed | None, scale: tuple[int, ...]) -> float | None:
    """Its place; what lies before the start is put at the beginning of the line."""
    if elapsed is None:
        return None
    seconds = 0.0 if elapsed.is_before else elapsed.length.total_seconds()
    if seconds <= scale[0]:
        return float(LEFT)
    return round(LEFT + (RIGHT - LEFT) * position_on_scale(seconds, scale) / (CURVE_RIGHT - CURVE_LEFT), 1)
