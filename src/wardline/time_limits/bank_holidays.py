"""The bank holidays of the four nations, from data that stands in the package (`bank_holidays.csv`)."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

__all__ = ["NATIONS", "UnknownNation", "bank_holidays", "first_and_last_year", "nation_called"]

NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
DATA_FILE = Path(__file__).with_name("bank_holidays.csv")


class UnknownNation(ValueError):
    """A nation is none of the four whose bank holidays are known."""

    def __init__(self, nation: str) -> None:
        super().__init__(f'"{nation}" is not a nation whose bank holidays are known: {", ".join(NATIONS)}.')


def nation_called(name: str) -> str:
    """The nation of a name, in whatever letters it is written. Raises UnknownNation."""
    written = " ".join(name.split()).casefold()
    for nation in NATIONS:
        if nation.casefold() == written:
            return nation
    raise UnknownNation(name)


@cache
def bank_holidays(nation: str) -> frozenset[date]:
    """Every bank holiday of a nation, substitute days included. Raises UnknownNation."""
    nation = nation_called(nation)
    lines = (line for line in DATA_FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return frozenset(date.fromisoformat(row["date"]) for row in csv.DictReader(lines) if row["nation"] == nation)


@cache
def first_and_last_year(nation: str) -> tuple[int, int]:
    """The first and the last year whose bank holidays are known, both included. Raises UnknownNation."""
    years = [day.year for day in bank_holidays(nation)]
    return min(years), max(years)
