"""Vignettes in a file of their own: read back as they were written, and refused where they cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wardline.dive.releasing.vignettes import VIGNETTES, VignetteText, read_vignettes, write_vignettes
from wardline.errors import OutputError

TWO = (VignetteText(title="A long wait", text="Nobody came.\nThen somebody did."), VignetteText(title="B", text="C"))


@pytest.mark.parametrize("is_made_up", [True, False])
def test_vignettes_are_read_back_as_they_were_written(tmp_path: Path, is_made_up: bool) -> None:
    write_vignettes(tmp_path, TWO, "OFFICIAL-SENSITIVE", is_made_up=is_made_up)
    said = json.loads((tmp_path / VIGNETTES).read_text(encoding="utf-8"))
    assert said["marking"] == "OFFICIAL-SENSITIVE" and ("made up" in said) is is_made_up
    assert read_vignettes(tmp_path) == TWO


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"vignettes": 1}', '{"vignettes": [{"title": "A"}]}', "\ud800"])
def test_what_cannot_be_read_is_refused_with_the_reason(tmp_path: Path, written: str) -> None:
    (tmp_path / VIGNETTES).write_bytes(written.encode("utf-8", errors="surrogatepass"))
    with pytest.raises(OutputError, match="The vignettes of this release cannot be read"):
        read_vignettes(tmp_path)
