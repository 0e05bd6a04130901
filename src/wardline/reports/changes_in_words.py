"""How a change is said: two figures, how far apart they are, and the interval of that."""

from __future__ import annotations

from wardline.measures.claims import ChangedSide, ChangeFound, Scale, Size, SizeUnit
from wardline.measures.declared.measure import CasesCounted, Measure
from wardline.reports.wording import duration
from wardline.time_limits import PeriodLength, seconds_long

__all__ = [
    "change_in_words",
    "difference_in_short",
    "difference_in_words",
    "figure_of_side",
    "noun",
    "periods_in_words",
    "points",
    "size_in_words",
    "wait_in_words",
]

DAYS_OF = {PeriodLength.WEEK: 7, PeriodLength.MONTH: 365.25 / 12, PeriodLength.QUARTER: 365.25 / 4}
MINUTE, TWO_HOURS = 60, 7_200  # seconds
TENTH = 10  # from here on, tenths say nothing more


def change_in_words(change: ChangeFound, measure: Measure, by: PeriodLength) -> str:
    """`from 61.2% to 68.4%, 7.2 points higher (95% interval: 3.1 points higher to 11.3 points higher)`."""
    before, after = (figure_of_side(side, change.scale, measure, by) for side in (change.before, change.after))
    return f"from {before} to {after}, {difference_in_words(change)}"


def difference_in_words(change: ChangeFound) -> str:
    """`7.2 points higher (95% interval: 3.1 points higher to 11.3 points higher)`."""
    size = _moved(change.size, change.scale)
    low, high = sorted((change.low, change.high))
    near, far = sorted((low, high), key=lambda end: abs(_from_nothing(end, change.scale)))
    is_one_way = _from_nothing(low, change.scale) >= 0 or _from_nothing(high, change.scale) <= 0
    ends = (near, far) if is_one_way else (low, high)
    return f"{size} (95% interval: {' to '.join(_moved(end, change.scale) for end in ends)})"


def difference_in_short(change: ChangeFound) -> str:
    """`7.2 points higher (95% interval 3.1 to 11.3)`, and `0.5 points lower (95% interval 2.4 lower to 1.4 higher)`."""
    if change.scale is not Scale.POINTS:
        return difference_in_words(change)
    ends = sorted((change.low, change.high), key=abs)
    if change.low * change.high >= 0:
        interval = " to ".join(f"{abs(100 * end):.1f}" for end in ends)
    else:
        interval = f"{-100 * min(ends):.1f} lower to {100 * max(ends):.1f} higher"
    return f"{_moved(change.size, change.scale)} (95% interval {interval})"


def figure_of_side(side: ChangedSide, scale: Scale, measure: Measure, by: PeriodLength) -> str:
    """The figure of one side: a share, a wait, or how many in each period."""
    match scale:
        case Scale.POINTS:
            return f"{100 * side.mean:.1f}%"
        case Scale.TIME:
            return wait_in_words(side.mean)
    if isinstance(measure.counting, CasesCounted) and measure.counting.per is not None:
        return f"{side.mean:.3g} for each {measure.counting.per}"
    many = side.mean * DAYS_OF[by]
    return f"{many:,.0f} a {noun(by)}" if many >= TENTH else f"{many:.1f} a {noun(by)}"


def size_in_words(size: Size | None) -> str:
    """`5 percentage points`, `30 minutes`, `20%`, `any amount`."""
    if size is None:
        return "any amount"
    match size.unit:
        case SizeUnit.POINTS:
            return points(size.amount)
        case SizeUnit.SECONDS:
            return duration(seconds_long(size.amount))
        case SizeUnit.PERCENT:
            return f"{size.amount:g}%"


def points(many: float) -> str:
    """`5 percentage points`."""
    return f"{many:.3g} percentage point{'' if many == 1 else 's'}"


def wait_in_words(seconds: float) -> str:
    """`10.6 minutes`, and from two hours on `2 hours 35 minutes`."""
    if seconds >= TWO_HOURS:
        return duration(seconds_long(seconds))
    return f"{seconds / MINUTE:.1f} minutes"


def noun(by: PeriodLength) -> str:
    """`month`."""
    return by.value


def periods_in_words(many: int, by: PeriodLength) -> str:
    """`3 months`, `1 week`."""
    return f"{many} {noun(by)}{'' if many == 1 else 's'}"


def _from_nothing(end: float, scale: Scale) -> float:
    return end - 1 if scale is Scale.PERCENT else end


def _moved(by: float, scale: Scale) -> str:
    match scale:
        case Scale.POINTS:
            return f"{abs(100 * by):.1f} points {'higher' if by >= 0 else 'lower'}"
        case Scale.TIME:
            return f"{wait_in_words(abs(by))} {'longer' if by >= 0 else 'shorter'}"
        case Scale.PERCENT:
            return f"{abs(100 * (by - 1)):.0f}% {'more' if by >= 1 else 'fewer'}"
