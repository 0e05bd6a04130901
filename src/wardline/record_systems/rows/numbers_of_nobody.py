"""Person numbers that identify nobody: words for nobody, the case's own number, and one that very many share.

Decided once for each record system, when all its rows are staged and before anything is keyed. Such a number is emptied
in its case, and rejected as a cell: the cases under it are not one child's, and how many children's the records do not
say. A number that only looks odd is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from wardline.record_systems.mapping.kinds_of_table import CaseTable
from wardline.record_systems.rows.ids_of_rows import ID_SEPARATOR, all_stand_for_none, any_begins_as_none, said_plainly
from wardline.record_systems.rows.rejects import ERROR_OF_A_SPREADSHEET, RejectReason
from wardline.record_systems.rows.staged_files import StagedFile, raw
from wardline.record_systems.rows.values import Rows

__all__ = ["NEARLY_EVERY", "SHARED_BY_MANY", "SHARED_BY_VERY_MANY", "find_numbers_of_nobody", "person_of_rows"]

SHARED_BY_MANY, OF_ALL = 50, 0.2  # cases, and of all cases of the system that give a number; chosen by us
SHARED_BY_VERY_MANY = 500  # cases, whatever their share
NEARLY_EVERY = 0.9  # of the cases of a table that give a number
FEWEST_OF_DIGITS = 10  # cases, before numbers that only have the same digits are taken for the same


def find_numbers_of_nobody(files: Sequence[StagedFile]) -> None:
    """Find the person numbers of one record system that identify nobody; sets `of_nobody` and `person_is_the_case`."""
    by_table: dict[int, list[StagedFile]] = {}
    for file in files:
        if isinstance(file.table, CaseTable) and file.table.person:
            by_table.setdefault(file.table.position, []).append(file)
    counts = [pl.DataFrame(schema={"person": pl.String(), "cases": pl.UInt32()})]
    for of_table in by_table.values():
        given = same = same_digits = 0
        for rows in _persons(of_table):
            given += rows.height
            same += rows.select((said_plainly(pl.col("person")) == said_plainly(pl.col("id"))).sum()).item()
            same_digits += rows.select((_digits("person") == _digits("id")).sum()).item()
            counts = [pl.concat([*counts, rows.group_by("person").agg(cases=pl.len())])]
            counts = [counts[0].group_by("person").agg(pl.col("cases").sum())]
        is_same = same > 0 and same >= NEARLY_EVERY * given
        is_same |= same_digits >= FEWEST_OF_DIGITS and same_digits >= NEARLY_EVERY * given
        for file in of_table:
            file.person_is_the_case = is_same or set(_person_columns(file)) >= set(file.table.id_columns)
    cases = pl.col("cases")
    is_shared = (cases >= SHARED_BY_VERY_MANY) | ((cases >= SHARED_BY_MANY) & (cases >= OF_ALL * cases.sum()))
    shared = counts[0].filter(is_shared).get_column("person").sort()
    for file in (file for of_table in by_table.values() for file in of_table):
        file.of_nobody = shared


def person_of_rows(rows: Rows, table: CaseTable) -> pl.Series:
    """The person number of each row, without those that identify nobody: these are rejected as cells."""
    texts = rows.frame.select(rows.text(column).alias(raw(column)) for column in table.person)
    persons = texts.select(_joined(table), is_nobody=_stands_for_nobody(table))
    person, is_nobody = persons["person"], persons["is_nobody"]
    column, given = ", ".join(table.person), person.is_not_null()
    is_case = given & ~is_nobody & rows.file.person_is_the_case
    is_shared = given & ~is_nobody & ~is_case & person.is_in(rows.file.of_nobody.implode())
    rows.reject(given & is_nobody, column, RejectReason.PERSON_OF_NOBODY)
    rows.reject(is_case, column, RejectReason.PERSON_IS_THE_CASE)
    rows.reject(is_shared, column, RejectReason.PERSON_OF_MANY_CASES)
    return person.set(is_nobody | is_case | is_shared, None)


def _persons(files: Sequence[StagedFile]) -> Iterator[pl.DataFrame]:
    """The `id` and the `person` of the cases of a table that are kept and give a number that might be somebody's."""
    for file in files:
        assert isinstance(file.table, CaseTable)
        at, columns = 0, [raw(column) for column in dict.fromkeys(file.table.person)]
        is_error = pl.any_horizontal(pl.col(column).str.contains(ERROR_OF_A_SPREADSHEET) for column in columns)
        for frame in file.read(["id", *columns]):
            is_kept = file.reasons.slice(at, frame.height).is_null()
            at += frame.height
            yield (
                frame.filter(is_kept)
                .filter(~_stands_for_nobody(file.table), ~is_error)
                .select("id", _joined(file.table))
                .drop_nulls()
            )


def _joined(table: CaseTable) -> pl.Expr:
    return pl.concat_str([pl.col(raw(column)) for column in table.person], separator=ID_SEPARATOR).alias("person")


def _stands_for_nobody(table: CaseTable) -> pl.Expr:
    """Whether every part of the number stands for nobody, or one of several does by a word that is no code or name."""
    parts = [pl.col(raw(column)) for column in table.person]
    return all_stand_for_none(parts) | any_begins_as_none(parts)


def _digits(column: str) -> pl.Expr:
    """The digits alone; nothing where there are none."""
    digits = pl.col(column).str.replace_all(r"\D", "").str.strip_chars_start("0")
    return pl.when(digits != "").then(digits)


def _person_columns(file: StagedFile) -> tuple[str, ...]:
    assert isinstance(file.table, CaseTable)
    return file.table.person
