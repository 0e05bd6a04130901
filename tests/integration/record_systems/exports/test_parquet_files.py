"""Parquet columns of every type: read as text, or refused by name; and files that are damaged."""

from __future__ import annotations

import os
import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

from tests.unit.record_systems.reading_texts import Read, read
from wardline.errors import ExportError
from wardline.record_systems.exports.parquet_files import open_parquet
from wardline.record_systems.rows.rejects import RemarkKind

MAPPING = """
record system: sys
tables:
  - files: e.parquet
    each row is: a case
    case type: missing episode
    case id: Ref
    attributes: {given: Given}
"""
WITHOUT = MAPPING.replace("    attributes: {given: Given}\n", "")
TIMED = MAPPING.replace("attributes: {given: Given}", "opened at: Given")
UUID = uuid.UUID("12345678-1234-5678-1234-567812345678")


def write_parquet(tmp_path: Path, cells: Any, **settings: Any) -> Path:
    path = tmp_path / "exports-0" / "e.parquet"
    path.parent.mkdir()
    table = pa.table({"Ref": [f"E{number}" for number in range(len(cells))], "Given": cells})
    pa.parquet.write_table(table, path, **settings)
    return path


def read_cells(tmp_path: Path, cells: Any, mapping: str = MAPPING) -> Read:
    write_parquet(tmp_path, cells)
    return read(tmp_path, mapping, {})


READ: dict[str, tuple[pa.Array, list[str | None]]] = {
    "large string": (pa.array(["a", None], pa.large_string()), ["a", None]),
    "string view": (pa.array(["a", None], pa.string_view()), ["a", None]),
    "dictionary": (pa.array(["a", None, "a"]).dictionary_encode(), ["a", None, "a"]),
    "dictionary of numbers": (pa.array([1, None, 1]).dictionary_encode(), ["1", None, "1"]),
    "null": (pa.nulls(2), [None, None]),
    "boolean": (pa.array([True, False, None]), ["true", "false", None]),
    "unsigned": (pa.array([2**64 - 1, None], pa.uint64()), [str(2**64 - 1), None]),
    "small": (pa.array([-128, 127], pa.int8()), ["-128", "127"]),
    "half": (pa.array([1.0, 2.5, None], pa.float16()), ["1", "2.5", None]),
    "float with nan": (pa.array([1.0, float("nan"), 2.5], pa.float64()), ["1", None, "2.5"]),
    "decimal": (pa.array([Decimal("14.00"), Decimal("2.50"), Decimal("100.00"), None]), ["14", "2.5", "100", None]),
    "decimal of 76 digits": (pa.array([Decimal(10**60), None], pa.decimal256(70, 2)), [str(10**60), None]),
    "whole decimal": (pa.array([Decimal(100), None], pa.decimal128(38, 0)), ["100", None]),
    "date of 64 bits": (pa.array([date(2025, 3, 1), None], pa.date64()), ["2025-03-01", None]),
    "seconds of a day": (pa.array([time(9, 30), None], pa.time32("s")), ["09:30:00", None]),
    "uuid": (pa.array([UUID.bytes, None], pa.uuid()), [str(UUID), None]),
    "flags of a byte": (pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1, 0], pa.int8())), ["1", "0"]),
    "json": (pa.ExtensionArray.from_storage(pa.json_(), pa.array(["{}", None])), ["{}", None]),
}
REFUSED: dict[str, tuple[pa.Array, str]] = {
    "duration": (pa.array([timedelta(hours=1), None]), "lengths of time"),
    "bytes": (pa.array([b"a", None]), "bytes, which are not text"),
    "large bytes": (pa.array([b"a", None], pa.large_binary()), "bytes, which are not text"),
    "bytes of one width": (pa.array([b"ab", None], pa.binary(2)), "bytes, which are not text"),
    "list": (pa.array([[1], None]), "lists"),
    "list of one length": (pa.array([[1, 2], None], pa.list_(pa.int8(), 2)), "lists"),
    "struct": (pa.array([{"a": 1}, None]), "several values in each cell"),
    "map": (pa.array([[("a", 1)], None], pa.map_(pa.string(), pa.int8())), "keys with values"),
}


@pytest.mark.parametrize("name", READ)
def test_a_column_is_read_as_text(name: str, tmp_path: Path) -> None:
    cells, texts = READ[name]
    assert [given for (given,) in read_cells(tmp_path, cells).rows("cases", "given")] == texts


@pytest.mark.parametrize("name", REFUSED)
def test_a_column_of_no_text_is_refused_by_name_where_it_is_needed_and_only_there(name: str, tmp_path: Path) -> None:
    cells, words = REFUSED[name]
    write_parquet(tmp_path, cells)
    assert read(tmp_path, WITHOUT, {}).rows("cases", "case_id") == [("sys:E0",), ("sys:E1",)]
    with pytest.raises(ExportError) as caught:
        read(tmp_path, MAPPING, {})
    assert [problem.what for problem in caught.value.problems] == [
        f"Column `Given` holds {words}, and cannot be read as text."
    ]


@pytest.mark.parametrize(
    ("cells", "opened"),
    [
        (pa.array([1735725600], pa.timestamp("s")), datetime(2025, 1, 1, 10, tzinfo=UTC)),
        (pa.array([1735725600 * 10**9 + 1500], pa.timestamp("ns")), datetime(2025, 1, 1, 10, 0, 0, 1, tzinfo=UTC)),
        (pa.array([1735725600 * 10**3], pa.timestamp("ms", "+05:30")), datetime(2025, 1, 1, 10, tzinfo=UTC)),
        (pa.array([1735725600 * 10**6], pa.timestamp("us", "Asia/Tokyo")), datetime(2025, 1, 1, 10, tzinfo=UTC)),
    ],
)
def test_instants_of_every_unit_and_zone_are_read(cells: pa.Array, opened: datetime, tmp_path: Path) -> None:
    assert read_cells(tmp_path, cells, TIMED).rows("cases", "opened_at") == [(opened,)]


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([2**52], pa.int64()).cast(pa.timestamp("s"), safe=False),
        pa.array([-(2**62)], pa.int64()).cast(pa.timestamp("us", "UTC"), safe=False),
        pa.array([2**31 - 1], pa.int32()).view(pa.date32()),
        pa.array([2**62], pa.int64()).view(pa.date64()),
        pa.array([-1], pa.int64()).view(pa.time64("ns")),
    ],
)
def test_a_time_that_does_not_exist_is_rejected(cells: pa.Array, tmp_path: Path) -> None:
    found = read_cells(tmp_path, cells, TIMED)
    assert [reject[1:] for reject in found.rejects()] == [(1, "Given", "The time cannot be read.")]


def test_a_type_that_arrow_does_not_know_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "exports-0").mkdir()
    table = pl.DataFrame({"Ref": ["E1"], "Given": pl.Series([2**100], dtype=pl.Int128)})
    table.write_parquet(tmp_path / "exports-0" / "e.parquet")
    assert said_of(tmp_path) == (
        "This Parquet file has values of a type that is not known here, such as whole numbers of 128 bits. "
        "They are in `Given`."
    )


def test_columns_of_one_name_are_no_matter_where_no_mapping_needs_them(tmp_path: Path) -> None:
    (tmp_path / "exports-0").mkdir()
    table = pa.Table.from_arrays([pa.array(["E1"]), pa.array(["a"]), pa.array(["b"])], ["Ref", "Given", "Given"])
    pa.parquet.write_table(table, tmp_path / "exports-0" / "e.parquet")
    assert read(tmp_path, WITHOUT, {}).rows("cases", "case_id") == [("sys:E1",)]
    with pytest.raises(ExportError, match="There are 2 columns called `Given`"):
        read(tmp_path, MAPPING, {})


DAMAGED = "This Parquet file is damaged: not all of its rows can be read."
NO_PARQUET = "This file is not a Parquet file that can be read."


def said_of(tmp_path: Path) -> str:
    with pytest.raises(ExportError) as caught:
        read(tmp_path, MAPPING, {})
    [problem] = caught.value.problems
    return problem.what


def test_a_page_that_is_damaged_is_told(tmp_path: Path) -> None:
    cells = [f"text {number}" for number in range(2000)]
    path = write_parquet(tmp_path, cells, compression="none", write_page_checksum=True, use_dictionary=False)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"text 1000", b"text 9999"))
    assert said_of(tmp_path) == DAMAGED


def test_text_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = write_parquet(tmp_path, ["caf\u00e9"], compression="none", use_dictionary=False)
    path.write_bytes(path.read_bytes().replace("caf\u00e9".encode(), b"caf\xff\xfe"))
    assert said_of(tmp_path) == DAMAGED


@pytest.mark.parametrize("damage", [b"\xffef", b"R\xc3f", b"\xed\xa0\x80"])
def test_a_name_of_a_column_that_is_not_utf_8_is_told(damage: bytes, tmp_path: Path) -> None:
    path = write_parquet(tmp_path, ["a"], store_schema=False)
    path.write_bytes(path.read_bytes().replace(b"Ref", damage))
    assert said_of(tmp_path) == NO_PARQUET


@pytest.mark.parametrize("kept", [4, 100, -1, -8, -200])
def test_a_file_that_is_cut_off_is_told(kept: int, tmp_path: Path) -> None:
    path = write_parquet(tmp_path, ["a"] * 100)
    path.write_bytes(path.read_bytes()[:kept])
    assert said_of(tmp_path) == NO_PARQUET


def test_an_encrypted_file_is_told(tmp_path: Path) -> None:
    path = write_parquet(tmp_path, ["a"])
    path.write_bytes(b"PARE" + path.read_bytes()[4:-4] + b"PARE")
    assert said_of(tmp_path) == "This Parquet file is encrypted."


def test_a_file_is_read_whatever_the_bytes_of_its_name(tmp_path: Path) -> None:
    path = write_parquet(tmp_path, ["a"])
    try:
        path = path.rename(path.with_name(os.fsdecode(b"e\xff.parquet")))
    except OSError:
        pytest.skip("this disk keeps no such names")
    export = open_parquet(path, "e", "e")
    assert [batch.rows.rows() for batch in export.read()] == [[(1, "E0", "a")]]


@pytest.mark.parametrize(
    ("kind", "numbers", "count"),
    [
        (pa.float32(), [202503001.0, 202503002.0, 7.0, None], 2),
        (pa.float32(), [16777215.0, 1.5, float("nan")], 0),
        (pa.float64(), [9007199254740993.0, 202503001.0], 1),
        (pa.float16(), [2049.0, 2.0], 1),
        (pa.int64(), [202503001.0], 0),
    ],
)
def test_numbers_that_their_type_cannot_tell_apart_are_counted(
    kind: pa.DataType, numbers: list[float | None], count: int, tmp_path: Path
) -> None:
    path = tmp_path / "e.parquet"
    pyarrow.parquet.write_table(pa.table({"Ref": pa.array(numbers, pa.float64()).cast(kind, safe=False)}), path)
    assert sum(batch.rounded[0] for batch in open_parquet(path, "e", "e").read()) == count


def test_ids_that_their_type_cannot_tell_apart_are_said(tmp_path: Path) -> None:
    path = tmp_path / "exports-0" / "e.parquet"
    path.parent.mkdir()
    numbers = pl.Series([202503001, 202503002], dtype=pl.Float32)
    pl.DataFrame({"Ref": numbers, "Given": ["2025-01-01 10:00", "2025-01-01 11:00"]}).write_parquet(path)
    said = RemarkKind.ROUNDED.value.format(column="Ref", n=2)
    assert any(said in remark for remark in read(tmp_path, TIMED, {}).remarks())
