"""Two dives beside each other: refused where they are unlike, else what differs, and what each found of the same
obligations.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from wardline.dive.kept.kept_dive import KeptDive, open_dive
from wardline.dive.questions.differing_dives import differences
from wardline.dive.questions.unlike_dives import days_in_both, obligations_of_both, unlike
from wardline.errors import OutputError, Place, Problem, ProblemKind, Problems, UsageError
from wardline.findings import Outcome
from wardline.measures import FEWEST_TO_COMPARE, Count, Counted, Share
from wardline.measures.chance import effective_size
from wardline.measures.dives_compared import chance_of_waits, judged_otherwise, shares_apart, wait_length
from wardline.measures.groups_compared import counting_all
from wardline.measures.measured_tables import occasions_of
from wardline.measures.shared_out import IN_A_WAIT
from wardline.measures.waits import OF_WAITS
from wardline.obligations import ResolvedObligation
from wardline.reports.dives_compared import DiveBeside, DivesCompared, ObligationBeside, ObligationOfOne
from wardline.time_limits import local_date_column

__all__ = ["compare_dives", "open_two_dives"]

HALF, NINE_IN_TEN = 50, 90  # per cent
Sides = tuple[Sequence[ResolvedObligation], Sequence[ResolvedObligation]]


def open_two_dives(first: Path, second: Path) -> tuple[KeptDive, KeptDive]:
    """Both, each held against its manifest; problems of both are told at once. Raises OutputError, and UsageError where
    the two are one folder."""
    if first.absolute() == second.absolute():
        raise UsageError(
            Problem(
                ProblemKind.UNLIKE_DIVES,
                "The same folder is named twice.",
                "Name two dives, the earlier one first.",
                Place(str(second)),
            )
        )
    problems = Problems(OutputError)
    opened = [problems.collect(partial(open_dive, one)) for one in (first, second)]
    problems.tell()
    assert opened[0] is not None and opened[1] is not None, "what could not be opened was told"
    return opened[0], opened[1]


def compare_dives(first: KeptDive, second: KeptDive, *, left_out: Collection[str] = ()) -> DivesCompared:
    """The second beside the first; `left_out` are obligations, or standards, that are not compared.

    Raises UsageError with every reason why the two cannot be compared, OutputError where a table cannot be read.
    """
    omitted = tuple(dict.fromkeys(left_out))
    with first.readable(), second.readable():
        Problems(UsageError, unlike(first, second, omitted)).tell()
        shared = obligations_of_both(first, second, omitted)
        overlap = days_in_both(first, second)
        found = [_beside(first, second, (mine, theirs), is_tested=overlap is None) for _, mine, theirs in shared]
        compared = [one for one in found if one is not None]
        keyed_alike = first.manifest.key_fingerprint == second.manifest.key_fingerprint
        corrected, tested = _counting_all(compared)
        return DivesCompared(
            _of(first),
            _of(second),
            tuple(differences(first, second, omitted)),
            corrected,
            tuple(name for (name, _, _), one in zip(shared, found, strict=True) if one is None),
            tested,
            overlap if first.period or second.period else None,
            None
            if overlap is None
            else judged_otherwise(
                _on_days(first, overlap),
                _on_days(second, overlap),
                [name for name, _, _ in shared],
                first_as_at=first.as_at,
            ),
            keyed_alike,
            _children_in_both(first, second) if keyed_alike else None,
            omitted,
        )


def _of(dive: KeptDive) -> DiveBeside:
    return DiveBeside(
        folder=dive.folder.name,
        title=dive.title,
        force=dive.force.name,
        period=dive.period,
        as_at=dive.as_at,
        zone=dive.zone,
        cases=int(dive.cases.select(pl.len()).collect().item()),
        occasions=int(dive.findings.select(pl.len()).collect().item()),
        is_made_up=dive.is_made_up,
    )


# ONE OBLIGATION IN BOTH


def _beside(first: KeptDive, second: KeptDive, items: Sides, *, is_tested: bool) -> ObligationBeside | None:
    """None where neither dive has an occasion of it."""
    sides = [_occasions(dive, of) for dive, of in zip((first, second), items, strict=True)]
    if not any(side.height for side in sides):
        return None
    shares, waits = [_share(side) for side in sides], [_waits(side) for side in sides]
    has_limit = items[1][-1].obligation.time_limit is not None
    enough = is_tested and min(one.whole.value for one in shares) >= FEWEST_TO_COMPARE
    enough_waits = enough and has_limit and min(one.height for one in waits) >= FEWEST_TO_COMPARE
    apart = shares_apart(*shares) if enough else None
    of_first, of_second = (
        ObligationOfOne(
            share,
            int((side["outcome"] == Outcome.CANNOT_TELL.value).sum()),
            *((wait_length(waited, HALF), wait_length(waited, NINE_IN_TEN)) if has_limit and waited.height else ()),
        )
        for share, side, waited in zip(shares, sides, waits, strict=True)
    )
    return ObligationBeside(
        items[1][-1],
        of_first,
        of_second,
        shares=apart,
        chance_of_shares=None if apart is None else apart.chance,
        chance_of_waits=chance_of_waits(*waits, repeats=_repeats(shares)) if enough_waits else None,
    )


def _occasions(dive: KeptDive, items: Sequence[ResolvedObligation]) -> pl.DataFrame:
    columns = (*OF_WAITS, "outcome", "stands", "is_in_share", "counts_as_wait", "who")
    rows = occasions_of(*items)
    return dive.tables.occasions(rows, *columns).select(columns).filter("stands").collect(engine="streaming")


def _share(occasions: pl.DataFrame) -> Share:
    judged = occasions.filter("is_in_share").select("who", is_met=pl.col("outcome") == Outcome.MET.value)
    effective = effective_size(judged) if judged.height else None
    return Share(
        Count(Counted.OCCASION, int(judged["is_met"].sum())), Count(Counted.OCCASION, judged.height), effective
    )


def _waits(occasions: pl.DataFrame) -> pl.DataFrame:
    return occasions.filter(
        "counts_as_wait", pl.col("outcome").is_in(IN_A_WAIT), pl.col("triggered_at").is_not_null()
    ).select("waited", "wait_end")


def _repeats(shares: Sequence[Share]) -> float:
    """How many occasions tell as much as one of another child, over both."""
    whole = sum(one.whole.value for one in shares)
    return whole / sum(one.effective or one.whole.value for one in shares) if whole else 1.0


def _counting_all(compared: Sequence[ObligationBeside]) -> tuple[tuple[ObligationBeside, ...], int]:
    """Each chance with all that were tested counted, shares and waits alike; and how many these are."""
    tested = [
        (at, name)
        for at, one in enumerate(compared)
        for name in ("chance_of_shares", "chance_of_waits")
        if getattr(one, name) is not None
    ]
    corrected = counting_all([getattr(compared[at], name) for at, name in tested])
    changes: dict[int, dict[str, float]] = {}
    for (at, name), chance in zip(tested, corrected, strict=True):
        changes.setdefault(at, {})[name] = chance
    return tuple(_with_chances(one, changes.get(at, {})) for at, one in enumerate(compared)), len(tested)


def _with_chances(one: ObligationBeside, chances: dict[str, float]) -> ObligationBeside:
    return replace(
        one, chance_of_shares=chances.get("chance_of_shares"), chance_of_waits=chances.get("chance_of_waits")
    )


# WHAT BOTH KNOW


def _on_days(dive: KeptDive, days: tuple[date, date]) -> pl.LazyFrame:
    """The findings of occasions that began on these local days."""
    return dive.findings.filter(local_date_column(pl.col("triggered_at"), dive.calendar).is_between(*days))


def _children_in_both(first: KeptDive, second: KeptDive) -> int:
    ids = [dive.findings.select("child_id").drop_nulls().unique() for dive in (first, second)]
    return int(ids[0].join(ids[1], on="child_id", how="semi").select(pl.len()).collect().item())
