"""The findings of one dive held ready for lists: a number of one byte or two for each question of each finding.

So a list of a million findings is narrowed, counted and ordered in some milliseconds, without reading a file. Counts
come from a second, smaller table: how many findings have each combination of choices (`_Combined`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from wardline.obligations import ResolvedObligation
from wardline_workspace.cases.choices import Narrowing, narrowings
from wardline_workspace.cases.chosen import Chosen
from wardline_workspace.cases.listed_findings import FILTERED
from wardline_workspace.trail.codes import case_code

__all__ = ["FindingIndex", "Numbers"]

Numbers = npt.NDArray[np.integer]
Mask = npt.NDArray[np.bool_]
LEFT_OUT_OF_COUNTS = "month"  # of which there are so many that it has a table of its own


class FindingIndex:
    """The findings of a dive, in the order of `listed`; positions are those of its rows. Never changed once made."""

    def __init__(self, slug: str, listed: pl.DataFrame, obligations: Sequence[ResolvedObligation]) -> None:
        values = {name: listed[name].unique().sort().to_list() for name in FILTERED}
        self.slug = slug
        self.obligations = tuple(obligations)
        self.asked: tuple[Narrowing, ...] = narrowings(values, obligations)
        self.size = listed.height
        self._codes = {one.name: _numbered(listed[one.name], one) for one in self.asked}
        self._cases = listed["case_id"].unique().sort()
        self._case_of = _places(listed["case_id"], self._cases)
        told = [name for name in listed.columns if name not in FILTERED and name != "case_id"]
        self._told = listed.select(told)
        self._orders: dict[str, Numbers] = {}

    @cached_property
    def _combined(self) -> _Combined:
        return _Combined({name: codes for name, codes in self._codes.items() if name != LEFT_OUT_OF_COUNTS})

    @cached_property
    def _combined_by_month(self) -> _Combined:
        return _Combined(self._codes)

    @cached_property
    def _case_codes(self) -> tuple[npt.NDArray[np.uint64], Numbers]:
        """Each case's code as a number, in order, and which case it is of."""
        codes = np.fromiter(
            (int(case_code(self.slug, case_id), 16) for case_id in self._cases), dtype=np.uint64, count=len(self._cases)
        )
        order = np.argsort(codes, kind="stable").astype(np.uint32)
        return codes[order], order

    def case_of(self, code: str) -> str | None:
        """The case that a code is of; None where no finding of this dive is about such a case."""
        place = self._place_of(code)
        return None if place is None else str(self._cases[place])

    def cases_called(self, number: str) -> list[str]:
        """The cases of that number, whichever record system has it; the whole id names one."""
        wanted = number.casefold()
        lower = self._cases.str.to_lowercase()
        found = self._cases.filter((lower == wanted) | lower.str.ends_with(f":{wanted}"))
        return [str(one) for one in found]

    def counts(self, chosen: Chosen) -> dict[str, dict[str, int]]:
        """How many findings each choice would give, by question: whatever else is chosen holds, and of its own
        question nothing."""
        if chosen.case is not None:
            mask = self._of_case(chosen.case)
            table = _Combined({name: codes[mask] for name, codes in self._codes.items()})
            return self._counted(table, chosen, tuple(self._codes))
        by_month = (LEFT_OUT_OF_COUNTS,) if LEFT_OUT_OF_COUNTS in self._codes else ()
        others = tuple(name for name in self._codes if name != LEFT_OUT_OF_COUNTS)
        table = self._combined_by_month if chosen.of(LEFT_OUT_OF_COUNTS) else self._combined
        return self._counted(table, chosen, others) | self._counted(self._combined_by_month, chosen, by_month)

    def _counted(self, table: _Combined, chosen: Chosen, names: Sequence[str]) -> dict[str, dict[str, int]]:
        allowed = {name: self._allowed(name, chosen) for name in table.codes}
        found = {}
        for one in self.asked:
            if one.name in names:
                numbers = table.count(one.name, len(one.choices), allowed)
                found[one.name] = {value: int(many) for (value, _), many in zip(one.choices, numbers, strict=False)}
        return found

    def how_many(self, chosen: Chosen) -> int:
        """How many findings were chosen."""
        if chosen.case is not None:
            return int(self._mask(chosen).sum())
        table = self._combined_by_month if chosen.of(LEFT_OUT_OF_COUNTS) else self._combined
        return table.total({name: self._allowed(name, chosen) for name in table.codes})

    def positions(self, chosen: Chosen) -> Numbers:
        """The rows that were chosen, in the order that was chosen."""
        mask = self._mask(chosen)
        if chosen.sort == "month":
            return np.flatnonzero(mask)
        order = self._order(chosen.sort)
        return order[mask[order]]

    def page(self, chosen: Chosen, start: int, length: int) -> Numbers:
        """Some of these rows: those from `start` on."""
        if chosen.sort == "month" and not chosen.values and chosen.case is None:
            return np.arange(start, min(start + length, self.size))
        return self.positions(chosen)[start : start + length]

    def rows(self, positions: Numbers) -> Iterator[dict[str, object]]:
        """What is told of some findings, in that order: each question's value, and the case."""
        told = self._told[positions].to_dicts()
        for position, row in zip(positions.tolist(), told, strict=True):
            for one in self.asked:
                number = int(self._codes[one.name][position])
                row[one.name] = one.choices[number][0] if number < len(one.choices) else ""
            yield row | {"case_id": self._cases[int(self._case_of[position])]}

    def frame(self, positions: Numbers) -> pl.DataFrame:
        """The same as a table, each question's choice in words, for as many findings as are taken at once."""
        words = {}
        for one in self.asked:
            texts = pl.Series([*(text for _, text in one.choices), None], dtype=pl.String())
            words[one.name] = texts.gather(self._codes[one.name][positions].astype(np.uint32))
        return self._told[positions].with_columns(
            **words, case_id=self._cases.gather(self._case_of[positions].astype(np.uint32))
        )

    def _allowed(self, name: str, chosen: Chosen) -> Mask | None:
        """Of each choice of a question, whether it may be; None where all may."""
        values = chosen.of(name)
        if not values:
            return None
        (asked,) = (one for one in self.asked if one.name == name)
        return np.array([*(value in values for value, _ in asked.choices), False])

    def _mask(self, chosen: Chosen) -> Mask:
        mask = np.ones(self.size, dtype=np.bool_) if chosen.case is None else self._of_case(chosen.case)
        for name, codes in self._codes.items():
            if (allowed := self._allowed(name, chosen)) is not None:
                mask &= _holds(codes, allowed)
        return mask

    def _of_case(self, code: str) -> Mask:
        place = self._place_of(code)
        return np.zeros(self.size, dtype=np.bool_) if place is None else self._case_of == place

    def _place_of(self, code: str) -> int | None:
        codes, cases = self._case_codes
        try:
            wanted = np.uint64(int(code, 16))
        except (ValueError, OverflowError):
            return None
        at = int(np.searchsorted(codes, wanted))
        is_it = at < len(codes) and codes[at] == wanted and f"{int(wanted):016x}" == code
        return int(cases[at]) if is_it else None

    def _order(self, sort: str) -> Numbers:
        """The rows in another order than the newest first, worked out once."""
        if sort not in self._orders:
            if sort == "case":
                keys = self._case_of
            else:
                column = self._told["wait"] if sort == "wait" else _lateness(self._told)
                keys = -column.fill_null(-1).to_numpy().astype(np.int64)
            self._orders[sort] = np.argsort(keys, kind="stable").astype(np.uint32)
        return self._orders[sort]


class _Combined:
    """How many findings have each combination of choices that occurs."""

    def __init__(self, codes: dict[str, Numbers]) -> None:
        frame = pl.DataFrame({name: numbers for name, numbers in codes.items()})
        found = frame.group_by(frame.columns).len("_many").sort(frame.columns)
        self.codes = {name: found[name].to_numpy() for name in codes}
        self.many = found["_many"].to_numpy().astype(np.int64)

    def count(self, name: str, choices: int, allowed: dict[str, Mask | None]) -> Numbers:
        """How many findings there are of each choice of a question, with what is allowed of the others."""
        mask = self._mask({other: one for other, one in allowed.items() if other != name})
        codes, many = self.codes[name], self.many
        if mask is not None:
            codes, many = codes[mask], many[mask]
        return np.bincount(codes, weights=many, minlength=choices + 1).astype(np.int64)

    def total(self, allowed: dict[str, Mask | None]) -> int:
        """How many findings there are of what is allowed."""
        mask = self._mask(allowed)
        return int(self.many.sum() if mask is None else self.many[mask].sum())

    def _mask(self, allowed: dict[str, Mask | None]) -> Mask | None:
        mask: Mask | None = None
        for name, one in allowed.items():
            if one is not None:
                holds = _holds(self.codes[name], one)
                mask = holds if mask is None else mask & holds
        return mask


def _holds(codes: Numbers, allowed: Mask) -> Mask:
    """Of each number, whether it is allowed: one is compared, several are looked up."""
    (named,) = np.nonzero(allowed)
    return codes == named[0] if len(named) == 1 else allowed[codes]


def _numbered(values: pl.Series, asked: Narrowing) -> Numbers:
    """Each value by its place among the choices; what is no choice by the number after the last."""
    places = {value: place for place, (value, _) in enumerate(asked.choices)}
    kind = pl.UInt8() if len(places) < 255 else pl.UInt16()
    return values.replace_strict(places, default=len(places), return_dtype=kind).to_numpy()


def _places(values: pl.Series, among: pl.Series) -> Numbers:
    """Of each value its place in a sorted column of the different ones."""
    table = pl.DataFrame({"value": among}).with_row_index("place")
    return (
        pl.DataFrame({"value": values}).join(table, on="value", how="left", maintain_order="left")["place"].to_numpy()
    )


def _lateness(told: pl.DataFrame) -> pl.Series:
    minutes = pl.max_horizontal(pl.col("late_by"), pl.col("late_days").cast(pl.Int64) * 1440)
    return told.select(minutes.alias("late"))["late"]
