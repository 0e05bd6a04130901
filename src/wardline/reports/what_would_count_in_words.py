"""What would count for a claim, as plain text: what `wardline claim new` prints, before anything is tested."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from wardline.english import and_list, quoted
from wardline.measures.claims import FEWEST_BEFORE, POWER_ASKED, Needed, Rival, Scale, WhatWouldCount, scale_of
from wardline.measures.declared.measure_sentences import measure_sentences
from wardline.reports.changes_in_words import noun, periods_in_words, size_in_words
from wardline.reports.rivals_in_words import LOOKED_AT
from wardline.reports.wording import date_in_words, split_in_words

__all__ = ["what_would_count_in_words"]

WIDTH = 100
SURE = f"{100 * POWER_ASKED:.0f} times in a hundred"


def what_would_count_in_words(counts: WhatWouldCount) -> str:
    """The measure in its sentences, how long it takes to tell a change of the claimed size, and what is looked at."""
    return "\n".join(line for paragraph in _paragraphs(counts) for line in _wrapped(paragraph))


def _paragraphs(counts: WhatWouldCount) -> Iterator[str]:
    claim, measure = counts.claim, counts.measure
    yield f"What would count for {quoted(claim.words)}"
    yield ""
    yield f"The measure: {measure.title}. {measure_sentences(measure)}"
    if measure.gaming:
        yield f"How it could look better without being better: {measure.gaming}"
    yield ""
    yield (
        f"The test: the figures from {date_in_words(claim.first_day)} on are compared with all those before, of which "
        f"there must be at least {FEWEST_BEFORE}. The records show the claim if the difference goes that way and "
        "chance alone would hardly make it (its 95% interval leaves out no change), if it may be as large as claimed, "
        "and if nothing below explains it."
    )
    yield from _how_long(counts)
    yield ""
    yield "What else is looked at, because it could make the figures change while the work does not:"
    for rival in counts.rivals:
        splits = and_list(map(split_in_words, counts.splits))
        yield f"- {LOOKED_AT[rival]}{f', by {splits}' if rival is Rival.MIX else ''}"
    yield ""
    yield "Whoever thinks that something else should count must say so now, before it is tested."


def _how_long(counts: WhatWouldCount) -> Iterator[str]:
    size = size_in_words(counts.claim.size)
    if counts.claim.size is None:
        yield "How long: no size is claimed, so it cannot be said how long it takes. A small change takes years."
    elif counts.no_room:
        yield f"How long: a change of {size} cannot be: the figure is too near its end."
    elif counts.is_of_a_dive:
        (needed,) = counts.needed
        before = periods_in_words(needed.before, counts.by)
        about = f"at the present {needed.occasions:,.0f} a {noun(counts.by)} and with {before} before"
        if needed.periods is None or counts.told_on is None:
            yield (
                f"How long: {about}, a change of {size} could not be told within five years. Claim a larger one, or "
                "another measure."
            )
        else:
            since = periods_in_words(needed.periods, counts.by)
            yield (
                f"How long: {about}, a change of {size} is told {SURE} after {since}. Ask on "
                f"{date_in_words(counts.told_on)}, and not before."
            )
    elif not counts.needed and counts.has_too_few:
        yield f"How long: {_too_few(counts)} so nobody can say how many months a change of this size takes to be told."
    elif not counts.needed:
        yield "How long: name a dive (--dive DIR) to see how many months a change of this size takes to be told."
    else:
        yield f"How long it takes to tell a change of {size} {SURE}, by how many there are a month:"
        yield from _table(counts)
        if counts.has_too_few:
            yield f"{_too_few(counts)} so it cannot be worked out from the numbers of the force."
        else:
            yield "With --dive DIR it is worked out from the numbers of the force."


def _too_few(counts: WhatWouldCount) -> str:
    group = (
        "" if counts.claim.group is None else f" of {counts.claim.group[0].replace('_', ' ')} {counts.claim.group[1]}"
    )
    return f"The dive has fewer than {FEWEST_BEFORE} figures{group} before {date_in_words(counts.claim.first_day)},"


def _table(counts: WhatWouldCount) -> Iterator[str]:
    noun = "cases" if scale_of(counts.measure) is Scale.PERCENT else "occasions"
    for occasions in dict.fromkeys(one.occasions for one in counts.needed):
        of_these = [one for one in counts.needed if one.occasions == occasions]
        said = "; ".join(f"with {one.before} months before, {_months(one)}" for one in of_these)
        yield f"- {occasions:,.0f} {noun}: {said}"


def _months(needed: Needed) -> str:
    return "not in 5 years" if needed.periods is None else f"{needed.periods} month{'' if needed.periods == 1 else 's'}"


def _wrapped(paragraph: str) -> list[str]:
    hanging = "  " if paragraph.startswith("- ") else ""
    return wrap(paragraph, WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False) or [""]
