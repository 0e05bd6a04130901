"""The settings that go with a release, so that its figures and findings can be read: standards, measures, charts, and
of the force's own settings what they depend on.

Who at the force confirmed what stays there: in their place stands whose word it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any

from ruamel.yaml import YAML

from wardline.dive.described.charts_asked import ChartSettings, write_charts
from wardline.dive.kept.kept_dive import KeptDive
from wardline.dive.kept.settings import CHARTS, FORCE, MEASURES, STANDARDS

__all__ = ["write_released_settings"]

KEYS_THAT_GO = (
    "force",
    "nation",
    "time zone",
    "population",
    "oversight body",
    "limits",
    "confirmed",
    "asked",
    "written up later after",
    "investigators",
)
WHOSE_WORD = {"confirmed": "the force", "asked": "the oversight body"}
NEVER_FOLDED = 2**20


def write_released_settings(dive: KeptDive, folder: Path, above: str) -> None:
    """Write them into a release; `above` is a comment that stands above each."""
    for place in (STANDARDS, MEASURES):
        named = [one.name for one in dive.manifest.outputs if PurePosixPath(one.name).parent == PurePosixPath(place)]
        for name in named:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            # As they were understood, so that no comment of whoever wrote them is in it.
            _write(folder / name, (dive.folder / name).read_text(encoding="utf-8"), above)
    _write(folder / FORCE, _force(dive), above)
    _write(folder / CHARTS, write_charts(_charts(dive.settings.charts)), above)


def _write(path: Path, text: str, above: str) -> None:
    path.write_text(above + text, encoding="utf-8")


def _charts(charts: ChartSettings) -> ChartSettings:
    rebases = tuple(replace(one, rebase=replace(one.rebase, by=WHOSE_WORD["confirmed"])) for one in charts.rebases)
    return replace(charts, rebases=rebases)


def _force(dive: KeptDive) -> str:
    said = _plain(dive.force.document.data)
    kept = {key: said[key] for key in KEYS_THAT_GO if said.get(key) is not None}
    for key, whose in WHOSE_WORD.items():
        if key in kept:
            kept[key] = {name: {**entry, "by": whose} for name, entry in kept[key].items()}
    yaml, written = YAML(), StringIO()
    yaml.width = NEVER_FOLDED
    yaml.allow_unicode = True
    yaml.dump(kept, written)
    return written.getvalue()


def _plain(value: Any) -> Any:
    """Without what the reader of the YAML remembers of it, comments and places among that."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value
