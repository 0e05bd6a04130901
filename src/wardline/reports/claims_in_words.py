"""What the records say to claims, as plain text: one sentence first, then the working (`wardline claim test`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import wrap

from wardline.english import and_list, quoted, times
from wardline.measures.claims import POWER_ASKED, ClaimAnswer, InShort, Scale, Why
from wardline.reports.changes_in_words import (
    change_in_words,
    difference_in_short,
    figure_of_side,
    noun,
    periods_in_words,
    size_in_words,
)
from wardline.reports.rivals_in_words import rival_in_words
from wardline.reports.wording import MADE_UP_SENTENCE, date_in_words

__all__ = [
    "answer_in_a_sentence",
    "before_and_since",
    "claim_in_words",
    "claims_in_words",
    "in_short_and_why",
    "measure_claimed",
    "working_in_words",
]

WIDTH = 100
IN_SHORT = {
    InShort.SHOWN: "The records show it",
    InShort.NOT_SHOWN: "The records do not show it",
    InShort.TOO_EARLY: "Too early",
    InShort.RECORDING_CHANGED: "Explained by a change of recording",
    InShort.MIX_CHANGED: "Explained by a change of the mix of cases",
    InShort.CANNOT_TELL: "Cannot tell",
}
BECAUSE = {
    Why.TOO_FEW_TO_TELL: "so little is counted that no change, however large, could be told from chance",
    Why.NO_ROOM: "the share is so near its end that it cannot change by as much as is claimed",
    Why.NOT_COUNTED: "this dive does not give the measure",
    Why.NO_SUCH_GROUP: "there is no figure of this group",
    Why.NEEDS_MORE: "no dive can give this measure yet",
    Why.TOO_FEW_BEFORE: "there are too few figures before it to say how far chance moves them",
    Why.NOT_TOLD: "in too many periods more than a fifth cannot be told",
    Why.NOT_REACHED: "in too many periods too few had a response at all for this wait to be given",
    Why.GAP: "nothing was recorded in too many of the periods",
    Why.NOT_GIVEN: "the force's settings do not say how many there were to divide by",
    Why.NO_OCCASIONS: "too many of the periods have no occasion",
    Why.ALL_NOUGHT: "every figure is nought",
    Why.ALL_ALIKE: "all figures are the same, so nothing says how far chance would move them",
    Why.REGRESSION: "the time just before was unusual, and without it no change is told from chance",
    Why.SEASON: "the same time of year was as different before",
    Why.NEVER_ENOUGH: "at the present numbers a change of the claimed size could not be told within five years",
}


def claims_in_words(answers: Sequence[ClaimAnswer], *, title: str, is_made_up: bool) -> str:
    """All claims of a file, each with its answer and the working."""
    lines = [MADE_UP_SENTENCE, ""] if is_made_up else []
    lines.append(f"What the records say to {'a claim' if len(answers) == 1 else f'{len(answers)} claims'}: {title}")
    for number, answer in enumerate(answers, start=1):
        lines += ["", f"{number}. {quoted(answer.claim.words)}", *_indented([answer_in_a_sentence(answer)], "   "), ""]
        lines += _indented(working_in_words(answer), "   ")
    return "\n".join(line.rstrip() for line in lines)


def measure_claimed(answer: ClaimAnswer) -> str:
    """What the claim is about: the measure's title, and the group where it is about one: `… (district Eastmoor)`."""
    claim, measure = answer.claim, answer.measure
    group = f" ({claim.group[0].replace('_', ' ')} {claim.group[1]})" if claim.group is not None else ""
    return f"{measure.title if measure is not None else claim.measure}{group}"


def before_and_since(answer: ClaimAnswer) -> str:
    """`32.3% before 1 September 2024, 52.3% since: 20.0 points higher (95% interval …).`; nothing without a change."""
    change, measure, compared = answer.change, answer.measure, answer.compared
    if change is None or measure is None or compared is None:
        return ""
    before, since = (figure_of_side(one, change.scale, measure, compared.by) for one in (change.before, change.after))
    day = date_in_words(answer.claim.first_day)
    return f"{before} before {day}, {since} since: {difference_in_short(change)}."


def in_short_and_why(answer: ClaimAnswer) -> tuple[str, str]:
    """The answer in a phrase, and what it rests on as a sentence of its own, without the figures; that may be empty."""
    said = answer_in_a_sentence(answer, with_figures=False).removesuffix(".")
    short = IN_SHORT[answer.in_short]
    if answer.in_short is InShort.TOO_EARLY:  # the day is part of the answer
        short, _, why = said.partition(". ")
    else:
        why = said.removeprefix(short).lstrip(":,. ").removeprefix("because ")
    return f"{short}.", f"{why[:1].upper()}{why[1:]}." if why else ""


def answer_in_a_sentence(answer: ClaimAnswer, *, with_figures: bool = True) -> str:
    """The answer to a claim in one sentence."""
    short, claim, why = IN_SHORT[answer.in_short], answer.claim, answer.why
    change, measure, compared = answer.change, answer.measure, answer.compared
    told = ""
    if with_figures and change is not None and measure is not None and compared is not None:
        told = f" {measure.title}: {change_in_words(change, measure, compared.by)}."
    match answer.in_short:
        case InShort.SHOWN:
            return f"{short}.{told}"
        case InShort.RECORDING_CHANGED | InShort.MIX_CHANGED:
            explained = answer.explained_by.rival.value
            return f"{short}: {explained}."
        case InShort.TOO_EARLY:
            assert answer.ask_again is not None
            return f"{short}: ask again on {date_in_words(answer.ask_again)}. {_too_early(answer)}"
        case InShort.CANNOT_TELL:
            return f"{short}, because {BECAUSE.get(why, '') if why is not None else ''}."
    if why is Why.OTHER_WAY:
        return f"{short}: it went the other way.{told}"
    if why is Why.SMALLER:
        return f"{short}: there is a change, but a smaller one than {size_in_words(claim.size)}.{told}"
    return f"{short}: the difference is no larger than chance would make.{told}"


def claim_in_words(answer: ClaimAnswer) -> Iterator[str]:
    """Who said it, where and when, what was said in figures, and when it was declared."""
    claim, measure = answer.claim, answer.measure
    yield f"Said by {claim.said_by}, {claim.where}, {date_in_words(claim.said_on)}."
    what = f"{measure.title} ({claim.measure})" if measure is not None else claim.measure
    way = claim.way.value
    group = f", {claim.group[0].replace('_', ' ')} {claim.group[1]}" if claim.group is not None else ""
    yield (
        f"Tested as: {what}{group}: {way} by {size_in_words(claim.size)}, from "
        f"{date_in_words(claim.first_day)}, to show by {date_in_words(claim.by)}."
    )
    declared = f"Declared by {claim.declared.by} on {date_in_words(claim.declared.on)}"
    known, compared = answer.known_when_declared, answer.compared
    if compared is not None and answer.was_declared_afterwards:
        yield (
            f"{declared}, when every figure that it is tested on could already be known. Whoever chose measure and day "
            "could have seen the answer, so it proves less than a claim that was declared beforehand."
        )
    elif compared is not None and known:
        many = f"{known} of the {periods_in_words(len(compared.after), compared.by)}"
        yield f"{declared}, when the figures of {many} that it is tested on could already be known."
    else:
        yield f"{declared}, before any figure that it is tested on could be known."


def working_in_words(answer: ClaimAnswer) -> Iterator[str]:
    """The working, a paragraph for each part."""
    yield from claim_in_words(answer)
    if answer.compared is not None and answer.measure is not None:
        yield _compared(answer)
    if answer.chart is not None and (chart := _chart(answer)):
        yield f"The chart: {chart}"
    if answer.change is not None:
        yield f"The size: {_size(answer)}"
        yield f"Could it be told? {_power(answer)}"
    if answer.rivals:
        yield "What else could explain it:"
        yield from (f"- {rival_in_words(one, answer)}" for one in answer.rivals)


def _too_early(answer: ClaimAnswer) -> str:
    claim, power = answer.claim, answer.power
    match answer.why:
        case Why.NOT_YET_BEGUN:
            return "No period of the time that the claim is about has a figure yet."
        case Why.STILL_TIME:
            return f"There is no change to be told from chance so far, and it is to show by {date_in_words(claim.by)}."
    now = 0.0 if power is None or power.now is None else power.now
    size = size_in_words(claim.size)
    return f"So far a change of {size}, if it is there, would be told from chance {_in_a_hundred(now)}."


def _compared(answer: ClaimAnswer) -> str:
    compared = answer.compared
    assert compared is not None
    before, after = len(compared.before), len(compared.after)
    said = f"Compared: {periods_in_words(before, compared.by)} before and {after} since"
    if compared.astride is not None:
        said += f"; the {noun(compared.by)} in which {date_in_words(compared.first_day)} lies is in neither"
    missing = sum((*compared.without_before.values(), *compared.without_after.values()))
    if missing:
        said += (
            f"; {periods_in_words(missing, compared.by)} without a figure {'is' if missing == 1 else 'are'} left out"
        )
    return f"{said}."


def _chart(answer: ClaimAnswer) -> str:
    found = answer.chart
    assert found is not None
    if found.refusal is not None:
        return found.refusal
    if found.chart is None:
        return "There are too few figures before for a chart with limits."
    segment = found.chart.last_segment
    if segment is None or segment.no_limits is not None:
        return segment.no_limits.value if segment is not None and segment.no_limits is not None else ""
    limits = f"{segment.name_of_limits} drawn from the {len(segment.segment.drawn_from)} figures before"
    if not found.signals:
        return f"no signal since that day ({limits}). A small change need not make one."
    first: dict[str, list[date]] = {}
    for rule, is_high, day in found.signals:
        first.setdefault(f"{rule}, {'high' if is_high else 'low'}", []).append(day)
    signals = [
        f"{rule} ({f'{times(len(days))}, first on ' if len(days) > 1 else ''}{date_in_words(days[0])})"
        for rule, days in first.items()
    ]
    many = f"{len(found.signals)} signals" if len(found.signals) > 1 else "a signal"
    return f"{many} since that day ({limits}): {and_list(signals)}."


def _size(answer: ClaimAnswer) -> str:
    change, measure, compared = answer.change, answer.measure, answer.compared
    assert change is not None and measure is not None and compared is not None
    said = f"{change_in_words(change, measure, compared.by)}."
    said = said[0].upper() + said[1:]
    if change.scale is Scale.TIME:
        return said
    if change.spread > 1.1:
        wider = (
            f"From {noun(compared.by)} to {noun(compared.by)} the figures differ more than chance alone would make them"
        )
        return f"{said} {wider}; the interval allows for that."
    return said


def _power(answer: ClaimAnswer) -> str:
    change, power, measure, compared = answer.change, answer.power, answer.measure, answer.compared
    assert change is not None and power is not None and measure is not None and compared is not None
    least = "No change, however large, could be told yet."
    if power.least is not None:
        figure = figure_of_side(power.least, change.scale, measure, compared.by)
        least = f"With these figures a change to {figure} would be told {100 * POWER_ASKED:.0f} times in a hundred."
    if power.claimed is None or power.now is None:
        return least
    size = size_in_words(answer.claim.size)
    said = f"A change of {size}, if it is there, would be told {_in_a_hundred(power.now)}"
    if power.no_room:
        return f"{said}; but there is no room for it. {least}"
    if power.is_enough:
        return f"{said}. {least}"
    if power.needed is None:
        return f"{said}, and could not be told surely enough within five years. {least}"
    return (
        f"{said}. That is {100 * POWER_ASKED:.0f} times in a hundred after "
        f"{periods_in_words(power.needed, compared.by)} in all. {least}"
    )


def _in_a_hundred(chance: float) -> str:
    times = round(100 * chance)
    return "nearly always" if times == 100 else f"{times} times in a hundred"


def _indented(paragraphs: Iterator[str] | Sequence[str], indent: str) -> Iterator[str]:
    for paragraph in paragraphs:
        hanging = indent + ("  " if paragraph.startswith("- ") else "")
        yield from wrap(
            paragraph,
            WIDTH,
            initial_indent=indent,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
