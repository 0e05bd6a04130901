"""The command line says how long memory is kept before Polars is loaded, which looks then and never again."""

from __future__ import annotations

import subprocess
import sys

import pytest

SHOWN = (
    "import os, sys; from wardline.cli import ALLOCATOR, main; assert 'polars' not in sys.modules; "
    "main(['dive', '--help']); import polars; print(os.environ[ALLOCATOR])"
)


@pytest.mark.parametrize("own", [None, "muzzy_decay_ms:7"])
def test_memory_is_kept_for_longer_unless_somebody_has_said_how_long(
    own: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("_RJEM_MALLOC_CONF", raising=False)
    if own is not None:
        monkeypatch.setenv("_RJEM_MALLOC_CONF", own)
    done = subprocess.run([sys.executable, "-c", SHOWN], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].endswith(own or "dirty_decay_ms:2000,muzzy_decay_ms:2000")
