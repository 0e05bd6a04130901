"""On which terms a dive is released: what for, to whom, until when, and who answers for it.

Nothing leaves the force without all of them, and all that are missing are said at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from wardline.errors import Problem, ProblemKind, Problems, UsageError

__all__ = ["ReleaseTerms", "read_terms"]

ASKED = {
    "signed_by": ("--signed-by", "who signs the release: a named person with the right to"),
    "role": ("--role", "in which role that person signs"),
    "signed_on": ("--signed-on", "the day of signing, as 2025-04-14"),
    "purpose": ("--purpose", "what the release is for"),
    "recipients": ("--recipients", "who gets it, by name or role; may be given several times"),
    "expires": ("--expires", "the last day on which it may be kept, as 2025-07-31"),
    "destruction": ("--destruction", "how, and by whom, it is certified that it was destroyed"),
    "marking": ("--marking", "the protective marking that stands on every file, as OFFICIAL-SENSITIVE"),
}
LONGEST = 2_000  # letters of a text


@dataclass(frozen=True, kw_only=True)
class ReleaseTerms:
    """What whoever signs a release says of it. `question` is the named question that coded cases answer; None: none go.

    `about`: the obligations, in full, whose cases go for that question; empty: all that were judged.
    """

    signed_by: str
    role: str
    signed_on: date
    purpose: str
    recipients: tuple[str, ...]
    expires: date
    destruction: str
    marking: str
    question: str | None = None
    about: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Problems(UsageError, _unfit(self)).tell()


def read_terms(
    *,
    signed_by: str | None,
    role: str | None,
    signed_on: str | None,
    purpose: str | None,
    recipients: tuple[str, ...],
    expires: str | None,
    destruction: str | None,
    marking: str | None,
    question: str | None = None,
    about: tuple[str, ...] = (),
) -> ReleaseTerms:
    """The terms as they were typed. Raises UsageError with every one that is missing or does not fit."""
    given = {
        "signed_by": signed_by,
        "role": role,
        "signed_on": signed_on,
        "purpose": purpose,
        "recipients": " ".join(recipients),
        "expires": expires,
        "destruction": destruction,
        "marking": marking,
    }
    problems = Problems(UsageError)
    for name, value in given.items():
        option, what = ASKED[name]
        if value is None or not value.strip():
            problems.append(_missing(option, what))
    days = {name: _day(given[name], ASKED[name][0], problems) for name in ("signed_on", "expires")}
    problems.tell()
    signed, ends = days["signed_on"], days["expires"]
    assert signed is not None and ends is not None
    texts = {name: str(given[name]).strip() for name in ("signed_by", "role", "purpose", "destruction", "marking")}
    to = tuple(one.strip() for one in recipients if one.strip())
    return ReleaseTerms(
        **texts, signed_on=signed, expires=ends, recipients=to, question=question and question.strip(), about=about
    )


def _missing(option: str, what: str) -> Problem:
    return Problem(
        ProblemKind.WRONG_USE,
        f"{option} is missing: {what}.",
        f"Add {option}. Nothing is released without it; `--preview` shows what would go, and needs none of them.",
    )


def _day(text: str | None, option: str, problems: Problems) -> date | None:
    if text is None or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        problems.append(
            Problem(ProblemKind.WRONG_USE, f"{option} is not a day.", "Write year, month and day, as 2025-07-31.")
        )
        return None


def _unfit(terms: ReleaseTerms) -> Iterator[Problem]:
    if terms.expires <= terms.signed_on:
        yield Problem(
            ProblemKind.WRONG_USE,
            "The release would end on the day on which it is signed, or before.",
            "Write a later day after --expires.",
        )
    for one in fields(terms):
        value = getattr(terms, one.name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and (len(text) > LONGEST or not text.strip() or "\0" in text):
                option = ASKED.get(one.name, ("--cases-for", ""))[0]
                yield Problem(
                    ProblemKind.WRONG_USE,
                    f"What is written after {option} is empty, or longer than {LONGEST:,} letters.",
                    "Say it in a sentence or two.",
                )
    if terms.about and terms.question is None:
        yield Problem(
            ProblemKind.WRONG_USE,
            "Cases are chosen by an obligation, and no question is named that they answer.",
            "Name the question after --cases-for. Without one only figures go.",
        )
