"""What the shipped standards rest on: primary sources, and second-hand ones only in the one agreed form."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from wardline.obligations import BasisKind
from wardline.standards import look_up_versions, shipped_standards

EVERY_BASIS = [
    pytest.param(one.basis, id=f"{standard.full_name(one)} {standard.version}")
    for name in shipped_standards()
    for standard in look_up_versions(name, relative_to=Path())
    for one in standard.obligations
]
# The note ends with it, and says whose text was read instead of the source that is named.
SECOND_HAND = re.compile(r"(^|\. )Read only in a (copy|summary|newspaper): [^:;]+\.$")
# Whose pages are their own word: law, ministries, the inspectorate, police, and bodies on what they do themselves.
PRIMARY = re.compile(
    r"(^|\.)(legislation\.gov\.uk|gov\.uk|parliament\.uk|police\.uk|college\.police\.uk|nationalcrimeagency\.gov\.uk|"
    r"justiceinspectorates\.gov\.uk|cleveland\.pcc\.police\.uk|devon\.gov\.uk|safeguarding\.wales|teescpp\.org\.uk|"
    r"lincolnshirescb\.proceduresonline\.com|iwf\.org\.uk|missingpeople\.org\.uk)$"
)
# Words with which a note says, in any other way, that somebody else's account was read.
OTHER_FORMS = (
    "read in a",
    "as reported there",
    "as this page summarises",
    "newspaper reported",
    "as copied by",
    "read at ",
)


@pytest.mark.parametrize("basis", EVERY_BASIS)
def test_a_source_is_primary_or_the_note_says_in_the_agreed_form_what_was_read_instead(basis):
    host = urlsplit(basis.url).hostname
    assert PRIMARY.search(host) or SECOND_HAND.search(basis.note), host


@pytest.mark.parametrize("basis", EVERY_BASIS)
def test_what_was_read_second_hand_is_to_be_confirmed(basis):
    if SECOND_HAND.search(basis.note):
        assert basis.kind.is_to_be_confirmed


@pytest.mark.parametrize("basis", EVERY_BASIS)
def test_no_note_says_it_in_another_form(basis):
    told = f"{basis.title} {basis.publisher} {basis.note}".lower()
    assert [words for words in OTHER_FORMS if words in told] == []
    assert told.count("read only in") == bool(SECOND_HAND.search(basis.note))


@pytest.mark.parametrize("basis", EVERY_BASIS)
def test_another_force_s_policy_is_never_called_the_force_s_own(basis):
    if (basis.publisher or "").endswith("Police") and basis.kind is not BasisKind.ASSUMED:
        assert basis.kind is BasisKind.ANOTHER_FORCES_POLICY
    assert "the force's own" not in basis.note.lower()


@pytest.mark.parametrize("basis", EVERY_BASIS)
def test_what_is_only_enacted_is_not_said_to_be_in_force(basis):
    assert basis.note.count("enacted") == basis.note.count("that it is in force is not known")
