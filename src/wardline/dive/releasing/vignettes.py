"""Vignettes: short texts about one case each, which go with a release in a file of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from wardline.errors import OutputError, Place, Problem, ProblemKind
from wardline.reports.wording import MADE_UP_SENTENCE

__all__ = ["VIGNETTES", "VignetteText", "read_vignettes", "write_vignettes"]

VIGNETTES = "vignettes.json"


class VignetteText(BaseModel):
    """What is told of one case, under a title; it has no code, so that it leads to no row of the release."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str
    text: str


_MANY = TypeAdapter(tuple[VignetteText, ...])


def write_vignettes(folder: Path, vignettes: Sequence[VignetteText], marking: str, *, is_made_up: bool) -> None:
    """Write them under the marking."""
    said = {
        "marking": marking,
        **({"made up": MADE_UP_SENTENCE} if is_made_up else {}),
        "vignettes": [one.model_dump() for one in vignettes],
    }
    (folder / VIGNETTES).write_text(f"{json.dumps(said, ensure_ascii=False, indent=2)}\n", encoding="utf-8")


def read_vignettes(folder: Path) -> tuple[VignetteText, ...]:
    """Those of a release. Raises OutputError where its file cannot be read."""
    try:
        return _MANY.validate_python(json.loads((folder / VIGNETTES).read_bytes())["vignettes"])
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        raise OutputError(
            Problem(
                ProblemKind.NOT_A_RELEASE,
                "The vignettes of this release cannot be read.",
                "Ask the force for the release again: it is never changed after it was signed.",
                Place(str(folder / VIGNETTES)),
            )
        ) from None
