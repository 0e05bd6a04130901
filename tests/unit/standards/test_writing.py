"""Obligations to YAML to obligations is the identity."""

from dataclasses import replace
from pathlib import Path

import pytest

from wardline import obligations as model
from wardline.documents import parse_document
from wardline.standards import look_up_standard, read_standard, shipped_standards, write_obligations, write_standard
from wardline.standards.standard_file import standard_in

EVERY_KEY = Path("tests/fixtures/good/standard_of_every_key.yaml")


@pytest.fixture(scope="module")
def every_key():
    return read_standard(EVERY_KEY)


@pytest.mark.parametrize("name", shipped_standards())
def test_a_shipped_standard_reads_back_as_the_same_standard(name):
    standard = look_up_standard(name, relative_to=Path())
    assert standard_in(parse_document(write_standard(standard), "written")) == standard


def test_a_standard_of_every_key_reads_back_as_the_same_standard(every_key):
    assert standard_in(parse_document(write_standard(every_key), "written")) == every_key
    open_ended = replace(every_key, in_force_to=None)
    assert standard_in(parse_document(write_standard(open_ended), "written")) == open_ended


@pytest.mark.parametrize(
    "line",
    [
        "in force: {from: 2025-01-01, to: 2026-12-31}",
        "    when: {event: reported, nth: 3, in: 90 days}",
        "    then: [officer_deployed, {event: seen, by: [police, warden]}]",
        "    within: {by: grade, of: risk_graded, high: 15 minutes, unknown: same day}",
        "    within: {the time in: agreed_time}",
        "    record: {event: closed, field: reason}",
        "    reviewed: {by: detective inspector, on: 2025-05-01}",
        "        events: |",
        "          10:00 arrived",
    ],
)
def test_small_things_are_written_as_a_person_would(every_key, line):
    assert line in write_standard(every_key).splitlines()


def test_a_long_list_is_written_over_several_lines(every_key):
    many = tuple(model.EventPattern(f"an_event_with_a_long_name_{number}") for number in range(8))
    written = write_obligations([replace(every_key.obligations[0], exemptions=many)])
    assert "    unless:\n      - an_event_with_a_long_name_0\n" in written
