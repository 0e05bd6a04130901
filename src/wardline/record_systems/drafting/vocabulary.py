"""The names that standards use, and which of them a heading or a code may stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from wardline.record_systems.drafting.headings import words_of
from wardline.record_systems.drafting.trade_words import read_trade_words

__all__ = ["CaseVocabulary", "Vocabulary", "is_called"]

FEWEST_ALIKE = 0.65
FEWEST_ALIKE_OF_CODE = 0.7
SHORTEST_BEGINNING = 4  # letters of a word that stand for the whole of it


@dataclass(frozen=True)
class CaseVocabulary:
    """What standards say of one type of case: each event with its attributes, and the attributes of the case itself.

    Attributes have the values that standards tell apart, if they do. `triggers` start something.
    """

    events: Dictionary[str, Dictionary[str, tuple[str, ...]]] = field(default_factory=dict)
    attributes: Dictionary[str, tuple[str, ...]] = field(default_factory=dict)
    triggers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """What the standards at hand say, by type of case."""

    of: Dictionary[str, CaseVocabulary] = field(default_factory=dict)

    def case_type(self, texts: Iterable[str]) -> str | None:
        """The type of case that most of some names of files and columns speak of; None where none of them does."""
        stems = [_stem(word) for text in texts for word in words_of(text)]
        words = read_trade_words().case_types
        found = {
            case_type: sum(stems.count(_stem(word)) for word in words.get(case_type, case_type.split()))
            for case_type in self.of
        }
        best = max(found, key=lambda each: found[each], default=None)
        return best if best is not None and found[best] else None

    def event(self, text: str, case_type: str | None, *, is_code: bool = False) -> str | None:
        """The event that a heading, or a code, is most like."""
        names = self._of(case_type, "events")
        return nearest(words_of(text), names, read_trade_words().events, is_code=is_code, is_time=True)

    def opening_event(self, case_type: str | None) -> str | None:
        """The event that the opening of a case of some type is, where it starts something."""
        triggers = self.of.get(case_type or "", CaseVocabulary()).triggers
        return next((name for name in read_trade_words().opening_events if name in triggers), None)

    def attribute(self, text: str, case_type: str | None) -> str | None:
        """The attribute of a case that a heading is most like."""
        return nearest(words_of(text), self._of(case_type, "attributes"), read_trade_words().attributes)

    def attribute_of_event(self, text: str, case_type: str | None) -> tuple[str, str] | None:
        """The event and the attribute of it that a heading is most like."""
        events = self.of.get(case_type or "", CaseVocabulary()).events
        by_attribute: dict[str, str] = {}
        for event, attributes in events.items():
            for attribute in attributes:
                by_attribute.setdefault(attribute, event)
        name = nearest(words_of(text), by_attribute, read_trade_words().attributes)
        return None if name is None else (by_attribute[name], name)

    def _of(self, case_type: str | None, what: str) -> Collection[str]:
        known = [self.of[case_type]] if case_type is not None and case_type in self.of else list(self.of.values())
        names = dict.fromkeys(name for each in known for name in getattr(each, what))
        if case_type is not None:
            return tuple(names)
        # `investigation_closed` is for investigations, and nothing says that these are.
        of_one = read_trade_words().of_one_case_type
        return tuple(name for name in names if name.split("_")[0] not in of_one)


def is_called(text: str, event: str) -> bool:
    """Whether a heading is the name of an event and no more: `ReportedDate` and `Reported at` are `reported`."""
    return [_stem(word) for word in _telling(words_of(text))] == [_stem(word) for word in event.split("_")]


def nearest(
    words: Sequence[str],
    names: Iterable[str],
    said: Dictionary[str, Sequence[str]],
    *,
    is_code: bool = False,
    is_time: bool = False,
) -> str | None:
    """The name that some words are most like, by itself or as it is `said`; None where none is near."""
    kept = _telling(words) if is_time else list(words)
    scores = {
        name: max(
            _alike(kept, _telling(phrase) if is_time else phrase, is_code)
            for phrase in (name.split("_"), *(each.split() for each in said.get(name, ())))
        )
        for name in names
    }
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best is not None and scores[best] >= (FEWEST_ALIKE_OF_CODE if is_code else FEWEST_ALIKE) else None


def _alike(words: list[str], phrase: list[str], is_code: bool) -> float:
    """From 0 to 1: how many of the words of each stand in the other, and how alike the two are as written."""
    mine, theirs = [_stem(word) for word in words], [_stem(word) for word in phrase]
    if is_code and len(words) == 1:
        code = words[0]
        initials = "".join(word[0] for word in phrase)
        if len(code) >= 2 and len(phrase) >= 2 and code == initials:
            return 0.8
        if len(code) >= 3 and phrase and any(word.startswith(code) for word in phrase[-1:]):
            return 0.85
        if len(code) >= 3 and any(word.startswith(code) for word in phrase[:1]):
            return 0.75
    in_both = sum(any(_is_same(one, other) for one in mine) for other in theirs)
    shared = 2 * in_both / (len(set(mine)) + len(set(theirs)))
    if in_both < len(theirs):
        shared *= 0.6  # a word that tells it from others is not there: `closed` is no `panel_closed`
    written = SequenceMatcher(None, "".join(mine), "".join(theirs)).ratio()
    return max(shared, written if written >= 0.85 else 0.0)


def _is_same(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= SHORTEST_BEGINNING and longer.startswith(shorter))


def _telling(words: Sequence[str]) -> list[str]:
    of_any_time = read_trade_words().of_any_time
    return [word for word in words if word not in of_any_time] or list(words)


def _stem(word: str) -> str:
    word = {"number": "no", "nr": "no", "reference": "ref"}.get(word, word)
    for ending in ("ation", "ing", "ment", "ed", "al", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
