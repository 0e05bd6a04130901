"""What the repository holds, for the tests that read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "src" / "wardline"
FOLDERS = ("src", "tests", "docs", "specification", "examples", "tools", ".ci")
FOLDERS_OF_OTHERS = {"__pycache__", ".hypothesis"}
FOLDERS_OF_DIVES = {"exports", "output"}  # but a room of the library may have such a name
TEXT_ENDINGS = {".py", ".md", ".yaml", ".toml", ".sh", ".html", ".css", ".csv", ".lock", ".txt", ".jinja", ".j2", ""}


def files() -> Iterator[Path]:
    """Every file of the repository, but not what tools, dives and users leave in it."""
    # In a second worktree `.git` is a file, which names a folder of this machine.
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.name != ".git")
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            left_out = FOLDERS_OF_OTHERS if folder == "src" else FOLDERS_OF_OTHERS | FOLDERS_OF_DIVES
            if path.is_file() and not left_out & set(path.relative_to(ROOT).parts[:-1]):
                yield path


def text_files() -> Iterator[tuple[str, str]]:
    """Every text file as its path from the top and its text. Fixtures in another encoding are passed over."""
    for path in files():
        if path.suffix in TEXT_ENDINGS:
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def library_modules() -> Iterator[tuple[str, str]]:
    """Every module of the library as its path within it and its text."""
    for path in sorted(LIBRARY.rglob("*.py")):
        yield path.relative_to(LIBRARY).as_posix(), path.read_text(encoding="utf-8")


def library_trees() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the library as its path within it and its syntax tree."""
    for path, text in library_modules():
        yield path, ast.parse(text)


def imports_of(tree: ast.Module) -> Iterator[str]:
    """The dotted names that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
