"""The quotation marks of a CSV file are followed as somebody would who reads it letter by letter."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.table_files import quotation_marks
from wardline.table_files.quotation_marks import cells_of, first_stray_mark, has_stray_mark

TEXTS = st.lists(st.sampled_from(['"', '"', ",", "\n", "\r", "\r\n", "a", " "]), max_size=30).map("".join)


def read_letter_by_letter(text: str) -> tuple[int | None, list[list[str]]]:
    """The row of the first stray mark, and the rows up to there."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = [[""]]
    at = 0
    while at < len(text):
        letter = text[at]
        begins = at == 0 or text[at - 1] in ",\n"
        if letter == '"' and begins:
            opened_in = len(rows)
            has_break = False
            at += 1
            while at < len(text) and not (text[at] == '"' and text[at + 1 : at + 2] != '"'):
                has_break |= text[at] == "\n"
                rows[-1][-1] += text[at]
                at += 2 if text[at] == '"' else 1
            if at >= len(text):
                return opened_in, rows
            at += 1
            behind = ""
            while at < len(text) and text[at] not in ",\n":
                behind += text[at]
                at += 1
            rows[-1][-1] += behind
            if has_break and behind.strip():
                return opened_in, rows
            continue
        if letter == ",":
            rows[-1].append("")
        elif letter == "\n":
            rows.append([""])
        else:
            rows[-1][-1] += letter
        at += 1
    return None, rows


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("marks") / "file.csv"


@given(text=TEXTS, at_once=st.integers(1, 8), encoding=st.sampled_from(["utf-8", "utf-16"]))
def test_the_first_stray_mark_is_found_whatever_the_size_of_a_block(
    text: str, at_once: int, encoding: str, file: Path
) -> None:
    file.write_bytes(text.encode(encoding))
    with patch.object(quotation_marks, "AT_ONCE", at_once):
        assert first_stray_mark(file, encoding, ",", 1, 1) == read_letter_by_letter(text)[0]


@given(text=st.lists(st.sampled_from(['"', '"', ",", "a", " "]), max_size=20).map("".join))
def test_the_cells_of_a_row_are_those_that_somebody_reads(text: str) -> None:
    stray, rows = read_letter_by_letter(text)
    if stray is None:
        assert cells_of(text, ",") == rows[0]


@given(text=st.lists(st.sampled_from(['"', '"', ",", "a", " "]), max_size=20).map("".join))
def test_a_mark_is_stray_where_text_follows_a_cell_that_it_closes_and_a_separator_is_in_it(text: str) -> None:
    stray, [cells, *_] = read_letter_by_letter(text)
    if stray is None:
        # Without marks inside, such a cell as read has the separator before its text: what is doubled is no stray mark.
        opened = [part for part in with_what_is_behind(text) if part[0] is not None]
        assert has_stray_mark(text, ",") == any("," in inside and behind.strip() for inside, behind in opened)
        assert len(cells) == len(with_what_is_behind(text))


def with_what_is_behind(row: str) -> list[tuple[str | None, str]]:
    """Each cell of a row that is closed properly: what is in its marks, if it has any, and what is not."""
    found = []
    while True:
        inside = None
        if row.startswith('"'):
            ends = [at for at in range(1, len(row)) if row[1:at].count('"') == 2 * row[1:at].count('""')]
            close = next(at for at in ends if row[at] == '"' and row[at + 1 : at + 2] != '"')
            inside, row = row[1:close], row[close + 1 :]
        behind, comma, row = row.partition(",")
        found.append((inside, behind))
        if not comma:
            return found
