"""Dives in which nothing differs between groups: hardly any may ask about one (at most one in twenty)."""

from datetime import timedelta
from random import Random

import polars as pl

from tests.unit.reports.made_up import ATTEND, START, finding, tables
from wardline.events import CASES
from wardline.measures.outcomes import count_findings
from wardline.measures.questions_raised import QuestionKind, questions

DIVES = 60
GROUPED = {QuestionKind.TIME_OF_DAY, QuestionKind.ATTRIBUTE}


def shuffled_dive(rng: Random):
    """Four hundred reports of a hundred and fifty children, some of whom are hardly ever reached in time; by chance
    in twelve wards, from home or care, at any hour.
    """
    reached = {child: rng.choice((0.3, 0.6, 0.9)) for child in range(150)}
    findings, rows = [], []
    for number in range(400):
        child = rng.randrange(150)
        is_met = rng.random() < reached[child]
        at = START + timedelta(hours=rng.randrange(24 * 300))
        findings.append(
            finding(
                case=f"compact:{number}",
                child=f"compact:p{child}",
                at=at,
                outcome="met" if is_met else "late",
                wait=5 if is_met else 50,
            )
        )
        rows.append(
            {
                "case_id": f"compact:{number}",
                "source": "compact",
                "ward": str(rng.randrange(12)),
                "from_care": rng.choice(("yes", "no")),
            }
        )
    schema = {**CASES, "ward": pl.String(), "from_care": pl.String()}
    cases = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
    return tables(findings, cases=cases)


def asked(made) -> bool:
    return any(one.rule in GROUPED for one in questions(made, count_findings(made), ATTEND))


def test_of_dives_in_which_nothing_differs_at_most_one_in_twenty_asks_about_a_group():
    assert sum(asked(shuffled_dive(Random(seed))) for seed in range(DIVES)) <= DIVES // 20
