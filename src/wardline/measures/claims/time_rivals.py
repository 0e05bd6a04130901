"""Whether the time before was unusual: an unusually bad stretch right before, or another season.

**Regression to the mean.** Whoever begins something new often does so when things are at their worst, and then they
mostly get better by themselves. So the last three figures before are compared with those before them; where they were
unusually bad, the change must also be there when it is measured without them.

**The season.** Where the same months of the year before are at hand, they are compared with the rest of the time
before. If they were as different then, and it cannot be chance, the season explains the change.
"""

from __future__ import annotations

from wardline.measures.claims.answers import Rival, RivalAnswer, Says
from wardline.measures.claims.recording_rivals import GONE, LAST_BEFORE, Looked
from wardline.measures.claims.size_of_change import NoChange, change_between
from wardline.time_limits import same_period_a_year_before

__all__ = ["regression", "season"]

# How seldom chance makes a stretch as bad (or as good). Not as seldom as elsewhere: it counts only where the change is
# gone without that stretch too.
UNUSUAL = 0.2
FEWEST_OF_SEASON = 2  # figures of the same months that are not alone


def regression(looked: Looked) -> RivalAnswer:
    """Whether the time before ended unusually badly, and the change is gone without that."""
    earlier = looked.compared.before[:-LAST_BEFORE]
    without = change_between(looked.compared.without_the_last_before(LAST_BEFORE), looked.scale)
    last = looked.compared.of_figures(earlier, looked.compared.before[-LAST_BEFORE:])
    stretch = change_between(last, looked.scale)
    if isinstance(without, NoChange) or isinstance(stretch, NoChange) or looked.found is None:
        return RivalAnswer(Rival.REGRESSION, Says.CANNOT_TELL)
    went_up = stretch.distance > 0
    was_bad = went_up is not looked.is_up and stretch.chance() < UNUSUAL
    gone = looked.found.is_told(is_up=looked.is_up) and not without.is_told(is_up=looked.is_up)
    # Without the last figures it may also be gone because fewer are left to tell it by.
    says = Says.NOT if not gone else Says.AGAINST if was_bad else Says.CANNOT_TELL
    return RivalAnswer(Rival.REGRESSION, says, change=without, beside=stretch)


def season(looked: Looked) -> RivalAnswer:
    """Whether the same months of earlier years were as different from the rest as the time after is."""
    compared = looked.compared
    before = {one.first_day: one for one in compared.before}
    same = []
    for one in compared.after:
        day = same_period_a_year_before(one.first_day, compared.by)
        while day >= compared.first_day:
            day = same_period_a_year_before(day, compared.by)
        if day not in before:
            return RivalAnswer(Rival.SEASON, Says.CANNOT_TELL)
        same.append(day)
    season_days = set(same)
    rest = tuple(one for day, one in before.items() if day not in season_days)
    of_season = tuple(before[day] for day in sorted(season_days))
    if len(rest) < FEWEST_OF_SEASON or looked.found is None:
        return RivalAnswer(Rival.SEASON, Says.CANNOT_TELL)
    earlier = change_between(compared.of_figures(rest, of_season), looked.scale, fewest_before=FEWEST_OF_SEASON)
    if isinstance(earlier, NoChange):
        return RivalAnswer(Rival.SEASON, Says.CANNOT_TELL)
    sign = 1 if looked.is_up else -1
    as_large = earlier.distance * sign >= GONE * abs(looked.found.distance)
    as_large = as_large and looked.found.is_told(is_up=looked.is_up)
    against = as_large and earlier.is_told(is_up=looked.is_up)
    # A season that could be half of the change, and could be chance, is left open.
    says = Says.AGAINST if against else Says.CANNOT_TELL if as_large else Says.NOT
    return RivalAnswer(Rival.SEASON, says, change=earlier, days=tuple(sorted(season_days)))
