"""Two dives beside each other, counted once and kept: it takes as long as going through both."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from wardline.dive import compare_dives
from wardline.dive.questions.unlike_dives import LEAVE_OUT
from wardline.errors import Problem, UsageError, WardlineError
from wardline.reports.dives_compared_on_page import ComparedOnPage, dives_compared_on_page
from wardline_workspace.dives.kept_files import keep, kept
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened_folder

__all__ = ["WhyNot", "compare_with_the_one_before", "compared", "why_not_compared"]

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


def compare_with_the_one_before(added: AddedDive) -> None:
    """Count and keep how a dive compares with the newest that looked earlier, since that is asked for first.

    Where there is none, or the two cannot be compared, nothing is kept: the page says why.
    """
    earlier = AddedDive.objects.filter(is_release=False, as_at__lt=added.as_at).exclude(pk=added.pk)
    if added.is_release or (before := earlier.order_by("-as_at").first()) is None:
        return
    with suppress(WardlineError):
        compared(before, added, ())


def why_not_compared(error: UsageError) -> list[WhyNot]:
    """The reasons, as a page says them."""
    return [_reason(one) for one in error.problems]


def _reason(problem: Problem) -> WhyNot:
    found = NAMED.search(problem.remedy)
    what = CODE.sub(lambda code: f"<code>{code[1]}</code>", escape(problem.what))
    return WhyNot(Markup(what), problem.remedy if found is None else "", None if found is None else found[1])


@lru_cache(maxsize=HELD)
def _compared(first: tuple[Path, str], second: tuple[Path, str], left_out: tuple[str, ...]) -> ComparedOnPage:
    """Kept in a file unless something is left out: what is left out is typed into an address, and could fill a disk."""
    name = None if left_out else f"{first[1]}-{second[1]}"
    if name is not None and (found := kept(name, ComparedOnPage)) is not None:
        return found
    shown = dives_compared_on_page(compare_dives(opened_folder(*first), opened_folder(*second), left_out=left_out))
    if name is not None:
        keep(name, shown)
    return shown
