"""The draft of a `force.yaml`: every limit that a force may change and everything that it may confirm, in comments."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from wardline.obligations import LimitTable, Obligation, TimeLimit, sentence
from wardline.standards.standard import Standard
from wardline.standards.writing import on_one_line
from wardline.time_limits import ToBeSet

__all__ = ["ForceDraft", "draft_force", "is_to_be_set"]

WIDTH = 110

HEAD = """\
# The settings of a force, drafted from {standards}.
#
# It can be used as it is: every time limit is then the shipped one, and what is only assumed is in no headline.
# A line that names an obligation (as `# england/…: …`) becomes a setting when the `# ` before it is taken out.
# Every other line that begins with # is for reading; it may stay or go.

{settings}
# population:
# oversight body:
"""
LIMITS = """
# TIME LIMITS
#
# For each obligation: what it rests on, and the limit that ships. To have one of your own, take out the `# ` before
# the line and change the length. A looser limit needs a reason, which every report shows. Write it like this:
#   {limit: 90 minutes, reason: agreed with the inspectorate until June}
limits:
"""
TO_BE_SET = """
  # STILL TO BE SET
  #
  # No guidance gives these a time limit. Until one is set, the report shows only how long it took.
"""
CONFIRMED = """
# WHAT IS ASSUMED
#
# In these the obligation, or its number, is a suggestion of Wardline's, or another force's policy. They are kept out
# of headlines, briefings and published pages until somebody at the force has read the sentence and agreed to it. Then
# take out the `# ` before the line, and write who that was, by name or role, and the day:
# {by: Head of Safeguarding, on: 2025-03-03}
confirmed:
"""
ASKED = """
# WHAT THE OVERSIGHT BODY ASKS
#
# The body that oversees the force may put any of these as its own question, whether or not the force agrees that it is
# owed. Its figures are then given in a separate section, which says so. Write the obligation's name as above, who
# asks, since when and, where the body has a limit of its own, how long there is:
#   england/missing-children/circulated: {by: Head of Scrutiny, on: 2025-03-03, within: 48 hours}
asked:
"""
NOTHING = "  # (none in these standards)\n"


@dataclass(frozen=True)
class ForceDraft:
    """The text of a draft, and how many lines it has of each sort."""

    text: str
    limits: int
    to_be_set: int
    to_confirm: int


OfStandard = tuple[Standard, Obligation]


def draft_force(name: str, nation: str, zone: str, standards: Sequence[Standard]) -> ForceDraft:
    """A `force.yaml` that loads as it is, and in which each obligation's line loads once it is no comment any more."""
    every = [(standard, obligation) for standard in standards for obligation in standard.obligations]
    with_limit = [(one, limit) for one in every if (limit := one[1].time_limit) is not None]
    limits = [one for one, limit in with_limit if not is_to_be_set(limit)]
    to_be_set = [one for one, limit in with_limit if is_to_be_set(limit)]
    to_confirm = [one for one in every if one[1].basis.kind.is_to_be_confirmed]
    named = ", ".join(f"{standard.name} (version {standard.version})" for standard in standards)
    settings = "\n".join(
        f"{key}: {on_one_line(value)}" for key, value in (("force", name), ("nation", nation), ("time zone", zone))
    )
    head = HEAD.format(standards=named, settings=settings).split("\n", 1)
    pieces = [f"{_comment(head[0].removeprefix('# '), indent='')}{head[1]}", LIMITS, _listed(limits, _limit_lines)]
    if to_be_set:
        pieces += [TO_BE_SET, _listed(to_be_set, _limit_lines)]
    pieces += [CONFIRMED, _listed(to_confirm, _lines_to_confirm), ASKED]
    return ForceDraft("".join(pieces), len(limits), len(to_be_set), len(to_confirm))


def is_to_be_set(limit: TimeLimit) -> bool:
    """Whether any part of a limit is still to be set."""
    if isinstance(limit, LimitTable):
        return any(isinstance(one, ToBeSet) for one in (*dict(limit.limits).values(), limit.unknown))
    return isinstance(limit, ToBeSet)


def _listed(obligations: Iterable[OfStandard], lines: Callable[[Standard, Obligation], Iterator[str]]) -> str:
    """The lines of each obligation, those of one standard under its title."""
    written, title = "", ""
    for standard, obligation in obligations:
        if title != (title := f"{standard.title} ({standard.name}, version {standard.version})"):
            written += "\n" + _comment(f"— {title} —")
        written += "\n" + "".join(lines(standard, obligation))
    return written or NOTHING


def _limit_lines(standard: Standard, obligation: Obligation) -> Iterator[str]:
    limit = obligation.time_limit
    assert limit is not None, "only obligations with a limit are listed"
    basis = obligation.basis
    source = ", ".join(part for part in (basis.title, basis.publisher, basis.published) if part)
    yield _comment(f"{obligation.title}.")
    yield _comment(f"Rests on ({basis.kind.value}): {source}.")
    yield f"  # {standard.full_name(obligation)}: {on_one_line(limit)}\n"


def _lines_to_confirm(standard: Standard, obligation: Obligation) -> Iterator[str]:
    yield _comment(f"{obligation.title}.")
    yield _comment(f"To be confirmed: {sentence(obligation)}")
    if obligation.basis.note:
        yield _comment(f"What is ours in it: {obligation.basis.note}")
    yield f"  # {standard.full_name(obligation)}: {{by: , on: }}\n"


def _comment(text: str, indent: str = "  ") -> str:
    """A text as lines of comment; a line never begins as one that names an obligation does."""
    lines = textwrap.wrap(" ".join(text.split()), WIDTH - len(indent) - 2, break_on_hyphens=False)
    return "".join(f"{indent}# {line}\n" for line in lines)
