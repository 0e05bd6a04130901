"""What is to be known of a force's settings in one dive, as sentences for the report and for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from wardline.english import and_list, count
from wardline.reports.wording import date_in_words

__all__ = ["LaterConfirmation", "SettingsRemark", "UnknownHolidays", "settings_in_words"]

NAMED = 3  # obligations in a sentence; of more the rest are counted


@dataclass(frozen=True)
class UnknownHolidays:
    """Obligations whose limit in working days reaches years whose bank holidays are not known; known: both ends."""

    nation: str
    first_known: int
    last_known: int
    obligations: tuple[str, ...]  # each once, in full


@dataclass(frozen=True)
class LaterConfirmation:
    """An obligation, in full, that was confirmed on a day after the one from which we look."""

    obligation: str
    confirmed_on: date
    as_at: date


SettingsRemark = UnknownHolidays | LaterConfirmation


def settings_in_words(found: Iterable[SettingsRemark]) -> tuple[str, ...]:
    """A sentence or two for each."""
    return tuple(" ".join(_in_words(one)) for one in found)


def _in_words(found: SettingsRemark) -> Iterator[str]:
    match found:
        case UnknownHolidays(nation, first, last, names):
            further = [count(len(names) - NAMED, "more obligation")] if len(names) > NAMED else []
            yield (
                f"The bank holidays of {nation} are known from {first} to {last}, and "
                f"{and_list([*names[:NAMED], *further])} {'counts' if len(names) == 1 else 'count'} working days in "
                "other years."
            )
            yield "Deadlines that need those years are not guessed: for such occasions we cannot tell."
        case LaterConfirmation(name, confirmed_on, as_at):
            yield (
                f"{name} was confirmed on {date_in_words(confirmed_on)}, which is after {date_in_words(as_at)}, the "
                "day from which we look."
            )
            yield "It counts as confirmed all the same; is the date right?"
