"""The findings of one dive held ready for lists: a number of one byte or two for each question of each finding.

So a list of a million findings is narrowed, counted and ordered in some milliseconds, without reading a file. Counts
come from a second, smaller table: how many findings have each combination of choices (`_Combined`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from wardline.obligations import ResolvedObligation
from wardline_workspace.cases.choices import Narrowing, narrowings
from wardline_workspace.cases.chosen import Chosen
from wardline_workspace.cases.kept_findings import CASE, MANY, ORDERS, KeptFindings

__all__ = ["FindingIndex", "Numbers"]

Numbers = npt.NDArray[np.integer]
Mask = npt.NDArray[np.bool_]
LEFT_OUT_OF_COUNTS = "month"  # of which there are so many that it has a table of its own
LOOKED_AT_TOGETHER = 1 << 16  # rows, until a page is full
COUNTS_HELD = 256


class FindingIndex:
    """The findings of a dive, in the order in which they are kept; positions are those of its rows. Never changed once
    made."""

    def __init__(self, slug: str, kept: KeptFindings, obligations: Sequence[ResolvedObligation]) -> None:
        self.slug = slug
        self.obligations = tuple(obligations)
        self.by_name = {item.full_name: item for item in self.obligations}
        values = kept.values_of()
        self.asked: tuple[Narrowing, ...] = narrowings(values, obligations)
        self.size = kept.findings.height
        self._places = {one.name: _places(one, values[one.name]) for one in self.asked}
        self._codes = {name: _placed(kept.findings[name], places) for name, places in self._places.items()}
        self._cases = kept.cases["case_id"]
        self._case_numbers = kept.cases["code"]
        self._case_of = kept.findings[CASE].to_numpy()
        self._orders = {sort: kept.findings[column].to_numpy() for sort, column in ORDERS.items()}
        self._codes_in_order: dict[tuple[str, str], Numbers] = {}
        self._told = kept.findings.drop(*values, CASE, *ORDERS.values())
        self._counts = kept.counts
        self._counted: dict[Chosen, dict[str, dict[str, int]]] = {}

    @cached_property
    def _combined_by_month(self) -> _Combined:
        codes = {name: _placed(self._counts[name], places) for name, places in self._places.items()}
        return _Combined(codes, self._counts[MANY].to_numpy())

    @cached_property
    def _combined(self) -> _Combined:
        return self._combined_by_month.without(LEFT_OUT_OF_COUNTS)

    @cached_property
    def _case_codes(self) -> tuple[npt.NDArray[np.uint64], Numbers]:
        """Each case's code as a number, in order, and which case it is of."""
        codes = self._case_numbers.to_numpy()
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
        question nothing. What was counted last is held: other pages and orders have the same counts."""
        asked = replace(chosen, sort=Chosen.sort, page=1)
        if (held := self._counted.get(asked)) is not None:
            return held
        found = self._count(asked)
        if len(self._counted) >= COUNTS_HELD:
            self._counted.clear()
        self._counted[asked] = found
        return found

    def _count(self, chosen: Chosen) -> dict[str, dict[str, int]]:
        if chosen.case is not None:
            rows = self._rows_of_case(chosen.case)
            table = _Combined({name: codes[rows] for name, codes in self._codes.items()}, np.ones(len(rows), np.int64))
            return self._counted_in(table, chosen, tuple(self._codes))
        by_month = (LEFT_OUT_OF_COUNTS,) if LEFT_OUT_OF_COUNTS in self._codes else ()
        others = tuple(name for name in self._codes if name != LEFT_OUT_OF_COUNTS)
        table = self._combined_by_month if chosen.of(LEFT_OUT_OF_COUNTS) else self._combined
        return self._counted_in(table, chosen, others) | self._counted_in(self._combined_by_month, chosen, by_month)

    def _counted_in(self, table: _Combined, chosen: Chosen, names: Sequence[str]) -> dict[str, dict[str, int]]:
        choices = {one.name: one.choices for one in self.asked if one.name in names}
        allowed = {name: self._allowed(name, chosen) for name in table.codes}
        numbers = table.counts({name: len(of_it) for name, of_it in choices.items()}, allowed)
        return {
            name: {value: many for (value, _), many in zip(of_it, numbers[name], strict=False)}
            for name, of_it in choices.items()
        }

    def how_many(self, chosen: Chosen) -> int:
        """How many findings were chosen."""
        if chosen.case is not None:
            return len(self.positions(chosen))
        table = self._combined_by_month if chosen.of(LEFT_OUT_OF_COUNTS) else self._combined
        return table.total({name: self._allowed(name, chosen) for name in table.codes})

    def positions(self, chosen: Chosen) -> Numbers:
        """The rows that were chosen, in the order that was chosen."""
        return self.page(chosen, 0, self.size)

    def page(self, chosen: Chosen, start: int, length: int) -> Numbers:
        """Some of these rows: those from `start` on."""
        if chosen.case is not None:
            return self._page_of_case(chosen, start, length)
        narrowed = {name: one for name in self._codes if (one := self._allowed(name, chosen)) is not None}
        found = (
            np.arange(start, min(start + length, self.size))
            if not narrowed
            else self._found(chosen.sort, narrowed, start, length)
        )
        order = self._orders.get(chosen.sort)
        return found if order is None else order[found]

    def _found(self, sort: str, narrowed: dict[str, Mask], start: int, length: int) -> Numbers:
        """The places in an order of what is allowed. It is looked through only until there are enough."""
        codes = {name: self._in_order(name, sort) for name in narrowed}
        found, passed, have = [np.empty(0, dtype=np.int64)], 0, 0
        for at in range(0, self.size, LOOKED_AT_TOGETHER):
            mask: Mask | None = None
            for name, allowed in narrowed.items():
                holds = _holds(codes[name][at : at + LOOKED_AT_TOGETHER], allowed)
                mask = holds if mask is None else mask & holds
            assert mask is not None, "nothing is narrowed"
            many = int(np.count_nonzero(mask))
            if passed + many > start:
                here = np.flatnonzero(mask)[max(start - passed, 0) : start + length - passed] + at
                found.append(here)
                have += len(here)
                if have >= length:
                    break
            passed += many
        return np.concatenate(found)

    def _in_order(self, name: str, sort: str) -> Numbers:
        """The numbers of one question in an order, put so once."""
        order = self._orders.get(sort)
        if order is None:
            return self._codes[name]
        if (name, sort) not in self._codes_in_order:
            self._codes_in_order[name, sort] = self._codes[name][order]
        return self._codes_in_order[name, sort]

    def rows(self, positions: Numbers) -> Iterator[dict[str, object]]:
        """What is told of some findings, in that order: each question's value, and the case."""
        told = self._told[positions].to_dicts()
        values = {}
        for one in self.asked:
            of_it = [*(value for value, _ in one.choices), ""]
            values[one.name] = [of_it[number] for number in self._codes[one.name][positions].tolist()]
        cases = self._cases.gather(self._case_of[positions].astype(np.uint32)).to_list()
        for at, row in enumerate(told):
            yield row | {name: of_it[at] for name, of_it in values.items()} | {"case_id": cases[at]}

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

    def _page_of_case(self, chosen: Chosen, start: int, length: int) -> Numbers:
        """Of one case there are so few rows that they are put in order each time."""
        assert chosen.case is not None, "no case was chosen"
        rows = self._rows_of_case(chosen.case)
        for name, codes in self._codes.items():
            if (allowed := self._allowed(name, chosen)) is not None:
                rows = rows[_holds(codes[rows], allowed)]
        if (order := self._orders.get(chosen.sort)) is not None:
            rows = order[np.isin(order, rows)]
        return rows[start : start + length]

    def _rows_of_case(self, code: str) -> Numbers:
        place = self._place_of(code)
        return np.empty(0, dtype=np.int64) if place is None else np.flatnonzero(self._case_of == place)

    def _place_of(self, code: str) -> int | None:
        codes, cases = self._case_codes
        try:
            wanted = np.uint64(int(code, 16))
        except (ValueError, OverflowError):
            return None
        at = int(np.searchsorted(codes, wanted))
        is_it = at < len(codes) and codes[at] == wanted and f"{int(wanted):016x}" == code
        return int(cases[at]) if is_it else None


class _Combined:
    """How many findings have each combination of choices that occurs."""

    def __init__(self, codes: dict[str, Numbers], many: Numbers) -> None:
        self.codes = codes
        self.many = many.astype(np.int64)

    def without(self, name: str) -> _Combined:
        """The same without a question, which makes a smaller table."""
        names = [one for one in self.codes if one != name]
        frame = pl.DataFrame({**{one: self.codes[one] for one in names}, MANY: self.many})
        found = frame.group_by(names).agg(pl.col(MANY).sum()).sort(names) if names else frame.select(pl.col(MANY).sum())
        return _Combined({one: found[one].to_numpy() for one in names}, found[MANY].to_numpy())

    def counts(self, choices: dict[str, int], allowed: dict[str, Mask | None]) -> dict[str, list[int]]:
        """How many findings there are of each choice of some questions, with what is allowed of the others."""
        narrowed = {name: _holds(self.codes[name], one) for name, one in allowed.items() if one is not None}
        all_hold = self._weights(narrowed, None)
        found = {}
        for name, many in choices.items():
            weights = self._weights(narrowed, name) if name in narrowed else all_hold
            found[name] = np.bincount(self.codes[name], weights=weights, minlength=many + 1).astype(np.int64).tolist()
        return found

    def total(self, allowed: dict[str, Mask | None]) -> int:
        """How many findings there are of what is allowed."""
        narrowed = {name: _holds(self.codes[name], one) for name, one in allowed.items() if one is not None}
        return int(self._weights(narrowed, None).sum())

    def _weights(self, narrowed: dict[str, Mask], but: str | None) -> Numbers:
        """How many findings of each combination hold what is narrowed, by every question but one."""
        weights = self.many
        for name, holds in narrowed.items():
            if name != but:
                weights = weights * holds
        return weights


def _holds(codes: Numbers, allowed: Mask) -> Mask:
    """Of each number, whether it is allowed: one is compared, several are looked up."""
    (named,) = np.nonzero(allowed)
    return codes == named[0] if len(named) == 1 else allowed[codes]


def _places(asked: Narrowing, values: Sequence[str]) -> Numbers:
    """Of each value its place among the choices; of what is no choice the number after the last."""
    places = {value: place for place, (value, _) in enumerate(asked.choices)}
    kind = np.uint8 if len(places) < 255 else np.uint16
    return np.array([places.get(value, len(places)) for value in values], dtype=kind)


def _placed(values: pl.Series, places: Numbers) -> Numbers:
    """The places of values in the order of the choices; the same numbers where that is the order they are in."""
    numbers: Numbers = values.to_numpy()
    if numbers.dtype == places.dtype and np.array_equal(places, np.arange(len(places))):
        return numbers
    return places[numbers]
