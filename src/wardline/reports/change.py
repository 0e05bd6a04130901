"""Whether the later half of the period looks different from the earlier: two shares side by side, and no more.

It is no claim that things got better: that takes a measure declared beforehand, and the same recording throughout.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from wardline.findings import Outcome
from wardline.reports.occasions import JUDGED
from wardline.reports.report import Report
from wardline.reports.shares import FEWEST_TO_COMPARE, Share
from wardline.reports.wording import date_in_words
from wardline.time_limits import Calendar, local_date_column

__all__ = ["HOW_HALVED", "change_in_sentence", "halves"]

HOW_HALVED = (
    "The halves of a period are of as many days each. They are said to differ only where each holds "
    f"{FEWEST_TO_COMPARE} or more occasions that we can judge and their 95% intervals do not touch. Beside each other they "
    "show neither why, nor whether things are done differently or only recorded differently."
)


def halves(report: Report, mine: pl.DataFrame) -> tuple[date, Share, Share] | None:
    """The first local day of the later half, and the share recorded in time in the earlier and in the later."""
    judged = mine.filter(pl.col("outcome").is_in(JUDGED) & pl.col("triggered_at").is_not_null()).select(
        day=local_date_column(pl.col("triggered_at"), Calendar(report.zone)),
        is_met=pl.col("outcome") == Outcome.MET.value,
    )
    if judged.is_empty():
        return None
    days: list[date] = [judged["day"].min(), judged["day"].max()]  # type: ignore[list-item]  # polars says "any value"
    first, last = report.period or (days[0], days[1])
    middle = date.fromordinal((first.toordinal() + last.toordinal() + 1) // 2)
    earlier, later = judged.filter(pl.col("day") < middle), judged.filter(pl.col("day") >= middle)
    shares = [Share(int(half["is_met"].sum()), half.height) for half in (earlier, later)]
    if min(share.whole for share in shares) < FEWEST_TO_COMPARE:
        return None
    return middle, shares[0], shares[1]


def change_in_sentence(report: Report, mine: pl.DataFrame) -> str:
    """`From 1 April 2024 on it was 61%, before that 50%: a larger share. …`; nothing where too few are compared."""
    found = halves(report, mine)
    if found is None:
        return ""
    middle, earlier, later = found
    said = f"From {date_in_words(middle)} on it was {later.percent()}, before that {earlier.percent()}"
    if later.interval()[0] > earlier.interval()[1]:
        return f"{said}: a larger share. Whether more was done in time, or more was written down, these figures do not show."
    if later.interval()[1] < earlier.interval()[0]:
        return f"{said}: a smaller share. Whether less was done in time, or less was written down, these figures do not show."
    return f"{said}: no clear difference."
