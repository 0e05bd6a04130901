"""Whatever somebody hands over as an export or a mapping is read, or refused in words; `make fuzz` tries many more."""

from __future__ import annotations

import sys

import pytest

from tests.generative.fuzzing import KINDS, run_apart

FILES = 25


@pytest.mark.skipif(sys.platform != "linux", reason="how much memory a process has is asked in the manner of Linux")
@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_file_is_read_or_refused(kind: str) -> None:
    assert run_apart(kind, 0, FILES) is None
