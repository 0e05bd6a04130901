"""Names say what a thing is: none of the drawer words in the name of a file, type, function or value."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.repository import ROOT, files, library_trees

DRAWER_WORDS = {"manager", "handler", "helper", "processor", "utils", "util", "common", "misc"}


def words_of(name: str) -> set[str]:
    """`readEventLog`, `read_event_log`, `read-event-log` and `Read event log` are the words read, event, log."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    words = {word.lower() for word in re.split(r"[^A-Za-z0-9]+", spaced) if word}
    return words | {word.removesuffix("s") for word in words}


def names_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno


def test_no_file_or_folder_has_a_drawer_word_in_its_name():
    paths = {path.relative_to(ROOT).as_posix() for path in files()}
    assert [path for path in sorted(paths) if DRAWER_WORDS & words_of(path)] == []


def test_nothing_in_the_library_has_a_drawer_word_in_its_name():
    found = [
        f"{path}:{line} {name}"
        for path, tree in library_trees()
        for name, line in names_in(tree)
        if DRAWER_WORDS & words_of(name)
    ]
    assert found == []


def test_words_are_found_however_a_name_is_written():
    assert "manager" in words_of("CaseManagers")
    assert "utils" in words_of("date_utils")
    assert "misc" not in words_of("miscount")
