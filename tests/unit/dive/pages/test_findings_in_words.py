"""Every finding in words, and the sheets of what was late, missing or what we cannot tell."""

import csv
from dataclasses import dataclass
from datetime import timedelta

import polars as pl
import pytest

from tests.unit.reports.made_up import ALL, ATTEND, NOT_CLOSED, START, finding, report, tables
from wardline.dive.pages.findings_in_words import findings_in_words, sheets_of_questions, write_findings_in_words
from wardline.findings import FINDINGS
from wardline.measures import MeasuredTables


@dataclass
class Made:
    """As much of a dive as is asked for."""

    findings: pl.LazyFrame
    is_made_up: bool = False
    obligations: tuple = ALL
    zone: str = "Europe/London"


def frame(*rows):
    return pl.DataFrame(list(rows), schema=FINDINGS).lazy()


def in_words(*rows):
    return findings_in_words(frame(*rows), ALL, "Europe/London").collect().to_dicts()


def test_a_finding_is_worded_with_local_times_and_minutes():
    (row,) = in_words(finding(ATTEND, case="compact:7", outcome="late", wait=75))
    assert row["obligation"] == "england/missing-children/attend"
    assert (row["what is owed"], row["owed by"]) == (ATTEND.obligation.title, "the force")
    assert (row["case"], row["what was found"], row["standing"]) == ("compact:7", "Recorded late", "binding")
    assert (row["began"], row["deadline"]) == ("2024-04-01 01:00:00", "2024-04-01 01:15:00")
    assert row["response"] == "2024-04-01 02:15:00" and row["minutes late"] == 60.0


def test_each_kind_has_its_own_words_and_a_reason_is_worded():
    never, unclear = in_words(
        finding(NOT_CLOSED, outcome="missed", limit=None), finding(outcome="cannot_tell", reason="record_gap")
    )
    assert never["what was found"] == "Recorded as happening"
    assert unclear["what was found"] == "Cannot tell"
    assert unclear["cannot tell because"].startswith("the time falls in a gap")


@pytest.mark.parametrize("is_made_up", [True, False])
def test_the_file_holds_every_finding_and_says_whether_it_is_made_up(tmp_path, is_made_up):
    rows = [finding(case=f"compact:{at}", outcome=outcome) for at, outcome in enumerate(("met", "missed", "exempt"))]
    path = tmp_path / "findings.csv"
    write_findings_in_words(Made(frame(*rows), is_made_up), path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes().startswith(b"\xef\xbb\xbfobligation,") and b"\r\n" in path.read_bytes()
    read = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["case"] for row in read] == ["compact:0", "compact:1", "compact:2"]
    assert ("made-up data" in read[0]) == is_made_up


@pytest.mark.parametrize("begins", ["=1+1", "+1", "-1", "@x", "\t1"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(tmp_path, begins):
    rows = [finding(case=begins)]
    write_findings_in_words(Made(frame(*rows)), tmp_path / "f.csv")
    (read,) = csv.DictReader((tmp_path / "f.csv").read_text(encoding="utf-8-sig").splitlines())
    assert read["case"] == f"'{begins}"


@dataclass
class MadeWithTables:
    """As much of a dive as the sheets of its questions ask for."""

    tables: MeasuredTables
    obligations: tuple = ALL
    zone: str = "Europe/London"


def test_every_occasion_behind_a_question_has_a_row_the_newest_first():
    rows = [
        finding(case=f"compact:{at}", outcome="missed", at=START + timedelta(hours=at), trigger_event=at)
        for at in range(60)
    ]
    made = report(rows)
    (question,) = made.figures.questions
    assert len(question.shown) < 60  # the page shows only some of them
    questions, behind = sheets_of_questions(MadeWithTables(tables(rows)), made)
    assert questions.rows == [
        (
            "Question 1",
            "No record was found for 60 reports whose deadline has passed.",
            "Was it done and not recorded, or not done?",
            60,
        )
    ]
    assert (behind.name, behind.row_count, behind.cut_sentence()) == ("Question 1", 60, None)
    assert behind.frame["case"].to_list() == [f"compact:{at}" for at in reversed(range(60))]
    assert [one.case_id for one in question.shown] == behind.frame["case"].to_list()[: len(question.shown)]


@pytest.mark.parametrize("most", [1, 20, 21, 30, 59, 60])
def test_a_sheet_cut_short_has_the_newest_rows_of_one_instant_in_their_order(monkeypatch, most):
    # Three rows of each hour, and six of no known time, which come last.
    rows = [
        finding(case=f"compact:{at}", outcome="missed", at=START + timedelta(hours=at // 3), trigger_event=at)
        for at in range(54)
    ]
    rows += [
        {**finding(case=f"compact:{at}", outcome="missed", trigger_event=at), "triggered_at": None}
        for at in range(54, 60)
    ]
    in_order = [3 * hour + at for hour in reversed(range(18)) for at in range(3)] + list(range(54, 60))
    monkeypatch.setattr("wardline.dive.pages.findings_in_words.MOST_ROWS", most)
    _, behind = sheets_of_questions(MadeWithTables(tables(rows)), report(rows))
    assert behind.row_count == 60
    assert behind.frame["case"].to_list() == [f"compact:{at}" for at in in_order[:most]]


def test_without_a_question_there_is_no_sheet_of_one():
    rows = [finding(wait=5)]
    assert list(sheets_of_questions(MadeWithTables(tables(rows)), report(rows))) == []
