"""Person numbers that identify nobody are emptied and rejected as cells; those that only look odd stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.record_systems.reading_texts import CASES, Read, read, read_all
from wardline.record_systems import RejectReason
from wardline.record_systems.rows.ids_of_rows import BEGINNINGS, WORDS
from wardline.record_systems.rows.numbers_of_nobody import FEWEST_OF_DIGITS, SHARED_BY_MANY, SHARED_BY_VERY_MANY

PAGE = (Path(__file__).parents[4] / "docs/reference/mappings.md").read_text()
WITH_PERSON = CASES + "    person: Person\n"


def read_persons(folder: Path, persons: list[str], mapping: str = WITH_PERSON) -> Read:
    """A reading of cases of these persons, each with the number E1, E2, …"""
    rows = "".join(f"E{number},2025-01-01 10:00,{person}\n" for number, person in enumerate(persons, start=1))
    return read(folder, mapping, {"episodes.csv": "No,Reported,Person\n" + rows})


def persons_of(found: Read) -> list[object]:
    return [person for (person,) in found.rows("cases", "person_id")]


def reasons_of(found: Read) -> set[object]:
    return {reason for *_, reason in found.rejects()}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "UNKNOWN",
            "unknown",
            "Unknown child",
            "UNKNOWN 2",
            "not known",
            "Not Known",
            "n/k",
            "N.K.",
            "NK",
            "N/A",
            "na",
        ),
        *("none", "nil", "NULL", "0", "00", "000000", "0.0", "-", "--", "?", ".", "x", "XXX", "tbc", "T.B.C.", "TBA"),
        *("anonymous", "ANON", "unidentified male", "No name", "dummy", "-1", "P000000", "999999", "anhysbys"),
    ],
)
def test_what_stands_for_nobody_is_emptied_and_rejected_as_a_cell(tmp_path: Path, text: str) -> None:
    found = read_persons(tmp_path, ["P7", text])
    assert persons_of(found) == ["compact:P7", None]
    assert found.rejects() == [("episodes.csv", 3, "Person", RejectReason.PERSON_OF_NOBODY.value)]
    assert found.count("episodes.csv").kept == 2


@pytest.mark.parametrize("text", ["P100", "10", "9999", "X7", "NK1", "Nona", "A0", "0007", "1000000", "Testa"])
def test_a_number_that_only_looks_like_it_stays(tmp_path: Path, text: str) -> None:
    found = read_persons(tmp_path, ["P7", text])
    assert persons_of(found) == ["compact:P7", f"compact:{text}"]
    assert found.rejects() == []


def test_an_empty_cell_is_no_reject(tmp_path: Path) -> None:
    found = read_persons(tmp_path, ["P7", ""])
    assert (persons_of(found), found.rejects()) == (["compact:P7", None], [])


def test_a_number_of_several_columns_stands_for_nobody_by_one_word_or_by_every_part(tmp_path: Path) -> None:
    rows = ["E1,0,7", "E2,C1,Unknown", "E3,0,-", "E4,Na,2010"]
    found = read(
        tmp_path,
        CASES + "    person: [Area, Number]\n",
        {"episodes.csv": "No,Reported,Area,Number\n" + "".join(f"{r.replace(',', ',2025-01-01,', 1)}\n" for r in rows)},
    )
    assert persons_of(found) == ["compact:0/7", None, None, "compact:Na/2010"]
    assert [(row, column) for _, row, column, _ in found.rejects()] == [(3, "Area, Number"), (4, "Area, Number")]


@pytest.mark.parametrize(
    "persons", [["E1", "E2", "E3"], ["e1", "E-2", "E03"], [f"E{n}" for n in range(1, 10)] + ["P1"]]
)
def test_the_number_of_the_case_in_nearly_every_row_identifies_nobody(tmp_path: Path, persons: list[str]) -> None:
    found = read_persons(tmp_path, persons)
    assert persons_of(found) == [None] * len(persons)
    assert reasons_of(found) == {RejectReason.PERSON_IS_THE_CASE.value}


def test_a_person_who_happens_to_have_the_number_of_the_case_stays(tmp_path: Path) -> None:
    persons = ["E1", "E2", "E7", "E9", "E9", "E9"]
    found = read_persons(tmp_path, persons)
    assert persons_of(found) == [f"compact:{person}" for person in persons]


def test_another_letter_before_the_digits_of_every_case_makes_no_person(tmp_path: Path) -> None:
    few, many = ([f"P{number}" for number in range(1, 1 + count)] for count in (FEWEST_OF_DIGITS - 1, FEWEST_OF_DIGITS))
    assert persons_of(read_persons(tmp_path / "few", few)) == [f"compact:{person}" for person in few]
    assert persons_of(read_persons(tmp_path / "many", many)) == [None] * len(many)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("case id: No\n    person: No", [None, None]),
        ("case id: No\n    person: [No, Person]", [None, None]),
        ("case id: [Person, No]\n    person: Person", ["compact:P7", "compact:P7"]),
    ],
)
def test_a_person_column_that_contains_the_case_identifies_nobody(
    tmp_path: Path, keys: str, expected: list[object]
) -> None:
    found = read_persons(tmp_path, ["P7", "P7"], CASES.replace("case id: No", keys))
    assert persons_of(found) == expected


def test_a_number_on_very_many_cases_identifies_nobody(tmp_path: Path) -> None:
    shared, others = ["77"] * SHARED_BY_MANY, [f"P{number}" for number in range(101, 101 + SHARED_BY_MANY)]
    found = read_persons(tmp_path, [*shared, *others])
    assert persons_of(found) == [None] * SHARED_BY_MANY + [f"compact:{person}" for person in others]
    assert reasons_of(found) == {RejectReason.PERSON_OF_MANY_CASES.value}


def test_a_child_with_many_cases_stays(tmp_path: Path) -> None:
    """One case fewer than many; or many, and less than a fifth of those that name somebody."""
    few = ["77"] * (SHARED_BY_MANY - 1)
    assert persons_of(read_persons(tmp_path / "few", few)) == ["compact:77"] * len(few)
    mixed = ["77"] * SHARED_BY_MANY + [f"P{1000 + number}" for number in range(4 * SHARED_BY_MANY + 1)]
    assert persons_of(read_persons(tmp_path / "mixed", mixed))[0] == "compact:77"
    mixed[-2:] = ["unknown"] * 2  # which name nobody
    assert persons_of(read_persons(tmp_path / "fifth", mixed))[0] is None


def test_a_number_on_more_cases_than_any_child_can_have_goes_whatever_its_share(tmp_path: Path) -> None:
    mixed = ["77"] * SHARED_BY_VERY_MANY + [f"P{9000 + number}" for number in range(5 * SHARED_BY_VERY_MANY)]
    persons = persons_of(read_persons(tmp_path, mixed))
    assert persons.count(None) == SHARED_BY_VERY_MANY


def test_it_is_decided_for_all_files_of_one_system_and_for_each_system_by_itself(tmp_path: Path) -> None:
    half = SHARED_BY_MANY // 2
    files: dict[str, str | bytes] = {
        f"episodes{file}.csv": "No,Reported,Person\n" + "".join(f"{file}{n},2025-01-01,77\n" for n in range(half))
        for file in "AB"
    }
    other = WITH_PERSON.replace("compact", "athena").replace("episodes", "crimes")
    found = read_all(tmp_path, {WITH_PERSON: files, other: {"crimes.csv": "No,Reported,Person\nC1,2025-01-01,77\n"}})
    assert {(str(case)[:7], person) for case, person in found.rows("cases", "case_id", "person_id")} == {
        ("compact", None),
        ("athena:", "athena:77"),
    }


def test_a_row_that_is_not_kept_does_not_count(tmp_path: Path) -> None:
    rows = "".join(f"E{number},2025-01-01 10:00,77\n" for number in range(1, SHARED_BY_MANY)) * 2
    found = read(tmp_path, WITH_PERSON, {"episodes.csv": "No,Reported,Person\n" + rows})
    assert persons_of(found) == ["compact:77"] * (SHARED_BY_MANY - 1)


def test_the_page_has_every_word_and_threshold() -> None:
    section = PAGE.split("### Numbers that identify nobody")[1].split("\n## ")[0]
    plain = "".join(each for each in section.lower() if each.isalnum() or each == "`")
    missing = [word for word in (*WORDS, *BEGINNINGS) if f"`{word}`" not in plain]
    assert missing == []
    for number in (SHARED_BY_MANY, SHARED_BY_VERY_MANY, FEWEST_OF_DIGITS):
        assert f" {number} " in section.replace("\n", " ")
