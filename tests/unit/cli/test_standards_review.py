"""`wardline standards review`: the form, and what becomes of one that was filled in."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

import pytest

from wardline.cli import main
from wardline.standards import read_standard

STANDARD = """\
# Written by hand; this line stays.
standard: our-own/pace
title: How soon somebody is sent
version: "1"
in force: {from: 2025-01-01}
case type: missing episode
obligations:
  - id: send
    title: Police are sent within an hour
    topic: initial response
    owed by: force
    when: reported
    then: officer_deployed
    within: 60 minutes   # as agreed
    basis: {kind: force policy, title: Our response policy, note: "Fire & rescue <too>"}
    examples:
      - name: sent after ten minutes
        events: |
          18:00 reported
          18:10 officer_deployed
        as at: "23:00"
        expect: recorded in time
  - {id: told, title: The carer is told, topic: initial response, owed by: force, when: reported, then: carer_told, within: 2 hours, basis: {kind: assumed, title: Ours}}
  - id: graded
    title: The risk is graded
    topic: risk assessment and referral
    owed by: force
    when: reported
    then: risk_graded
    within: 15 minutes
    basis: {kind: assumed, title: Ours}
    reviewed: {by: Chief inspector, on: 2024-01-01}
"""  # noqa: E501
SIGNED = ("--by", "Detective inspector", "--on", "2025-06-02")
CELL = re.compile(r"(<table:table-cell[^>]*>)<text:p></text:p>(</table:table-cell>)")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("pace.yaml").write_text(STANDARD, encoding="utf-8")
    return tmp_path


def told(capsys, *arguments):
    code = main(["standards", "review", *arguments])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def filled_in(capsys, answers, *, changed=lambda content: content):
    """A form for the standard with these answers: what is typed under right, wrong and because, by obligation."""
    assert told(capsys, "pace.yaml", "--out", "form.odt")[0] == 0
    with zipfile.ZipFile("form.odt") as archive:
        content = archive.read("content.xml").decode("utf-8")
    for name, typed in answers.items():
        before, row, after = content.partition(f"<text:p>our-own/pace/{name}</text:p>")
        assert row
        for text in typed:
            at = CELL.search(after)
            before, after = before + row + after[: at.start()], after[at.end() :]
            row = f"{at[1]}<text:p>{html.escape(text)}</text:p>{at[2]}"
        content = before + row + after
    with zipfile.ZipFile("filled.odt", "w") as archive:
        archive.writestr("content.xml", changed(content))
    return "filled.odt"


def read_back(capsys, form, *arguments):
    return told(capsys, "pace.yaml", "--from", form, "--out", "reviewed.yaml", *(arguments or SIGNED))


def test_the_document_and_the_page_have_every_obligation_with_its_basis_and_examples(capsys):
    assert told(capsys, "pace.yaml", "--out", "form.odt") == (
        0,
        "Written: form.odt\n  3 obligations to be looked at\n",
        "",
    )
    assert told(capsys, "pace.yaml", "--out", "form.html")[0] == 0
    with zipfile.ZipFile("form.odt") as archive:
        assert archive.namelist()[0] == "mimetype"
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        document = archive.read("content.xml").decode("utf-8")
    page = Path("form.html").read_text(encoding="utf-8")
    for shown in (document, page):
        for words in (
            "our-own/pace/send",
            "our-own/pace/told",
            "After each ‘reported’, ‘officer deployed’ must follow within 60 minutes.",
            "Fire &amp; rescue &lt;too&gt;",
            "sent after ten minutes (Mon 2 Jun, 18:00 reported; 18:10 officer deployed",
            "Chief inspector, 2024-01-01",
        ):
            assert words in shown


@pytest.mark.parametrize("right", ["x", ""])
def test_marks_in_a_form_that_turn_round_the_order_of_reading_are_shown_as_such(capsys, right):
    form = filled_in(capsys, {"send": (right, "", ""), "graded": ("", "x", "not\u202e ever\u2066")})
    code, out, _ = read_back(capsys, form)
    assert code == 0
    assert "our-own/pace/graded: not\\u202e ever\\u2066\n" in out
    assert "\u202e" not in out and "\u2066" not in out


def test_what_was_ticked_right_says_who_reviewed_it_and_the_rest_of_the_file_stays(capsys):
    form = filled_in(
        capsys, {"send": ("x", "", ""), "told": ("✓", "", ""), "graded": ("", "X", "not in a storm & not  ever")}
    )
    code, out, err = read_back(capsys, form)
    assert (code, err) == (0, "")
    assert out == (
        "Written: reviewed.yaml\n  2 obligations found right\n  1 obligation found wrong:\n"
        "    our-own/pace/graded: not in a storm & not ever\n  no obligations without an answer\n"
    )
    reviewed = Path("reviewed.yaml").read_text(encoding="utf-8")
    assert [
        one.reviewed and (one.reviewed.by, one.reviewed.on) for one in read_standard(Path("reviewed.yaml")).obligations
    ] == [
        ("Detective inspector", "2025-06-02"),
        ("Detective inspector", "2025-06-02"),
        ("Chief inspector", "2024-01-01"),
    ]
    assert "    reviewed: {by: Detective inspector, on: 2025-06-02}\n" in reviewed
    assert "# Written by hand; this line stays." in reviewed and "60 minutes   # as agreed" in reviewed
    assert Path("pace.yaml").read_text(encoding="utf-8") == STANDARD


def test_a_later_review_takes_the_place_of_an_earlier_one(capsys):
    assert read_back(capsys, filled_in(capsys, {"graded": ("yes", "", "")}))[0] == 0
    assert read_standard(Path("reviewed.yaml")).obligations[2].reviewed.by == "Detective inspector"


def test_wrong_without_a_reason_and_no_answer_are_listed_and_nothing_is_written_where_nothing_is_right(capsys):
    code, out, _ = read_back(capsys, filled_in(capsys, {"send": ("☐", "x", "")}))
    assert code == 0 and not Path("reviewed.yaml").exists()
    assert "our-own/pace/send: (no reason given)" in out
    assert "2 obligations without an answer:\n    our-own/pace/told\n    our-own/pace/graded" in out
    assert "Nothing is written: no obligation was found right." in out


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"send": ("x", "x", "")}, ["`our-own/pace/send` is ticked right and wrong."]),
        (
            {"send": ("mostly", "", ""), "told": ("", "rather", "")},
            ["Under “right” of `our-own/pace/send`", "Under “wrong” of `our-own/pace/told`", "Write an x"],
        ),
    ],
)
def test_marks_that_cannot_be_meant_are_told_all_at_once(capsys, answers, said):
    code, _, err = read_back(capsys, filled_in(capsys, answers))
    assert code == 3 and not Path("reviewed.yaml").exists()
    for words in ["filled.odt", *said]:
        assert words in err
    assert "mostly" not in err and "rather" not in err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "<text:p>our-own/pace</text:p>",
            "<text:p>our-own/peace</text:p>",
            "about standard our-own/peace, and not our-own/pace",
        ),
        ("<text:p>1</text:p>", "<text:p>2</text:p>", "about version 2, and not 1"),
        (
            "<text:p>our-own/pace/told</text:p>",
            "<text:p>our-own/pace/tould</text:p>",
            "Did you mean `our-own/pace/told`?",
        ),
        ("<text:p>our-own/pace/told</text:p>", "<text:p>our-own/pace/send</text:p>", "is in the form twice"),
        ("fingerprint of the text", "page", "This is not a review form"),
        ("<office:text>", "<office:text>&", "not an OpenDocument text that can be read"),
        (
            "<office:document-content",
            '<!DOCTYPE a [<!ENTITY b "c">]><office:document-content',
            "not an OpenDocument text",
        ),
    ],
)
def test_a_form_of_something_else_or_with_other_names_is_refused(capsys, old, new, said):
    form = filled_in(capsys, {"send": ("x", "", "")}, changed=lambda content: content.replace(old, new))
    code, _, err = read_back(capsys, form)
    assert code == 3 and said in err and not Path("reviewed.yaml").exists()


def test_a_form_of_a_text_that_has_been_changed_since_is_refused(capsys):
    form = filled_in(capsys, {"send": ("x", "", "")})
    Path("pace.yaml").write_text(
        STANDARD.replace("60 minutes", "90 minutes").replace("18:10", "19:10"), encoding="utf-8"
    )
    code, _, err = read_back(capsys, form)
    assert code == 3 and "has been changed since this form was written" in err


@pytest.mark.parametrize(
    ("form", "said"),
    [("pace.yaml", "not an OpenDocument text that can be read"), ("gone.odt", "There is no file `gone.odt`")],
)
def test_what_is_no_form_is_told_in_words(capsys, form, said):
    code, _, err = read_back(capsys, form)
    assert code == 3 and said in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "form.docx"), "End it in .odt to type into it, or in .html to print it."),
        (("--from", "form.odt", "--out", "reviewed.yaml"), "Who filled the form in, and when, is missing."),
        (("--from", "form.odt", "--out", "r.yaml", "--by", "DI", "--on", "2 June"), "“2 June” is not a date."),
        (("--from", "form.odt", "--out", "r.odt", *SIGNED), "End it in .yaml"),
    ],
)
def test_a_command_that_cannot_be_meant_says_what_to_write(capsys, arguments, said):
    code, _, err = told(capsys, "pace.yaml", *arguments)
    assert code == 2 and said in err
    assert not list(Path().glob("r*"))


def test_nothing_that_is_there_is_written_over(capsys):
    form = filled_in(capsys, {"send": ("x", "", "")})
    assert told(capsys, "pace.yaml", "--out", "form.odt")[0] == 5
    Path("reviewed.yaml").write_text("mine", encoding="utf-8")
    assert read_back(capsys, form)[0] == 5
    assert Path("reviewed.yaml").read_text(encoding="utf-8") == "mine"


def test_a_standard_that_ships_is_reviewed_as_a_copy(capsys):
    assert told(capsys, "england/problem-profile", "--out", "form.odt")[0] == 0
    with zipfile.ZipFile("form.odt") as archive:
        content = archive.read("content.xml").decode("utf-8")
    before, row, after = content.partition("<text:p>england/problem-profile/refreshed</text:p>")
    with zipfile.ZipFile("filled.odt", "w") as archive:
        archive.writestr("content.xml", before + row + CELL.sub(r"\1<text:p>x</text:p>\2", after, count=1))
    code, out, err = told(capsys, "england/problem-profile", "--from", "filled.odt", "--out", "ours.yaml", *SIGNED)
    assert (code, err) == (0, "") and "1 obligation found right" in out
    assert read_standard(Path("ours.yaml")).obligations[0].reviewed.by == "Detective inspector"
