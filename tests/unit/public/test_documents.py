"""A standard, a force and a mapping from Python values: the same checks and words as from files, at an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import wardline
from tests.unit.public.made_up import FORCE, PACE, SEND
from wardline.errors import DocumentError

YAML = """force: Our force
nation: England
time zone: Europe/London
"""


def problems_of(call) -> list[tuple[str, str]]:
    """Where each problem of a call is, and what it is."""
    with pytest.raises(wardline.WardlineError) as raised:
        call()
    return [(str(problem.where), problem.what) for problem in raised.value.problems]


def test_a_force_is_the_same_from_a_file_a_text_a_dict_and_arguments(tmp_path):
    path = tmp_path / "force.yaml"
    path.write_text(YAML, encoding="utf-8")
    arguments = {key.replace(" ", "_"): value for key, value in FORCE.items()}
    made = [wardline.force(source) for source in (path, str(path), YAML, FORCE)] + [wardline.force(**arguments)]
    assert all(one == made[0] for one in made)


def test_what_is_a_force_already_is_given_back():
    ours = wardline.force(FORCE)
    assert wardline.force(ours) is ours


def test_a_standard_may_be_built_from_numbers_dates_and_yes_or_no():
    built = wardline.standard(
        {
            **PACE,
            "version": 1,
            "in force": {"from": date(2025, 1, 1)},
            "obligations": [{**SEND, "first only": True, "when": {"event": "reported", "nth": 3, "in": "90 days"}}],
        }
    )
    assert built.version == "1"
    assert built.in_force_from == date(2025, 1, 1)
    assert built.obligations[0].first_only


def test_a_problem_in_python_values_says_which_argument_as_somebody_would_write_it():
    wrong = [{**SEND, "within": "3 hour ago", "owed by": "nobody"}]
    arguments = {key.replace(" ", "_"): value for key, value in PACE.items()}
    told = problems_of(lambda: wardline.standard(**{**arguments, "obligations": wrong}))
    assert [where for where, _ in told] == [
        'standard(…): `obligations[0]["owed by"]`',
        "standard(…): `obligations[0].within`",
    ]


def test_a_problem_in_a_keyword_argument_has_its_own_spelling():
    assert problems_of(lambda: wardline.force(force="x", nation="England", time_zone="Mars"))[0] == (
        "force(…): `time_zone`",
        "`Mars` is not a time zone.",
    )


def test_a_problem_in_yaml_text_has_its_line():
    assert problems_of(lambda: wardline.force(YAML.replace("England", "Englnd")))[0][0] == "force(…): `source`, line 2"


def test_what_is_wrong_in_a_file_is_told_as_on_the_command_line(tmp_path):
    path = tmp_path / "force.yaml"
    path.write_text(YAML.replace("England", "Englnd"), encoding="utf-8")
    with pytest.raises(DocumentError) as raised:
        wardline.force(path)
    assert type(raised.value) is DocumentError
    assert str(raised.value.problems[0].where) == f"{path}, line 2"


def test_a_worked_example_that_does_not_hold_is_told_at_the_argument():
    example = {
        "name": "sent",
        "events": "18:00 reported\n19:01 officer_deployed",
        "as at": "23:00",
        "expect": "recorded in time",
    }
    told = problems_of(lambda: wardline.standard({**PACE, "obligations": [{**SEND, "examples": [example]}]}))
    assert told[0][0] == "standard(…): `obligations[0].examples[0].expect`"


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({**FORCE, "population": {1, 2}}, "This is a set, which cannot be written in a document."),
        ({**FORCE, 2.5: "x"}, "A key here is a number, not a text."),
        ({1: "x", "1": "y"}, "`1` is a key here twice."),
        ({**FORCE, "oversight body": datetime(2025, 1, 1, tzinfo=UTC)}, "This time has a zone or parts of a second."),
        ({**FORCE, "population": float("nan")}, "This is a number, which cannot be written in a document."),
    ],
)
def test_what_no_document_could_say_is_refused(values, what):
    assert what in [found for _, found in problems_of(lambda: wardline.force(values))]


def test_a_dict_that_holds_itself_is_refused():
    endless: dict = {**FORCE}
    endless["limits"] = endless
    assert problems_of(lambda: wardline.force(endless))[0][1] == "This is nested too deeply to be read."


def test_a_source_and_keys_together_are_refused():
    assert problems_of(lambda: wardline.force(YAML, nation="Wales")) == [
        ("force(…): `source`", "It is given twice: here, and by `nation`.")
    ]


def test_a_near_name_of_a_standard_that_ships_is_suggested():
    assert (
        "Did you mean `england/missing-children`?"
        in problems_of(lambda: wardline.standard("england/missing-child"))[0][1]
    )


def test_a_mapping_may_be_built_from_values():
    table = {"files": "a.csv", "each row is": "a case", "case type": "missing episode", "case id": "Ref"}
    assert wardline.mapping(record_system="episodes", tables=[table]).system == "episodes"
    wrong = {**table, "each row is": "a cas"}
    assert problems_of(lambda: wardline.mapping(record_system="episodes", tables=[wrong]))[0][0] == (
        'mapping(…): `tables[0]["each row is"]`'
    )


def test_a_path_that_is_not_there_is_refused_without_a_guess():
    assert problems_of(lambda: wardline.mapping(Path("nowhere") / "mapping.yaml")) == [
        ("mapping(…): `source`", "There is no file `mapping.yaml` there.")
    ]
