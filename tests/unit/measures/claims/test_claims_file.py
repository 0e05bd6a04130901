"""`claims.yaml`: what it says is read, what does not fit is told at its line, and a claim is added without harm."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.measures.claims.claimed import cases, share, wait
from wardline.documents import parse_document
from wardline.errors import DocumentError
from wardline.measures.charts import Wanted
from wardline.measures.claims import (
    NEW_CLAIMS,
    Claim,
    Declared,
    NotASize,
    Size,
    SizeUnit,
    Way,
    claims_in,
    problems_of_answers,
    read_claims,
    read_size,
    with_claim_added,
)

MEASURES = {
    one.name: one
    for one in (share(splits=("district", "grade")), wait(), cases(), share("graded-low", wanted=Wanted.NEITHER))
}
BAD, GOOD = Path("tests/fixtures/bad"), Path("tests/fixtures/good/claims.yaml")
WHOLE = GOOD.read_text(encoding="utf-8")
TOLD = {
    "about_an_unknown_measure": "line 6: There is no measure `england/missing-children/reached-in-tme` here. Did you",
    "to_show_before_it_begins": "line 10: This claim is to show by a day before its first",
    "larger_than_can_be": "line 8: No change can be as large as that",
    "of_a_share_in_minutes": "line 8: This measure is a share. The size of its change is not said in",
    "of_no_size": "line 8: “a lot” is not the size of a change.",
    "in_an_unknown_direction": "line 7: `up` is not known here.",
    "from_no_day": "line 9: This is not a date.",
    "by_an_unknown_split": "line 11: This measure is not counted by `town`.",
    "of_no_group": "line 11: This is not one group.",
    "declared_on_no_day": "line 12: `on` is missing here.",
    "of_no_words": "line 2: There is nothing here.",
    "without_words": "line 2: `claim` is missing here.",
    "of_a_measure_of_which_no_way_is_better": "line 7: Of this measure neither way is better in itself.",
    "declared_before_it_was_said": "line 12: This claim is declared for testing before it was said.",
    "without_a_claim": "line 1: Nothing is named here.",
}
ANSWERS = {
    "claim": 'He said: "far sooner"',
    "said by": "the chief constable",
    "where": "panel",
    "said on": "2025-02-20",
    "measure": "england/missing-children/half-waited",
    "direction": "better",
    "size": "30 minutes",
    "from": "2025-01-01",
    "by": "2025-06-30",
    "declared by": "R. Lee",
    "declared on": "2025-03-01",
}


def claims(text: str) -> tuple[Claim, ...]:
    return claims_in(parse_document(text, "claims.yaml"), MEASURES)


def problems(text: str) -> list[str]:
    with pytest.raises(DocumentError) as raised:
        claims(text)
    return [f"{one.where}: {one.what} {one.remedy}" for one in raised.value.problems]


def changed(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


def test_everything_that_a_claim_says_is_read():
    assert claims(WHOLE) == (
        Claim(
            words="Children are reached far sooner now.",
            said_by="the chief constable",
            where="police and crime panel",
            said_on=date(2025, 2, 20),
            measure="england/missing-children/reached-in-time",
            way=Way.BETTER,
            size=Size(5, SizeUnit.POINTS),
            first_day=date(2025, 1, 1),
            by=date(2025, 6, 30),
            declared=Declared("R. Lee", date(2025, 3, 1)),
            group=("district", "Eastmoor"),
        ),
    )


def test_a_claim_without_a_size_or_group_is_of_any_size_and_about_all():
    (claim,) = claims(changed("    size: 5 points\n", "").replace("    group: {district: Eastmoor}\n", ""))
    assert (claim.size, claim.group) == (None, None)


def test_a_file_is_read_by_its_path():
    assert read_claims(GOOD, MEASURES) == claims(WHOLE)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("5 points", Size(5, SizeUnit.POINTS)),
        ("1 point", Size(1, SizeUnit.POINTS)),
        ("2.5 points", Size(2.5, SizeUnit.POINTS)),
        ("20 %", Size(20, SizeUnit.PERCENT)),
        ("20%", Size(20, SizeUnit.PERCENT)),
        ("30 minutes", Size(1800, SizeUnit.SECONDS)),
        ("1 hour 30 minutes", Size(5400, SizeUnit.SECONDS)),
        ("any", None),
    ],
)
def test_a_size_is_read(text, size):
    assert read_size(text) == size


@pytest.mark.parametrize("text", ["0 points", "-5 points", "five", "5", "points", "0 minutes", "5 points more"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(NotASize):
        read_size(text)


@pytest.mark.parametrize("name", TOLD)
def test_what_does_not_fit_is_told_at_its_line(name):
    path = BAD / f"claims_{name}.yaml"
    with pytest.raises(DocumentError) as raised:
        read_claims(path, MEASURES)
    (found,) = raised.value.problems
    assert f"{found.where}: {found.what} {found.remedy}".startswith(f"{path}, {TOLD[name]}")


def test_every_fixture_is_read():
    assert {path.stem.removeprefix("claims_") for path in BAD.glob("claims_*.yaml")} == set(TOLD)


def test_nothing_falls_by_all_there_is_or_more_and_may_well_rise_by_it():
    reports = changed("reached-in-time", "reports").replace("    group: {district: Eastmoor}\n", "")
    reports = reports.replace("5 points", "150 %")
    assert claims(reports.replace("better", "larger"))
    (found,) = problems(reports.replace("better", "smaller"))
    assert "No change can be as large as that" in found


def test_all_problems_of_all_claims_are_told_at_once():
    second = WHOLE.removeprefix("claims:\n").replace("2025-06-30", "2024-06-30").replace("better", "bettr")
    text = changed("reached-in-time", "nothing").replace("by: 2025-06-30", "by: 2020-01-01") + second
    told = problems(text)
    assert [one.split(":")[0] for one in told] == [f"claims.yaml, line {line}" for line in (10, 6, 18)]
    assert told[2].startswith("claims.yaml, line 18: `bettr` is not known here. Did you mean `better`?")


def test_a_new_claim_is_written_so_that_it_reads_as_it_was_said():
    text = with_claim_added(NEW_CLAIMS, ANSWERS, MEASURES, file="claims.yaml")
    (claim,) = claims(text)
    assert claim.words == 'He said: "far sooner"'
    assert claim.size == Size(1800, SizeUnit.SECONDS)
    assert claim.declared == Declared("R. Lee", date(2025, 3, 1))


def test_a_claim_is_added_behind_the_others_and_these_stay_byte_for_byte():
    before = f"# kept by the office\n{WHOLE}"
    text = with_claim_added(before, ANSWERS, MEASURES, file="claims.yaml")
    assert text.startswith(before)
    assert [claim.words for claim in claims(text)] == ["Children are reached far sooner now.", 'He said: "far sooner"']


def test_a_claim_with_a_group_is_written_with_it():
    answers = {**ANSWERS, "measure": "england/missing-children/reached-in-time", "size": "5 points"}
    text = with_claim_added(NEW_CLAIMS, {**answers, "group": "district: East moor"}, MEASURES, file="claims.yaml")
    assert claims(text)[0].group == ("district", "East moor")


def test_nothing_is_added_to_a_list_that_is_not_the_end_of_its_file():
    text = "claims: [" + "]\n"
    with pytest.raises(DocumentError):
        with_claim_added(text, ANSWERS, MEASURES, file="claims.yaml")


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"claim": "x"}, None),
        ({"said on": "2025-02-30"}, "This is not a date."),
        ({"measure": "england/missing-children/half-waitd"}, "There is no measure"),
        ({"measure": "england/missing-children/half-waited", "direction": "bettr"}, "`bettr` is not known here."),
        (
            {"measure": "england/missing-children/half-waited", "direction": "better", "size": "5 points"},
            "This measure",
        ),
        ({"from": "2025-01-01"}, None),
        ({"from": "2025-01-01", "by": "2024-12-31"}, "This claim is to show by a day before its first day."),
        ({"said on": "2025-02-20"}, None),
        ({"said on": "2025-02-20", "declared on": "2025-02-19"}, "This claim is declared for testing before it was"),
        ({"said on": "2025-02-20", "declared on": "2025-02-20"}, None),
    ],
)
def test_an_answer_is_checked_before_the_others_are_given(answers, told):
    found = problems_of_answers(answers, MEASURES)
    assert [one.what[: len(told or "")] for one in found] == ([] if told is None else [told])
