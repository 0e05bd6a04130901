"""The tables of a dive folder: the same rows give the same bytes."""

import polars as pl

from wardline.dive.kept.row_groups import copy_table, write_table


def test_a_table_is_written_alike_however_its_rows_were_grouped(tmp_path):
    table = pl.DataFrame({"n": range(10), "text": ["x"] * 10})
    table.write_parquet(tmp_path / "one.parquet", row_group_size=3)
    table.write_parquet(tmp_path / "two.parquet", row_group_size=10)
    for name in ("one", "two"):
        assert copy_table(tmp_path / f"{name}.parquet", tmp_path / f"{name}-again.parquet") == 10
    assert (tmp_path / "one-again.parquet").read_bytes() == (tmp_path / "two-again.parquet").read_bytes()
    assert pl.read_parquet(tmp_path / "one-again.parquet").equals(table)


def test_an_empty_table_keeps_its_columns(tmp_path):
    assert write_table(pl.DataFrame(schema={"n": pl.Int64}), tmp_path / "empty.parquet") == 0
    assert pl.read_parquet_schema(tmp_path / "empty.parquet") == {"n": pl.Int64}
