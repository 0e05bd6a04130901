"""Reading standards: all problems at once, defaults for fragments, and what looks like a slip."""

from dataclasses import replace
from pathlib import Path

import pytest

from wardline.documents import parse_document
from wardline.errors import DocumentError
from wardline.obligations import EventPattern, Owner, Respond
from wardline.standards import (
    find_standard,
    look_up_standard,
    read_obligations,
    read_standard,
    remarks,
    shipped_standards,
)
from wardline.standards.standard_file import standard_in

DEFAULTS = {
    "id": "shown",
    "title": "Shown",
    "topic": "initial response",
    "owed_by": "force",
    "basis": {"kind": "force policy", "title": "A policy"},
}
FRAGMENT = "when: a\nthen: b\nwithin: 1 hour\n"
EVERY_KEY = Path("tests/fixtures/good/standard_of_every_key.yaml")


def test_a_fragment_is_one_obligation_with_the_defaults():
    (obligation,) = read_obligations(FRAGMENT, defaults=DEFAULTS)
    assert isinstance(obligation, Respond)
    assert (obligation.id, obligation.title, obligation.owed_by) == ("shown", "Shown", Owner.FORCE)


def test_what_stands_in_the_fragment_goes_before_a_default():
    (obligation,) = read_obligations(FRAGMENT + "owed by: council\nid: own\n", defaults=DEFAULTS)
    assert (obligation.id, obligation.owed_by) == ("own", Owner.COUNCIL)


@pytest.mark.parametrize(
    "text",
    [
        "- {when: a, then: b, within: 1 hour}\n- {when: c, then: d, within: 1 hour}\n",
        "obligations:\n  - {when: a, then: b, within: 1 hour}\n  - {when: c, then: d, within: 1 hour}\n",
    ],
)
def test_a_default_id_is_numbered_in_a_list(text):
    assert [one.id for one in read_obligations(text, defaults=DEFAULTS)] == ["shown", "shown-2"]


def test_a_document_is_read_like_its_text():
    assert read_obligations(parse_document(FRAGMENT, "page"), defaults=DEFAULTS) == read_obligations(
        FRAGMENT, defaults=DEFAULTS
    )


def test_without_defaults_every_required_key_is_asked_for():
    with pytest.raises(DocumentError) as raised:
        read_obligations(FRAGMENT)
    missing = {problem.what.split("`")[1] for problem in raised.value.problems}
    assert missing == {"id", "title", "topic", "owed by", "basis"}


def test_a_near_spelling_of_a_missing_key_is_told_once():
    with pytest.raises(DocumentError) as raised:
        read_obligations("when: a\nthen: b\nwithn: 1 hour\n", defaults=DEFAULTS)
    assert [problem.what for problem in raised.value.problems] == [
        "`withn` is not a key that is known here. Did you mean `within`?"
    ]


def test_all_problems_are_told_at_once_in_the_order_of_lines():
    text = EVERY_KEY.read_text(encoding="utf-8")
    for right, wrong in (
        ("title: Every", "titel: Every"),
        ("topic: leadership", "topic: leading"),
        ("every: 2 hours", "every: 2"),
        ("expect: not filled in", "expect: nothing"),
    ):
        text = text.replace(right, wrong, 1)
    with pytest.raises(DocumentError) as raised:
        standard_in(parse_document(text, "standard.yaml"))
    lines = [problem.where.line for problem in raised.value.problems]
    assert lines == sorted(lines)
    assert len(lines) == 4


def test_a_folded_text_is_read_as_one_line():
    assert read_standard(EVERY_KEY).obligations[0].needs == "Text that is folded over two lines."


def test_a_library_name_and_a_path_are_both_found(tmp_path):
    (tmp_path / "own.yaml").write_text(EVERY_KEY.read_text(encoding="utf-8"), encoding="utf-8")
    assert find_standard("own.yaml", relative_to=tmp_path).name == "tests/every-key"
    assert find_standard("england/missing-children", relative_to=tmp_path).title == "Missing children"


def test_a_name_near_another_that_stands_once_is_remarked():
    standard = look_up_standard("england/missing-children", relative_to=Path())
    slip = replace(standard.obligations[1], exemptions=(EventPattern("child_fuond"),))
    with_slip = replace(standard, obligations=(standard.obligations[0], slip, *standard.obligations[2:]))
    assert remarks(with_slip) == ("`child_fuond` is used in one place only. Did you mean `child_found`?",)


@pytest.mark.parametrize(
    ("used", "other"), [("discussion_held", "discussion_asked"), ("interview_linked", "interview_declined")]
)
def test_names_that_differ_by_a_whole_word_are_no_slip(used, other):
    standard = look_up_standard("england/missing-children", relative_to=Path())
    both = replace(
        standard.obligations[0], exemptions=(EventPattern(f"return_{used}"), EventPattern(f"return_{other}"))
    )
    assert remarks(replace(standard, obligations=(both, *standard.obligations[1:]))) == ()


@pytest.mark.parametrize("name", shipped_standards())
def test_nothing_is_remarked_in_what_ships(name):
    assert remarks(look_up_standard(name, relative_to=Path())) == ()
