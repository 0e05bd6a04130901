"""On generated exports: no row goes astray, and nothing that stands in a cell is ever told."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from wardline.errors import ExportError
from wardline.record_systems import RejectReason, Source, check_mapping, parse_mapping, read_record_systems

# Each example reads three files twice, so a few dozen of them are as many as a commit should wait for.
few_examples = settings(max_examples=40)

MAPPING = parse_mapping("""
record system: compact
tables:
  - files: "episodes*.csv"
    each row is: a case
    case type: missing episode
    case id: No
    only where: {Kind: Child}
    opened at: Time
    attributes: {home: {column: Home, values: {CH: yes}}, age: {column: Age, type: number}}
    events: {found: {date: Day, time: Clock, home: {column: Home, values: {PH: no}}}}
  - files: "log*.csv"
    each row is: an event
    case id: No
    event: {column: Home, values: {CH: seen, PH: told}}
    at: Time
    attributes: {kind: Kind}
  - files: "log*.csv"
    each row is: a note
    case id: No
    leave out where: {Kind: Child}
    text: Home
""")
HEADER = ("No", "Kind", "Time", "Home", "Age", "Day", "Clock")
MARKER = "Zqx"
markers = st.integers(0, 9).map(lambda number: f"{MARKER}{number}")
cells = st.one_of(
    st.sampled_from(["", " ", "E1", "E2", "E3", "Child", "CH", "PH", "7", "2025-01-02", "2025-01-02 10:00", "10:00"]),
    markers,
    st.builds("{} {}".format, markers, markers),
    st.builds('"{}\n{}'.format, markers, markers),
)
rows = st.tuples(
    st.one_of(st.sampled_from(["E1", "E2", "E3"]), cells),
    st.one_of(st.just("Child"), cells),
    cells,
    cells,
    cells,
    cells,
    cells,
)
uneven = st.lists(markers, min_size=2, max_size=9).filter(lambda row: len(row) != len(HEADER))
files = st.lists(st.one_of(rows.map(list), rows.map(list), rows.map(list), uneven), max_size=8)


def as_csv(data: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([list(HEADER), *data])
    return text.getvalue()


@few_examples
@given(episodes=st.lists(files, min_size=1, max_size=2), log=files)
def test_rows_in_are_kept_left_out_or_rejected_and_no_cell_is_told(
    episodes: list[list[list[str]]], log: list[list[str]]
) -> None:
    exports = {f"episodes{number}.csv": data for number, data in enumerate(episodes)} | {"log.csv": log}
    with tempfile.TemporaryDirectory() as folder:
        for name, data in exports.items():
            (Path(folder) / name).write_text(as_csv(data), newline="")
        into = Path(folder) / "tables"
        told = []
        reading = read_record_systems(
            [Source(MAPPING, Path(folder))],
            as_at=datetime(2025, 4, 1, tzinfo=UTC),
            into=into,
            progress=lambda *step: told.append(str(step)),
        )
        tables = {path.stem: pl.read_parquet(path) for path in into.iterdir()}
        check = check_mapping(MAPPING, Path(folder)).to_text()

    for file in reading.files:
        assert file.rows_in == len(exports[file.file])
        assert file.rows_in == file.kept + file.left_out + file.rejected
    rejects = tables["rejects"]
    rejected_rows = Counter(rejects.filter(pl.col("what") == "row")["source_file"].to_list())
    for name in exports:
        assert rejected_rows[name] == sum(file.rejected for file in reading.files if file.file == name)
    assert set(rejects["reason"]) <= {reason.value for reason in RejectReason}

    case_files = [file for file in reading.files if file.table == 1]
    assert tables["cases"].height == tables["cases"]["case_id"].n_unique() == sum(file.kept for file in case_files)
    assert set(tables["events"]["case_id"]) <= set(tables["cases"]["case_id"])
    assert tables["events"]["event_id"].to_list() == list(range(tables["events"].height))
    assert tables["notes"].height == sum(file.kept for file in reading.files if file.table == 3)

    said = [*map(str, rejects.rows()), *map(str, reading.remarks), *map(str, reading.files), *told, check]
    assert not [text for text in said if MARKER in text]


@few_examples
@given(header=st.permutations(HEADER), dropped=st.integers(1, 6), data=files)
def test_no_cell_is_told_where_an_export_cannot_be_read(header: list[str], dropped: int, data: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = as_csv(data).replace(",".join(HEADER), ",".join(header[dropped:]), 1)
        (Path(folder) / "episodes.csv").write_text(text, newline="")
        (Path(folder) / "log.csv").write_bytes(text.encode() + b"\x81\xff")
        try:
            read_record_systems(
                [Source(MAPPING, Path(folder))], as_at=datetime(2025, 4, 1, tzinfo=UTC), into=Path(folder) / "tables"
            )
        except ExportError as error:
            assert MARKER not in str(error)
        else:
            raise AssertionError("a file that cannot be read was read")
