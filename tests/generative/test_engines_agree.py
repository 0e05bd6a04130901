"""Engines that were written apart find the same in every small world.

The worlds are those of the seeds listed here, so that they are the same on every machine; `make explore` draws others.
"""

from __future__ import annotations

from random import Random

import pytest

from tests.generative.comparing import assert_engines_agree, chosen_engines
from tests.generative.many_worlds import ALL_KINDS, kinds_of, many_worlds_of
from tests.generative.worlds import world_of

SEEDS_OF_ONE = range(40)
# The last two for what hangs on two cases of one child: what is counted from an event, and whose grade a repeat holds.
SEEDS_OF_MANY = (*range(20), 30, 56)
# Worlds alone on which the engines once differed; each also has a section of the specification.
ONCE_DIFFERED = (("respond", 7801), ("repeat", 101313), ("repeat", 101139))


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_engines_agree_on_each_world_alone(kind: str) -> None:
    engines = chosen_engines()
    for seed in SEEDS_OF_ONE:
        assert_engines_agree(world_of(Random(seed), kinds_of(kind)), engines)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_engines_agree_on_many_worlds_at_once(kind: str) -> None:
    engines = chosen_engines()
    for seed in SEEDS_OF_MANY:
        assert_engines_agree(many_worlds_of(seed, kinds_of(kind)), engines)


@pytest.mark.parametrize(("kind", "seed"), ONCE_DIFFERED)
def test_engines_agree_where_they_once_differed(kind: str, seed: int) -> None:
    assert_engines_agree(world_of(Random(seed), kinds_of(kind)), chosen_engines())
