"""Occasions that two dives judged otherwise: why, counted, whoever they are about."""

from datetime import UTC, datetime

import polars as pl
import pytest

from wardline.findings import FINDINGS, Outcome
from wardline.measures.dives_compared import WhyOtherwise, judged_otherwise

NAME = "our-own/pace/send"
BEGAN, FIRST_AS_AT = datetime(2025, 6, 1, 12, tzinfo=UTC), datetime(2025, 6, 10, tzinfo=UTC)
IN_TIME, SINCE = datetime(2025, 6, 1, 13, tzinfo=UTC), datetime(2025, 6, 12, tzinfo=UTC)


def findings(*rows):
    base = {"standard": "our-own/pace", "version": "1", "obligation": "send", "triggered_at": BEGAN, "ordinal": 1}
    made = [{**dict.fromkeys(FINDINGS), "deadline": IN_TIME, "case_id": "c", **base, **row} for row in rows]
    return pl.DataFrame(made, schema=FINDINGS, orient="row").lazy()


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (
            {"outcome": "missed"},
            {"outcome": "met", "responded_at": IN_TIME, "response_recorded_at": SINCE},
            WhyOtherwise.TYPED_SINCE,
        ),
        ({"outcome": "missed"}, {"outcome": "late", "responded_at": SINCE}, WhyOtherwise.DONE_SINCE),
        ({"outcome": "not_yet_due"}, {"outcome": "missed"}, WhyOtherwise.FELL_DUE),
        (
            {"outcome": "late", "responded_at": SINCE, "deadline": BEGAN},
            {"outcome": "met"},
            WhyOtherwise.OTHER_DEADLINE,
        ),
        ({"outcome": "missed"}, {"outcome": "exempt", "exempted_at": IN_TIME}, WhyOtherwise.NOT_OWED_SINCE),
        ({"outcome": "met", "responded_at": IN_TIME}, {"outcome": "missed"}, WhyOtherwise.RESPONSE_GONE),
        (
            {"outcome": "met", "responded_at": BEGAN},
            {"outcome": "late", "responded_at": SINCE},
            WhyOtherwise.OTHER_TIME,
        ),
        ({"outcome": "cannot_tell"}, {"outcome": "missed"}, WhyOtherwise.OTHERWISE),
    ],
)
def test_what_differs_in_the_records_is_said(first, second, why):
    found = judged_otherwise(findings(first), findings(second), [NAME], first_as_at=FIRST_AS_AT)
    (one,) = found.otherwise
    assert (one.first, one.second, one.occasions) == (Outcome(first["outcome"]), Outcome(second["outcome"]), 1)
    assert one.why is why


def test_what_only_one_of_them_knows_is_counted_beside():
    found = judged_otherwise(
        findings({"case_id": "a", "outcome": "met"}, {"case_id": "b", "outcome": "met"}),
        findings({"case_id": "b", "outcome": "met"}, {"case_id": "c", "outcome": "met", "child_id": "other key"}),
        [NAME],
        first_as_at=FIRST_AS_AT,
    )
    assert (found.both, found.only_first, found.only_second, found.otherwise) == (1, 1, 1, ())


def test_an_obligation_that_is_left_out_is_not_looked_at():
    found = judged_otherwise(findings({"outcome": "met"}), findings({"outcome": "late"}), [], first_as_at=FIRST_AS_AT)
    assert (found.both, found.otherwise) == (0, ())
