"""How many investigators the made-up force has for crimes against children, month by month, without a trend."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from wardline.simulation.parameters import (
    INVESTIGATORS_PER_PERSON,
    INVESTIGATORS_SPREAD,
    INVESTIGATORS_STAY_AWAY,
    LAST_YEAR,
    MADE_UP,
)
from wardline.simulation.period_files import MADE_UP as IN_FILE_NAMES
from wardline.simulation.truth_files import TruthFiles

__all__ = ["STAFF_FILE", "investigators_by_month", "write_investigators"]

STAFF_FILE = f"investigators-{IN_FILE_NAMES}.csv"
FIRST_MONTH, MONTHS_IN_YEAR = 4, 12
FEWEST = 1


def investigators_by_month(population: int, years: int, seed: int) -> list[tuple[str, int]]:
    """Each month of the records, written `2024-04`, and how many investigators there were in it; never none."""
    source = Random(f"{seed}/investigators")
    usual, away = population * INVESTIGATORS_PER_PERSON, 0.0
    found = []
    for month in _months(years):
        away = INVESTIGATORS_STAY_AWAY * away + source.gauss(0, INVESTIGATORS_SPREAD)
        found.append((month, max(FEWEST, round(usual + away))))
    return found


def write_investigators(folder: Path, truth: TruthFiles, months: list[tuple[str, int]]) -> None:
    """Write them into the truth, and beside the exports as a small table: the force's own settings ask for them."""
    with (folder / STAFF_FILE).open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n").writerow
        write(("Note", "Month", "Investigators"))
        for month, count in months:
            truth.row("investigators", month, count)
            write((MADE_UP, month, count))


def _months(years: int) -> Iterator[str]:
    for number in range(FIRST_MONTH - 1, FIRST_MONTH - 1 + years * MONTHS_IN_YEAR):
        yield f"{LAST_YEAR - years + number // MONTHS_IN_YEAR}-{number % MONTHS_IN_YEAR + 1:02}"
