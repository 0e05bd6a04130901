"""Obligations to YAML to obligations is the identity."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.generative.obligations_strategies import obligations
from wardline import obligations as model
from wardline.documents import parse_document
from wardline.standards import read_obligations, read_standard, shipped_standards, write_obligations, write_standard
from wardline.standards.library import LIBRARY
from wardline.standards.standard_file import standard_in

EVERY_KEY = Path("tests/fixtures/good/standard_of_every_key.yaml")
KINDS = {model.Respond, model.Precede, model.Never, model.Repeat, model.Record}
SMALL = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def every_key():
    return read_standard(EVERY_KEY)


@given(obligation=obligations())
@settings(SMALL, max_examples=100)
def test_what_is_written_reads_back_as_the_same_obligation(obligation):
    assert read_obligations(write_obligations([obligation])) == (obligation,)


@given(st.lists(obligations(), min_size=2, max_size=3, unique_by=lambda one: one.id))
@settings(SMALL, max_examples=10)
def test_several_obligations_keep_their_order(several):
    assert read_obligations(write_obligations(several)) == tuple(several)


def test_every_kind_and_every_key_is_drawn():
    drawn = []

    @given(obligation=obligations())
    @settings(SMALL, max_examples=60, phases=[Phase.generate], database=None)
    def draw(obligation):
        drawn.append(obligation)

    draw()
    assert {type(obligation) for obligation in drawn} == KINDS
    for kind in KINDS:
        for field in fields(kind):
            assert any(getattr(one, field.name, None) for one in drawn), (kind, field.name)


@pytest.mark.parametrize("name", shipped_standards())
def test_a_shipped_standard_reads_back_as_the_same_standard(name):
    standard = read_standard(LIBRARY / f"{name}.yaml", examples_must_hold=False)
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
