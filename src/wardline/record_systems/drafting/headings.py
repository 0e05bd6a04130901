"""What the heading of a column says: its words, and which of them stand for a person, an id or a code."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wardline.events import FIXED_COLUMNS
from wardline.record_systems.drafting.trade_words import read_trade_words

__all__ = ["CODE_WORDS", "ends_as_id", "field_of_person", "holds_phrase", "is_of_somebody", "own_name", "words_of"]

_SOMEBODY = """
    name names forename surname alias nickname known address addr street road house flat town city village location
    venue place email mail officer by user author staff worker owner supervisor informant caller witness parent
    carer mother father guardian contact school college nhs passport religion birth vehicle vrm vrn registration
    occupation relationship person victim suspect child subject collar shoulder warrant login initials lat lon
    latitude longitude easting northing coordinates nationality who whom reporter oic investigator
"""
_CODES = """
    status state type kind category code class classification grade graded grading level risk priority action event
    activity outcome result disposal disposition method reason source channel reception problem stage decision offence
    group flag agency district division area sector beat closed closure home care accommodation response service
    exploitation cse cce indicator declined shared accepted offered conclusion assurance assessment held made tag
    qualifier marker markers step task process purpose notification done what lives adult how about
"""
# Headings under which somebody's name, place or thing may stand: their values are never listed.
OF_SOMEBODY = frozenset(_SOMEBODY.split())
ID_WORDS = frozenset(["id", "ids", "no", "nr", "num", "number", "ref", "reference", "urn", "uid", "guid", "key"])
# Headings that speak of codes: only under these are values listed.
CODE_WORDS = frozenset(_CODES.split())


def words_of(heading: str) -> tuple[str, ...]:
    """Its words in small letters: `FoundDate`, `found_date` and `Found date` are the same two."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])", " ", heading)
    return tuple(word.lower() for word in re.split(r"[^A-Za-z0-9]+", spaced.replace("'", "")) if word)


def holds_phrase(words: tuple[str, ...], phrase: str) -> bool:
    """Whether the words of a phrase stand in a heading, one after the other."""
    wanted = tuple(phrase.split())
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def field_of_person(words: tuple[str, ...]) -> str | None:
    """The key of a person record that a heading names, if it does."""
    for field, phrases in read_trade_words().person_fields.items():
        if any(holds_phrase(words, phrase) for phrase in phrases):
            return field
    return None


def is_of_somebody(words: tuple[str, ...]) -> bool:
    """Whether a name, an address or the like may stand under it. `PersonType` and `AdultChild` are about codes."""
    is_code = bool(words) and (words[-1] in ("type", "status", "grade", "category") or "adult" in words)
    return bool(OF_SOMEBODY & set(words)) and not is_code


def ends_as_id(words: tuple[str, ...]) -> bool:
    """Whether a heading names a number or reference."""
    return bool(words) and (words[-1] in ID_WORDS or "reference" in words or "ref" in words)


def own_name(words: Iterable[str], taken: Iterable[str] = ()) -> str:
    """A name that standards can use, made of a heading's words and different from those taken."""
    name = "_".join(words) or "column"
    name = name if name[0].isalpha() else f"column_{name}"
    if any(name in fixed for fixed in FIXED_COLUMNS.values()):
        name = f"{name}_given"  # a table of ours has a column of this name, and it says something else
    taken = set(taken)
    number = 2
    found = name
    while found in taken:
        found = f"{name}_{number}"
        number += 1
    return found
