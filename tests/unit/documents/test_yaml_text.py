"""YAML read as dicts, lists and text: composed once, and each who reads it has a document of their own."""

from __future__ import annotations

import pytest

from wardline.documents.yaml_text import parse_document
from wardline.errors import DocumentError

TEXT = "days:\n  - name: Monday\n    hours: 8\n"


def test_what_one_reader_changes_the_next_does_not_see():
    first = parse_document(TEXT, "one.yaml")
    first.data["days"][0]["name"] = "Tuesday"
    first.keys.clear()
    second = parse_document(TEXT, "one.yaml")
    assert second.data == {"days": [{"name": "Monday", "hours": "8"}]}
    assert second.place(("days", 0, "hours")).line == 3


def test_the_same_text_in_another_file_is_placed_in_that_file():
    assert [parse_document(TEXT, file).place(("days",)).file for file in ("a.yaml", "b.yaml")] == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "a: [1\n", "a: !x 1\n"])
def test_what_is_wrong_is_told_each_time(text):
    told = []
    for _ in range(2):
        with pytest.raises(DocumentError) as refused:
            parse_document(text, "wrong.yaml")
        told.append(str(refused.value))
    assert told[0] == told[1]
    assert told[0]
