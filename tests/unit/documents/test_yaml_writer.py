"""Entries written as YAML: quoted where they must be, with a comment behind or above each line."""

import pytest

from wardline.documents import (
    AsWritten,
    InQuotes,
    YamlEntry,
    every_entry,
    left_open,
    parse_document,
    remark,
    write_yaml,
)
from wardline.documents.yaml_writer import value_in_yaml


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Police reference", "Police reference"),
        ("yes", '"yes"'),
        (AsWritten("yes"), "yes"),
        ("A: b", '"A: b"'),
        ("07", '"07"'),
        ("a, b", '"a, b"'),
        ("line\nline", '"line\\nline"'),
        (InQuotes("%d/%m/%Y"), '"%d/%m/%Y"'),
        (["a", "b c"], "[a, b c]"),
        ({"column": "Risk", "values": {"07": "high"}}, '{column: Risk, values: {"07": high}}'),
    ],
)
def test_a_value_is_quoted_where_it_must_be(value, written):
    assert value_in_yaml(value) == written


def test_a_long_remark_stands_above_its_line():
    assert write_yaml([YamlEntry("case id", "Ref", "short")], 4) == f"{'    case id: Ref':<56}  # short\n"
    *above, line = write_yaml([YamlEntry("case id", "Ref", "long " * 30)], 4).splitlines()
    assert line == "    case id: Ref"
    assert above and all(each.startswith("    ## ") for each in above)


def test_what_is_left_open_is_a_comment_that_loads_once_its_sign_is_taken_away():
    case = (YamlEntry("files", "cases.csv"), YamlEntry("event", entries=(YamlEntry("column", "Action"),)))
    text = write_yaml([remark("Drafted."), YamlEntry("tables", items=(case, left_open(case)))])
    assert parse_document(text, "draft").data == {"tables": [{"files": "cases.csv", "event": {"column": "Action"}}]}
    opened = parse_document(text.replace("# ", "").replace("#Drafted.", ""), "draft").data
    assert opened["tables"][0] == opened["tables"][1]


def test_entries_can_be_counted_before_they_are_text():
    entries = [
        remark("A word."),
        YamlEntry("tables", items=((YamlEntry("files", "a.csv"), YamlEntry("empty", [], is_open=True)),)),
    ]
    assert [(entry.key, entry.is_open) for entry in every_entry(entries)] == [
        ("tables", False),
        ("files", False),
        ("empty", True),
    ]
