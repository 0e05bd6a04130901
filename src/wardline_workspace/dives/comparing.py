"""Two dives beside each other, counted once in a process: it takes as long as going through both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from wardline.dive import compare_dives
from wardline.dive.questions.unlike_dives import LEAVE_OUT
from wardline.errors import Problem, UsageError
from wardline.reports.dives_compared_on_page import ComparedOnPage, dives_compared_on_page
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened_folder

__all__ = ["WhyNot", "compared", "why_not_compared"]

HELD = 16
NAMED = re.compile(re.escape(LEAVE_OUT).replace(re.escape("{}"), "([^`]+)"))
CODE = re.compile("`([^`]+)`")


@dataclass(frozen=True)
class WhyNot:
    """A reason why two dives cannot be compared. `leave_out` is the obligation or standard without which they can be;
    else `remedy` says what to do."""

    what: Markup
    remedy: str
    leave_out: str | None


def compared(first: AddedDive, second: AddedDive, left_out: tuple[str, ...]) -> ComparedOnPage:
    """The second beside the first. Raises UsageError with every reason why they cannot be compared, and OutputError
    where one of them cannot be read."""
    return _compared((first.path, first.manifest_sha256), (second.path, second.manifest_sha256), left_out)


def why_not_compared(error: UsageError) -> list[WhyNot]:
    """The reasons, as a page says them."""
    return [_reason(one) for one in error.problems]


def _reason(problem: Problem) -> WhyNot:
    found = NAMED.search(problem.remedy)
    what = CODE.sub(lambda code: f"<code>{code[1]}</code>", escape(problem.what))
    return WhyNot(Markup(what), problem.remedy if found is None else "", None if found is None else found[1])


@lru_cache(maxsize=HELD)
def _compared(first: tuple[Path, str], second: tuple[Path, str], left_out: tuple[str, ...]) -> ComparedOnPage:
    found = compare_dives(opened_folder(*first), opened_folder(*second), left_out=left_out)
    return dives_compared_on_page(found)
