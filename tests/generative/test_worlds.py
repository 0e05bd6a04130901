"""The tester tested: what the small worlds contain, so that a green comparison means something."""

from __future__ import annotations

from collections import Counter
from random import Random

import polars as pl

from tests.generative.comparing import check_world
from tests.generative.worlds import world_of
from wardline.engines import check_by_reference
from wardline.findings import Outcome, Reason
from wardline.obligations import LimitTable, Never, Precede, Record, Repeat, Respond
from wardline.time_limits import CountingTheFirst, Length, SameDay, TimeIn, ToBeSet

WORLDS = 200
LEAST_SHARE = 0.05


def test_worlds_hold_every_kind_every_limit_and_enough_of_every_outcome() -> None:
    sampled = [world_of(Random(seed)) for seed in range(WORLDS)]
    obligations = [resolved.obligation for world in sampled for resolved in world.obligations]
    assert {type(one) for one in obligations} == {Respond, Precede, Never, Repeat, Record}
    limits = {type(one.time_limit) for one in obligations if one.time_limit is not None}
    assert limits == {Length, SameDay, CountingTheFirst, TimeIn, ToBeSet, LimitTable}
    for key in ("first_only", "per_child", "since_opening", "only_for", "exemptions"):
        assert any(getattr(one, key) for one in obligations), f"no obligation with {key} was drawn"

    findings = pl.concat([check_world(check_by_reference, world) for world in sampled])
    timed = findings.filter(pl.col("reason").is_null())
    shares = Counter(timed["outcome"].to_list())
    for outcome in Outcome:
        if outcome is not Outcome.CANNOT_TELL:
            assert shares[outcome.value] / timed.height >= LEAST_SHARE, f"too few are {outcome.value}: {shares}"
    assert set(findings["reason"].drop_nulls().to_list()) == {reason.value for reason in Reason}
