"""A document is changed where it is asked for, and keeps its comments, its order and its layout everywhere else."""

import pytest

from wardline.documents import AsWritten, change_yaml

MAPPING = """\
# Written with the records manager, 3 March.
record system: compact    # as the force calls it
kept by: force

tables:
  # The nightly export.
  - files: "episodes*.csv"    # 1,204 rows
    each row is: a case
    case id: EpisodeNo
    attributes:
      grade:
        column: Risk    # three codes
        values: {H: high, M: medium}
      district: {column: Area, values: {N: north}}    # asked on 4 March

    ## Nothing stands in: Spare.
  - files: persons.csv
    each row is: a person

# The end.
"""


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    one, other = before.splitlines(), after.splitlines()
    return [line for line in one if line not in other], [line for line in other if line not in one]


@pytest.mark.parametrize(
    ("path", "value", "gone", "come"),
    [
        (
            ("record system",),
            "niche",
            ["record system: compact    # as the force calls it"],
            ["record system: niche    # as the force calls it"],
        ),
        (
            ("tables", 0, "files"),
            "yes: no.csv",
            ['  - files: "episodes*.csv"    # 1,204 rows'],
            ['  - files: "yes: no.csv"    # 1,204 rows'],
        ),
        (
            ("tables", 0, "attributes", "grade", "values"),
            {"H": "high", "M": "medium", "L": AsWritten("low")},
            ["        values: {H: high, M: medium}"],
            ["        values: {H: high, M: medium, L: low}"],
        ),
        (
            ("tables", 0, "attributes", "district", "values", "S"),
            "south",
            ["      district: {column: Area, values: {N: north}}    # asked on 4 March"],
            ["      district: {column: Area, values: {N: north, S: south}}    # asked on 4 March"],
        ),
        (("tables", 0, "attributes", "from_care"), "HomeType", [], ["      from_care: HomeType"]),
        (("tables", 1, "person id"), ["Number", "Kind"], [], ["    person id: [Number, Kind]"]),
        (("time zone",), "Europe/London", [], ["time zone: Europe/London"]),
        (("kept by",), None, ["kept by: force"], []),
        (
            ("tables", 0, "attributes", "district", "values"),
            None,
            ["      district: {column: Area, values: {N: north}}    # asked on 4 March"],
            ["      district: {column: Area}    # asked on 4 March"],
        ),
        (
            ("tables", 0, "attributes", "grade", "column"),
            "Grade",
            ["        column: Risk    # three codes"],
            ["        column: Grade    # three codes"],
        ),
    ],
)
def test_only_the_line_that_is_asked_for_changes(path, value, gone, come):
    assert lines_changed(MAPPING, change_yaml(MAPPING, {path: value})) == (gone, come)


def test_a_block_is_replaced_by_one_line():
    changed = change_yaml(MAPPING, {("tables", 0, "attributes", "grade"): "Risk"})
    assert "      grade: Risk\n      district:" in changed and "three codes" not in changed


def test_the_first_key_of_a_list_may_be_taken_out():
    assert "  - each row is: a person\n" in change_yaml(MAPPING, {("tables", 1, "files"): None})


@pytest.mark.parametrize(
    "path", [("no such", "key"), ("tables", 7, "files"), ("tables", "files"), ("kept by", "further")]
)
def test_a_path_that_leads_nowhere_is_told(path):
    with pytest.raises(LookupError):
        change_yaml(MAPPING, {path: "x"})


def test_what_is_not_there_cannot_be_taken_out():
    with pytest.raises(LookupError):
        change_yaml(MAPPING, {("title",): None})


DRAFT = """\
tables:
  - files: a.csv
    ## keep the rows that are about a child
    # only where: {PersonType: [C]}                       # C 45
    case id: No
    attributes:
      incident_no: Ref
      # from_care: {column: HomeType, values: {PH: , CH: }}
    # empty: NULL

  - files: b.csv
    # only where: {Other: [D]}
    case id: No
limits:

  # Police arrive.
  # england/missing-children/attend: 15 minutes
  # england/missing-children/attend/again: 1 hour

# Read, and agreed to.
confirmed:
  # england/missing-children/attend: {by: , on: }
asked:
"""


@pytest.mark.parametrize(
    ("path", "value", "gone", "come"),
    [
        (
            ("tables", 0, "only where"),
            {"PersonType": ["C"]},
            ["    # only where: {PersonType: [C]}                       # C 45"],
            ["    only where: {PersonType: [C]}"],
        ),
        (
            ("tables", 1, "only where"),
            {"Other": ["D"]},
            ["    # only where: {Other: [D]}"],
            ["    only where: {Other: [D]}"],
        ),
        (
            ("tables", 0, "attributes", "from_care"),
            {"column": "HomeType", "values": {"CH": AsWritten("yes")}},
            ["      # from_care: {column: HomeType, values: {PH: , CH: }}"],
            ["      from_care: {column: HomeType, values: {CH: yes}}"],
        ),
        (("tables", 0, "empty"), ["NULL", "-"], ["    # empty: NULL"], ['    empty: ["NULL", "-"]']),
        (
            ("limits", "england/missing-children/attend"),
            AsWritten("1 hour"),
            ["  # england/missing-children/attend: 15 minutes"],
            ["  england/missing-children/attend: 1 hour"],
        ),
        (
            ("confirmed", "england/missing-children/attend"),
            {"by": "Head of response", AsWritten("on"): AsWritten("2025-03-14")},
            ["  # england/missing-children/attend: {by: , on: }"],
            ["  england/missing-children/attend: {by: Head of response, on: 2025-03-14}"],
        ),
        (
            ("asked", "england/missing-children/attend"),
            {"by": "Head of scrutiny", AsWritten("on"): AsWritten("2025-03-14")},
            [],
            ["  england/missing-children/attend: {by: Head of scrutiny, on: 2025-03-14}"],
        ),
    ],
)
def test_a_line_left_open_for_a_key_is_taken_up_in_its_place(path, value, gone, come):
    assert lines_changed(DRAFT, change_yaml(DRAFT, {path: value})) == (gone, come)


def test_a_line_left_open_in_the_next_table_is_left_alone():
    text = DRAFT.replace("    # only where: {PersonType: [C]}                       # C 45\n", "")
    changed = change_yaml(text, {("tables", 0, "only where"): {"PersonType": ["C"]}})
    assert "    # only where: {Other: [D]}\n" in changed
    assert changed.index("only where: {PersonType: [C]}") < changed.index("files: b.csv")


def test_several_keys_are_taken_up_below_one_that_had_none():
    names = ("england/missing-children/attend", "england/missing-children/attend/again")
    changed = change_yaml(DRAFT, {("limits", name): AsWritten("2 hours") for name in names})
    assert lines_changed(DRAFT, changed)[1] == [f"  {name}: 2 hours" for name in names]
