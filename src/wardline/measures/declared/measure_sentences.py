"""The plain-English sentences of a measure, written from the measure alone, to be read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wardline.english import and_list, or_list, quoted
from wardline.findings import Outcome, outcome_words
from wardline.measures.charts import Shown, Wanted
from wardline.measures.declared.measure import (
    CasesCounted,
    ChildrenCounted,
    Measure,
    NotesWith,
    ShareAgain,
    ShareFilledIn,
    ShareLowered,
    ShareMet,
    ShareNotTold,
    ShareOfEvents,
    ShareWithin,
    Wait,
    WrittenLate,
)
from wardline.measures.declared.targets_written import target_in_words
from wardline.obligations import Obligation, name_in_words

__all__ = ["measure_sentences", "what_is_counted"]

HALF, NINE_IN_TEN = 50, 90
SMALL_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}
HOW_MANY_WAITED = {HALF: "half of the occasions", NINE_IN_TEN: "nine in ten occasions"}


def measure_sentences(measure: Measure, obligation: Obligation | None = None) -> str:
    """What the measure counts, which way it should go, by what it is given, its target, and what it needs.

    With `obligation`, the one that the measure names, its title is said in place of its name.
    """
    return " ".join(_sentences(measure, obligation))


def what_is_counted(measure: Measure, obligation: Obligation | None = None) -> str:
    """The first of these sentences."""
    return next(_sentences(measure, obligation))


def _sentences(measure: Measure, obligation: Obligation | None) -> Iterator[str]:
    yield _counted(measure, obligation)
    yield from _counted_how(measure)
    yield _better(measure)
    if measure.splits:
        yield f"It is also split by {and_list(f'‘{name_in_words(split)}’' for split in measure.splits)}."
    if measure.target is not None:
        yield f"The target is {target_in_words(measure)}."
    if measure.needs is not None:
        yield measure.needs.value


def _counted(measure: Measure, obligation: Obligation | None) -> str:
    match measure.counting:
        case ShareMet(name):
            met = "recorded in time" if obligation is None else outcome_words(Outcome.MET, obligation)
            return f"The share of occasions that were {met}, under {_named(name, obligation)}."
        case ShareNotTold(name):
            return f"The share of occasions of which the records cannot tell, under {_named(name, obligation)}."
        case Wait(name, percent):
            many = HOW_MANY_WAITED.get(percent, f"{percent} in a hundred occasions")
            return f"How long it took until {many} had a response, under {_named(name, obligation)}."
        case CasesCounted(case_type, where, per):
            each = f" for each {per}" if per == "investigator" else f" for every {per}" if per else ""
            return f"How many {_plural(case_type)}{_where(where)} were opened{each}."
        case ChildrenCounted(case_type, at_least):
            many = SMALL_NUMBERS.get(at_least, str(at_least))
            cases = f"{many} {case_type if at_least == 1 else _plural(case_type)} or more"
            return f"How many children had {cases} in the period."
        case ShareWithin(case_type, start, then, within):
            first, next_one = _events(start), _events(then)
            return f"The share of {_plural(case_type)} in which {first} was followed by {next_one} within {within}."
        case ShareAgain(case_type, after, again, within):
            return (
                f"The share of {_plural(case_type)} after whose end ({_events(after)}) the same child had another "
                f"({_events(again)}) within {within}."
            )
        case ShareOfEvents(_, event, attribute, values):
            name = name_in_words(attribute)
            return (
                f"The share of {_events(event)} events whose {name} is {or_list(values)}, out of those whose {name} is "
                "filled in."
            )
        case ShareLowered(case_type, event, attribute, order):
            name = name_in_words(attribute)
            return (
                f"The share of {_plural(case_type)} with {_events(event)} in which a later {name} is lower than an "
                f"earlier one; from the highest they are {and_list(order)}."
            )
        case ShareFilledIn(case_type, attribute, person):
            field = f"‘{name_in_words(attribute or person or '')}’"
            whose = "of the case" if person is None else "in the child's person record"
            return f"The share of {_plural(case_type)} in which {field} {whose} is filled in."
        case WrittenLate(case_type, event):
            return (
                f"The share of {_events(event)} events in {_plural(case_type)} that were written up later than the "
                "force's settings allow."
            )
        case NotesWith(case_type, sign):
            return f"The share of {_plural(case_type)} with a note that contains {sign}."


def _counted_how(measure: Measure) -> Iterator[str]:
    match measure.counting:
        case ShareMet():
            yield "Occasions of which the records cannot tell are left out, and their number is given beside the share."
        case Wait():
            yield "An occasion that still waits for its response counts as having waited so long at least."
        case ShareWithin(within=within) | ShareAgain(within=within):
            yield f"A case is counted once its {within} {'is' if within.startswith('1 ') else 'are'} over."


def _better(measure: Measure) -> str:
    if measure.wanted is Wanted.NEITHER:
        return "Neither way is better in itself."
    is_larger = measure.wanted is Wanted.LARGER
    if isinstance(measure.counting, Wait):
        return f"A {'longer' if is_larger else 'shorter'} wait is better."
    if measure.shown is Shown.SHARE:
        return f"A {'larger' if is_larger else 'smaller'} share is better."
    return f"{'More' if is_larger else 'Fewer'} is better."


def _named(name: str, obligation: Obligation | None) -> str:
    return f"the obligation {f'`{name}`' if obligation is None else quoted(' '.join(obligation.title.split()))}"


def _events(names: tuple[str, ...]) -> str:
    return or_list(f"‘{name_in_words(name)}’" for name in names)


def _where(conditions: Mapping[str, tuple[str, ...]]) -> str:
    told = [f"whose {name_in_words(name)} is {or_list(values)}" for name, values in conditions.items()]
    return f" {and_list(told)}" if told else ""


def _plural(case_type: str) -> str:
    return case_type if case_type.endswith("s") else f"{case_type}s"
