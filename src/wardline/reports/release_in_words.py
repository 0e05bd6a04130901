"""A release in words: what goes and what stays, before somebody signs it and for whoever gets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from wardline.english import and_list, count, number
from wardline.reports.wording import MADE_UP_SENTENCE, date_in_words

__all__ = ["OfRelease", "Stayed", "Went", "plan_in_words", "release_in_words"]

WIDTH = len("1,000,000")
STILL_PERSONAL = (
    "What is coded is still personal data about children: a person who knows a child may recognise a case. "
    "Treat it as such."
)
SAYS_NOTHING_OF_QUALITY = (
    "A finding describes what a record shows about a duty; it does not score anyone. “Recorded in time” says nothing "
    "about quality. Leadership, and much of working with partners, cannot be judged from records."
)


class Went(Protocol):
    """Something that goes."""

    @property
    def what(self) -> str:
        """What it is, in the plural."""

    @property
    def count(self) -> int:
        """How many there are of it."""

    @property
    def note(self) -> str:
        """What else is to be said of it; may be empty."""


class Stayed(Protocol):
    """Something that stays."""

    @property
    def what(self) -> str:
        """What it is, in the plural."""

    @property
    def count(self) -> int | None:
        """How many there are of it; None: all."""

    @property
    def why(self) -> str:
        """Why it stays."""


class OfRelease(Protocol):
    """What a release says of itself."""

    marking: str
    made_up: bool
    dive: str
    question: str
    named_question: str | None
    about: tuple[str, ...]
    purpose: str
    recipients: tuple[str, ...]
    expires: date
    destruction: str
    signed_by: str
    role: str
    signed_on: date
    force: str
    as_at: date

    @property
    def went(self) -> Sequence[Went]:
        """What went."""

    @property
    def stayed(self) -> Sequence[Stayed]:
        """What stayed."""


def plan_in_words(
    dive: str,
    question: str | None,
    went: Sequence[Went],
    stayed: Sequence[Stayed],
    *,
    held: int,
    restricted: int,
    alone: int,
    made_up: bool,
) -> str:
    """What would go and what would stay, for whoever is to sign. It is never part of a release: it gives how many cases
    are `held` and how many are `restricted` apart."""
    lines = [MADE_UP_SENTENCE, ""] if made_up else []
    lines += [f"A release of “{dive}” to the office", "Nothing has left yet.", ""]
    lines += ["Only figures go: no question is named that needs cases."] if question is None else []
    lines += [] if question is None else [f"Coded cases go, because a question is named: {question}"]
    lines += ["", *_what_went(went), "", *_what_stayed(stayed)]
    if question is not None:
        lines += ["", "For you alone", f"  {count(held, 'case')} of those asked for: held"]
        lines.append(f"  {count(restricted, 'case')} of those asked for: from a restricted record")
        lines.append(f"  {count(alone, 'case')} of those that go: the only one with its month, age and attributes")
        lines += ["", STILL_PERSONAL]
    return "\n".join(lines)


def release_in_words(about: OfRelease) -> str:
    """The terms of a release, and what went and what stayed, for whoever gets it."""
    lines = [about.marking, *([MADE_UP_SENTENCE] if about.made_up else []), ""]
    lines += [f"Release of “{about.dive}”", f"{about.force}, as at {date_in_words(about.as_at)}", ""]
    lines += [f"  The dive asks     {about.question}"]
    if about.named_question is not None:
        lines.append(f"  Cases answer      {about.named_question}")
    lines += [f"                    {name}" for name in about.about]
    lines += [
        f"  Purpose           {about.purpose}",
        f"  For               {and_list(about.recipients)}",
        f"  Ends              {date_in_words(about.expires)}",
        f"  Destruction       {about.destruction}",
        f"  Signed            {about.signed_by}, {about.role}, on {date_in_words(about.signed_on)}",
        "",
        *_what_went(about.went),
        "",
        *_what_stayed(about.stayed),
        "",
        *([STILL_PERSONAL, ""] if about.named_question is not None else []),
        SAYS_NOTHING_OF_QUALITY,
        "",
        about.marking,
    ]
    return "\n".join(lines)


def _what_went(went: Sequence[Went]) -> Iterator[str]:
    yield "What goes"
    for one in went:
        if one.count:
            yield _line(number(one.count), f"{one.what}{f' ({one.note})' if one.note else ''}")


def _what_stayed(stayed: Sequence[Stayed]) -> Iterator[str]:
    yield "What stays"
    for one in stayed:
        yield _line("all" if one.count is None else number(one.count), f"{one.what} ({one.why})")


def _line(many: str, what: str) -> str:
    return f"  {many:>{WIDTH}}  {what}"
