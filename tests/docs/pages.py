"""The pages that people read, and the fenced examples in them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.repository import ROOT

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[a-z]*)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A fenced example: what sort it is, its text, and the file that a reader is asked to save it as."""

    language: str
    text: str
    title: str | None
    line: int


def pages() -> list[Path]:
    """README, the other pages at the top, docs, and the pages of the examples."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
    return sorted(found)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> Iterator[Block]:
    """The fenced examples of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        indent = match["indent"]
        lines = (line.removeprefix(indent) for line in match["text"].splitlines(keepends=True))
        yield Block(match["language"], "".join(lines), match["title"], text[: match.start()].count("\n") + 1)


def headings(page: Path) -> list[str]:
    """The anchors of a page's headings, as the sites that show Markdown make them."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    found: list[str] = []
    for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        found.append(f"{anchor}-{found.count(anchor)}" if anchor in found else anchor)
    return found


def save_titled(page: Path, folder: Path) -> None:
    """Save the examples that a page asks its reader to save."""
    for block in blocks(page):
        if block.title:
            path = folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")


def copy_examples(folder: Path) -> None:
    """The examples as a reader has them beside the docs."""
    # As in a fresh clone: without the key that somebody's own dive left, which a first dive says that it made.
    shutil.copytree(
        ROOT / "examples", folder / "examples", symlinks=True, ignore=shutil.ignore_patterns("wardline.key")
    )


def fits(expected: str, told: str) -> bool:
    """Whether what was told is what the page shows; `…` stands for any text, on a line of its own for any lines."""
    pieces = [re.escape(piece) for piece in re.split(r"…", _trimmed(expected))]
    return re.fullmatch(".*?".join(pieces), _trimmed(told), re.DOTALL) is not None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
