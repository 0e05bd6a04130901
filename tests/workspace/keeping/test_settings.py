"""`keep for` in the settings: what it may say, and that what it does not say is an open question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wardline.errors import DocumentError
from wardline.time_limits import Length, Unit, day_so_long_after
from wardline_workspace.deployment.described import Deployment, read_deployment
from wardline_workspace.deployment.kept_for import Kept, kept_at

BEGINS = (
    "workspace of: force\nforce: Teesmouth Police\noffice: The office\n"
    "duty post: {name: the duty inspector, telephone: 01632 960 101}\n"
    "professional standards: {name: professional standards, telephone: 01632 960 102}\n"
)


def read(tmp_path: Path, says: str) -> Deployment:
    file = tmp_path / "workspace.yaml"
    file.write_text(BEGINS + says, encoding="utf-8")
    return read_deployment(file)


def words_of_check(settings: object) -> tuple[bool, str]:
    from wardline_workspace.deployment.checks import all_checks

    [checked] = [one for one in all_checks() if one.what == "How long things are kept"]
    return checked.is_right, checked.words


def test_nothing_is_settled_unless_it_is_said(tmp_path):
    assert read(tmp_path, "").keep_for == {}


def test_each_kind_can_be_settled(tmp_path):
    lines = "".join(f"  {kind}: 90 days\n" for kind in Kept)
    assert set(read(tmp_path, f"keep for:\n{lines}").keep_for) == set(Kept)


@pytest.mark.parametrize("length", ["3 hours", "2 working days", "same day", "for ever", "0 days", "12"])
def test_what_is_no_whole_number_of_days_weeks_or_months_is_refused_at_its_place(tmp_path, length):
    with pytest.raises(DocumentError) as refused:
        read(tmp_path, f"keep for:\n  dives: {length}\n")
    [problem] = refused.value.problems
    assert problem.where.line == 7
    assert "days, weeks or months" in problem.remedy


def test_a_kind_that_there_is_none_of_is_refused(tmp_path):
    with pytest.raises(DocumentError):
        read(tmp_path, "keep for:\n  trail: 90 days\n")


@pytest.mark.parametrize(
    ("length", "until"),
    [
        (Length(1, Unit.DAYS), date(2024, 2, 1)),
        (Length(2, Unit.WEEKS), date(2024, 2, 14)),
        (Length(1, Unit.MONTHS), date(2024, 2, 29)),
        (Length(13, Unit.MONTHS), date(2025, 2, 28)),
        (Length(11, Unit.MONTHS), date(2024, 12, 31)),
        (Length(99_999_999, Unit.DAYS), date.max),
        (Length(999_999, Unit.MONTHS), date.max),
    ],
    ids=str,
)
def test_the_day_until_which_something_is_kept(length, until):
    assert day_so_long_after(date(2024, 1, 31), length) == until


@pytest.mark.django_db
def test_a_check_names_what_is_not_settled_and_is_right_once_all_is(settings, deployment):
    (deployment.folder / "workspace.secret").touch()
    is_right, words = words_of_check(settings)
    assert not is_right
    assert "not settled for dives, releases, ways back" in words
    some = {kind: Length(2, Unit.MONTHS) for kind in kept_at("force")}
    settings.DEPLOYMENT = replace(deployment, keep_for=some)
    is_right, words = words_of_check(settings)
    assert is_right
    assert "ways back: 2 months" in words
