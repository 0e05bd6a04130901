"""Words that are never shown to a reader: not in pages, messages, standards or documents."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.repository import library_trees, text_files

NEVER_SHOWN = re.compile(
    r"\b(failed|breach(?:es|ed)?|violat(?:ions?|ed?|es)|(?:non-?)?complian(?:t|ce)|worst|offenders?|abscond(?:ed|er|ers|s)?"
    r"|placements?|hard[- ]to[- ]reach|false improvements?|invalid|illegal)\b",
    re.IGNORECASE,
)
READ_BY_PEOPLE = re.compile(
    r"(docs|specification|examples)/.*\.(md|yaml)|src/.*\.(html|jinja|j2|yaml|md)|(README|CHANGELOG|SECURITY|CONTRIBUTING)\.md"
)

# A text that may hold such a word, and why. Titles of publications are quoted as they were published.
SHOWN_BECAUSE: dict[str, str] = {}


def words_never_shown(text: str) -> list[str]:
    return [match[0] for match in NEVER_SHOWN.finditer(text)]


def strings_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module that could reach a reader: all but docstrings, which describe and do not speak."""
    described = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.lineno, node.value


def test_no_message_of_the_library_uses_one():
    found = [
        f"{path}:{line} {word}"
        for path, tree in library_trees()
        for line, text in strings_of(tree)
        for word in words_never_shown(text)
        if path not in SHOWN_BECAUSE
    ]
    assert found == []


def test_no_page_or_document_uses_one():
    found = [
        f"{path}:{number} {word}"
        for path, text in text_files()
        if READ_BY_PEOPLE.fullmatch(path) and path not in SHOWN_BECAUSE
        for number, line in enumerate(text.splitlines(), start=1)
        for word in words_never_shown(line)
    ]
    assert found == []


@pytest.mark.parametrize("text", ["It failed.", "a breach of", "The WORST force", "non-compliant", "in placement"])
def test_such_a_word_is_seen(text):
    assert words_never_shown(text)


def test_ordinary_words_are_left_alone():
    assert words_never_shown("It did not happen; the duty was not met, and no record was found.") == []
