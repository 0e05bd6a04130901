"""Which rows of a file are kept, what their id is, and why one is rejected as far as it alone tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_

import polars as pl

from wardline.errors import ExportError, ProblemKind
from wardline.record_systems.exports.export_files import RawBatch, export_problem
from wardline.record_systems.mapping.cells import RowPattern
from wardline.record_systems.mapping.kinds_of_table import EventTable, MappedTable
from wardline.record_systems.mapping.shape_values import NAME
from wardline.record_systems.rows.cells_of_times import says_no_event
from wardline.record_systems.rows.ids_of_rows import id_of_row
from wardline.record_systems.rows.near_misses import near_misses
from wardline.record_systems.rows.no_records import another_header, with_reasons_of_no_record
from wardline.record_systems.rows.rejects import ERROR_OF_A_SPREADSHEET, RejectReason, RemarkKind
from wardline.record_systems.rows.staged_files import StagedFile, raw
from wardline.record_systems.rows.table_writer import TableWriter
from wardline.table_files.ends_of_reports import is_end_of_report

__all__ = ["LEFT_OUT", "chosen", "holds_one_of", "staged_schema", "uneven"]

LEFT_OUT = pl.Schema({"id": pl.String()})
# Stands between the cells of a row before they are made one number; no export has it in a cell.
CELL_END = "\x1f"
EMPTY_CELL = "\x00"
MOST_DIFFERENT = 10_000  # codes that are counted one by one


def staged_schema(table: MappedTable) -> pl.Schema:
    """The columns of the rows that are copied."""
    return pl.Schema(
        {
            "row": pl.Int64(),
            "reason": pl.UInt8(),
            "fingerprint": pl.UInt64(),
            "id": pl.String(),
            "is_short": pl.Boolean(),
            "is_restricted": pl.Boolean(),
            **{raw(column): pl.String() for column in table.columns_kept()},
        }
    )


def uneven(table: MappedTable, batch: RawBatch) -> pl.DataFrame:
    """The rows that have more or fewer cells than the header and cannot be read, to be rejected."""
    reasons = {RejectReason.UNEVEN_ROW: batch.uneven, RejectReason.SWALLOWED_CELLS: batch.swallowed}
    rows = pl.DataFrame(
        {
            "row": pl.Series([row for rows in reasons.values() for row in rows], dtype=pl.Int64),
            "reason": pl.Series([reason.code for reason, rows in reasons.items() for _ in rows], dtype=pl.UInt8),
        }
    )
    return rows.select(
        pl.col(name) if name in rows.columns else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in staged_schema(table).items()
    )


def chosen(staged: StagedFile, batch: RawBatch, left_out: TableWriter) -> pl.DataFrame:
    """The rows that the filter keeps, each with its fingerprint, its id, and why it is rejected if it is.

    Of those that it leaves out the ids are written to `left_out`: they too show that the system holds their case.
    Raises ExportError where a row is the header of another table.
    """
    table, header = staged.table, staged.export.header
    rows = batch.rows.select("row", *(_trimmed(name, table.empty) for name in batch.rows.columns[1:]))
    staged.rows_in += rows.height + len(batch.uneven) + len(batch.swallowed)
    position = {column: str(at) for at, column in reversed(list(enumerate(header)))}

    def cell(column: str) -> pl.Expr:
        return pl.col(position[column])

    id_at = int(position[table.id_columns[0]])
    if (other := another_header(rows, header, id_at)) is not None:
        raise _joined(f"{staged.mapping.system}: {staged.export.name}", other)
    no_records = with_reasons_of_no_record(rows, header, id_at)
    rows = rows.join(no_records.select("row"), on="row", how="anti", maintain_order="left")
    cells = [pl.col(name) for name in rows.columns[1:]]
    ends_report = rows.select(is_end_of_report(cells, cell(table.id_columns[0]))).to_series()
    ends = rows.filter(ends_report).with_columns(pl.lit(RejectReason.TOTAL_ROW.code, dtype=pl.UInt8).alias("reason"))
    rows, no_records = rows.filter(~ends_report), pl.concat([no_records, ends])
    its_id = id_of_row(table, cell).alias("id")
    kept = pl.lit(True)
    if table.only_where is not None:
        kept &= _fits(table.only_where, cell)
    if table.leave_out_where is not None:
        kept &= ~_fits(table.leave_out_where, cell)
    for column, count in near_misses(rows, kept, table, cell).items():
        staged.tally[RemarkKind.NEARLY, column] += count
    before = rows
    rows = _with_event(rows.filter(kept), table, cell)
    named = table.names_event_by
    if named is not None and named.column is not None:
        rows = _with_named_event(staged, rows, cell(named.column), named.column, named.values)
    staged.left_out += batch.rows.height - no_records.height - rows.height
    if table.belongs_to is not None and rows.height < batch.rows.height:
        gone = before.join(rows.select("row"), on="row", how="anti", maintain_order="left")
        left_out.add(gone.select(its_id).drop_nulls().unique(maintain_order=True))
    staged.signs.look(rows, cell)
    rows = rows.with_columns(its_id).with_columns(_reason(staged, cells, cell).alias("reason"))
    return pl.concat([rows, no_records.with_columns(its_id)], how="diagonal").select(
        "row",
        "reason",
        # A null must differ from an empty text, and "ab", "c" from "a", "bc".
        pl.concat_str([each.fill_null(EMPTY_CELL) for each in cells], separator=CELL_END).hash().alias("fingerprint"),
        "id",
        pl.col("row").is_in(list(batch.short)).alias("is_short"),
        (pl.lit(False) if table.restricted is None else _fits(table.restricted.where, cell)).alias("is_restricted"),
        *(cell(column).alias(raw(column)) for column in table.columns_kept()),
    )


def _joined(shown_as: str, row: int) -> ExportError:
    return export_problem(
        ProblemKind.UNREADABLE_FILE,
        shown_as,
        f"Row {row} is a header again, with columns in another order or of other names, so what follows it would be "
        "read in the wrong columns.",
        "Ask for the exports that were joined here one by one, or split the file above that row.",
    )


def _trimmed(name: str, empty: tuple[str, ...]) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(~text.is_in(list(empty))).then(text).alias(name)


def _fits(pattern: RowPattern, cell: Callable[[str], pl.Expr]) -> pl.Expr:
    return reduce(
        lambda one, other: one & other, (holds_one_of(cell(column), values) for column, values in pattern.conditions)
    )


def holds_one_of(cell: pl.Expr, values: tuple[str | None, ...]) -> pl.Expr:
    """Whether a cell holds one of some values, None among them being an empty cell; never null."""
    fits = cell.is_in([value for value in values if value is not None]).fill_null(False)
    return fits | cell.is_null() if None in values else fits


def _with_event(rows: pl.DataFrame, table: MappedTable, cell: Callable[[str], pl.Expr]) -> pl.DataFrame:
    """Without the rows that are an event, but for words in the cell of its time which say that there was none."""
    if not isinstance(table, EventTable) or not table.at.no_event:
        return rows
    says_none = reduce(or_, (says_no_event(cell(column), table.at.no_event) for column in table.at.columns()))
    return rows.filter(~says_none)


def _with_named_event(
    staged: StagedFile,
    rows: pl.DataFrame,
    event: pl.Expr,
    column: str,
    values: tuple[tuple[str, str | None], ...] | None,
) -> pl.DataFrame:
    """Only the rows whose event the mapping lists; those that name none at all stay, to be rejected.

    Where it lists none, those whose text can be the name of an event: no obligation could name another, and what
    people write there freely would be in lists that go from hand to hand.
    """
    if values is None:
        listed = event.str.contains(f"^({NAME.pattern})$") | event.str.contains(ERROR_OF_A_SPREADSHEET)
        wanted = listed
    else:
        listed = event.is_in([given for given, _ in values])
        wanted = event.is_in([given for given, ours in values if ours is not None])
    unlisted = rows.select(event.filter(~listed).alias("code"))["code"]
    if len(unlisted):
        staged.tally[RemarkKind.UNLISTED_EVENT, column] += len(unlisted)
        if len(staged.unlisted) <= MOST_DIFFERENT:
            staged.unlisted.update(dict(unlisted.value_counts(name="count").rows()))
    return rows.filter(wanted | event.is_null())


def _reason(staged: StagedFile, cells: list[pl.Expr], cell: Callable[[str], pl.Expr]) -> pl.Expr:
    """Why a row is rejected as far as it alone tells; the first reason of these."""
    table, case_id = staged.table, staged.table.names_its_case
    no_id = RejectReason.NO_PERSON_ID if case_id is None else RejectReason.NO_CASE_ID
    is_anothers = case_id is not None and case_id.of not in (None, staged.mapping.system)
    no_case = RejectReason.NOT_MATCHED if is_anothers else RejectReason.CASE_OF_NOBODY
    has_no_event = pl.lit(False)
    if table.names_event_by is not None and table.names_event_by.column is not None:
        name = cell(table.names_event_by.column)
        has_no_event = name.is_null()
        if table.names_event_by.is_named_by_data:
            has_no_event |= name.str.contains(ERROR_OF_A_SPREADSHEET)
    return (
        pl.when(pl.all_horizontal(each.is_null() for each in cells))
        .then(pl.lit(RejectReason.EMPTY_ROW.code))
        .when(pl.any_horizontal(cell(column).is_null() for column in table.id_columns))
        .then(pl.lit(no_id.code))
        .when(pl.any_horizontal(cell(column).str.contains(ERROR_OF_A_SPREADSHEET) for column in table.id_columns))
        .then(pl.lit(RejectReason.ERROR_ID.code))
        .when(pl.col("id").is_null())  # its parts are there, and say that there is none
        .then(pl.lit(no_case.code))
        .when(has_no_event)
        .then(pl.lit(RejectReason.NO_EVENT_NAME.code))
        .otherwise(None)
        .cast(pl.UInt8)
    )
