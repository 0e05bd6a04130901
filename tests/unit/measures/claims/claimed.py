"""Claims, measures and tables of measures as the tests of claims write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

import polars as pl

from wardline.measures.charts import ChartKind, Wanted
from wardline.measures.claims import Claim, ClaimAnswer, Declared, Size, SizeUnit, Way, WhatElse, answer_to
from wardline.measures.declared.measure import CasesCounted, Counting, Measure, PartOfPage, ShareMet, Wait
from wardline.measures.over_time.measures_table import MEASURES, Entries, NoValue
from wardline.time_limits import PeriodLength, last_of_period, period_after, periods_from

STANDARD = "england/missing-children"
ATTEND = f"{STANDARD}/attend"
FIRST = date(2023, 1, 1)  # of the first period
YEARS = 2
FROM = date(2025, 1, 1)  # of the claim: two years later
Row = Mapping[str, Any]


def share(name: str = "reached-in-time", counting: Counting | None = None, **told: Any) -> Measure:
    counting = counting or ShareMet(ATTEND)
    return _measure(name, counting, ChartKind.P_PRIME, **{"wanted": Wanted.LARGER} | told)


def wait(name: str = "half-waited", **told: Any) -> Measure:
    return _measure(name, Wait(ATTEND, 50), ChartKind.XMR, **{"wanted": Wanted.SMALLER} | told)


def cases(name: str = "reports", **told: Any) -> Measure:
    return _measure(name, CasesCounted("missing episode"), ChartKind.XMR, **{"wanted": Wanted.NEITHER} | told)


def _measure(name: str, counting: Counting, chart: ChartKind, **told: Any) -> Measure:
    return Measure(
        name=f"{STANDARD}/{name}", title="Reached in time", part=PartOfPage.DONE, counting=counting, chart=chart, **told
    )


def rows(
    measure: Measure,
    figures: Iterable[tuple[float, float] | float | NoValue | Row],
    *,
    first: date = FIRST,
    by: PeriodLength = PeriodLength.MONTH,
    split: str | None = None,
    group: str | None = None,
    entries: Entries = Entries.ALL,
) -> pl.DataFrame:
    """Rows of MEASURES, one for each period: a share as so many of so many, a wait as seconds and how many waited, a
    count, or why there is no figure; a mapping is taken as it is."""
    figures = list(figures)
    days = list(islice(periods_from(first, date(9000, 1, 1), by), len(figures)))
    found = []
    for day, figure in zip(days, figures, strict=True):
        said: dict[str, Any] = dict.fromkeys(MEASURES) | {
            "measure": measure.name,
            "by": by.value,
            "first_day": day,
            "last_day": last_of_period(day, by),
            "split": split,
            "group": group,
            "entries": entries.value,
        }
        match figure:
            case NoValue():
                said["no_value"] = figure.value
            case Mapping():
                said |= figure
            case (part, whole) if isinstance(measure.counting, Wait):
                said |= {"value": float(part), "denominator": float(whole)}
            case (part, whole):
                said |= {"numerator": float(part), "denominator": float(whole), "value": part / whole}
            case _:
                said["value"] = float(figure)
        found.append(said)
    return pl.DataFrame(found, schema=MEASURES)


def claim(measure: Measure, way: Way = Way.BETTER, size: Size | None = None, **told: Any) -> Claim:
    return Claim(
        **{
            "words": "Children are reached far sooner now.",
            "said_by": "the chief constable",
            "where": "at the panel",
            "said_on": date(2025, 2, 1),
            "measure": measure.name,
            "way": way,
            "size": size,
            "first_day": FROM,
            "by": date(2025, 3, 31),
            "declared": Declared("R. Lee", date(2024, 12, 20)),
        }
        | told
    )


def points(many: float) -> Size:
    return Size(many, SizeUnit.POINTS)


def per_cent(many: float) -> Size:
    return Size(many, SizeUnit.PERCENT)


def seconds(many: float) -> Size:
    return Size(many, SizeUnit.SECONDS)


def what_else(*measures: Measure, known_before: date, **told: Any) -> WhatElse:
    return WhatElse(known_before=known_before, measures={one.name: one for one in measures}, **told)


def answer(
    one: Claim, table: pl.DataFrame, measures: Sequence[Measure], *, known_before: date | None = None, **told: Any
) -> ClaimAnswer:
    """The answer where everything up to the end of the last period of the table is known."""
    last: date = table["last_day"].max()  # type: ignore[assignment]
    end = known_before or period_after(last.replace(day=1), PeriodLength.MONTH, 1)
    return answer_to(one, table, what_else(*measures, known_before=end, **told))


def about(share_before: float, share_after: float, *, months: int, of: int = 200, before: int = 24) -> list[tuple]:
    """Shares that move about a little and then step: the same small wave on both sides."""
    wave = (0.0, 0.02, -0.02, 0.01, -0.01, 0.0)
    shares = [share_before + wave[at % 6] for at in range(before)]
    shares += [share_after + wave[at % 6] for at in range(months)]
    return [(round(one * of), of) for one in shares]
