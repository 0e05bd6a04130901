"""What a control chart says, in words: its finding, its story, its limits, and what a target can expect of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from wardline.english import and_list, count, number
from wardline.measures.charts import (
    Absent,
    Assurance,
    ControlChart,
    DrawnSegment,
    FalseSignals,
    Meaning,
    NoLimits,
    NotAssured,
    Pattern,
    Side,
    SignalRule,
    Target,
    assurance_of,
)
from wardline.reports.chart_scale import Unit, value_in_words
from wardline.reports.wording import date_in_words
from wardline.time_limits import PeriodLength

__all__ = [
    "ABSENT_IN_SHORT",
    "RULES_OF_SIGNALS",
    "Finding",
    "absent_in_words",
    "assurance_in_words",
    "false_signals_in_words",
    "finding_of",
    "finding_title",
    "kind_in_words",
    "limits_in_words",
    "period_name",
    "signals_in_words",
    "span_in_words",
    "stretches_without_a_figure",
    "story",
]

ANOTHER_WAY = {  # of figures above and below the centre
    Unit.SHARE: ("more often", "less often"),
    Unit.RATE: ("a higher rate", "a lower rate"),
    Unit.NUMBER: ("more", "fewer"),
    Unit.WAIT: ("longer", "shorter"),
    Unit.DAYS: ("further apart", "closer together"),
    Unit.BETWEEN: ("rarer", "more frequent"),
}
RULES_OF_SIGNALS = (
    "a figure outside the limits",
    "seven figures in a row, each higher (or each lower) than the one before",
    "two of three figures in a row close to the same limit, all three on that side of the average",
    "seven figures in a row on the same side of the average",
)
PATTERN_WORDS = {
    SignalRule.SHIFT: "{many} in a row lie {side} the average",
    SignalRule.TREND: "{many} in a row each {way} than the one before",
    SignalRule.TWO_OF_THREE: "{many} lie close to the {end} limit",
    SignalRule.OUTSIDE: "the figure lies {side} the {end} limit",
}
ABSENT_IN_SHORT = {
    Absent.GAP: "no records",
    Absent.NO_OCCASIONS: "none",
    Absent.NOT_OVER: "not over",
}
CANNOT_TELL = "no figure"
WORDS_OF_MEANING = {
    Meaning.IMPROVEMENT: "an improvement",
    Meaning.CONCERN: "a concern",
    Meaning.CHANGE: "a change, neither better nor worse in itself",
}


@dataclass(frozen=True)
class Finding:
    """What the last pattern of a chart is: from which point to which of its last segment, and what it means.

    `lasts`: whether it reaches the latest figure.
    """

    pattern: Pattern
    meaning: Meaning
    first: date
    last: date
    lasts: bool


def finding_of(chart: ControlChart) -> Finding | None:
    """The pattern by which a chart is spoken of: of those that reach the latest figure the longest, else the latest.

    It begins where the patterns on its side that it overlaps begin. Patterns before a rebase are of another process.
    """
    segment = chart.last_segment
    if segment is None or not segment.patterns:
        return None
    latest = len(segment.points) - 1
    chosen = max(segment.patterns, key=lambda one: (one.at[-1], len(one.at)))
    start = chosen.at[0]
    for one in sorted(segment.patterns, key=lambda one: one.at[-1], reverse=True):
        if one.side is chosen.side and one.at[0] < start <= one.at[-1] + 1:
            start = one.at[0]
    return Finding(
        chosen,
        chart.meaning_of(chosen),
        segment.points[start].point.day,
        segment.points[chosen.at[-1]].point.day,
        chosen.at[-1] == latest,
    )


def finding_title(title: str, chart: ControlChart, unit: Unit) -> str:
    """The finding as a heading: `Police sent in time: more often since September 2024`, or `…: no sign of a change`."""
    segment, found = chart.last_segment, finding_of(chart)
    if segment is None:
        return f"{title}: no figures"
    if segment.no_limits is not None:
        few = segment.no_limits is NoLimits.TOO_FEW
        return f"{title}: {'too few figures to tell' if few else 'nothing to tell a change by'}"
    if found is None:
        since = f" since {period_name(segment.points[0].point.day, chart.series.by)}" if segment.segment.rebase else ""
        return f"{title}: no sign of a change{since}"
    way = ANOTHER_WAY[unit][found.pattern.side is Side.LOW]
    by, first, last = chart.series.by, period_name(found.first, chart.series.by), period_name(found.last, chart.series.by)
    if found.first == found.last:
        return f"{title}: far {way} than usual in {first}{'' if found.lasts else ', not since'}"
    if found.lasts:
        each = f" from {by.value} to {by.value}" if found.pattern.rule is SignalRule.TREND and by else ""
        return f"{title}: {way}{each} since {first}"
    return f"{title}: {way} from {first} to {last}, not since"


def period_name(day: date, by: PeriodLength | None) -> str:
    """`September 2024`; of a week `the week of 2 September 2024`; of an event its day."""
    match by:
        case PeriodLength.MONTH:
            return f"{day:%B %Y}"
        case PeriodLength.QUARTER:
            return f"the quarter from {day:%B %Y}"
        case PeriodLength.WEEK:
            return f"the week of {date_in_words(day)}"
        case None:
            return date_in_words(day)


def span_in_words(chart: ControlChart) -> str:
    """`by month, April 2023 to March 2025`."""
    days, by = [point.day for point in chart.series.points], chart.series.by
    first, last = period_name(days[0], by), period_name(days[-1], by)
    return f"{f'by {by.value}' if by else 'one by one'}, {first}{f' to {last}' if last != first else ''}"


def kind_in_words(chart: ControlChart) -> str:
    """`P′ chart`, with `trial limits` where there are such."""
    return f"{chart.kind.value} chart{', trial limits' if chart.is_trial else ''}"


def limits_in_words(chart: ControlChart) -> str:
    """From which figures the limits of the last segment were drawn, whether they are trial limits, and screening."""
    segment = chart.last_segment
    if segment is None:
        return ""
    if segment.no_limits is not None:
        return segment.no_limits.value
    many, of = len(segment.segment.drawn_from), noun_of_figures(chart)
    all_of_them = many == len(segment.points)
    from_here = period_name(segment.segment.drawn_from[0].day, chart.series.by)
    to_here = period_name(segment.segment.drawn_from[-1].day, chart.series.by)
    which = f"all {count(many, of)}" if all_of_them else f"{count(many, of)}, {from_here} to {to_here}"
    name = segment.name_of_limits or ""
    said = f"The {name} were drawn from {which}{'.' if all_of_them else ', and were not moved since.'}"
    if segment.is_trial:
        said += " They are trial limits: with so few figures, the next few may well move them."
    if chart.kind.can_be_screened:
        said += (
            f" Screened: {count(segment.left_out, 'large step')} left out."
            if chart.is_screened
            else " They were not screened: no large step was left out."
        )
    return said


def noun_of_figures(chart: ControlChart) -> str:
    """What one point is: `month`, or `event`."""
    return chart.series.by.value if chart.series.by else "event"


def signals_in_words(chart: ControlChart) -> tuple[str, ...]:
    """A sentence for each pattern, in order."""
    return tuple(_pattern(chart, segment, one) for segment in chart.segments for one in segment.patterns)


def _pattern(chart: ControlChart, segment: DrawnSegment, one: Pattern) -> str:
    by = chart.series.by
    first, last = (period_name(segment.points[at].point.day, by) for at in (one.at[0], one.at[-1]))
    high = one.side is Side.HIGH
    words = PATTERN_WORDS[one.rule].format(
        many=count(len(one.at), noun_of_figures(chart)),
        side="above" if high else "below",
        end="upper" if high else "lower",
        way="higher" if high else "lower",
    )
    when = f"In {first}" if first == last else f"From {first} to {last}"
    return f"{when} {words}: {WORDS_OF_MEANING[chart.meaning_of(one)]}."


def stretches_without_a_figure(chart: ControlChart) -> list[tuple[Absent, list[int]]]:
    """Neighbouring periods without a figure for the same reason, with their positions in the series."""
    found = []
    numbered = list(enumerate(chart.series.points))
    for absent, stretch in groupby(numbered, key=lambda one: one[1].absent):
        if absent is not None:
            found.append((absent, [at for at, _ in stretch]))
    return found


def absent_in_words(chart: ControlChart) -> tuple[str, ...]:
    """`December 2017 and January 2018: Nothing was recorded for all or part of it.`"""
    said: dict[Absent, list[str]] = {}
    for absent, places in stretches_without_a_figure(chart):
        names = [period_name(chart.series.points[at].day, chart.series.by) for at in places]
        said.setdefault(absent, []).append(names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}")
    return tuple(f"No figure for {and_list(names)}: {_lower(absent.value)}" for absent, names in said.items())


def story(chart: ControlChart, unit: Unit, target: float | None = None) -> str:
    """The chart told to somebody who does not see it."""
    many = count(len(chart.points), noun_of_figures(chart))
    said = [f"{kind_in_words(chart)}, {span_in_words(chart)}: {many} with a figure."]
    segment = chart.last_segment
    if chart.points:
        latest = chart.points[-1].point
        assert latest.value is not None
        said.append(f"The latest figure, of {period_name(latest.day, chart.series.by)}, is {value_in_words(latest.value, unit)}.")
    if segment is not None and segment.points[-1].limits is not None:
        lines = segment.points[-1].limits
        low, centre, high = (value_in_words(one, unit) for one in (lines.lower, lines.centre, lines.upper))
        said.append(f"Average {centre}; {segment.name_of_limits} {low} to {high} at the latest figure.")
    said.append(limits_in_words(chart))
    said += signals_in_words(chart) or (["No figure or row of figures is a signal."] if segment else [])
    said += absent_in_words(chart)
    said += rebases_in_words(chart)
    if target is not None:
        said.append(f"The target is {value_in_words(target, unit)}.")
    return " ".join(one for one in said if one)


def rebases_in_words(chart: ControlChart) -> list[str]:
    """Each place at which the limits were drawn anew, with its reason, its author and the day."""
    found = []
    for segment in chart.segments:
        if (rebase := segment.segment.rebase) is not None:
            assert rebase.on is not None
            reason = rebase.reason.strip().rstrip(".")
            who = f"{rebase.by}, {date_in_words(rebase.on)}"
            found.append(f"Limits drawn anew from {period_name(rebase.first, chart.series.by)}: {reason} ({who}).")
    return found


def assurance_in_words(chart: ControlChart, target: float, unit: Unit) -> str:
    """What the target can expect while nothing changes."""
    found = assurance_of(chart, Target(target))
    wanted = f"The target is {value_in_words(target, unit)}."
    if isinstance(found, NotAssured):
        return f"{wanted} {found.value}"
    trial = " These are trial limits, and so is this." if chart.last_segment and chart.last_segment.is_trial else ""
    match found:
        case Assurance.MET:
            said = "As things are it will be met nearly always: it lies beyond the limit, on the side that is easily reached."
        case Assurance.MISSED:
            said = "As things are it will hardly ever be met: it lies beyond the limit. Only a change of the work can change that."
        case Assurance.HIT_AND_MISS:
            said = "As things are it will be met in some periods and not in others, by chance alone: it lies between the limits."
    return f"{wanted} {said}{trial}"


def false_signals_in_words(found: FalseSignals) -> str:
    """How many charts there are, how many show a signal, and how many would by chance alone."""
    charts = found.charts + found.not_known
    if not found.charts:
        return f"This dive draws {count(charts, 'chart')}; how many of them would show a signal by chance is not known."
    expected = number(round(found.expected)) if found.expected >= 0.5 else "fewer than one"
    would = "them" if not found.not_known else f"the {number(found.charts)} of which that is known"
    said = (
        f"This dive draws {count(charts, 'chart')}. By chance alone about {expected} of {would} would show a signal; "
        f"{number(found.with_a_signal) if found.with_a_signal else 'none'} {'does' if found.with_a_signal == 1 else 'do'}."
    )
    if found.with_a_signal and found.with_a_signal <= found.expected:
        said += " That is no more than chance would make, so together they show nothing."
    return said


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def in_short(absent: Absent) -> str:
    """Why there is no figure, in as few words as have room in a picture."""
    return ABSENT_IN_SHORT.get(absent, CANNOT_TELL)


