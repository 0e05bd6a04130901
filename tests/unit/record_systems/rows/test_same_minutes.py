"""Which event of a log always falls on the minute of another, whatever rows are looked at together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import polars as pl
import pytest

from wardline.record_systems.rows import same_minutes
from wardline.record_systems.rows.rejects import RemarkKind
from wardline.record_systems.rows.same_minutes import SameMinutes

START = datetime(2025, 1, 1, tzinfo=UTC)
SENT_ON_REPORTED = {(RemarkKind.SAME_MINUTE, "sent on that of reported"): 3}
REPORTED_ON_SENT = {(RemarkKind.SAME_MINUTE, "reported on that of sent"): 3}

Rows = list[tuple[str, str, int | None]]


def together(first: int) -> Rows:
    """Three cases in which both happen within a minute."""
    return [row for n in range(first, first + 3) for row in ((f"E{n}", "reported", 0), (f"E{n}", "sent", 30))]


def tallied(*batches: Rows) -> dict[tuple[RemarkKind, str | None], int]:
    found = SameMinutes()
    for batch in batches:
        found.look_at_log(
            pl.Series([case for case, _, _ in batch], dtype=pl.String),
            pl.Series([name for _, name, _ in batch], dtype=pl.String),
            pl.Series(
                [None if seconds is None else START + timedelta(seconds=seconds) for _, _, seconds in batch],
                dtype=pl.Datetime("us", "UTC"),
            ),
        )
    return dict(found.tally())


@pytest.mark.parametrize(("alone", "said"), [("reported", SENT_ON_REPORTED), ("sent", REPORTED_ON_SENT)])
def test_the_event_that_never_comes_alone_is_named_first_whichever_rows_come_first(
    alone: str, said: dict[tuple[RemarkKind, str | None], int]
) -> None:
    batches: list[Rows] = [together(1), [("E9", alone, 0)], [("E8", "found", 0), ("E7", "sent", None)]]
    for order in permutations(batches):
        assert tallied(*order) == said
    assert tallied([row for batch in batches for row in batch]) == said


def test_two_that_both_come_alone_in_some_rows_are_not_told() -> None:
    assert tallied([("E8", "sent", 0)], together(1), [("E9", "reported", 0)]) == {}


def test_two_that_never_come_alone_are_told_once_over_all_rows() -> None:
    assert tallied(together(1), together(4)) == {(RemarkKind.SAME_MINUTE, "sent on that of reported"): 6}


def test_a_log_of_very_many_events_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(same_minutes, "MOST_NAMES", 2)
    more: Rows = [("E9", "found", 0)]
    assert tallied(together(1), more) == tallied(more, together(1)) == {}
