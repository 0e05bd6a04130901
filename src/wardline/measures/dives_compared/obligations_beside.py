"""What two dives found of one obligation, and whether it differs by more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from wardline.findings import Outcome
from wardline.measures.chance import effective_size
from wardline.measures.dives_compared.how_far_apart import (
    SharesApart,
    WaitLength,
    chance_of_waits,
    shares_apart,
    wait_length,
)
from wardline.measures.figures import FEWEST_TO_COMPARE, Count, Counted, Share, is_told
from wardline.measures.groups_compared import counting_all
from wardline.measures.measured_tables import MeasuredTables, occasions_of
from wardline.measures.shared_out import IN_A_WAIT
from wardline.measures.waits import OF_WAITS
from wardline.obligations import ResolvedObligation

__all__ = ["ObligationBeside", "ObligationOfOne", "counting_all_obligations", "obligation_beside"]

HALF, NINE_IN_TEN = 50, 90  # per cent
Sides = tuple[Sequence[ResolvedObligation], Sequence[ResolvedObligation]]


@dataclass(frozen=True)
class ObligationOfOne:
    """What one dive found of an obligation. `half` and `nine_in_ten`: within how long so many had a response."""

    share: Share
    cannot_tell: Count
    half: WaitLength | None = None
    nine_in_ten: WaitLength | None = None

    @property
    def is_told(self) -> bool:
        """Whether the share may stand as a single figure."""
        return is_told(self.share, self.cannot_tell)


@dataclass(frozen=True)
class ObligationBeside:
    """What both found. `shares` and the chances are None where nothing is tested: because there are too few, because
    too many cannot be told, or because the same occasions are in both. The chances count all that was tested.
    """

    item: ResolvedObligation  # as the second dive has it
    first: ObligationOfOne
    second: ObligationOfOne
    shares: SharesApart | None
    chance_of_shares: float | None
    chance_of_waits: float | None


def obligation_beside(
    first: MeasuredTables, second: MeasuredTables, items: Sides, *, is_tested: bool
) -> ObligationBeside | None:
    """What two dives found of an obligation (`items` are its versions in each), by itself; None where neither has an
    occasion of it. `is_tested`: whether they are two different sets of occasions."""
    sides = [_occasions(tables, of) for tables, of in zip((first, second), items, strict=True)]
    if not any(side.height for side in sides):
        return None
    shares, waits = [_share(side) for side in sides], [_waits(side) for side in sides]
    has_limit = items[1][-1].obligation.time_limit is not None
    enough = is_tested and min(one.whole.value for one in shares) >= FEWEST_TO_COMPARE
    enough_waits = enough and has_limit and min(one.height for one in waits) >= FEWEST_TO_COMPARE
    of_first, of_second = (
        ObligationOfOne(
            share,
            Count(Counted.OCCASION, int((side["outcome"] == Outcome.CANNOT_TELL.value).sum())),
            *((wait_length(waited, HALF), wait_length(waited, NINE_IN_TEN)) if has_limit and waited.height else ()),
        )
        for share, side, waited in zip(shares, sides, waits, strict=True)
    )
    apart = shares_apart(*shares) if enough and of_first.is_told and of_second.is_told else None
    return ObligationBeside(
        items[1][-1],
        of_first,
        of_second,
        shares=apart,
        chance_of_shares=None if apart is None else apart.chance,
        chance_of_waits=chance_of_waits(*waits, repeats=_repeats(shares)) if enough_waits else None,
    )


def _occasions(tables: MeasuredTables, items: Sequence[ResolvedObligation]) -> pl.DataFrame:
    columns = (*OF_WAITS, "outcome", "stands", "is_in_share", "counts_as_wait", "who")
    rows = occasions_of(*items)
    return tables.occasions(rows, *columns).select(columns).filter("stands").collect(engine="streaming")


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


def counting_all_obligations(compared: Sequence[ObligationBeside]) -> tuple[tuple[ObligationBeside, ...], int]:
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
