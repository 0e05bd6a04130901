"""The list of held cases and the terms of a release: all that is wrong is said at once, and no case is named in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wardline.dive.releasing.held_cases import read_held_cases
from wardline.dive.releasing.release_terms import ReleaseTerms, read_terms
from wardline.errors import DocumentError, ProblemKind, UsageError

IDS = ("missing:1001", "missing:1002", "crime:1002")
GIVEN = {
    "signed_by": "A Name",
    "role": "approver",
    "signed_on": "2025-04-14",
    "purpose": "the panel of May",
    "recipients": ("scrutiny officer",),
    "expires": "2025-07-31",
    "destruction": "certified to the force",
    "marking": "OFFICIAL-SENSITIVE",
}


def held(folder: Path, *lines: str) -> Path:
    path = folder / "held.csv"
    path.write_text("\n".join(("case_id,because,by,on", *lines)) + "\n", encoding="utf-8")
    return path


def problems(folder: Path, *lines: str) -> list[tuple[ProblemKind, int | None]]:
    with pytest.raises(DocumentError) as raised:
        read_held_cases(held(folder, *lines), IDS)
    assert "1002" not in str(raised.value)
    return [(one.kind, one.where.line if one.where else None) for one in raised.value.problems]


def test_a_held_case_is_named_in_full_or_by_a_number_that_one_system_has(tmp_path):
    path = held(tmp_path, "missing:1002,live proceedings,Head of justice,2025-03-01", "1001,inquest,Coroner,2025-03-02")
    assert read_held_cases(path, IDS) == {"missing:1001", "missing:1002"}


def test_a_case_that_the_dive_does_not_have_is_refused(tmp_path):
    assert problems(tmp_path, "missing:10022,inquest,Coroner,2025-03-02") == [(ProblemKind.UNKNOWN_NAME, 2)]


def test_a_number_that_several_systems_have_is_refused(tmp_path):
    assert problems(tmp_path, "1002,inquest,Coroner,2025-03-02") == [(ProblemKind.UNKNOWN_NAME, 2)]


def test_everything_that_is_missing_in_the_list_is_said_at_once(tmp_path):
    found = problems(tmp_path, "missing:1001,,,2025-03-02", "missing:1002,inquest,Coroner,soon")
    assert found == [(ProblemKind.WRONG_VALUE, 2), (ProblemKind.WRONG_VALUE, 2), (ProblemKind.WRONG_VALUE, 3)]


def test_a_list_without_its_columns_or_that_is_not_there_is_refused(tmp_path):
    path = tmp_path / "held.csv"
    with pytest.raises(DocumentError, match="no such file"):
        read_held_cases(path, IDS)
    path.write_text("case\nmissing:1001\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="no column `case_id`, `because`, `by`, `on`"):
        read_held_cases(path, IDS)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DocumentError, match="UTF-8"):
        read_held_cases(path, IDS)


def test_the_terms_are_read_as_they_were_typed():
    terms = read_terms(**GIVEN, question="  Who? ")
    assert (terms.signed_on, terms.expires, terms.question) == (date(2025, 4, 14), date(2025, 7, 31), "Who?")


def test_all_terms_that_are_missing_are_said_at_once():
    with pytest.raises(UsageError) as raised:
        read_terms(**dict.fromkeys(GIVEN, None) | {"recipients": ()})
    assert len(raised.value.problems) == len(GIVEN)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"expires": "2025-04-14"}, "would end on the day"),
        ({"expires": "soon"}, "--expires is not a day"),
        ({"signed_on": "14/04/2025"}, "--signed-on is not a day"),
        ({"purpose": "x" * 2001}, "after --purpose is empty, or longer"),
        ({"about": ("england/missing-children/attend",)}, "no question is named"),
    ],
)
def test_terms_that_do_not_fit_are_refused(changed, said):
    with pytest.raises(UsageError, match=said):
        read_terms(**GIVEN | changed)


def test_terms_made_in_python_are_looked_at_too():
    with pytest.raises(UsageError, match="would end"):
        ReleaseTerms(**GIVEN | {"signed_on": date(2025, 4, 14), "expires": date(2025, 4, 1)})
