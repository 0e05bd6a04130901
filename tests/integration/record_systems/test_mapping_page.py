"""Every example of docs/reference/mappings.md, and that the page has every key."""

from __future__ import annotations

import csv
import re
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import indent

import polars as pl
import pytest

from wardline.record_systems import RejectReason, Source, parse_mapping, read_record_systems
from wardline.record_systems.mapping import shapes, shapes_of_cells

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "mappings.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"```yaml\n(?P<mapping>.*?)```|`(?P<file>[\w.-]+)`:\n\n```csv\n(?P<export>.*?)```"
    r"|gives `(?P<table>\w+)`:\n\n(?P<rows>(?:\|[^\n]*\n)+)",
    re.DOTALL,
)
SECTIONS = {section.split("\n", 1)[0]: section for section in re.split(r"^#{2,3} ", PAGE, flags=re.MULTILINE)[1:]}
EXAMPLES = [name for name, section in SECTIONS.items() if "gives `" in section]


def mapping_of(text: str) -> str:
    if text.startswith("record system:"):
        return text
    return "record system: compact\ntables:\n  -\n" + indent(text, "    ")


def shown(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            text = value.replace(tzinfo=None).isoformat(" ")
            return text.removesuffix(":00")
        case date():
            return value.isoformat()
    return str(value)


def fill_database(path: Path, table: str, rows: str) -> None:
    """Put the rows of a CSV text into a table of a SQLite file."""
    header, *cells = csv.reader(rows.splitlines())
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TABLE {table} ({', '.join(header)})")
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(header))})", cells)
        connection.commit()


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_gives_what_the_page_says(name: str, tmp_path: Path) -> None:
    sources: list[Source] = []
    expected = {}
    for block in BLOCK.finditer(SECTIONS[name]):
        if block["mapping"] is not None:
            folder = tmp_path / f"exports-{len(sources)}"
            folder.mkdir()
            mapping = parse_mapping(mapping_of(block["mapping"]), str(folder / "mapping.yaml"))
            sources.append(Source(mapping, folder))
        elif block["export"] is not None:
            assert isinstance(sources[-1].folder, Path)
            if sources[-1].mapping.reads_files():
                (sources[-1].folder / block["file"]).write_text(block["export"], encoding="utf-8")
            else:
                fill_database(sources[-1].folder / "records.db", block["file"].removesuffix(".csv"), block["export"])
        else:
            expected[block["table"]] = [
                [cell.strip() for cell in line.strip("|\n").split("|")] for line in block["rows"].splitlines()
            ]
    into = tmp_path / "tables"
    read_record_systems(sources, as_at=datetime(2025, 4, 1, tzinfo=UTC), into=into)
    assert expected
    for table, (header, _, *rows) in expected.items():
        found = pl.read_parquet(into / f"{table}.parquet").select(header).rows()
        assert [[shown(cell) for cell in row] for row in found] == rows, table


def test_the_page_has_every_key() -> None:
    keys = {
        info.alias or name
        for shape in (
            shapes.MappingKeys,
            shapes.FilesKeys,
            shapes_of_cells.TimeKeys,
            shapes_of_cells.AttributeKeys,
            shapes_of_cells.EventOfRowKeys,
            shapes_of_cells.CaseIdKeys,
            shapes_of_cells.EventNameKeys,
            *shapes.TABLE_SHAPES.values(),
        )
        for name, info in shape.model_fields.items()
    } - {"always"}
    missing = [key for key in sorted(keys) if not re.search(rf"(?<![\w ]){re.escape(key)}(?![\w ])", PAGE)]
    assert missing == []
    assert all(f"each row is: {kind}" in PAGE for kind in shapes.TABLE_SHAPES)


def test_the_page_has_every_reason() -> None:
    rows = re.findall(r"^\| (row|cell) \| (.*) \|$", PAGE, flags=re.MULTILINE)
    assert rows == [("cell" if reason.is_of_a_cell else "row", reason.value) for reason in RejectReason]
