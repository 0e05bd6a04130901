"""Marks that stand alone never lose a time without a word, and no honest file is rejected for its quoted texts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.errors import ExportError
from wardline.record_systems.exports.csv_files import open_csv
from wardline.record_systems.exports.export_files import RawBatch
from wardline.record_systems.mapping.cells import Files

KINDS = ("text", "time", "time", "word")
TEXTS = ["", "x", "went out", "5 ft", "he is 14", "left at 18:10", "a-b"]
TIMES = ["", "2025-03-03 18:00", "2025-03-03 20:30", "NK"]
WORDS = ["", "H", "M", "none"]
# What people write: no cell of a program begins with a space.
BY_PEOPLE = ["went out, late", "paid 5,000, then 12,500", "A, B, and C", "on 2025-03-03 18:00, home", "", "x"]
LISTED = ["SMITH,JOHN", "home,school", "a,,b", "x,"]


@st.composite
def tables(draw: st.DrawFn, texts: list[str]) -> list[list[str]]:
    """A header and rows: an id, then columns of texts, of times and of words in any order, at least two of texts."""
    others = st.lists(st.sampled_from(KINDS), min_size=1, max_size=5)
    kinds = draw(others.flatmap(lambda kinds: st.permutations(["text", "text", *kinds])))
    of_kind = {"text": texts, "time": TIMES, "word": WORDS}
    count = draw(st.integers(1, 8))
    rows = [[f"E{at}", *(draw(st.sampled_from(of_kind[kind])) for kind in kinds)] for at in range(1, count + 1)]
    return [["Ref", *(f"{kind} {at}" for at, kind in enumerate(kinds))], *rows]


def as_read(file: Path, text: str) -> RawBatch:
    file.write_text(text)
    export = open_csv(file, "e.csv", "e.csv", Files("e.csv", None, None, "utf-8", ","), ["Ref"])
    batches = list(export.read())
    return RawBatch(
        pl.concat([batch.rows for batch in batches]),
        tuple(row for batch in batches for row in batch.uneven),
        swallowing=sum(batch.swallowing for batch in batches),
        swallowed=tuple(row for batch in batches for row in batch.swallowed),
        doubted=sum(batch.doubted for batch in batches),
    )


def times_of(header: list[str], row: list[str]) -> list[str]:
    return [cell for name, cell in zip(header, row, strict=True) if name.startswith("time")]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cells") / "e.csv"


@given(table=tables(TEXTS), data=st.data())
def test_two_marks_in_one_row_of_a_program_that_quotes_nothing_lose_no_time_without_a_word(
    table: list[list[str]], data: st.DataObject, file: Path
) -> None:
    header, *rows = table
    at = data.draw(st.integers(0, len(rows) - 1))
    texts = [column for column, name in enumerate(header) if name.startswith("text")]
    first, second = sorted(data.draw(st.permutations(texts))[:2])
    marked = list(rows[at])
    marked[first] = f'"{marked[first]}'
    marked[second] = data.draw(st.sampled_from([f'"{marked[second]}', f'{marked[second]}"']))
    given_rows = [*rows[:at], marked, *rows[at + 1 :]]
    try:
        batch = as_read(file, "".join(",".join(row) + "\n" for row in [header, *given_rows]))
    except ExportError:
        return
    told = batch.doubted + batch.swallowing + len(batch.uneven) + len(batch.swallowed)
    found = {row: list(cells) for row, *cells in batch.rows.rows()}
    for number, row in enumerate(rows, start=2):
        assert told or times_of(header, found[number]) == times_of(header, row)
        if number != at + 2:
            assert found[number] == row  # no other row is accused


def trimmed(table: list[list[str]]) -> str:
    """As a program writes it that quotes properly and leaves out the empty cells at the end of each row."""
    text = io.StringIO(newline="")
    header, *rows = table
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        filled = max(at for at, cell in enumerate(row, start=1) if cell)
        writer.writerow(row[:filled])
    return text.getvalue()


@given(table=tables([*TEXTS, *BY_PEOPLE, *LISTED]))
def test_no_row_is_rejected_for_a_quoted_text_where_empty_last_cells_are_left_out(
    table: list[list[str]], file: Path
) -> None:
    batch = as_read(file, trimmed(table))
    assert batch.swallowed == ()
    lone = {number for number, row in enumerate(table, start=1) if not any(row[1:])}
    expected = [tuple(row) for number, row in enumerate(table[1:], start=2) if number not in lone]
    assert batch.rows.filter(~pl.col("row").is_in(lone)).drop("row").rows() == expected


@given(table=tables([*TEXTS, *BY_PEOPLE]))
def test_a_text_as_people_write_it_raises_no_doubt(table: list[list[str]], file: Path) -> None:
    assert as_read(file, trimmed(table)).doubted == 0
