"""Engines that were written apart find the same in every small world."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.generative.comparing import assert_engines_agree, chosen_engines
from tests.generative.worlds import World, worlds

KINDS = ("respond", "precede", "never", "repeat", "record")


@pytest.mark.parametrize("kind", KINDS)
def test_engines_agree_on_each_kind(kind: str) -> None:
    engines = chosen_engines()

    @given(world=worlds(kinds=(kind,)))
    def agree(world: World) -> None:
        assert_engines_agree(world, engines)

    agree()


@given(world=worlds())
def test_engines_agree_on_several_obligations_at_once(world: World) -> None:
    assert_engines_agree(world, chosen_engines())
