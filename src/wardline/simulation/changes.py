"""What changes in the made-up force over time, and what its record systems can never tell: written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wardline.simulation.parameters import (
    DISTRICTS,
    GAP_FROM,
    GAP_TO,
    IMPROVED_ON,
    RECORDING_CHANGED_ON,
    STOCK_REASON,
    WITHDRAWN_ON,
    WORSE_DISTRICT,
)
from wardline.simulation.truth import CRIME_RECORDING, EXPLOITATION, MISSING_CHILDREN, ONLINE
from wardline.simulation.truth_files import TruthCounts, TruthFiles
from wardline.simulation.truth_of_measures import DEVICE_DECIDED, REACHED

__all__ = ["CHANGES", "STANDING_GAPS", "write_changes_and_standing_gaps", "write_sizes"]

CHANGES = (
    (
        "more response units in the evening and at night",
        "a real improvement",
        "attendance to missing children, all districts",
        IMPROVED_ON,
        "children are reached sooner from this day on, because more units are on duty from 15:00 to 07:00",
    ),
    (
        "the crime system fills in a device decision",
        "an apparent improvement that is only a change of recording",
        "online investigations, all districts",
        RECORDING_CHANGED_ON,
        (
            "from this day on a device decision with the reason "
            f"'{STOCK_REASON}' is on every new online investigation from its creation; officers "
            "decide as often as before"
        ),
    ),
    (
        "units withdrawn",
        "a worsening",
        f"attendance to missing children, {WORSE_DISTRICT}",
        WITHDRAWN_ON,
        "children wait longer here from this day on, because a unit fewer is on duty from 07:00 to 23:00",
    ),
    (
        "nothing recorded",
        "a gap in recording",
        "safeguarding",
        GAP_FROM,
        f"until {GAP_TO}, that day included, nothing was typed on the safeguarding system",
    ),
)

NOT_RECORDED, NO_LIMIT = "not_recorded_here", "limit_unknown"
STANDING_GAPS = {
    NOT_RECORDED: (
        *(
            f"{MISSING_CHILDREN}/{obligation}"
            for obligation in ("history-checked", "circulated", "national-bureau-told")
        ),
        f"{MISSING_CHILDREN}/exploitation-assessed",
        f"{MISSING_CHILDREN}/return-interview-done",
        f"{ONLINE}/image-removal-offered",
        f"{CRIME_RECORDING}/needs-assessed",
        *(f"{CRIME_RECORDING}/not-in-public-interest-{step}" for step in ("suspect", "rationale", "told")),
        f"{EXPLOITATION}/shared",
    ),
    NO_LIMIT: (
        *(f"{MISSING_CHILDREN}/{obligation}" for obligation in ("sent", "reviews", "social-worker-told")),
        *(f"{MISSING_CHILDREN}/{obligation}" for obligation in ("inspector-endorses", "senior-review")),
        f"{MISSING_CHILDREN}/return-interview-offered",
    ),
}
"""Obligations of which no occasion can be told, by the reason: no system of this force records the response, or no
guidance gives a limit. In truth/gaps.csv their case is `*`, for every case of which nothing else is said."""


def write_changes_and_standing_gaps(truth: TruthFiles) -> None:
    """Write truth/changes.csv, and the rows of truth/gaps.csv that hold for every case."""
    for change in CHANGES:
        truth.row("changes", *change)
    for reason, obligations in STANDING_GAPS.items():
        for obligation in obligations:
            truth.row("gaps", obligation, "*", "", reason)


def write_sizes(truth: TruthFiles, counts: TruthCounts) -> None:
    """Write truth/sizes.csv: what was truly done before and after each change, by district. Each begins a month."""
    for since, measure, district in _where_measured():
        others = [day for day, of, where in _where_measured() if (of, where) == (measure, district) and day != since]
        start = max((day for day in others if day < since), default="")
        until = min((day for day in others if day > since), default="")
        of_district = {
            month: told for (of, month, where), told in counts.of_measures.items() if (of, where) == (measure, district)
        }
        before = _share(told for month, told in of_district.items() if start <= month < since)
        after = _share(told for month, told in of_district.items() if since <= month and (not until or month < until))
        truth.row("sizes", since, measure, district, start, *before, until, *after)


def _where_measured() -> Iterator[tuple[str, str, str]]:
    """The day of each change of what was done or recorded, the measure that would show it, and the district."""
    names = [district.name for district in DISTRICTS]
    yield WITHDRAWN_ON, REACHED, WORSE_DISTRICT
    yield from ((RECORDING_CHANGED_ON, DEVICE_DECIDED, name) for name in names)
    yield from ((IMPROVED_ON, REACHED, name) for name in names)


def _share(told: Iterable[tuple[int, int, int]]) -> tuple[int, int, str]:
    """How many were met, of how many, and the share; empty where there were none."""
    each = list(told)
    met, of = sum(one[0] for one in each), sum(one[1] for one in each)
    return met, of, f"{met / of:.4f}" if of else ""
