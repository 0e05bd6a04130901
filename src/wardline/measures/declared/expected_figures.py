"""What a worked example of a measure expects, and the same words for what was counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wardline.english import in_code, or_list
from wardline.errors import did_you_mean
from wardline.measures.charts import Shown
from wardline.measures.declared.measure import Measure, Wait
from wardline.time_limits import NotAnElapsedTime, read_seconds, seconds_in_words

__all__ = ["LEFT_OUT", "WHY_NO_FIGURE", "ExpectedFigure", "NotAFigure", "read_figure"]

NO_FIGURE = "no figure, because "
LEFT_OUT = "left_out"  # the measure has no row in the table of measures at all
WHY_NO_FIGURE = {
    "gap": "nothing was recorded for part of the time",
    "no_occasions": "there was nothing to count",
    "not_over": "it is too early",
    "in_part": "only part of the time is known",
    "not_told": "more than a fifth cannot be told",
    "not_given": "it is not known how many there are",
    "not_reached": "too few had a response",
    LEFT_OUT: "it cannot be counted yet",
}
"""The words of each reason why there is no figure, by its code in the table of measures, and for what is not in it."""

_SHARE = re.compile(r"(?P<met>\d[\d,]*) of (?P<all>\d[\d,]*)(?:, and (?P<not_told>\d[\d,]*) cannot be told)?")
_RATE = re.compile(r"(?P<many>\d[\d,]*) for (?P<of>\d[\d,]*(?:\.\d+)?)(?: [a-z ]+)?")
_COUNT = re.compile(r"\d[\d,]*")


class NotAFigure(ValueError):
    """A text is no figure of this measure; `remedy` says what to write."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


@dataclass(frozen=True)
class ExpectedFigure:
    """A figure: a share or rate has a numerator and a denominator, a count or a wait (in seconds) a value.

    `no_value` is the code of the reason why there is none. `not_told` None: it is not said of how many the records
    cannot tell.
    """

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    not_told: int | None = None
    no_value: str | None = None

    def in_words(self, measure: Measure) -> str:
        """As an example expects it."""
        if self.no_value is not None:
            return NO_FIGURE + WHY_NO_FIGURE[self.no_value]
        if measure.shown is Shown.SHARE:
            beside = f", and {self.not_told} cannot be told" if self.not_told else ""
            return f"{self.numerator:,.0f} of {self.denominator:,.0f}{beside}"
        if measure.shown is Shown.RATE:
            return f"{self.numerator:,.0f} for {self.denominator:,.10g}"
        assert self.value is not None
        if isinstance(measure.counting, Wait):
            return seconds_in_words(self.value)
        return f"{self.value:,.0f}"

    def agrees_with(self, found: ExpectedFigure, measure: Measure) -> bool:
        """Whether what was found is what this expects; what it does not say may be anything."""
        if self.no_value or found.no_value:
            return self.no_value == found.no_value
        if self.not_told is not None and self.not_told != (found.not_told or 0):
            return False
        if measure.shown in (Shown.SHARE, Shown.RATE):
            return (self.numerator, self.denominator) == (found.numerator, found.denominator)
        return self.value == found.value


def read_figure(text: str, measure: Measure) -> ExpectedFigure:
    """`2 of 3`, `2 of 3, and 1 cannot be told`, `6 for 3 investigators`, `4 hours`, `3`, `no figure, because …`.

    Raises NotAFigure.
    """
    plain = " ".join(text.split())
    if plain.startswith(NO_FIGURE.rstrip()):
        return _no_figure(plain.removeprefix(NO_FIGURE.rstrip()).strip())
    match measure.shown:
        case Shown.SHARE:
            if match := _SHARE.fullmatch(plain):
                not_told = match["not_told"]
                return ExpectedFigure(
                    numerator=_number(match["met"]),
                    denominator=_number(match["all"]),
                    not_told=None if not_told is None else int(_number(not_told)),
                )
            raise _other(plain, "a share", "2 of 3")
        case Shown.RATE:
            if match := _RATE.fullmatch(plain):
                return ExpectedFigure(numerator=_number(match["many"]), denominator=_number(match["of"]))
            raise _other(plain, "a rate", "6 for 3 investigators")
    if isinstance(measure.counting, Wait):
        try:
            return ExpectedFigure(value=read_seconds(plain))
        except NotAnElapsedTime:
            raise _other(plain, "a wait", "2 hours 35 minutes") from None
    if _COUNT.fullmatch(plain):
        return ExpectedFigure(value=_number(plain))
    raise _other(plain, "a count", "3")


def _no_figure(why: str) -> ExpectedFigure:
    codes = {words: code for code, words in WHY_NO_FIGURE.items()}
    if why not in codes:
        raise NotAFigure(
            f'"{why}" is not a reason why there is no figure.{did_you_mean(why, codes)}',
            f"After `{NO_FIGURE.strip()}` write {or_list(in_code(codes))}.",
        )
    return ExpectedFigure(no_value=codes[why])


def _other(text: str, what: str, example: str) -> NotAFigure:
    return NotAFigure(
        f'"{text}" is not {what}, which is what this measure counts.',
        f"Write it as `{example}`, or `{NO_FIGURE}{WHY_NO_FIGURE['no_occasions']}`.",
    )


def _number(text: str) -> float:
    return float(text.replace(",", ""))
