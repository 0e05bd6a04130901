"""What a worked example expects, in the words that people read, and the same words for what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from wardline.errors import did_you_mean
from wardline.findings import Outcome, Reason, outcome_words, words_of_kind
from wardline.obligations import Never, Obligation, Record
from wardline.time_limits import NotAnElapsedTime, in_words, read_elapsed

__all__ = [
    "NO_OCCASION",
    "Expectation",
    "NotAnExpectation",
    "expectation_words",
    "found_in_words",
    "holds",
    "read_expectation",
]

NO_OCCASION = "no occasion"
"""Expected where the obligation is not owed even once, so that there is no finding."""

# By the key with which an obligation begins; every other kind has the same words.
KINDS_WITH_THEIR_WORDS: dict[str, type[object]] = {"never": Never, "record": Record}


class NotAnExpectation(ValueError):
    """A text is nothing that can be found; `remedy` says what to write."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


@dataclass(frozen=True)
class Expectation:
    """An outcome and, where they are given, how late and why it cannot be told."""

    outcome: Outcome
    late_by: timedelta | None = None
    reason: Reason | None = None


def expectation_words(leading_key: str) -> dict[Outcome, str]:
    """The words of each outcome for the kind that begins with this key."""
    return words_of_kind(KINDS_WITH_THEIR_WORDS.get(leading_key, Obligation))


def read_expectation(text: str, leading_key: str) -> Expectation | None:
    """`recorded late by 2 hours`, `cannot tell (limit_unknown)`, `filled in`; None for `no occasion`.

    Raises NotAnExpectation.
    """
    plain = " ".join(text.split())
    if plain == NO_OCCASION:
        return None
    words = {said: outcome for outcome, said in expectation_words(leading_key).items()}
    if plain in words:
        return Expectation(words[plain])
    if plain.startswith("recorded late by ") and "recorded late" in words:
        try:
            return Expectation(Outcome.LATE, late_by=read_elapsed(plain.removeprefix("recorded late by ")))
        except NotAnElapsedTime as error:
            raise NotAnExpectation(str(error), error.remedy) from None
    if plain.startswith("cannot tell (") and plain.endswith(")"):
        code = plain.removeprefix("cannot tell (").removesuffix(")")
        reasons = {reason.value: reason for reason in Reason}
        if code not in reasons:
            raise NotAnExpectation(
                f"`{code}` is not a reason why we cannot tell.{did_you_mean(code, reasons)}",
                f"Write one of {', '.join(reasons)}, or `cannot tell` alone.",
            )
        return Expectation(Outcome.CANNOT_TELL, reason=reasons[code])
    raise NotAnExpectation(
        f'"{plain}" is not something that can be found.{did_you_mean(plain, [*words, NO_OCCASION])}',
        f"Write one of: {', '.join([*words, NO_OCCASION])}.",
    )


def found_in_words(obligation: Obligation, outcome: Outcome, late_by: timedelta | None, reason: Reason | None) -> str:
    """A finding in the words of an expectation: `recorded late by 2 hours 35 minutes`."""
    said = outcome_words(outcome, obligation)
    if late_by is not None:
        return f"{said} by {in_words(late_by)}"
    return said if reason is None else f"{said} ({reason.value})"


def holds(expected: Expectation, outcome: Outcome, late_by: timedelta | None, reason: Reason | None) -> bool:
    """Whether a finding is what was expected. How late holds to the microsecond, or as words round it down."""
    if expected.outcome is not outcome or expected.reason not in (None, reason):
        return False
    if expected.late_by is None or late_by is None:
        return expected.late_by is None
    return expected.late_by == late_by or in_words(expected.late_by) == in_words(late_by)
