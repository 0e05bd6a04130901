"""Several versions of one standard held together: each day has one of them, so that no occasion is judged twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from wardline.standards.standard import Standard
from wardline.time_limits import day_before

__all__ = ["clashes"]


def clashes(standards: Sequence[Standard]) -> Iterator[tuple[int, str, str]]:
    """Standards that cannot be held together: the position of the later listed one, what is wrong, what to do.

    Two of one name must be two versions whose dates in force share no day; then an occasion is judged by the version
    in force on its local day.
    """
    for index, standard in enumerate(standards):
        for before in standards[:index]:
            told = _clash(before, standard)
            if told is not None:
                yield index, *told
                break


def _clash(one: Standard, other: Standard) -> tuple[str, str] | None:
    # Names that differ in capital letters only are one to a reader, and to some disks.
    if one.name.casefold() != other.name.casefold():
        return None
    if one.name != other.name or one.version == other.version:
        which = f"version {other.version} of the standard" if one.name == other.name else "the standard"
        return (
            f"This names {which} `{other.name}` a second time.",
            "Take one of them out; a new wording has a `version` of its own.",
        )
    older, newer = sorted((one, other), key=lambda standard: standard.in_force_from)
    if older.in_force_to is not None and older.in_force_to < newer.in_force_from:
        return None
    what = (
        f"Versions {older.version} and {newer.version} of `{other.name}` are both in force {_shared(older, newer)}, so "
        "that what began then would be judged twice."
    )
    if older.in_force_from == newer.in_force_from:
        return what, "Give the newer one a later day after `from`, and end the older one the day before it."
    return what, f"End version {older.version} the day before: `in force: {_ended(older, newer)}`."


def _shared(older: Standard, newer: Standard) -> str:
    """`from 2025-01-01 on`, `from 2025-01-01 to 2025-03-31`."""
    ends = [standard.in_force_to for standard in (older, newer) if standard.in_force_to is not None]
    last: date | None = min(ends, default=None)
    return f"from {newer.in_force_from}" + (" on" if last is None else f" to {last}")


def _ended(older: Standard, newer: Standard) -> str:
    return f"{{from: {older.in_force_from}, to: {day_before(newer.in_force_from)}}}"
