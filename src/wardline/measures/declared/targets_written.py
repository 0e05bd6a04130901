"""The target of a measure as it is written in a file: `90 %`, `2 hours 30 minutes`, `3`."""

from __future__ import annotations

import re
from decimal import Decimal

from wardline.measures.charts import Shown
from wardline.measures.declared.measure import Measure, Wait
from wardline.time_limits import NotAnElapsedTime, read_seconds, seconds_in_words

__all__ = ["NotATarget", "read_target", "target_in_words"]

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?")
_PER_CENT = re.compile(rf"({_NUMBER.pattern}) ?%")


class NotATarget(ValueError):
    """A text is no level that the measure could reach; `remedy` says what to write."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.remedy = remedy


def read_target(text: str, measure: Measure) -> float:
    """The level that a text says: a share of one, a number of seconds, a rate or a count. Raises NotATarget."""
    plain = " ".join(text.split())
    if measure.shown is Shown.SHARE:
        match = _PER_CENT.fullmatch(plain)
        if match is None:
            raise NotATarget(f'"{plain}" is not a share.', "Write the target of a share as `90 %`.")
        share = float(Decimal(match[1]) / 100)
        if share > 1:
            raise NotATarget(f"No share can ever be {plain}.", "Write a target from 0 % to 100 %.")
        return share
    if isinstance(measure.counting, Wait):
        try:
            return read_seconds(plain)
        except NotAnElapsedTime as error:
            raise NotATarget(str(error), error.remedy) from None
    if not _NUMBER.fullmatch(plain):
        raise NotATarget(f'"{plain}" is not a number.', "Write the target as a number from 0, such as `3`.")
    return float(plain)


def target_in_words(measure: Measure) -> str:
    """The target of a measure that has one, as a file says it."""
    assert measure.target is not None
    if measure.shown is Shown.SHARE:
        return f"{(Decimal(repr(measure.target)) * 100).normalize():f} %"
    if isinstance(measure.counting, Wait):
        return seconds_in_words(measure.target)
    return f"{measure.target:.10g}"
