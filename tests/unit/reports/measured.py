"""Made-up measures over time for tests: a table of measures written by hand or drawn from a seed, and its charts."""

from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import polars as pl

from tests.unit.measures.over_time.measured import FIRST, rows_of_shares
from tests.unit.reports.drawn import drawn_report
from tests.unit.reports.made_up import ATTEND, REASON, with_figures
from wardline.measures import measures_over_time
from wardline.measures.charts import ChartKind, Rebase, Wanted
from wardline.measures.claims import Claim, Declared, Size, SizeUnit, Way, WhatElse, answer_to
from wardline.measures.declared.measure import (
    CasesCounted,
    Measure,
    Needs,
    PartOfPage,
    ShareAgain,
    ShareFilledIn,
    ShareMet,
    ShareWithin,
    Wait,
    WrittenLate,
)
from wardline.measures.over_time.left_out import MeasureLeftOut, WhyLeftOut
from wardline.measures.over_time.measures_table import MEASURES, WHOLE_PERIOD, Entries, NoValue

MONTHS = 24


def a_measure(counting, **told):
    usual = {"part": PartOfPage.DONE, "wanted": Wanted.LARGER, "chart": ChartKind.P_PRIME}
    return Measure(counting=counting, **usual | told)


MISSING = "missing episode"
FOUND = a_measure(
    ShareWithin(MISSING, ("reported",), ("child_found",), "8 hours"),
    name="test/found-within-8-hours",
    title="Children found within 8 hours",
    part=PartOfPage.CHILDREN,
)
AGAIN = a_measure(
    ShareAgain(MISSING, ("child_found",), ("reported",), "30 days"),
    name="test/missing-again",
    title="Missing again within 30 days",
    part=PartOfPage.CHILDREN,
    wanted=Wanted.SMALLER,
    needs=Needs.LINKED_CHILDREN,
)
SENT = a_measure(
    ShareMet(ATTEND.full_name),
    name="test/sent-in-time",
    title="Police sent in time",
    target=0.8,
    gaming="a grade that is lowered gives more time.",
)
HALF = a_measure(
    Wait(ATTEND.full_name, 50),
    name="test/half-waited",
    title="How long half waited for police",
    chart=ChartKind.XMR,
    wanted=Wanted.SMALLER,
    target=3600.0,
)
REASONS = a_measure(
    ShareMet(REASON.full_name), name="test/reason", title="Reason for the risk level recorded", part=PartOfPage.RECORDED
)
LATE = a_measure(
    WrittenLate(MISSING, ("officer_deployed",)),
    name="test/written-late",
    title="Entries written up late",
    part=PartOfPage.RECORDED,
    wanted=Wanted.SMALLER,
)
ETHNICITY = a_measure(
    ShareFilledIn(MISSING, person="ethnicity"),
    name="test/ethnicity",
    title="Ethnicity recorded",
    part=PartOfPage.RECORDED,
)
REPORTS = a_measure(
    CasesCounted(MISSING),
    name="test/reports",
    title="Reports of missing children",
    part=PartOfPage.DEMAND,
    chart=ChartKind.XMR,
    wanted=Wanted.NEITHER,
)
ALL_MEASURES = (SENT, FOUND, HALF, REASONS, LATE, ETHNICITY, REPORTS, AGAIN)
REBASE = Rebase(
    date(2024, 7, 1), "The log takes in calls of another kind since July", "the head of performance", date(2024, 8, 5)
)


def whole(name, shares, *, entries=Entries.ALL, not_told=0):
    """The row of MEASURES for the whole period, of the shares of its months."""
    counted = [one for one in shares if isinstance(one, tuple)]
    part, of = sum(one for one, _ in counted), sum(one for _, one in counted)
    row = dict.fromkeys(MEASURES) | {
        "measure": name,
        "by": WHOLE_PERIOD,
        "first_day": FIRST,
        "last_day": date(2025, 3, 31),
        "entries": entries.value,
        "numerator": float(part),
        "denominator": float(of),
        "not_told": not_told,
        "if_none_met": part / (of + not_told) if of else None,
        "if_all_met": (part + not_told) / (of + not_told) if of else None,
    }
    row |= (
        {"value": part / of, "low": part / of - 0.02, "high": part / of + 0.02} if of else {"no_value": "no_occasions"}
    )
    return pl.DataFrame([row], schema=MEASURES)


def of_shares(measure, shares, *, at_the_time=None, not_told=0):
    """The rows of a measure by month, with both choices of entries and the whole period."""
    other = shares if at_the_time is None else at_the_time
    return [
        rows_of_shares(shares, name=measure.name),
        rows_of_shares(other, name=measure.name, entries=Entries.AT_THE_TIME),
        whole(measure.name, shares, not_told=not_told),
        whole(measure.name, other, entries=Entries.AT_THE_TIME, not_told=not_told),
    ]


def of_values(measure, values, *, of=None):
    """The rows of a measure that is no share, by month, with both choices of entries and the whole period."""
    frames = []
    for entries in Entries:
        shares = rows_of_shares([(1, 1)] * len(values), name=measure.name, entries=entries)
        numbers = pl.Series([float(one) for one in values])
        frames.append(
            shares.with_columns(value=numbers, numerator=pl.lit(None, pl.Float64), denominator=pl.lit(of, pl.Float64))
        )
        row = whole(measure.name, [(1, 1)], entries=entries)
        middle = float(numbers.median() if of else numbers.sum())
        frames.append(
            row.with_columns(
                value=middle,
                low=middle * 0.95,
                high=middle * 1.05,
                numerator=None,
                denominator=of,
                if_all_met=None,
                if_none_met=None,
            ).cast(dict(MEASURES))
        )
    return frames


def steady(random, share, many, months=MONTHS):
    """So many months of about so many occasions, of which about that share is met."""
    shares = []
    for at in range(months):
        here = share(at) if callable(share) else share
        of = random.randrange(many - many // 6, many + many // 6)
        shares.append((sum(random.random() < here for _ in range(of)), of))
    return shares


def drawn_table(seed=3):
    """Rows of all the measures but one, with an improvement, a gap, a concern and a rebase in them."""
    random = Random(seed)
    sent = steady(random, lambda at: 0.51 if at < 17 else 0.65, 128)
    found = steady(random, 0.47, 300)
    found[9] = found[10] = NoValue.GAP
    late = steady(random, lambda at: 0.2 if at < 15 else 0.34, 120)
    ethnicity = steady(random, 0.62, 310)
    ethnicity[-1] = NoValue.NOT_TOLD
    half = [random.gauss(5_400, 700) for _ in range(MONTHS)]
    reports = [round(random.gauss(300, 20) if at < 15 else random.gauss(370, 20)) for at in range(MONTHS)]
    few = [(8, 11), (9, 12), (7, 10), (9, 13), (8, 12)]
    return pl.concat(
        [
            *of_shares(SENT, sent, at_the_time=[(part - 3, of) for part, of in sent], not_told=182),
            *of_shares(FOUND, found, not_told=420),
            *of_values(HALF, half, of=128.0),
            *of_shares(REASONS, few),
            *of_shares(LATE, late),
            *of_shares(ETHNICITY, ethnicity, not_told=31),
            *of_values(REPORTS, reports),
        ]
    )


def over_time(table=None, measures=ALL_MEASURES, **settings):
    """The charts of a table, with a rebase of the reports of missing children where nothing else is said."""
    settings.setdefault("rebases", {REPORTS.name: (REBASE,)})
    settings.setdefault("left_out", (MeasureLeftOut(AGAIN, WhyLeftOut.LINKED_CHILDREN),))
    return measures_over_time(drawn_table() if table is None else table, measures, **settings)


@cache
def measured_report(occasions):
    """A report with measures over time, on findings drawn from a seed."""
    return with_figures(drawn_report(occasions), over_time=over_time())


@cache
def claimed_report(occasions):
    """The same, with what the records say to a claim that they show and to one that they do not."""
    table, answers = drawn_table(), []
    measures = {one.name: one for one in ALL_MEASURES}
    for measure, words in ((SENT, "We now get to missing children faster."), (FOUND, "Children are found sooner.")):
        claim = Claim(
            words=words,
            said_by="the deputy chief constable",
            where="to the police and crime panel",
            said_on=date(2025, 2, 14),
            measure=measure.name,
            way=Way.BETTER,
            size=Size(5.0, SizeUnit.POINTS),
            first_day=date(2024, 9, 1),
            by=date(2025, 3, 31),
            declared=Declared("the office", date(2025, 2, 20)),
        )
        answers.append(answer_to(claim, table, WhatElse(known_before=date(2025, 4, 1), measures=measures)))
    return with_figures(measured_report(occasions), claims=tuple(answers))


@cache
def report_with_long_titles(occasions):
    """As long as the longest that ship, so that every title is on two lines."""
    long = "Somebody decided in time whether the phone or account of the child needs to be looked at"
    measures = [replace(one, title=f"{long} {at}") for at, one in enumerate(ALL_MEASURES)]
    return with_figures(drawn_report(occasions), over_time=over_time(measures=measures))
