"""How each rival explanation is said: what was looked at, what was found, and what that says about the claim."""

from __future__ import annotations

from wardline.english import and_list, quoted, some_of
from wardline.measures.claims import ClaimAnswer, Rival, RivalAnswer, Says
from wardline.reports.changes_in_words import change_in_words, difference_in_words, noun
from wardline.reports.wording import date_in_words, split_in_words

__all__ = ["LOOKED_AT", "rival_in_words", "what_was_found"]

GROUPS_NAMED = 4
LOOKED_AT = {
    Rival.WRITTEN_AT_THE_TIME: "entries written at the time",
    Rival.WRITTEN_LATE: "how late things are written up",
    Rival.NOT_TOLD: "how much cannot be told",
    Rival.FILLED_IN: "what is filled in",
    Rival.NEW_VALUE: "a new stock value in the records",
    Rival.VOLUME: "other records taken in",
    Rival.VERSION: "another version of the standard",
    Rival.REBASE: "a rebase",
    Rival.GAP: "gaps in the records",
    Rival.MIX: "the mix of cases",
    Rival.DOWNGRADES: "lower grades",
    Rival.CANCELLED: "cancelled reports",
    Rival.REGRESSION: "an unusual time just before",
    Rival.SEASON: "the season",
}
NOTHING_AT_HAND = {
    Rival.WRITTEN_AT_THE_TIME: "there are too few figures of what was written at the time",
    Rival.WRITTEN_LATE: "there is no figure of how late such things are written up",
    Rival.NOT_TOLD: "there are too few figures",
    Rival.FILLED_IN: "there are too few figures",
    Rival.NEW_VALUE: "the values in the records are not at hand",
    Rival.VOLUME: "there are more or fewer of them, and no groups by which to see what is new",
    Rival.MIX: "it is not counted by groups that could be followed",
    Rival.DOWNGRADES: "there are too few figures of the grades",
    Rival.CANCELLED: "there are too few figures of cancelled reports",
    Rival.REGRESSION: "there are too few figures before",
    Rival.SEASON: "the same time of an earlier year is not in the records",
}


def rival_in_words(found: RivalAnswer, answer: ClaimAnswer) -> str:
    """`The mix of cases, by grade: with the mix of before … ; does not explain it.`"""
    looked_at = LOOKED_AT[found.rival]
    if found.split is not None and found.rival in (Rival.MIX, Rival.VOLUME):
        looked_at += f", by {split_in_words(found.split)}"
    elif found.measure is not None and found.rival is not Rival.VOLUME:
        looked_at += f" ({found.measure.title})"
    return f"{looked_at[0].upper()}{looked_at[1:]}: {what_was_found(found, answer)}. {_says(found)}."


def _says(found: RivalAnswer) -> str:
    said = found.says.value
    return said[0].upper() + said[1:]


def what_was_found(found: RivalAnswer, answer: ClaimAnswer) -> str:
    """`“Reviewed on creation” was the reason in 0% of the records of device decision before, and is in 69% since`."""
    compared = answer.compared
    assert compared is not None
    match found.rival:
        case Rival.NEW_VALUE if found.attribute is not None and found.shares is not None:
            event, attribute, value = found.attribute
            before, after = found.shares
            return (
                f"{quoted(value)} was the {attribute} in {100 * before:.0f}% of the records of "
                f"{event.replace('_', ' ')} before, and is in {100 * after:.0f}% since"
            )
        case Rival.NEW_VALUE if found.says is Says.NOT:
            return "no value is in most records that was hardly there before"
        case Rival.VERSION:
            return f"one begins on {_days(found)}" if found.days else "the same one was in force throughout"
        case Rival.REBASE if found.rebase is not None:
            by, on = found.rebase.by, found.rebase.on
            when = "" if on is None else f", {date_in_words(on)}"
            return f"from {date_in_words(found.rebase.first)}, because {found.rebase.reason} ({by}{when})"
        case Rival.GAP:
            gaps = zip(found.days[::2], found.days[1::2], strict=True)
            said = and_list(f"{date_in_words(first)} to {date_in_words(last)}" for first, last in gaps)
            return f"nothing was recorded from {said}" if found.days else "there is none"
        case Rival.VOLUME:
            return _volume(found, answer)
        case Rival.NOT_TOLD if found.change is None and found.says is Says.NOT:
            return "everything can be told"
    if found.change is None:
        return NOTHING_AT_HAND[found.rival]
    return _changed(found, answer)


def _changed(found: RivalAnswer, answer: ClaimAnswer) -> str:
    """What is said of another change."""
    change, compared, measure = found.change, answer.compared, answer.measure
    assert change is not None and compared is not None and measure is not None
    of_measure = change_in_words(change, found.measure or measure, compared.by)
    match found.rival:
        case Rival.WRITTEN_AT_THE_TIME:
            return f"in these alone it is {difference_in_words(change)}"
        case Rival.MIX:
            return f"with the mix of before it would be {difference_in_words(change)}"
        case Rival.NOT_TOLD:
            if found.beside is None:
                return f"it went {of_measure}"
            return f"it went {of_measure}; with all of that counted alike it is {difference_in_words(found.beside)}"
        case Rival.REGRESSION:
            without = f"without the last 3 {noun(compared.by)}s before, it is {difference_in_words(change)}"
            if found.beside is None:
                return without
            last = f"the last 3 {noun(compared.by)}s before were {difference_in_words(found.beside)} than the rest"
            return f"{last}; without them it is {difference_in_words(change)}"
        case Rival.SEASON:
            return f"at the same time of earlier years it was {difference_in_words(change)} than otherwise"
        case Rival.DOWNGRADES | Rival.CANCELLED if found.beside is not None:
            inside = "within the grades" if found.rival is Rival.DOWNGRADES else "if these had been counted as not met"
            return f"it went {of_measure}; {inside} it is {difference_in_words(found.beside)}"
    return f"it went {of_measure}"


def _volume(found: RivalAnswer, answer: ClaimAnswer) -> str:
    if found.change is None:
        return "there are as many as before"
    step = f"there are {difference_in_words(found.change)}"
    if found.says is Says.NOT and not found.groups:
        return f"{step}, which is no step"
    if not found.groups:
        return f"{step}, and no group by which to see what is new stands out"
    new = some_of(found.groups, GROUPS_NAMED)
    same = some_of(found.unchanged, GROUPS_NAMED)
    more = "more" if found.change.distance > 0 else "fewer"
    said = f"{step} at once: {more} of {new}, and not of {same}"
    if found.beside is not None:
        said += f"; without these the measure is {difference_in_words(found.beside)}"
    return said


def _days(found: RivalAnswer) -> str:
    return and_list(date_in_words(day) for day in found.days)
