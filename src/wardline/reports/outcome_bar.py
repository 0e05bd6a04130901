"""A bar as long as all that can be judged: recorded in time is filled, late is hatched, no record is hollow.

So it can be read without its colours. Beside it stand the same figures in words. Same outcomes, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from wardline.findings import Outcome
from wardline.measures import OutcomeCounts
from wardline.obligations import ResolvedObligation
from wardline.reports.figures_in_words import as_number
from wardline.reports.picture_marks import place
from wardline.reports.wording import MADE_UP_SENTENCE, outcome_words

__all__ = ["JUDGED_IN_ORDER", "key_of_bars", "outcome_bar"]

WIDTH, HEIGHT = 300.0, 16.0
KEY = 16.0
LEAST = 1.5  # so that one of thousands is still seen
BETWEEN_HATCHES = 5.0
FILLED, HATCH, HATCH_GROUND, EDGE_OF_HOLLOW, PAPER = "#1d5a8a", "#9a4f00", "#fbe3b9", "#8c1d18", "#ffffff"
JUDGED_IN_ORDER = (Outcome.MET, Outcome.LATE, Outcome.MISSED)


def outcome_bar(item: ResolvedObligation, outcomes: OutcomeCounts, name: str, *, is_made_up: bool) -> Markup | None:
    """The bar of an obligation; None where nothing can be judged. `name` is an id that no other on the page has."""
    if not outcomes.judged:
        return None
    words = outcome_words(item.obligation)
    shown = [one for one in JUDGED_IN_ORDER if one in words]
    title = (
        f"{item.obligation.title}: {', '.join(f'{as_number(outcomes.of(one))} {words[one].lower()}' for one in shown)}"
    )
    text = f"A bar of {as_number(outcomes.judged)} that can be judged, each part as long as its share."
    said = f"{MADE_UP_SENTENCE} {text}" if is_made_up else text
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="outcome-bar" viewBox="0 0 {place(WIDTH)} {place(HEIGHT)}" '
        f'role="img" aria-labelledby="{name}-title {name}-text"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-text">{escape(said)}</desc>{"".join(_parts(outcomes))}</svg>'
    )


def key_of_bars() -> tuple[tuple[Markup, str], ...]:
    """Each mark of a bar with what it means."""
    said = ("recorded in time, or as owed", "recorded late", "no record found, or not as owed")
    return tuple(
        (
            Markup(
                f'<svg xmlns="http://www.w3.org/2000/svg" class="key-mark" viewBox="0 0 {place(KEY)} {place(KEY)}" '
                f'aria-hidden="true" focusable="false">{_part(outcome, 0, KEY, KEY)}</svg>'
            ),
            words,
        )
        for outcome, words in zip(JUDGED_IN_ORDER, said, strict=True)
    )


def _parts(outcomes: OutcomeCounts) -> Iterator[str]:
    left, there = 0.0, [one for one in JUDGED_IN_ORDER if outcomes.of(one)]
    room = WIDTH - LEAST * len(there)
    for outcome in there:
        width = LEAST + room * outcomes.of(outcome).value / outcomes.judged.value
        yield _part(outcome, left, left + width, HEIGHT)
        left += width


def _part(outcome: Outcome, left: float, right: float, height: float) -> str:
    if outcome is Outcome.MET:
        return _box(left, right, height, FILLED)
    if outcome is Outcome.LATE:
        return f"{_box(left, right, height, HATCH_GROUND)}{_hatches(left, right, height)}"
    inset = min(0.75, (right - left) / 2)
    return (
        f'<rect x="{place(left + inset)}" y="{place(inset)}" width="{place(right - left - 2 * inset)}" '
        f'height="{place(height - 2 * inset)}" fill="{PAPER}" stroke="{EDGE_OF_HOLLOW}" stroke-width="1.5"/>'
    )


def _box(left: float, right: float, height: float, fill: str) -> str:
    return f'<rect x="{place(left)}" width="{place(right - left)}" height="{place(height)}" fill="{fill}"/>'


def _hatches(left: float, right: float, height: float) -> str:
    strokes, foot = [], left - height
    while foot < right:
        start, end = max(foot, left), min(foot + height, right)
        if end > start:
            strokes.append(
                f"M{place(start)} {place(height - (start - foot))}L{place(end)} {place(height - (end - foot))}"
            )
        foot += BETWEEN_HATCHES
    return f'<path d="{"".join(strokes)}" fill="none" stroke="{HATCH}" stroke-width="1.4"/>'
