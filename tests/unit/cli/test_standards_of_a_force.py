"""`wardline standards adopt`, `diff` and `new`: what they print and write, and what they never write over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wardline.cli import main
from wardline.standards import read_force, read_standard, run_examples, shipped_standards

FORCE = """\
force: Teesmouth
nation: England
time zone: Europe/London
limits:
  england/missing-children/attend: {limit: 90 minutes, reason: long roads}
  our-own/answers/publish: {limit: 70 days, reason: until the review ends}
  england/missing-children/reviews: 8 hours
confirmed:
  england/missing-children/first-grading: {by: Head of Safeguarding, on: 2025-03-03}
"""
STATUTE = """\
standard: our-own/answers
title: Answers
version: "1"
in force: {from: 2025-01-01}
case type: inspection report
obligations:
  - id: publish
    title: The answer is published
    topic: leadership
    owed by: oversight body
    when: report_published
    then: comments_published
    within: 56 days counting the first
    basis: {kind: statute, title: An Act of Parliament}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "our-force.yaml").write_text(FORCE, encoding="utf-8")
    (tmp_path / "answers.yaml").write_text(STATUTE, encoding="utf-8")
    return tmp_path


def told(capsys, *arguments):
    code = main(arguments)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


# ADOPT


def test_a_draft_of_all_that_ships_is_written_and_is_never_written_over(capsys, folder):
    code, out, err = told(capsys, "standards", "adopt", "--force", "Teesmouth")
    assert (code, err) == (0, "")
    assert out.startswith("Written: force.yaml\n") and "`wardline standards diff force.yaml`" in out
    text = (folder / "force.yaml").read_text(encoding="utf-8")
    assert read_force(folder / "force.yaml").name == "Teesmouth"
    said = re.sub(r"\n# ", " ", text)
    assert all((f"{name} (version" in said) == name.startswith("england/") for name in shipped_standards())
    code, _, err = told(capsys, "standards", "adopt", "--force", "Another")
    assert code == 5 and "already there" in err
    assert (folder / "force.yaml").read_text(encoding="utf-8") == text


def test_a_draft_for_wales_holds_what_ships_for_it_and_for_england(capsys, folder):
    assert told(capsys, "standards", "adopt", "--force", "A", "--nation", "Wales")[0] == 0
    said = re.sub(r"\n# ", " ", (folder / "force.yaml").read_text(encoding="utf-8"))
    assert all(f"{name} (version" in said for name in shipped_standards())


def test_a_draft_of_named_standards_goes_where_it_is_asked_to(capsys, folder):
    arguments = ("answers.yaml", "--force", "A", "--nation", "Wales", "--zone", "Europe/Dublin", "--out", "new/f.yaml")
    assert told(capsys, "standards", "adopt", *arguments)[0] == 0
    force = read_force(folder / "new/f.yaml")
    assert (force.nation, force.zone) == ("Wales", "Europe/Dublin")
    text = (folder / "new/f.yaml").read_text(encoding="utf-8")
    assert "# our-own/answers/publish: 56 days counting the first" in text and "# england/missing" not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--nation", "Englnd"), "Did you mean `England`?"),
        (("--zone", "Europe/Teesmouth"), "is not a time zone"),
        (("--force", " "), "The force has no name here."),
    ],
)
def test_a_force_a_nation_or_a_zone_that_is_none_is_told_before_anything_is_written(capsys, folder, arguments, said):
    code, _, err = told(capsys, "standards", "adopt", "--force", "A", *arguments)
    assert code == 2 and said in err
    assert not (folder / "force.yaml").exists()


def test_without_a_nation_what_counts_working_days_is_named(capsys, folder):
    (folder / "answers.yaml").write_text(STATUTE.replace("56 days counting the first", "5 working days"))
    code, out, _ = told(capsys, "standards", "adopt", "answers.yaml", "--force", "A", "--nation", "none")
    assert code == 0
    assert "Before a dive:\n  `our-own/answers/publish` counts working days" in out


# DIFF


def test_what_is_looser_than_a_statute_stands_first_and_is_marked(capsys, folder):
    names = ("england/missing-children/2025.2", "answers.yaml")
    code, out, err = told(capsys, "standards", "diff", "our-force.yaml", *names)
    assert (code, err) == (0, "")
    limits = out.partition("The force's own time limits\n")[2].partition("\n\n")[0]
    assert limits.splitlines()[:5] == [
        "  our-own/answers/publish: The answer is published",
        "      LOOSER THAN A STATUTE, which no force can change (An Act of Parliament)",
        "      shipped: 56 days counting the first",
        "      here: 70 days (looser)",
        "      the reason given: until the review ends",
    ]
    assert "here: 8 hours (set where the standard gives none)" in limits
    assert "here: 90 minutes (looser for high, medium and any other; tighter for low and very low)" in limits


def test_who_confirmed_what_and_what_is_open_is_told(capsys, folder):
    _, out, _ = told(capsys, "standards", "diff", "our-force.yaml", "england/missing-children")
    confirmed, awaiting = out.partition("Awaiting confirmation")[::2]
    assert "by Head of Safeguarding, 3 March 2025" in confirmed
    assert "england/missing-children/first-grading" not in awaiting
    assert "england/missing-children/history-checked" in awaiting
    to_be_set = out.partition("Still to be set")[2]
    assert "england/missing-children/council-told" in to_be_set
    assert "england/missing-children/reviews" not in to_be_set


def test_what_the_oversight_body_asks_is_told(capsys, folder):
    asked = "asked:\n  england/missing-children/circulated: {by: Head of Scrutiny, on: 2025-03-10, within: 24 hours}\n"
    (folder / "our-force.yaml").write_text(FORCE + asked, encoding="utf-8")
    _, out, _ = told(capsys, "standards", "diff", "our-force.yaml", "england/missing-children")
    said = out.partition("Asked by the oversight body")[2].partition("Awaiting confirmation")[0]
    assert "england/missing-children/circulated" in said and "by Head of Scrutiny, 10 March 2025" in said


def test_names_that_no_standard_has_are_told_with_what_may_be_meant(capsys, folder):
    text = FORCE.replace("england/missing-children/reviews", "england/missing-children/revews")
    (folder / "our-force.yaml").write_text(text, encoding="utf-8")
    _, out, _ = told(capsys, "standards", "diff", "our-force.yaml")
    unknown = out.partition("not in any of these standards\n")[2]
    assert "england/missing-children/revews. Did you mean `england/missing-children/reviews`?" in unknown
    assert "our-own/answers/publish. Is it in a standard of your own? Name its file too." in unknown


def test_a_name_of_a_standard_that_ships_and_is_not_asked_about_is_passed_over(capsys, folder):
    _, out, _ = told(capsys, "standards", "diff", "our-force.yaml", "answers.yaml")
    assert "in none of these standards" not in out and "attend" not in out


def test_a_table_is_told_value_by_value_and_a_missing_reason_with_it(capsys, folder):
    limit = "{by: grade, of: risk_graded, high: 10 minutes, medium: 70 minutes, low: 8 hours, very low: 8 hours}"
    (folder / "our-force.yaml").write_text(FORCE.replace("{limit: 90 minutes, reason: long roads}", limit))
    _, out, _ = told(capsys, "standards", "diff", "our-force.yaml", "england/missing-children/2025.2")
    for line in (
        "      high: shipped 15 minutes, here 10 minutes (tighter)",
        "      medium: shipped 60 minutes, here 70 minutes (looser)",
        "      otherwise: shipped 60 minutes, here none (looser)",
        "      no reason is given, and no dive can start without one",
    ):
        assert line in out.splitlines()
    assert "      low: " not in out


def test_a_limit_for_what_has_none_is_told(capsys, folder):
    (folder / "our-force.yaml").write_text(FORCE.replace("missing-children/reviews", "missing-children/ethnicity"))
    _, out, _ = told(capsys, "standards", "diff", "our-force.yaml", "england/missing-children")
    assert "This obligation has no time limit to set." in out


def test_settings_without_anything_of_their_own_are_told_as_such(capsys, folder):
    (folder / "our-force.yaml").write_text(FORCE.partition("limits:")[0])
    _, out, _ = told(capsys, "standards", "diff", "our-force.yaml", "answers.yaml")
    assert out.count("  None.") == 4
    assert "Every other limit is the shipped one (1 obligation)." in out


# NEW


def test_a_new_standard_loads_and_its_examples_hold(capsys, folder):
    code, out, _ = told(capsys, "standards", "new", "our-own/handover")
    assert code == 0 and out.startswith("Written: handover.yaml\n")
    standard = read_standard(folder / "handover.yaml")
    assert standard.name == "our-own/handover"
    assert len(run_examples(standard)) == 4
    assert told(capsys, "standards", "test", "handover.yaml")[0] == 0


def test_a_new_standard_is_never_written_over_another(capsys, folder):
    assert told(capsys, "standards", "new", "handover", "--out", "answers.yaml")[0] == 5
    assert (folder / "answers.yaml").read_text(encoding="utf-8") == STATUTE


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("england/missing-children", "ships with Wardline"),
        ("England/Missing-Children", "ships with Wardline"),
        ("our own", "cannot be the name of a standard"),
        ("our-own/", "cannot be the name of a standard"),
    ],
)
def test_a_name_that_ships_or_cannot_be_one_is_refused(capsys, folder, name, said):
    code, _, err = told(capsys, "standards", "new", name)
    assert code == 2 and said in err
    assert sorted(path.name for path in Path().iterdir()) == ["answers.yaml", "our-force.yaml"]


def test_where_nothing_can_be_written_it_is_told(capsys, folder):
    code, _, err = told(capsys, "standards", "new", "handover", "--out", "answers.yaml/handover.yaml")
    assert code == 5 and "cannot be written" in err and "Traceback" not in err
