"""The findings of a dive in numbers, kept in files, so that each process of the workspace opens them at once.

They are made when the dive is added, and lie in a folder beside the dives. The files are named by the dive's manifest:
a dive never changes. What other code has made is made again. Of a dive that the database no longer names no file is
opened, since nobody asks for it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import polars as pl

from wardline_workspace.cases.listed_findings import FILTERED
from wardline_workspace.dives.kept_files import code_version
from wardline_workspace.trail.codes import case_code

__all__ = ["CASE", "MANY", "ORDERS", "KeptFindings", "in_numbers", "is_kept", "keep"]

CASE, MANY = "case", "many"
KINDS = ((1 << 8, pl.UInt8()), (1 << 16, pl.UInt16()), (1 << 32, pl.UInt32()))
ORDERS = {"wait": "by_wait", "late": "by_late", "case": "by_case"}  # the newest first is the order of the rows


@dataclass(frozen=True)
class KeptFindings:
    """The findings of a dive, the newest first.

    `findings` has of each question the place of its value, `case` the place of its case, what is told of it, and the
    rows in each other order. `values` are the values of each question, in order; `cases` each case with its code as a
    number, in order; `counts` how `many` findings have each combination of values that occurs.
    """

    findings: pl.DataFrame
    values: pl.DataFrame
    cases: pl.DataFrame
    counts: pl.DataFrame

    def values_of(self) -> Mapping[str, list[str]]:
        """The values by question."""
        return {name: self.values.filter(pl.col("question") == name)["value"].to_list() for name in FILTERED}


def in_numbers(listed: pl.DataFrame, slug: str) -> KeptFindings:
    """The findings of a dive, `listed_findings.LISTED`, in numbers."""
    values = {name: listed[name].unique().sort() for name in FILTERED}
    cases = listed["case_id"].unique().sort()
    placed = [_places(listed[name], among, name) for name, among in values.items()]
    told = [name for name in listed.columns if name not in FILTERED and name != "case_id"]
    findings = pl.DataFrame([*placed, _places(listed["case_id"], cases, CASE), *listed.select(told)])
    orders = [pl.Series(ORDERS[sort], _order(findings, sort)) for sort in ORDERS]
    return KeptFindings(
        findings.with_columns(*orders),
        pl.concat(one.to_frame("value").with_columns(question=pl.lit(name)) for name, one in values.items()),
        _with_codes(cases, slug),
        findings.group_by(FILTERED).len(MANY).sort(FILTERED),
    )


def keep(folder: Path, manifest_sha256: str, slug: str, made: Callable[[], pl.DataFrame]) -> KeptFindings:
    """What `made()` gives, in numbers: from the kept files where they are there; else made, and kept.

    Each file is there whole or not at all: it is written beside and renamed. Only its owner may read it.
    """
    files = _files(folder, manifest_sha256)
    if (found := _read(files)) is not None:
        return found if _has_codes_of(found.cases, slug) else _again(found, slug)
    kept = in_numbers(made(), slug)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, file in files.items():
            _write(getattr(kept, name), file)
        for older in set(folder.glob(f"{manifest_sha256}-*")) - set(files.values()):
            older.unlink(missing_ok=True)
    except OSError:
        pass  # it is only quicker with the files
    return kept


def is_kept(folder: Path, manifest_sha256: str) -> bool:
    """Whether this version of Wardline has kept them."""
    return all(file.exists() for file in _files(folder, manifest_sha256).values())


def _files(folder: Path, manifest_sha256: str) -> dict[str, Path]:
    version = code_version(Path(__file__).parent)[:16]
    return {one.name: folder / f"{manifest_sha256}-{version}-{one.name}.arrow" for one in fields(KeptFindings)}


def _again(kept: KeptFindings, slug: str) -> KeptFindings:
    """The same for a dive that was added under another name, or whose workspace has another key."""
    return KeptFindings(kept.findings, kept.values, _with_codes(kept.cases["case_id"], slug), kept.counts)


def _with_codes(cases: pl.Series, slug: str) -> pl.DataFrame:
    codes = np.fromiter((int(case_code(slug, one), 16) for one in cases), dtype=np.uint64, count=len(cases))
    return pl.DataFrame({"case_id": cases, "code": codes})


def _has_codes_of(cases: pl.DataFrame, slug: str) -> bool:
    """Whether the codes were made for this name with this key; the first says it for all."""
    return not cases.height or int(case_code(slug, cases["case_id"][0]), 16) == cases["code"][0]


def _read(files: Mapping[str, Path]) -> KeptFindings | None:
    try:
        return KeptFindings(**{name: pl.read_ipc(file) for name, file in files.items()})
    except (pl.exceptions.PolarsError, OSError):
        return None  # not there, or cut off by a full disk


def _write(frame: pl.DataFrame, file: Path) -> None:
    number, writing = tempfile.mkstemp(prefix=".writing-", dir=file.parent)
    os.close(number)
    try:
        frame.rechunk().write_ipc(writing, record_batch_size=max(frame.height, 1))
        os.replace(writing, file)
    finally:
        Path(writing).unlink(missing_ok=True)


def _places(values: pl.Series, among: pl.Series, name: str) -> pl.Series:
    """Of each value its place among the different ones, in as few bytes as hold it."""
    kind = next(kind for most, kind in KINDS if len(among) <= most)
    table = pl.DataFrame({"value": among}).with_row_index("place")
    joined = pl.DataFrame({"value": values}).join(
        table, on="value", how="left", maintain_order="left", nulls_equal=True
    )
    return joined["place"].cast(kind).alias(name)


def _order(findings: pl.DataFrame, sort: str) -> np.typing.NDArray[np.uint32]:
    """The rows in another order than the newest first; equal ones stay the newest first."""
    if sort == "case":
        keys = findings[CASE].to_numpy()
    else:
        column = findings["wait"] if sort == "wait" else _lateness(findings)
        keys = -column.fill_null(-1).to_numpy().astype(np.int64)
    return np.argsort(keys, kind="stable").astype(np.uint32)


def _lateness(findings: pl.DataFrame) -> pl.Series:
    minutes = pl.max_horizontal(pl.col("late_by"), pl.col("late_days").cast(pl.Int64) * 1440)
    return findings.select(minutes.alias("late"))["late"]
