"""What stands in the way of judging an obligation, a whole sentence each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from wardline.english import and_list, or_list, quoted
from wardline.measures import CanTell, Count, InTheWay, Obstacle
from wardline.obligations import Owner
from wardline.reports.figures_in_words import as_number, part_in_percent, with_noun
from wardline.reports.wording import date_in_words
from wardline.time_limits import Calendar

__all__ = ["reasons_in_words"]


def reasons_in_words(found: CanTell, titles: Mapping[str, str], calendar: Calendar) -> tuple[str, ...]:
    """The reasons in their order, each once; `titles` are those of the record systems, by their short names."""
    said = (_in_words(one, found, titles, calendar) for one in found.in_the_way)
    # Begun with a capital letter; a system without a title is called by its name, which may have none.
    return tuple(dict.fromkeys(text[0].upper() + text[1:] for text in said))


def _in_words(one: InTheWay, found: CanTell, titles: Mapping[str, str], calendar: Calendar) -> str:
    needs = or_list(dict.fromkeys(need.in_words() for need in one.needs))
    systems = and_list(titles.get(name, name) for name in one.systems)
    part = one.part.value if one.part is not None else ""
    body = one.owner.value
    by_whom = "" if one.owner is Owner.FORCE else f" that the {body} keeps"
    match one.obstacle:
        case Obstacle.NO_CASE:
            return f"The exports have no case of the type {quoted(found.item.case_type)}."
        case Obstacle.CASES_NOT_TOLD_APART:
            return f"No system has {needs}, {part}."
        case Obstacle.NOT_RECORDED:
            return f"No system{by_whom} records {needs}, {part}."
        case Obstacle.PARTLY_NOT_RECORDED:
            return f"No system{by_whom} records {needs}, part of {part}."
        case Obstacle.NONE_HELD:
            return f"{systems} could record {needs} but {_has(one.systems)} none."
        case Obstacle.LAST_VALUE_ONLY:
            return f"{systems} keeps only the last value of {needs}, so cases are judged on that one."
        case Obstacle.LIMIT_TO_BE_SET:
            return "No guidance gives a limit, and the force has set none: only the waits are shown."
        case Obstacle.LIMIT_NOT_RECORDED:
            return f"No system records {needs}, which says how long there is."
        case Obstacle.LIMIT_FOR_UNKNOWN:
            return f"No system records {needs}: every occasion is judged by the limit for unknown, {one.limit}."
        case Obstacle.EXEMPTION_NOT_RECORDED:
            return f"No system records {needs}: where that happened, it is judged as if it was owed."
        case Obstacle.ENDING_NOT_RECORDED:
            return f"No system records {needs}, which would end or settle it."
    return _of_cases_or_times(one, systems, part, calendar)


def _of_cases_or_times(one: InTheWay, systems: str, part: str, calendar: Calendar) -> str:
    match one:
        case InTheWay(obstacle=Obstacle.NO_CHILD_NAMED, some=Count() as some, whole=Count() as whole):
            is_one = some.value == 1
            says = "does not say which child it is about" if is_one else "do not say which child they are about"
            return f"{as_number(some)} of {with_noun(whole, 'case')} {says}."
        case InTheWay(obstacle=Obstacle.ROWS_OF_SOME_CASES, some=Count() as some, whole=Count() as whole):
            return (
                f"{systems}, which can record {part}, {_has(one.systems)} rows for {as_number(some)} of "
                f"{with_noun(whole, 'case')} ({part_in_percent(some, whole)})."
            )
        case InTheWay(obstacle=Obstacle.GAP, gap=gap) if gap is not None:
            note = f" ({gap.note})" if gap.note else ""
            return f"{systems} has a gap from {_day(gap.first_at, calendar)} to {_day(gap.last_at, calendar)}{note}."
        case InTheWay(obstacle=Obstacle.EXPORT_TAKEN_EARLIER, taken_at=datetime() as taken_at):
            return (
                f"The export of {systems} was taken on {_day(taken_at, calendar)}: we cannot tell about what fell due "
                "after that."
            )
    assert False, f"{one.obstacle} is not put into words"


def _day(instant: datetime, calendar: Calendar) -> str:
    return date_in_words(calendar.local_date(instant))


def _has(systems: Iterable[str]) -> str:
    return "has" if len(list(systems)) == 1 else "have"
