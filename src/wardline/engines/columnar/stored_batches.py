"""Sorted batches of a log that does not fit in memory, on disk until an obligation is checked over them.

Findings come obligation by obligation, and of an obligation case by case. So each obligation is taken over one batch
after the other, and a batch is read again for each: that moves fewer bytes than keeping all findings until their turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from shutil import rmtree

import polars as pl
import pyarrow as pa

from wardline.engines.columnar.batch import POSITION, Batch
from wardline.engines.columnar.batches import Batches
from wardline.engines.columnar.patterns import PREFIX, attribute
from wardline.threads import in_turn

__all__ = ["Cuts", "StoredBatch", "stored"]

SAME = {"group": "case", "by": "at"}
"""Columns that need not be written down where they are the same as another: by case, and where all times are exact."""


@dataclass(frozen=True)
class StoredBatch:
    """A batch of which the events with a time, and the positions of each name, are on disk."""

    without_events: Batch
    place: Path
    attributes: tuple[str, ...]
    names: dict[str, tuple[int, int]]  # where the positions of each event name begin, and how many there are

    def read(self, attributes: Iterable[str]) -> Batch:
        """The batch, with these attributes of its events as far as they are recorded.

        The columns that every obligation needs are mapped into memory: what is looked up in them is not copied first.
        """
        columns = _mapped(_file(self.place, "columns"))
        positions = _mapped(_file(self.place, "positions")).get_column("pos")
        wanted = sorted({attribute(one) for one in attributes}.intersection(self.attributes))
        if wanted:
            columns = columns.hstack(pl.scan_ipc(_file(self.place, "attributes"), glob=False).select(wanted).collect())
        return replace(
            self.without_events,
            timed=columns.with_columns(**{name: same for name, same in SAME.items() if name not in columns.columns}),
            positions_of={name: positions.slice(begins, count) for name, (begins, count) in self.names.items()},
        )


def stored(batches: Batches, folder: Path) -> list[StoredBatch]:
    """Each batch sorted and written down, while the next is read; the files that they came from are deleted."""
    assert isinstance(batches.events, Path)
    folder.mkdir()
    found = list(in_turn(lambda part: _stored(batches.batch(part), folder / f"{part:06}"), range(batches.parts)))
    rmtree(batches.events, ignore_errors=True)
    return found


def _stored(batch: Batch, place: Path) -> StoredBatch:
    attributes = [name for name in batch.timed.columns if name.startswith(PREFIX)]
    is_same = {"group": batch.is_by_case, "by": batch.is_exact}
    columns = batch.timed.drop(*attributes, *(name for name in SAME if is_same[name]))
    positions = pl.DataFrame({"pos": pl.concat([pl.Series(dtype=POSITION), *batch.positions_of.values()])})
    for what, frame in (("columns", columns), ("attributes", batch.timed.select(attributes)), ("positions", positions)):
        frame.write_ipc(_file(place, what), record_batch_size=max(1, frame.height))
    begins = accumulate((len(one) for one in batch.positions_of.values()), initial=0)
    names = {name: (at, len(one)) for at, (name, one) in zip(begins, batch.positions_of.items(), strict=False)}
    return StoredBatch(replace(batch, timed=batch.timed.clear(), positions_of={}), place, tuple(attributes), names)


def _file(place: Path, what: str) -> Path:
    return place.with_name(f"{place.name}-{what}.arrow")


def _mapped(file: Path) -> pl.DataFrame:
    with pa.memory_map(str(file)) as source:
        frame = pl.from_arrow(pa.ipc.open_file(source).read_all(), rechunk=False)
    assert isinstance(frame, pl.DataFrame)
    return frame


class Cuts:
    """Findings of batches of children, put into the order of cases.

    The findings over each batch are cut at the same cases and kept on disk, so that one cut at a time is read and
    sorted.
    """

    def __init__(self, folder: Path, batches: Batches) -> None:
        self.folder = folder
        folder.mkdir()
        ids = batches.cases.get_column("case_id")
        size = max(1, -(-len(ids) // batches.parts))
        self.ends = ids.gather_every(size, offset=size)

    def in_order(self, found: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """The findings of one obligation over each batch, in order, cut by cut; what was read is deleted."""
        cuts: dict[int, list[Path]] = {}
        for part, frame in enumerate(found):
            cut = self.ends.search_sorted(frame.get_column("case_id"), side="right")
            for number in cut.unique():
                file = self.folder / f"{number:06}-{part:06}.arrow"
                frame.filter(cut == number).write_ipc(file)
                cuts.setdefault(number, []).append(file)
        for _, files in sorted(cuts.items()):
            yield pl.concat([pl.scan_ipc(one, glob=False).collect() for one in files]).sort(
                "case_id", "triggered_at", "ordinal", nulls_last=True
            )
            for one in files:
                one.unlink()
