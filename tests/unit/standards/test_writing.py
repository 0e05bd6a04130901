"""Obligations to YAML to obligations is the identity."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from tests.generative.obligations_strategies import obligations
from wardline import obligations as model
from wardline.documents import parse_document
from wardline.standards import read_obligations, read_standard, shipped_standards, write_obligations, write_standard
from wardline.standards.library import LIBRARY
from wardline.standards.reading import standard_in

KINDS = [model.Respond, model.Precede, model.Never, model.Repeat, model.Record]


@given(obligation=obligations())
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_reads_back_as_the_same_obligation(obligation):
    assert read_obligations(write_obligations([obligation])) == (obligation,)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn(kind):
    find(obligations(), lambda obligation: isinstance(obligation, kind), settings=settings(deadline=None, database=None))


@pytest.mark.parametrize("name", [field.name for field in fields(model.Obligation)])
def test_every_shared_key_is_drawn_filled_in(name):
    find(obligations(), lambda obligation: bool(getattr(obligation, name)),
         settings=settings(deadline=None, database=None))


@pytest.mark.parametrize("name", shipped_standards())
def test_a_shipped_standard_reads_back_as_the_same_standard(name):
    standard = read_standard(LIBRARY / f"{name}.yaml", examples_must_hold=False)
    assert standard_in(parse_document(write_standard(standard), "written")) == standard


def test_the_end_of_a_standard_s_dates_in_force_is_kept(pace):
    ended = replace(pace, in_force_to=pace.in_force_from)
    assert standard_in(parse_document(write_standard(ended), "written")) == ended


def test_small_things_are_written_on_one_line(pace):
    written = write_standard(pace)
    assert "    within: {by: grade, of: risk_graded, high: 15 minutes, unknown: same day}\n" in written
    assert "    then: [officer_deployed, {event: seen, by: [police, warden]}]\n" in written
    assert "    when: {event: reported, nth: '3', in: 90 days}\n" in written


@pytest.fixture
def pace():
    return read_standard(Path("tests/fixtures/good/standard_of_every_key.yaml"))


@given(st.lists(obligations(), min_size=2, max_size=3, unique_by=lambda one: one.id))
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_several_obligations_keep_their_order(several):
    assert read_obligations(write_obligations(several)) == tuple(several)
