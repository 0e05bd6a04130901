"""Checking in parts, which the fast engine takes so that its memory is bounded, finds the same as checking at once."""

from __future__ import annotations

from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.generative.comparing import check_world
from tests.generative.worlds import World, world_of, worlds
from wardline.engines import check, check_by_reference, write_findings
from wardline.engines.columnar import inexact

WORLDS = 25


def test_batches_of_whole_cases_or_children_of_any_size_find_the_same(tmp_path: Path) -> None:
    path = tmp_path / "findings.parquet"

    @given(world=worlds(), cases_per_batch=st.integers(1, 4))
    def same(world: World, cases_per_batch: int) -> None:
        write_findings(
            world.obligations, world.log, path, as_at=world.as_at, period=world.period, cases_per_batch=cases_per_batch
        )
        assert pl.read_parquet(path).equals(check_world(check_by_reference, world))

    same()


def test_inexact_occasions_judged_in_small_parts_are_judged_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [world_of(Random(seed)) for seed in range(WORLDS)]
    whole = [check_world(check, world) for world in drawn]
    monkeypatch.setattr(inexact, "PAIRS_AT_ONCE", 1)
    for world, found in zip(drawn, whole, strict=True):
        assert check_world(check, world).equals(found)
