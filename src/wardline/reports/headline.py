"""The sentence that page one opens with, one for each standard, and the figures under it."""

from __future__ import annotations

from dataclasses import dataclass

from wardline.english import quoted
from wardline.findings import Outcome
from wardline.measures import HeadlineFigures, OutcomeCounts, Share, Silence, Waits, WrittenUp, share_bounds
from wardline.obligations import Never, Record, ResolvedObligation
from wardline.reports.figures_in_words import (
    as_figure,
    as_number,
    as_percent,
    in_words,
    interval_in_words,
    told_as_figure,
    waits_in_sentence,
    with_its_noun,
    with_noun,
    without_a_response,
)
from wardline.reports.measures_in_short import change_in_sentence, measure_of
from wardline.reports.page_tables import Phrase
from wardline.reports.report import Report, StandardInReport
from wardline.reports.reports_of_missing import children_reported, is_reports_of_missing, noun_of, sent_or_there
from wardline.reports.wording import date_in_words, duration, duration_short, outcome_words

__all__ = ["Fact", "Headline", "done_in_words", "headlines"]


@dataclass(frozen=True)
class Fact:
    """One figure with the words under it."""

    figure: str
    words: str


@dataclass(frozen=True)
class Headline:
    """What is said of one standard: the sentence, the same by entries written at the time, figures, the rest."""

    standard: StandardInReport
    figures: HeadlineFigures
    sentence: tuple[Phrase, ...]
    at_the_time: str = ""
    beside: str = ""
    facts: tuple[Fact, ...] = ()


def headlines(report: Report) -> list[Headline]:
    """One for each standard, in order."""
    by_name = {(one.name, one.version): one for one in report.standards}
    return [_headline(report, by_name[figures.standard], figures) for figures in report.figures.headlines]


def _headline(report: Report, standard: StandardInReport, figures: HeadlineFigures) -> Headline:
    if figures.item is None or figures.outcomes is None:
        return Headline(standard, figures, (Phrase(_nothing(report, standard, figures)),))
    return Headline(
        standard,
        figures,
        _sentence(report, standard, figures, figures.item, figures.outcomes),
        _at_the_time(report, figures.written_up, figures.outcomes),
        _beside(figures.outcomes),
        _facts(figures.item, figures),
    )


# THE SENTENCE


def _sentence(
    report: Report,
    standard: StandardInReport,
    figures: HeadlineFigures,
    item: ResolvedObligation,
    outcomes: OutcomeCounts,
) -> tuple[Phrase, ...]:
    span = _between(report, figures)
    if is_reports_of_missing(item):
        opening = f"{span}{children_reported(figures, outcomes)}"
        subject = f"Police were recorded as {sent_or_there(item)} in time"
    else:
        assert figures.cases is not None
        there_were = "there was" if outcomes.occasions.value == 1 else "there were"
        in_cases = "" if isinstance(item.obligation, Never) else f", in {with_noun(figures.cases, 'case')}"
        opening = (
            f"{standard.title}: {_lower(span)}{there_were} {with_its_noun(outcomes.occasions)}{in_cases}, for "
            f"{quoted(item.obligation.title)}."
        )
        subject = f"It was {done_in_words(item)}"
    further = [waits_in_sentence(figures.waits)] if figures.waits is not None else []
    further.append(change_in_sentence(measure_of(report, item)))
    rest = "".join(f" {one}" for one in further if one)
    return (Phrase(f"{opening} "), *_share_in_words(subject, item, outcomes), *([Phrase(rest)] if rest else []))


def _share_in_words(subject: str, item: ResolvedObligation, outcomes: OutcomeCounts) -> tuple[Phrase, ...]:
    if not outcomes.judged:
        if outcomes.cannot_tell:
            unknown = as_number(outcomes.cannot_tell)
            return (Phrase(f"In none of them can we judge whether it was in time; we cannot tell in {unknown}."),)
        if outcomes.not_counted:
            return (Phrase("No share is given: the records would not have shown it if nothing had been done."),)
        return (Phrase("None of them can be judged yet."),)
    noun, share = noun_of(item), outcomes.share
    nouns = noun if outcomes.judged.value == 1 else f"{noun}s"
    percent = f" ({as_percent(share)})" if share.can_be_a_percentage and outcomes.is_told else ""
    missed = outcome_words(item.obligation)[Outcome.MISSED].lower()
    into = "for" if isinstance(item.obligation, Record) else "in"  # "filled in in" is hard to read aloud
    clauses = []
    if outcomes.missed:
        clauses.append(
            f"there is no record in {as_number(outcomes.missed)}"
            if missed == "no record found"
            else f"{missed} {into} {as_number(outcomes.missed)}"
        )
    if outcomes.cannot_tell:
        clauses.append(f"we cannot tell in {as_number(outcomes.cannot_tell)}")
    if outcomes.not_counted:
        clauses.append(f"{as_number(outcomes.not_counted)} more are not counted, as a failing would not have shown")
    rest = ", and ".join(clauses)
    without = "" if outcomes.is_told else f" {_no_single_figure(outcomes)}"
    return (
        Phrase(f"{subject} {into} "),
        Phrase(f"{as_number(outcomes.met)} of the {as_number(outcomes.judged)}", is_strong=True),
        Phrase(f" {nouns} we can judge{percent}.{f' {rest[0].upper()}{rest[1:]}.' if rest else ''}{without}"),
    )


def _no_single_figure(outcomes: OutcomeCounts) -> str:
    """Why there is no percentage where more than a fifth cannot be told, and between which two it lies."""
    without = "We cannot tell for more than a fifth, so there is no single figure"
    if not outcomes.share.can_be_a_percentage:
        return f"{without}."
    none, every = share_bounds(outcomes.share, outcomes.cannot_tell)
    return f"{without}: it would be {as_percent(none)} if none of these had been, and {as_percent(every)} if all had."


def _between(report: Report, figures: HeadlineFigures) -> str:
    """`Between A and B, `: the dive's period, else the first and last local day on which one began."""
    first, last = report.period or (figures.first_day, figures.last_day)
    if first is None or last is None:
        return ""
    if first == last:
        return f"On {date_in_words(first)}, "
    return f"Between {date_in_words(first)} and {date_in_words(last)}, "


def done_in_words(item: ResolvedObligation) -> str:
    """What it is called where it was as owed: `recorded in time`, `filled in`."""
    return outcome_words(item.obligation)[Outcome.MET].lower()


def _lower(span: str) -> str:
    return span[:1].lower() + span[1:]


def _nothing(report: Report, standard: StandardInReport, figures: HeadlineFigures) -> str:
    """Why there is no figure."""
    match figures.silence:
        case Silence.NOT_OWED_BY_FORCE:
            return f"{standard.title}: the force owes nothing in it, so there is no figure for it here."
        case Silence.ALL_ASSUMED:
            return (
                f"{standard.title}: every limit in it is assumed, and nobody at the force has confirmed one. Until "
                "then there is no figure for it here; the waits are shown further on."
            )
    assert figures.item is not None
    if is_reports_of_missing(figures.item) and report.period is not None:
        return f"{_between(report, figures)}no child was recorded as reported missing in the records at hand."
    title = quoted(figures.item.obligation.title)
    return f"{standard.title}: there is no occasion in the records at hand on which {title} was owed."


# ENTRIES WRITTEN AT THE TIME, AND WHAT STANDS BESIDE THE SHARE


def _at_the_time(report: Report, written_up: WrittenUp | None, outcomes: OutcomeCounts) -> str:
    """The same, counting only entries written up within the time that force.yaml allows."""
    if written_up is None:
        return ""
    silent, after = written_up.not_said, duration(report.written_up_later_after)
    if written_up.is_never_said:
        return (
            f"Counting only entries written up within {after}: we cannot say, because the records do not say when the "
            "entries were written."
        )
    share = written_up.share
    counted = in_words(share) if outcomes.is_told else f"{as_number(share.part)} of {as_number(share.whole)}"
    said = f"Counting only entries written up within {after}, it is {counted}."
    if silent:
        said += f" For {as_number(silent)} more, recorded in time, the records do not say when the entry was written."
    return said


def _beside(outcomes: OutcomeCounts) -> str:
    """Those that are not counted in the share: `770 more turned out not to be owed, and are not counted.`"""
    parts, many = [], outcomes.exempt.value + outcomes.not_yet_due.value
    if outcomes.exempt:
        parts.append(f"{as_number(outcomes.exempt)} more turned out not to be owed")
    if outcomes.not_yet_due:
        are = "is" if outcomes.not_yet_due.value == 1 else "are"
        parts.append(f"{as_number(outcomes.not_yet_due)} more {are} not yet due")
    if not parts:
        return ""
    return f"{' and '.join(parts)}, and {'is' if many == 1 else 'are'} not counted."


def _facts(item: ResolvedObligation, figures: HeadlineFigures) -> tuple[Fact, ...]:
    share, outcomes, facts = figures.share, figures.outcomes, []
    assert outcomes is not None
    if share is not None:
        repeats = "" if share.effective is None else ", allowing for repeats of one child"
        interval = f" (95% interval {interval_in_words(share)}{repeats})" if share.can_be_a_percentage else ""
        if not outcomes.is_told:
            interval = ", if none or all of those that we cannot tell had been" if share.can_be_a_percentage else ""
        facts.append(Fact(told_as_figure(share, outcomes.cannot_tell), f"{done_in_words(item)}{interval}"))
        if figures.waits is not None:
            facts += _of_waits(figures.waits)
    unknown = Share(outcomes.cannot_tell, outcomes.occasions)
    facts.append(Fact(as_figure(unknown), f"cannot tell, of all {with_its_noun(outcomes.occasions)}"))
    return tuple(facts)


def _of_waits(waits: Waits) -> list[Fact]:
    half, nine_in_ten = waits.half.length, waits.nine_in_ten.length
    facts = [] if half is None else [Fact(duration_short(half, round_up=True), "half waited less")]
    if nine_in_ten is not None:
        words = "the longest wait" if waits.is_few else "one in ten waited longer"
        facts.append(Fact(duration_short(nine_in_ten), words))
    elif waits.unanswered:
        facts.append(Fact(as_figure(Share(waits.unanswered, waits.whole)), f"were {without_a_response(waits)}"))
    return facts
