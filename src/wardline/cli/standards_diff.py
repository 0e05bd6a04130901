"""`wardline standards diff`: how a force's settings differ from the standards that ship, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.english import and_list, count
from wardline.obligations import BasisKind, LimitTable, limit_in_words
from wardline.reports.wording import date_in_words
from wardline.standards import (
    Compared,
    Differences,
    Force,
    LimitDifference,
    Named,
    Standard,
    compare_limits,
    differences,
    look_up_standard,
    look_up_versions,
    read_force,
    shipped_standards,
    standards_for,
)

__all__ = ["diff"]

MARKS = {
    BasisKind.STATUTE: "LOOSER THAN A STATUTE, which no force can change",
    BasisKind.NATIONAL_GUIDANCE: "LOOSER THAN NATIONAL GUIDANCE",
}


def diff(
    force_file: Annotated[Path, typer.Argument(metavar="FORCE.yaml", help="The force's settings.", show_default=False)],
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            help="Names of the library, or paths; all that ship for the nation if left out.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Say how a force's settings differ from the standards.

    For each of the force's own time limits: the shipped one beside it, which of the two gives more time,
    and the reason. What is looser than a statute or national guidance comes first. Then who confirmed
    what and when, what awaits confirmation, what is still to be set, and names that no standard has.

    \b
    Examples:
      wardline standards diff force.yaml
      wardline standards diff force.yaml england/missing-children our-own/handover.yaml
    """
    force = read_force(force_file)
    standards = _standards(names or standards_for(force.nation))
    known = [one for name in shipped_standards() for one in look_up_versions(name, relative_to=Path())]
    say("\n".join(_in_words(force, differences(force, standards, known=known), standards)))


def _standards(names: Iterable[str]) -> list[Standard]:
    return [look_up_standard(name, relative_to=Path()) for name in dict.fromkeys(names)]


def _in_words(force: Force, found: Differences, standards: list[Standard]) -> Iterator[str]:
    yield f"{force.name}, compared with {count(len(standards), 'standard')}:"
    yield from (f"  {standard.name}, version {standard.version}" for standard in standards)
    yield from ("", "The force's own time limits")
    for one in found.limits:
        yield from _limit_in_words(one)
    if not found.limits:
        yield "  None."
    yield f"  Every other limit is the shipped one ({count(found.unchanged, 'obligation')})."
    yield from ("", "Confirmed by somebody at the force")
    yield from (f"  {of.name}: {of.title}\n      by {one.by}, {date_in_words(one.on)}" for of, one in found.confirmed)
    if not found.confirmed:
        yield "  None."
    if found.asked:
        yield from ("", "Asked by the oversight body; in a separate section unless the force has confirmed them")
        yield from (f"  {of.name}: {of.title}\n      by {one.by}, {date_in_words(one.on)}" for of, one in found.asked)
    yield from _listed("Awaiting confirmation; kept out of headlines until then", found.awaiting)
    yield from _listed("Still to be set; only waits are shown until then", found.to_be_set)
    if found.unknown:
        yield from ("", "Named in the settings, but not in any of these standards")
        yield from (
            f"  {name}{f'. {hint}' if hint else '. Is it in a standard of your own? Name its file too.'}"
            for name, hint in found.unknown
        )


def _listed(heading: str, listed: Iterable[Named]) -> Iterator[str]:
    yield from ("", heading)
    lines = [f"  {of.name}: {of.title}" for of in listed]
    yield from lines or ["  None."]


def _limit_in_words(one: LimitDifference) -> Iterator[str]:
    yield f"  {one.of.name}: {one.of.title}"
    if one.is_looser_than is not None:
        yield f"      {MARKS[one.is_looser_than]} ({one.basis.title})"
    if one.shipped is None:
        yield "      This obligation has no time limit to set. Take the line out: no dive can start with it."
        return
    parts = compare_limits(one.shipped, one.local)
    if isinstance(one.shipped, LimitTable) and isinstance(one.local, LimitTable) and parts:
        for part in parts:
            if part.how is not Compared.SAME:
                was, now = (str(limit) if limit is not None else "none" for limit in (part.shipped, part.local))
                yield f"      {part.value or 'otherwise'}: shipped {was}, here {now} ({part.how.value})"
        if one.how is Compared.SAME or all(part.how is Compared.SAME for part in parts):
            yield "      the same as shipped"
    else:
        yield f"      shipped: {limit_in_words(one.shipped)}"
        yield f"      here: {limit_in_words(one.local)} ({_how(one)})"
    if one.reason:
        yield f"      the reason given: {one.reason}"
    elif one.how is Compared.LOOSER:
        yield "      no reason is given, and no dive can start without one"


def _how(one: LimitDifference) -> str:
    """Where the shipped limit is a table and the force's is not, a part of it may be looser and a part tighter."""
    assert one.shipped is not None, "without a shipped limit nothing is compared"
    hows = dict.fromkeys(part.how for part in compare_limits(one.shipped, one.local))
    if len(hows) < 2:
        return one.how.value
    parts = compare_limits(one.shipped, one.local)
    return "; ".join(
        f"{how.value} for {and_list(part.value or 'any other' for part in parts if part.how is how)}" for how in hows
    )
