"""Documents that were made to do harm, or by mistake: refused in words, and without taking long."""

from __future__ import annotations

from pathlib import Path

import pytest

from wardline.documents import parse_document, read_document
from wardline.errors import DocumentError

NESTED = "This is nested too deeply to be read."
TAGGED = "There is a tag here (`!…`), and tags are not read."
NO_TEXT = "There is a character here that text may not contain."


def said_of(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        parse_document(text, "file.yaml")
    assert len(str(caught.value)) < 20_000
    return [problem.what for problem in caught.value.problems]


def bomb(levels: int) -> str:
    return "a0: &a0 [x, x]\n" + "".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, levels)
    )


def test_aliases_that_repeat_without_measure_are_refused() -> None:
    assert said_of(bomb(20)) == ["Parts of this document are repeated too often, by `*` and a name."]


def test_an_alias_is_read_as_what_it_stands_for_and_an_anchor_may_be_used_again() -> None:
    document = parse_document("a: &x {k: v}\nb: *x\nc: &x w\nd: *x\n", "file.yaml")
    assert document.data == {"a": {"k": "v"}, "b": {"k": "v"}, "c": "w", "d": "w"}


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "{a: " * 100_000, "- " * 100_000, "? " * 100_000])
def test_what_is_nested_deeply_is_refused(text: str) -> None:
    assert said_of(text) == [NESTED]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: !!python/object/apply:os.system [ls]", TAGGED),
        ("a: !unknown b", TAGGED),
        ("a: !!binary aGk=", TAGGED),
        ("a: !!set {x, y}", TAGGED),
        ('a: "\\ud800"', NO_TEXT),
        ('"\\0": a', NO_TEXT),
        ('a: ["\\0", b]', NO_TEXT),
        ('a: "\\U00110000"', "This is not YAML."),
        ("x" * 2000 + ": a", "This is not YAML: mapping values are not allowed here."),
        ("? " + "x" * 2000 + "\n: a", "This is too long to be a key."),
        ("a: b\n" * 3, "`a` is here twice."),
    ],
)
def test_what_no_document_may_hold_is_told(text: str, what: str) -> None:
    assert set(said_of(text)) == {what}


def test_no_more_problems_are_told_than_somebody_reads() -> None:
    assert len(said_of("a: b\n" * 10_000)) == 50


def test_a_long_line_is_not_repeated_in_a_message() -> None:
    assert said_of('a: "' + "x" * 400_000) == ["This is not YAML: found unexpected end of stream."]


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("a: b\n# " + "x" * 500_000)
    with pytest.raises(DocumentError, match="larger than such a document can be"):
        read_document(path)
    with pytest.raises(DocumentError, match="larger than such a document can be"):
        parse_document(path.read_text(), "file.yaml")
