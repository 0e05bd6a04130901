"""Checking in batches of whole cases (of whole children) finds the same, whatever the size of a batch."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from tests.generative.comparing import check_world
from tests.generative.worlds import World, worlds
from wardline.engines import check_by_reference, write_findings


def test_batches_of_any_size_find_the_same(tmp_path: Path) -> None:
    path = tmp_path / "findings.parquet"

    @given(world=worlds(), cases_per_batch=st.integers(1, 4))
    def same(world: World, cases_per_batch: int) -> None:
        write_findings(
            world.obligations, world.log, path, as_at=world.as_at, period=world.period, cases_per_batch=cases_per_batch
        )
        assert pl.read_parquet(path).equals(check_world(check_by_reference, world))

    same()
