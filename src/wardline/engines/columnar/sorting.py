"""Sort the known events of some cases once, and say which systems hold each case: a batch."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from wardline.engines.columnar.batch import POSITION, Batch, Holding
from wardline.engines.columnar.patterns import attribute
from wardline.engines.columnar.reading import Named
from wardline.events import EventLog

__all__ = ["children_numbered", "make_batch"]

RESOLUTIONS = (1, 1_000, 1_000_000)   # microseconds, milliseconds, seconds
BITS = 63
SYSTEMS_PER_MASK = 60


def make_batch(cases: pl.DataFrame, events: pl.DataFrame, log: EventLog, named: Named, *, per_child: bool) -> Batch:
    """A batch of these cases; `events` have the row number of their case as `case`."""
    group = children_numbered(cases) if per_child else cases.select(
        pl.int_range(pl.len(), dtype=POSITION).alias("group")).to_series()
    cases = cases.with_columns(group.alias("group"))
    if not events.get_column("event_id").is_sorted():
        events = events.sort("event_id")
    untimed = events.filter(pl.col("at").is_null()) if events.get_column("at").null_count() else events.clear()
    timed = events if untimed.is_empty() else events.filter(pl.col("at").is_not_null())
    is_exact = not bool((timed.get_column("by") > timed.get_column("at")).any())
    timed = _sorted(timed.drop("by") if is_exact else timed, group if per_child else None)
    timed = timed.with_columns(by="at" if is_exact else pl.coalesce("by", "at"))
    by_name = timed.select("event", pos=pl.int_range(pl.len(), dtype=POSITION)).group_by("event").agg("pos")
    holding, holdings = _holdings(cases, log)
    return Batch(
        cases=cases.with_columns(holding),
        timed=timed.drop("event"),
        untimed=untimed.with_columns(group.gather(untimed.get_column("case")).alias("group")),
        bounds=_bounds(timed, 0 if cases.is_empty() else int(group.n_unique())),
        people=_people(cases, log, named),
        holdings=holdings,
        positions_of=dict(zip(by_name.get_column("event"), by_name.get_column("pos"), strict=True)),
        is_exact=is_exact,
        is_by_case=not per_child,
    )


def children_numbered(cases: pl.DataFrame) -> pl.Series:
    """A number for each case's child, from 0 in the order of its first case; a case without a child has its own."""
    own = cases.select("child_id", case=pl.int_range(pl.len(), dtype=POSITION))
    first = pl.when(pl.col("child_id").is_null()).then("case").otherwise(pl.col("case").min().over("child_id"))
    return own.select((first.rank("dense") - 1).cast(POSITION).alias("group")).to_series()


def _sorted(timed: pl.DataFrame, group_of_case: pl.Series | None) -> pl.DataFrame:
    """The events by (group, at, event_id), with `start` and `after`; they come in order of `event_id`."""
    group = timed.get_column("case")
    if group_of_case is not None:
        group = group_of_case.gather(group)
    key = _key(group, timed.get_column("at"))
    if key is None:
        timed = timed.with_columns(group.alias("group")).sort("at", maintain_order=True).sort(
            "group", maintain_order=True)
    elif group_of_case is None:
        timed = timed.with_columns(key=key).sort("key", maintain_order=True).drop("key").with_columns(group="case")
    else:
        timed = timed.with_columns(group.alias("group"), key=key).sort("key", maintain_order=True).drop("key")
    is_first = ((pl.col("at") != pl.col("at").shift()) | (pl.col("group") != pl.col("group").shift())).fill_null(True)
    place = pl.when(is_first).then(pl.int_range(pl.len(), dtype=POSITION))
    return timed.with_columns(
        start=place.forward_fill(), after=place.shift(-1).backward_fill().fill_null(pl.len()).cast(POSITION))


def _key(group: pl.Series, at: pl.Series) -> pl.Series | None:
    """One whole number that orders like (group, at), where both fit in one: a single sort is twice as fast as two."""
    if at.is_empty():
        return None
    instants = at.to_physical()
    low, high, groups = at.to_physical().min(), at.to_physical().max(), group.max()
    assert isinstance(low, int) and isinstance(high, int) and isinstance(groups, int)
    offsets = instants - low
    for resolution in RESOLUTIONS:
        span = (high - low) // resolution + 1
        if (groups + 1) * span < 2**BITS:
            if resolution > 1 and (offsets % resolution != 0).any():
                return None
            return group.cast(pl.Int64) * span + (offsets // resolution if resolution > 1 else offsets)
    return None


def _bounds(timed: pl.DataFrame, groups: int) -> pl.DataFrame:
    """The positions at which each group opens and closes."""
    number = pl.int_range(groups, dtype=POSITION, eager=True).alias("group")
    closes = timed.get_column("group").search_sorted(number, side="right").cast(POSITION)
    opens = timed.get_column("group").search_sorted(number, side="left").cast(POSITION)
    return pl.DataFrame({"opens": opens, "closes": closes})


def _holdings(cases: pl.DataFrame, log: EventLog) -> tuple[pl.Series, tuple[Holding, ...]]:
    """For each case the number of its group's holding, and what the numbers mean: case types and record systems."""
    held = log.case_sources.select("case_id", "source").drop_nulls().join(
        cases.lazy().select("case_id", "group"), on="case_id").select("group", "source").collect()
    types = cases.select("group", what=pl.col("case_type"))
    parts = [_masks(types, "type"), _masks(held.rename({"source": "what"}), "source")]
    of_group = parts[0][0].join(parts[1][0], on="group", how="left")
    columns = [name for name in of_group.columns if name != "group"]
    of_group = of_group.with_columns(pl.col(columns).fill_null(0))
    kinds = of_group.select(columns).unique().sort(columns).with_row_index("holding")
    number = of_group.join(kinds, on=columns, how="left").select("group", "holding")
    column = cases.select("group").join(number, on="group", how="left", maintain_order="left").get_column("holding")
    meanings = tuple(
        (_names(row, parts[0][1], "type"), _names(row, parts[1][1], "source")) for row in kinds.iter_rows(named=True))
    return column, meanings


def _masks(rows: pl.DataFrame, name: str) -> tuple[pl.DataFrame, list[str]]:
    """For each group the set of its values as bits of whole numbers, and the values in the order of the bits."""
    values: list[str] = rows.get_column("what").drop_nulls().unique().sort().to_list()
    masks = []
    for first in range(0, max(1, len(values)), SYSTEMS_PER_MASK):
        bits = {value: 1 << bit for bit, value in enumerate(values[first:first + SYSTEMS_PER_MASK])}
        bit = pl.col("what").replace_strict(bits, default=0, return_dtype=pl.Int64) if bits else pl.lit(0, pl.Int64)
        masks.append(bit.bitwise_or().alias(f"{name} {first // SYSTEMS_PER_MASK}"))
    return rows.group_by("group").agg(masks), values


def _names(row: dict[str, int], values: Sequence[str], name: str) -> frozenset[str]:
    return frozenset(
        value for number, value in enumerate(values)
        if row[f"{name} {number // SYSTEMS_PER_MASK}"] >> number % SYSTEMS_PER_MASK & 1)


def _people(cases: pl.DataFrame, log: EventLog, named: Named) -> pl.DataFrame:
    """The person records of the children of these cases, with the fields that are named."""
    if not named.person_fields:
        return pl.Schema({"child_id": pl.String()}).to_frame()
    present = log.people.collect_schema().names()
    fields = [pl.col(one).alias(attribute(one)) for one in named.person_fields if one in present]
    return (
        log.people.select(pl.col("person_id").alias("child_id"), *fields)
        .join(cases.lazy().select("child_id").unique(), on="child_id", how="semi").collect()
    )
