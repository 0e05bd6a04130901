"""A standard that ships in several versions: what its name means, and what the name of one version does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from wardline.errors import DocumentError
from wardline.standards import (
    earlier_versions,
    find_standard,
    find_versions,
    library,
    look_up_versions,
    shipped_standards,
)

HERE = Path()
TEXT = Path("tests/fixtures/good/standard_of_a_statute.yaml").read_text(encoding="utf-8")
NAME = "nowhere/answers"
VERSIONS = {
    "nowhere/answers/2024.1": "{from: 2023-01-01, to: 2024-12-31}",
    "nowhere/answers/2023.10": "{from: 2022-01-01, to: 2022-12-31}",
    NAME: "{from: 2025-01-01}",
}


@pytest.fixture(autouse=True)
def three_versions(tmp_path, monkeypatch):
    for name, in_force in VERSIONS.items():
        path = tmp_path / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        version = "2025.1" if name == NAME else name.rpartition("/")[2]
        text = TEXT.replace("our-own/answers", NAME).replace('version: "1"', f'version: "{version}"')
        path.write_text(text.replace("{from: 2025-01-01}", in_force), encoding="utf-8")
    monkeypatch.setattr(library, "LIBRARY", tmp_path)
    library._shipped.cache_clear()
    library._document_of.cache_clear()


def versions(**days):
    return [one.standard.version for one in find_versions(NAME, relative_to=HERE, **days)]


def test_versions_are_listed_once_under_one_name_by_their_dates_and_not_by_their_numbers():
    assert shipped_standards() == (NAME,)
    assert earlier_versions(NAME) == ("nowhere/answers/2023.10", "nowhere/answers/2024.1")
    assert [one.version for one in look_up_versions(NAME, relative_to=HERE)] == ["2023.10", "2024.1", "2025.1"]
    assert earlier_versions("nowhere/else") == earlier_versions("") == ()


def test_each_version_comes_with_its_own_file(tmp_path):
    files = [one.path.relative_to(tmp_path).as_posix() for one in find_versions(NAME, relative_to=HERE)]
    assert files == ["nowhere/answers/2023.10.yaml", "nowhere/answers/2024.1.yaml", "nowhere/answers.yaml"]


@pytest.mark.parametrize(
    ("first", "last", "touching"),
    [
        (date(2022, 12, 31), date(2023, 1, 1), ["2023.10", "2024.1"]),
        (date(2023, 1, 1), date(2024, 12, 31), ["2024.1"]),
        (date(2024, 12, 31), date(2025, 1, 1), ["2024.1", "2025.1"]),
        (date(2025, 1, 1), None, ["2025.1"]),
        (None, date(2022, 1, 1), ["2023.10"]),
        (None, date(2021, 12, 31), []),
    ],
)
def test_with_days_only_the_versions_in_force_on_one_of_them(first, last, touching):
    assert versions(first=first, last=last) == touching


def test_a_name_alone_is_the_present_version_where_one_is_asked_for():
    assert find_standard(NAME, relative_to=HERE).version == "2025.1"


def test_a_number_names_that_version_alone():
    named = "nowhere/answers/2024.1"
    assert find_standard(named, relative_to=HERE).version == "2024.1"
    assert [one.standard.version for one in find_versions(named, relative_to=HERE)] == ["2024.1"]


@pytest.mark.parametrize("number", ["2025.1", "2099.1"])
def test_a_number_that_is_no_earlier_version_says_which_there_are(number):
    with pytest.raises(DocumentError) as raised:
        find_versions(f"{NAME}/{number}", relative_to=HERE)
    (problem,) = raised.value.problems
    assert f"`{NAME}/{number}` is not an earlier version of `{NAME}`." in problem.what
    assert "`nowhere/answers/2023.10`, `nowhere/answers/2024.1`" in problem.what
    assert "present version, 2025.1" in problem.remedy
