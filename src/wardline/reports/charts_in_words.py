"""What a control chart says, in words: its finding, its story, its limits, and what a target can expect of it."""

from __future__ import annotations

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
from wardline.measures.over_time.latest_signal import latest_signal
from wardline.reports.chart_scale import FigureUnit, value_in_words
from wardline.reports.periods_in_words import (
    from_to,
    noun_of_figures,
    period_name,
    since_name,
    span_in_words,
    stretches_without_a_figure,
)
from wardline.reports.wording import date_in_words

__all__ = [
    "RULES_OF_SIGNALS",
    "absent_in_words",
    "assurance_in_words",
    "false_signals_in_words",
    "finding_in_short",
    "finding_title",
    "kind_in_words",
    "limits_in_words",
    "rebases_in_words",
    "signal_in_words",
    "signals_in_words",
    "story",
]

ANOTHER_WAY = {  # of figures above and below the centre
    FigureUnit.SHARE: ("more often", "less often"),
    FigureUnit.RATE: ("higher", "lower"),
    FigureUnit.NUMBER: ("more", "fewer"),
    FigureUnit.WAIT: ("longer", "shorter"),
    FigureUnit.DAYS: ("further apart", "closer together"),
    FigureUnit.BETWEEN: ("rarer", "more frequent"),
}
RULES_OF_SIGNALS = (
    "a figure outside the limits",
    "seven figures in a row, each higher (or each lower) than the one before",
    "two of three figures in a row close to the same limit, all three on that side of the average",
    "seven figures in a row on the same side of the average",
)
PATTERN_WORDS = {
    SignalRule.SHIFT: "lie {side} the average",
    SignalRule.TREND: "are each {way} than the one before",
    SignalRule.TWO_OF_THREE: "lie close to the {end} limit",
    SignalRule.OUTSIDE: "the figure lies {side} the {end} limit",
}
IN_A_ROW = (SignalRule.SHIFT, SignalRule.TREND)
WORDS_OF_MEANING = {
    Meaning.IMPROVEMENT: "an improvement",
    Meaning.CONCERN: "a concern",
    Meaning.CHANGE: "a change, neither better nor worse in itself",
}


def finding_title(title: str, chart: ControlChart, unit: FigureUnit) -> str:
    """The finding as a heading: `Police sent in time: more often since September 2024`."""
    return f"{title}: {finding_in_short(chart, unit)}"


def finding_in_short(chart: ControlChart, unit: FigureUnit) -> str:
    """`more often since September 2024`, or `no sign of a change`: what the latest signal says, or why none can."""
    segment, found, by = chart.last_segment, latest_signal(chart), chart.series.by
    if segment is None:
        return "no figures"
    if segment.no_limits is not None:
        return "too few figures to tell" if segment.no_limits is NoLimits.TOO_FEW else "nothing to tell a change by"
    if found is None:
        rebased = segment.segment.rebase is not None
        return f"no sign of a change{f' since {since_name(segment.points[0].point.day, by)}' if rebased else ''}"
    way = ANOTHER_WAY[unit][found.pattern.side is Side.LOW]
    if found.first == found.last:
        return f"far {way} than usual in {period_name(found.first, by)}{'' if found.lasts else ', not since'}"
    if found.lasts:
        noun = noun_of_figures(chart)
        each = f" from {noun} to {noun}" if found.pattern.rule is SignalRule.TREND else ""
        return f"{way}{each} since {since_name(found.first, by)}"
    return f"{way} from {from_to(found.first, found.last, by)}, not since"


def kind_in_words(chart: ControlChart) -> str:
    """`P′ chart`, with `trial limits` where there are such."""
    kind = chart.kind.value
    return f"{kind} chart{', trial limits' if chart.is_trial else ''}"


def limits_in_words(chart: ControlChart) -> str:
    """From which figures the limits of the last segment were drawn, whether they are trial limits, and screening."""
    segment = chart.last_segment
    if segment is None:
        return ""
    if segment.no_limits is not None:
        return segment.no_limits.value
    many, of = len(segment.segment.drawn_from), noun_of_figures(chart)
    all_of_them = many == len(segment.points)
    drawn_from = segment.segment.drawn_from
    span = from_to(drawn_from[0].day, drawn_from[-1].day, chart.series.by)
    which = f"all {count(many, of)}" if all_of_them else f"{count(many, of)}, {span}"
    name = "Trial limits" if segment.is_trial else "Limits"
    said = f"{name} drawn from {which}."
    if chart.is_screened:
        said += f" Screened: {count(segment.left_out, 'large step')} left out."
    elif chart.kind.can_be_screened:
        said += " Not screened."
    return said


def signals_in_words(chart: ControlChart) -> tuple[str, ...]:
    """A sentence for each pattern, in order."""
    return tuple(_pattern(chart, segment, one) for segment in chart.segments for one in segment.patterns)


def signal_in_words(chart: ControlChart, pattern: Pattern) -> str:
    """A sentence for one pattern of the last segment."""
    assert chart.last_segment is not None, "there is a pattern"
    return _pattern(chart, chart.last_segment, pattern)


def _pattern(chart: ControlChart, segment: DrawnSegment, one: Pattern) -> str:
    by = chart.series.by
    first, last = (segment.points[at].point.day for at in (one.at[0], one.at[-1]))
    high = one.side is Side.HIGH
    words = PATTERN_WORDS[one.rule].format(
        side="above" if high else "below", end="upper" if high else "lower", way="higher" if high else "lower"
    )
    meaning = WORDS_OF_MEANING[chart.meaning_of(one)]
    if first == last:
        return f"In {period_name(first, by)} {words}: {meaning}."
    many = count(len(one.at), noun_of_figures(chart))
    return f"{many}{' in a row' if one.rule in IN_A_ROW else ''}, from {from_to(first, last, by)}, {words}: {meaning}."


def absent_in_words(chart: ControlChart) -> tuple[str, ...]:
    """`December 2017 and January 2018: Nothing was recorded for all or part of it.`"""
    said: dict[Absent, list[str]] = {}
    for absent, places in stretches_without_a_figure(chart):
        first, last, by = chart.series.points[places[0]].day, chart.series.points[places[-1]].day, chart.series.by
        said.setdefault(absent, []).append(period_name(first, by) if first == last else from_to(first, last, by))
    reasons = [(absent.value, names) for absent, names in said.items()]
    return tuple(f"No figure for {and_list(names)}: {_lower(reason)}" for reason, names in reasons)


def story(chart: ControlChart, unit: FigureUnit, target: float | None = None) -> str:
    """The chart told to somebody who does not see it."""
    many = count(len(chart.points), noun_of_figures(chart))
    said = [f"{kind_in_words(chart)}, {span_in_words(chart)}: {many} with a figure."]
    segment = chart.last_segment
    if chart.points:
        latest = chart.points[-1].point
        assert latest.value is not None
        figure = value_in_words(latest.value, unit)
        said.append(f"The latest figure, of {period_name(latest.day, chart.series.by)}, is {figure}.")
    if segment is not None and segment.points[-1].limits is not None:
        lines = segment.points[-1].limits
        low, centre, high = (value_in_words(one, unit) for one in (lines.lower, lines.centre, lines.upper))
        said.append(f"Average {centre}; {segment.name_of_limits} {low} to {high} at the latest figure.")
    said.append(limits_in_words(chart))
    said += signals_in_words(chart) or (
        ["There is no signal."] if segment is not None and segment.no_limits is None else []
    )
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
            found.append(f"Limits drawn anew from {since_name(rebase.first, chart.series.by)}: {reason} ({who}).")
    return found


def assurance_in_words(chart: ControlChart, target: float, unit: FigureUnit) -> str:
    """What the target can expect while nothing changes."""
    found = assurance_of(chart, Target(target))
    wanted = f"The target is {value_in_words(target, unit)}."
    if isinstance(found, NotAssured):
        why = found.value
        return f"{wanted} {why}"
    trial = (
        " The limits are trial limits, so this may change."
        if chart.last_segment and chart.last_segment.is_trial
        else ""
    )
    match found:
        case Assurance.MET:
            said = "As things are it will be met nearly always: nearly all figures lie on its better side."
        case Assurance.MISSED:
            said = "As things are it will hardly ever be met. Only a change in how the work is done can alter that."
        case Assurance.HIT_AND_MISS:
            said = "It lies between the limits: as things are it is met in some periods and not in others, by chance."
    return f"{wanted} {said}{trial}"


def false_signals_in_words(found: FalseSignals) -> str:
    """How many charts there are, how many show a signal, and how many would by chance alone."""
    charts = found.charts + found.not_known
    if not found.charts:
        return f"This dive draws {count(charts, 'chart')}; how many of them would show a signal by chance is not known."
    expected = f"about {number(round(found.expected))}" if found.expected >= 0.5 else "fewer than one"
    would = "them" if not found.not_known else f"the {number(found.charts)} of which that is known"
    many = number(found.with_a_signal) if found.with_a_signal else "none"
    do = f"{many} {'does' if found.with_a_signal == 1 else 'do'}"
    said = f"This dive draws {count(charts, 'chart')}. By chance alone {expected} of {would} would show a signal; {do}."
    if found.with_a_signal and found.with_a_signal <= found.expected:
        said += " That is no more than chance would make, so together they show nothing."
    return said


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
