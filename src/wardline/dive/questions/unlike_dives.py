"""Whether two dives may be compared at all: what would set unlike beside like is refused, with what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from wardline.dive.kept.kept_dive import KeptDive
from wardline.errors import Place, Problem, ProblemKind, did_you_mean
from wardline.obligations import ResolvedObligation, limit_in_words, sentence

__all__ = ["LEAVE_OUT", "days_in_both", "is_left_out", "obligations_of_both", "unlike"]

LEAVE_OUT = "or leave it out: `--leave-out {}`."


def unlike(first: KeptDive, second: KeptDive, left_out: Collection[str]) -> Iterator[Problem]:
    """Every reason why the two cannot be compared; `left_out` are obligations or standards that are left out."""
    if first.folder.resolve() == second.folder.resolve():
        yield _problem("These are the same folder.", "Name two dives.", first)
        return
    if first.manifest == second.manifest:
        yield _problem("Both folders hold the same dive.", "Name two dives, and not a dive and a copy of it.", second)
        return
    if first.is_made_up is not second.is_made_up:
        made_up = first if first.is_made_up else second
        yield _problem("One of the dives is into made-up data.", "Name two dives into real records.", made_up)
    if first.as_at > second.as_at:
        yield _problem(
            "The first dive looks from a later instant than the second, so what changed would be told backwards.",
            "Name the dive with the earlier `as at` first.",
            first,
        )
    yield from _unknown_names(first, second, left_out)
    yield from _other_versions(first, second, left_out)
    yield from _said_otherwise(first, second, left_out)
    if not obligations_of_both(first, second, left_out) and obligations_of_both(first, second, ()):
        yield _problem("Every obligation that both dives have is left out.", "Leave out fewer of them.", second)
    elif not obligations_of_both(first, second, left_out):
        yield _problem("The dives have no obligation in common.", "Name two dives that share a standard.", second)


def is_left_out(full_name: str, left_out: Collection[str]) -> bool:
    """Whether an obligation, or its standard, is among those that are left out."""
    return full_name in left_out or full_name.rpartition("/")[0] in left_out


def obligations_of_both(
    first: KeptDive, second: KeptDive, left_out: Collection[str]
) -> list[tuple[str, list[ResolvedObligation], list[ResolvedObligation]]]:
    """The obligations that both dives have, by full name, in the order of the second: each with its versions."""
    theirs = [one.full_name for one in first.obligations]
    names = dict.fromkeys(one.full_name for one in second.obligations if one.full_name in theirs)

    def of(dive: KeptDive, name: str) -> list[ResolvedObligation]:
        return [one for one in dive.obligations if one.full_name == name]

    return [(name, of(first, name), of(second, name)) for name in names if not is_left_out(name, left_out)]


def days_in_both(first: KeptDive, second: KeptDive) -> tuple[date, date] | None:
    """The local days that both judge; None where there is none."""
    return _both(_days(first), _days(second))


def _days(dive: KeptDive) -> tuple[date, date]:
    return dive.period or (date.min, date.max)


def _both(one: tuple[date, date], other: tuple[date, date]) -> tuple[date, date] | None:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start <= end else None


def _unknown_names(first: KeptDive, second: KeptDive, left_out: Collection[str]) -> Iterator[Problem]:
    known = {one.full_name for dive in (first, second) for one in dive.obligations}
    known |= {one.name for dive in (first, second) for one in dive.standards}
    for name in left_out:
        if name not in known:
            yield Problem(
                ProblemKind.UNKNOWN_NAME,
                f"Neither dive has an obligation or a standard called `{name}`.{did_you_mean(name, sorted(known))}",
                "Name it in full, the standard first.",
            )


def _other_versions(first: KeptDive, second: KeptDive, left_out: Collection[str]) -> Iterator[Problem]:
    """Standards by which both dives judge the same days, but in different versions."""
    for one in first.standards:
        for other in second.standards:
            if one.name != other.name or one.version == other.version or one.name in left_out:
                continue
            mine, theirs = (
                _both(_days(dive), (standard.in_force_from, standard.in_force_to or date.max))
                for dive, standard in ((first, one), (second, other))
            )
            if mine is not None and theirs is not None and _both(mine, theirs) is not None:
                yield _problem(
                    f"For the same days the first dive judges by version {one.version} of `{one.name}`, and the second "
                    f"by version {other.version}.",
                    f"Make one of the dives again with the version of the other, {LEAVE_OUT.format(one.name)}",
                    second,
                )


def _said_otherwise(first: KeptDive, second: KeptDive, left_out: Collection[str]) -> Iterator[Problem]:
    """Obligations that have another limit, or say something else, in the other dive."""
    for name, mine, theirs in obligations_of_both(first, second, left_out):
        remedy = f"Make one of the dives again with the settings of the other, {LEAVE_OUT.format(name)}"
        limits = [list(dict.fromkeys(_limit(one) for one in side)) for side in (mine, theirs)]
        if limits[0] != limits[1]:
            said = [" and ".join(one) for one in limits]
            yield _problem(
                f"`{name}` has another time limit in each dive: in the first {said[0]}, in the second {said[1]}.",
                remedy,
                second,
            )
        elif {sentence(one.obligation) for one in mine} != {sentence(one.obligation) for one in theirs}:
            yield _problem(f"`{name}` does not say the same in both dives.", remedy, second)


def _limit(item: ResolvedObligation) -> str:
    limit = item.obligation.time_limit
    return "no limit" if limit is None else limit_in_words(limit)


def _problem(what: str, remedy: str, dive: KeptDive) -> Problem:
    return Problem(ProblemKind.UNLIKE_DIVES, what, remedy, Place(_shown(dive.folder)))


def _shown(folder: Path) -> str:
    """As somebody may have typed it: from where they are, if it is below."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)
