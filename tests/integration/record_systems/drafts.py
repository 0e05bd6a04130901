"""Exports written inside a test, and what is drafted from them."""

from __future__ import annotations

from pathlib import Path

from tests.architecture.repository import ROOT
from wardline.dive import start_mapping
from wardline.record_systems import check_mapping, parse_mapping

FIRST_DIVE = ROOT / "examples" / "first-dive"


def write(folder: Path, name: str, header: str, rows: list[str], encoding: str = "utf-8") -> Path:
    """An export of a header and rows."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes("\n".join([header, *rows, ""]).encode(encoding))
    return path


def drafted(*files: Path, cases_of: str | None = None) -> str:
    """The text of a draft, which must load and read the files it was made from."""
    found = start_mapping(files, cases_of=cases_of).draft
    check_mapping(parse_mapping(found.text), files[0] if files[0].is_dir() else files)
    return found.text


def lines(text: str) -> list[str]:
    """Its lines without indentation and without what stands behind them."""
    return [line.strip().split("  # ")[0].strip() for line in text.splitlines()]
