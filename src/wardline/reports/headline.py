"""The sentence that page one opens with, one for each standard, and the figures under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
from markupsafe import Markup, escape

from wardline.findings import Outcome
from wardline.obligations import Owner, Record, ResolvedObligation, Respond, Topic
from wardline.reports.change import change_in_sentence
from wardline.reports.occasions import JUDGED, Counts, counts_of, stands_in_headlines
from wardline.reports.report import Report, StandardInReport
from wardline.reports.shares import Share
from wardline.reports.waits import waits_in_sentence, waits_of
from wardline.reports.wording import (
    count,
    date_in_words,
    duration,
    duration_short,
    number,
    outcome_words,
    quoted,
    times,
)
from wardline.time_limits import Calendar, ToBeSet

__all__ = ["Fact", "Headline", "headline_obligation", "headlines", "noun_of"]

MISSING_EPISODE = "missing episode"
# Where an obligation of missing episodes is answered by one of these, "police were sent" says it best.
POLICE_SENT = {"officer_deployed", "officer_sent", "unit_deployed", "police_deployed"}


@dataclass(frozen=True)
class Fact:
    """One figure with the words under it."""

    figure: str
    words: str


@dataclass(frozen=True)
class Headline:
    """What is said of one standard: the sentence, the same by entries written at the time, figures, the rest."""

    standard: StandardInReport
    item: ResolvedObligation | None
    sentence: Markup
    at_the_time: str
    beside: str
    facts: tuple[Fact, ...]
    counts: Counts


def headline_obligation(report: Report, standard: StandardInReport) -> ResolvedObligation | None:
    """The obligation that speaks for a standard: of those that the force owes and that may stand in a headline, the
    first with a time limit on the initial response, else the first with a time limit, else the first."""
    mine = [
        item
        for item in stands_in_headlines(report.obligations, owed_by=Owner.FORCE)
        if (item.standard, item.version) == (standard.name, standard.version)
    ]
    timed = [item for item in mine if not isinstance(item.obligation.time_limit, (ToBeSet, type(None)))]
    initial = [item for item in timed if item.obligation.topic is Topic.INITIAL_RESPONSE]
    return next(iter([*initial, *timed, *mine]), None)


def headlines(report: Report, findings: pl.DataFrame) -> list[Headline]:
    """One for each standard, in order."""
    return [_headline(report, standard, findings) for standard in report.standards]


def _headline(report: Report, standard: StandardInReport, findings: pl.DataFrame) -> Headline:
    item = headline_obligation(report, standard)
    if item is None:
        return Headline(standard, None, _nothing_can_stand(report, standard), "", "", (), Counts())
    mine = findings.filter(pl.col("key") == item.key)
    if mine.is_empty():
        return Headline(standard, item, _nothing_found(report, standard, item), "", "", (), Counts())
    counts = counts_of(mine)
    return Headline(
        standard,
        item,
        _sentence(report, standard, item, mine, counts),
        _at_the_time(report, item, mine, counts),
        _beside(counts),
        _facts(item, mine, counts),
        counts,
    )


# THE SENTENCE


def _sentence(
    report: Report, standard: StandardInReport, item: ResolvedObligation, mine: pl.DataFrame, counts: Counts
) -> Markup:
    span = _between(report, mine)
    if _is_reports_of_missing(item):
        opening = f"{span}{_children_reported(mine)}"
        subject = "Police were recorded as sent in time"
    else:
        there_were = "there was" if counts.occasions == 1 else "there were"
        cases = count(mine["case_id"].n_unique(), "case")
        opening = (
            f"{standard.title}: {_lower(span)}{there_were} {count(counts.occasions, 'occasion')}, in {cases}, for "
            f"{quoted(item.obligation.title)}."
        )
        subject = f"It was {_done(item)}"
    said = [escape(opening), _share_in_words(subject, noun_of(item), item, counts)]
    if item.obligation.time_limit is not None:
        said.append(escape(waits_in_sentence(waits_of(mine.filter(pl.col("outcome").is_in(JUDGED))))))
    said.append(escape(change_in_sentence(report, mine)))
    return Markup(" ").join(part for part in said if part)


def _share_in_words(subject: str, noun: str, item: ResolvedObligation, counts: Counts) -> Markup:
    if not counts.judged:
        if counts.cannot_tell:
            return escape(
                f"In none of them can we judge whether it was in time; we cannot tell in {number(counts.cannot_tell)}."
            )
        return escape("None of them can be judged yet.")
    nouns = noun if counts.judged == 1 else f"{noun}s"
    percent = f" ({counts.share.percent()})" if counts.share.can_be_a_percentage else ""
    missed = outcome_words(item.obligation)[Outcome.MISSED].lower()
    into = "for" if isinstance(item.obligation, Record) else "in"  # "filled in in" is hard to read aloud
    clauses = []
    if counts.missed:
        clauses.append(
            f"there is no record in {number(counts.missed)}"
            if missed == "no record found"
            else f"{missed} {into} {number(counts.missed)}"
        )
    if counts.cannot_tell:
        clauses.append(f"we cannot tell in {number(counts.cannot_tell)}")
    rest = ", and ".join(clauses)
    return Markup("{} {} <b>{} of the {}</b> {} we can judge{}.{}").format(
        subject,
        into,
        number(counts.met),
        number(counts.judged),
        nouns,
        percent,
        f" {rest[0].upper()}{rest[1:]}." if rest else "",
    )


def _between(report: Report, mine: pl.DataFrame) -> str:
    """`Between A and B, `: the dive's period, else the first and last local day on which one began."""
    first_and_last = report.period or _first_and_last_day(report, mine)
    if first_and_last is None:
        return ""
    first, last = first_and_last
    if first == last:
        return f"On {date_in_words(first)}, "
    return f"Between {date_in_words(first)} and {date_in_words(last)}, "


def _first_and_last_day(report: Report, mine: pl.DataFrame) -> tuple[date, date] | None:
    began = mine["triggered_at"].drop_nulls()
    if began.is_empty():
        return None
    calendar = Calendar(report.zone)
    first, last = began.min(), began.max()
    return calendar.local_date(first), calendar.local_date(last)  # type: ignore[arg-type]  # polars says "any value"


def _children_reported(mine: pl.DataFrame) -> str:
    """`1,842 children were reported missing 3,757 times.`, and in how many reports no child is recorded."""
    children = mine["child_id"].drop_nulls().n_unique()
    without = mine["child_id"].null_count()
    if not children:
        return f"children were reported missing {times(mine.height)} (the records do not say how many children)."
    were = "was" if children == 1 else "were"
    said = f"{count(children, 'child', 'children')} {were} reported missing {times(mine.height)}"
    return (
        f"{said}, and {number(without)} of these reports {'names' if without == 1 else 'name'} no child."
        if without
        else f"{said}."
    )


def _is_reports_of_missing(item: ResolvedObligation) -> bool:
    """Whether an occasion is a report that a child is missing, answered by police being sent."""
    obligation = item.obligation
    return (
        item.case_type == MISSING_EPISODE
        and isinstance(obligation, Respond)
        and not obligation.only_for
        and not obligation.first_only
        and obligation.trigger.nth is None
        and any(pattern.event in POLICE_SENT for pattern in obligation.response)
    )


def noun_of(item: ResolvedObligation) -> str:
    """What an occasion of it is called: a report that a child is missing is a `report`."""
    return "report" if _is_reports_of_missing(item) else "occasion"


def _done(item: ResolvedObligation) -> str:
    return outcome_words(item.obligation)[Outcome.MET].lower()


def _lower(span: str) -> str:
    return span[:1].lower() + span[1:]


def _nothing_found(report: Report, standard: StandardInReport, item: ResolvedObligation) -> Markup:
    if _is_reports_of_missing(item) and report.period is not None:
        return escape(
            f"{_between(report, pl.DataFrame())}no child was recorded as reported missing in the records at hand."
        )
    title = quoted(item.obligation.title)
    return escape(f"{standard.title}: the records at hand hold no occasion on which {title} was owed.")


def _nothing_can_stand(report: Report, standard: StandardInReport) -> Markup:
    mine = [item for item in report.obligations if (item.standard, item.version) == (standard.name, standard.version)]
    owed = [item for item in mine if item.obligation.owed_by is Owner.FORCE]
    if not owed:
        return escape(f"{standard.title}: nothing in it is owed by the force, so nothing of it stands here.")
    return escape(
        f"{standard.title}: every limit in it is assumed, and nobody at the force has confirmed one. Until "
        "then no figure of it stands here; the waits are shown further on."
    )


# ENTRIES WRITTEN AT THE TIME, AND WHAT STANDS BESIDE THE SHARE


def _at_the_time(report: Report, item: ResolvedObligation, mine: pl.DataFrame, counts: Counts) -> str:
    """The same, counting only entries written up within the time that force.yaml allows."""
    if item.obligation.time_limit is None or not counts.judged:
        return ""
    met = mine.filter(pl.col("outcome") == Outcome.MET.value)
    silent = met["written"].null_count()
    after = duration(report.written_up_later_after)
    if not met.is_empty() and silent == met.height:
        return (
            f"Counting only entries written up within {after}: this cannot be said, because the records do not say "
            "when the entries were written."
        )
    share = Share(met.filter(pl.col("written") == "at the time").height, counts.judged)
    said = f"Counting only entries written up within {after}, it is {share.in_words()}."
    if silent:
        said += f" For {number(silent)} more, recorded in time, the records do not say when the entry was written."
    return said


def _beside(counts: Counts) -> str:
    """Those that stand in no share."""
    parts = []
    if counts.exempt:
        parts.append(f"in {number(counts.exempt)} it turned out not to be owed")
    if counts.not_yet_due:
        parts.append(f"in {number(counts.not_yet_due)} it is not yet due")
    if not parts:
        return ""
    said = "; ".join(parts)
    return f"Beside these, {said}. They stand in no share."


def _facts(item: ResolvedObligation, mine: pl.DataFrame, counts: Counts) -> tuple[Fact, ...]:
    done = _done(item)
    interval = f" (95% interval {counts.share.interval_in_words()})" if counts.share.can_be_a_percentage else ""
    facts = [Fact(counts.share.as_figure(), f"{done}{interval}")] if counts.judged else []
    if item.obligation.time_limit is not None and counts.judged:
        waits = waits_of(mine.filter(pl.col("outcome").is_in(JUDGED)))
        facts.append(
            Fact(duration_short(waits.half, round_up=True), "half waited less")
            if waits.half is not None
            else Fact(Share(waits.still_waiting, waits.whole).as_figure(), "were still waiting")
        )
        if waits.nine_in_ten is not None:
            words = "the longest wait" if waits.is_few else "one in ten waited longer"
            facts.append(Fact(duration_short(waits.nine_in_ten), words))
        elif waits.half is not None:
            facts.append(Fact(Share(waits.still_waiting, waits.whole).as_figure(), "were still waiting"))
    unknown = Share(counts.cannot_tell, counts.occasions)
    facts.append(Fact(unknown.as_figure(), f"cannot tell, of all {count(counts.occasions, 'occasion')}"))
    return tuple(facts)
