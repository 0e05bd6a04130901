"""Which record systems hold a piece of each group: sets of names as bits of whole numbers, so that they add up fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from wardline.engines.columnar.batch import Holding
from wardline.events import EventLog

__all__ = ["HeldBy", "held_by", "holdings_of"]

NAMES_PER_NUMBER = 60


@dataclass(frozen=True)
class HeldBy:
    """The names that the bits of some columns of the cases stand for: case types and record systems."""

    types: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def columns(self) -> list[str]:
        """The columns, those of case types first."""
        return [*_columns("types", self.types), *_columns("sources", self.sources)]


def held_by(cases: pl.DataFrame, log: EventLog) -> tuple[pl.DataFrame, HeldBy]:
    """The cases with columns of bits, and what the bits stand for."""
    number = pl.int_range(pl.len(), dtype=pl.UInt32)
    held = (
        log.case_sources.select("case_id", "source")
        .drop_nulls()
        .join(cases.lazy().select("case_id", case=number), on="case_id")
        .select("case", "source")
        .collect()
    )
    names = HeldBy(_names_in(cases.get_column("case_type")), _names_in(held.get_column("source")))
    sources = held.group_by("case").agg(
        bits.bitwise_or().alias(name) for name, bits in _bits("sources", names.sources, pl.col("source"))
    )
    with_types = cases.with_columns(
        number.alias("case"), *(bits.alias(name) for name, bits in _bits("types", names.types, pl.col("case_type")))
    )
    found = with_types.join(sources, on="case", how="left", maintain_order="left").drop("case")
    return found.with_columns(pl.col(names.columns).fill_null(0)), names


def holdings_of(cases: pl.DataFrame, names: HeldBy) -> tuple[pl.Series, tuple[Holding, ...]]:
    """For each case the number of its group's holding, and what the numbers mean."""
    columns = names.columns
    of_group = cases.select("group", *columns)
    if cases.get_column("group").n_unique() < cases.height:
        of_group = of_group.with_columns(pl.col(columns).bitwise_or().over("group"))
    kinds = of_group.select(columns).unique().sort(columns).with_row_index("holding")
    column = of_group.join(kinds, on=columns, how="left", maintain_order="left").get_column("holding")
    return column, tuple(
        (_meant(row, "types", names.types), _meant(row, "sources", names.sources))
        for row in kinds.iter_rows(named=True)
    )


def _names_in(column: pl.Series) -> tuple[str, ...]:
    return tuple(column.drop_nulls().unique().sort().to_list())


def _columns(what: str, names: Sequence[str]) -> list[str]:
    return [f"{what} {number}" for number in range(max(1, -(-len(names) // NAMES_PER_NUMBER)))]


def _bits(what: str, names: Sequence[str], value: pl.Expr) -> list[tuple[str, pl.Expr]]:
    """For each column the bit of a value, 0 where its name belongs to another column."""
    found = []
    for number, column in enumerate(_columns(what, names)):
        ours = names[number * NAMES_PER_NUMBER : (number + 1) * NAMES_PER_NUMBER]
        bits = {name: 1 << bit for bit, name in enumerate(ours)}
        found.append(
            (column, value.replace_strict(bits, default=0, return_dtype=pl.Int64) if bits else pl.lit(0, pl.Int64))
        )
    return found


def _meant(row: dict[str, int], what: str, names: Sequence[str]) -> frozenset[str]:
    return frozenset(
        name
        for number, name in enumerate(names)
        if row[f"{what} {number // NAMES_PER_NUMBER}"] >> number % NAMES_PER_NUMBER & 1
    )
