"""A force's own settings, and obligations as an engine takes them."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from wardline.documents import parse_document
from wardline.errors import DocumentError
from wardline.obligations import BasisKind, EventPattern, Standing
from wardline.standards import look_up_standard, resolve
from wardline.standards.force import force_in
from wardline.time_limits import Length, ToBeSet, Unit

SHORT = "force: A force\nnation: England\ntime zone: Europe/London\n"
NAME = "england/missing-children"


@pytest.fixture(scope="module")
def standard():
    return look_up_standard(NAME, relative_to=Path())


def force(text=""):
    return force_in(parse_document(SHORT + text, "force.yaml"))


def resolved(standard, text=""):
    return {one.obligation.id: one for one in resolve([standard], force(text))}


@pytest.mark.parametrize(
    ("written", "nation"), [("england", "England"), ("NORTHERN IRELAND", "Northern Ireland"), ("None", None)]
)
def test_a_nation_is_known_in_whatever_letters_it_is_written(written, nation):
    text = SHORT.replace("England", written)
    assert force_in(parse_document(text, "force.yaml")).nation == nation


def test_only_force_nation_and_time_zone_are_required():
    plain = force()
    assert (plain.name, plain.nation, plain.zone) == ("A force", "England", "Europe/London")
    assert plain.written_up_later_after == timedelta(hours=2)
    assert plain.limits == plain.confirmed == plain.reconcile == plain.investigators == {}
    assert plain.calendar.nation == "England"


def test_every_setting_is_read():
    full = force(
        "population: 570000\noversight body: A commissioner\nwritten up later after: 90 minutes\n"
        "reconcile: {missing episode: {2024-04: 37, 2024-05: 41}}\n"
        "investigators: {2024-04: 41, 2024-05: 40}\n"
        f"confirmed: {{{NAME}/first-grading: {{by: a superintendent, on: 2025-04-01}}}}\n"
        f"limits: {{{NAME}/attend: {{limit: 30 minutes, reason: roads}}, {NAME}/reviews: 8 hours}}\n"
    )
    assert full.population == 570000
    assert full.oversight_body == "A commissioner"
    assert full.written_up_later_after == timedelta(minutes=90)
    assert full.reconcile == {"missing episode": {"2024-04": 37, "2024-05": 41}}
    assert full.investigators == {"2024-04": 41, "2024-05": 40}
    assert full.confirmed[f"{NAME}/first-grading"].on == date(2025, 4, 1)
    assert full.limits[f"{NAME}/attend"].reason == "roads"
    assert full.limits[f"{NAME}/reviews"].limit == Length(8, Unit.HOURS)


def test_a_nation_without_known_holidays_is_none():
    settings = force_in(parse_document("force: A\nnation: none\ntime zone: America/New_York\n", "force.yaml"))
    assert settings.nation is None


def test_obligations_carry_their_standard_and_the_force_s_calendar(standard):
    attend = resolved(standard)["attend"]
    assert attend.full_name == f"{NAME}/attend"
    assert (attend.version, attend.case_type) == (standard.version, standard.case_type)
    assert (attend.in_force_from, attend.in_force_to) == (date(2025, 4, 1), None)
    assert (attend.zone, attend.nation) == ("Europe/London", "England")
    assert attend.shipped_limit is None


def test_they_come_in_the_order_of_the_standard(standard):
    assert list(resolved(standard)) == [one.id for one in standard.obligations]


def test_what_is_assumed_stays_so_until_confirmed(standard):
    assert resolved(standard)["first-grading"].standing is Standing.ASSUMED
    assert resolved(standard)["attend"].standing is Standing.ASSUMED  # another force's policy
    assert resolved(standard)["reviews"].standing is Standing.BINDING
    confirmed = resolved(standard, f"confirmed: {{{NAME}/first-grading: {{by: a superintendent, on: 2025-04-01}}}}\n")
    assert confirmed["first-grading"].standing is Standing.BINDING


ASKED = f"asked: {{{NAME}/circulated: {{by: Head of Scrutiny, on: 2025-04-01%s}}}}\n"


def test_what_the_oversight_body_asks_is_neither_owed_nor_assumed(standard):
    one = resolved(standard, ASKED % "")["circulated"]
    assert one.standing is Standing.ASKED
    assert one.shipped_limit is None


def test_it_is_asked_within_the_body_s_own_limit(standard):
    one = resolved(standard, ASKED % ", within: 24 hours")["circulated"]
    assert one.obligation.time_limit == Length(24, Unit.HOURS)
    assert one.shipped_limit == Length(48, Unit.HOURS)


@pytest.mark.parametrize("within", ["", ", within: 24 hours"])
def test_what_the_body_asks_is_not_held_against_a_limit_of_the_force(standard, within):
    alone = resolved(standard, ASKED % within)["circulated"]
    beside = resolved(standard, ASKED % within + f"limits: {{{NAME}/circulated: 36 hours}}\n")["circulated"]
    assert beside == alone


def test_what_the_force_has_confirmed_is_owed_within_its_own_limit_whoever_asks(standard):
    text = (
        ASKED % ", within: 24 hours"
        + f"confirmed: {{{NAME}/circulated: {{by: a superintendent, on: 2025-04-01}}}}\n"
        + f"limits: {{{NAME}/circulated: 36 hours}}\n"
    )
    one = resolved(standard, text)["circulated"]
    assert one.standing is Standing.BINDING
    assert one.obligation.time_limit == Length(36, Unit.HOURS)


def test_another_force_s_policy_binds_nobody_before_this_force_adopts_it(standard):
    theirs = replace(
        standard,
        obligations=tuple(
            replace(one, basis=replace(one.basis, kind=BasisKind.ANOTHER_FORCES_POLICY)) for one in standard.obligations
        ),
    )
    assert resolved(theirs)["attend"].standing is Standing.ASSUMED
    confirmed = f"confirmed: {{{NAME}/attend: {{by: a superintendent, on: 2025-04-01}}}}\n"
    assert resolved(theirs, confirmed)["attend"].standing is Standing.BINDING


def test_obligations_carry_by_what_their_standard_puts_children_in_order(standard):
    attend = resolved(standard)["attend"]
    assert attend.at_risk_until == (EventPattern("child_found"), EventPattern("report_cancelled"))
    assert attend.most_dangerous_first == standard.most_dangerous_first


def test_a_limit_to_be_set_takes_the_force_s(standard):
    reviews = resolved(standard, f"limits: {{{NAME}/reviews: 8 hours}}\n")["reviews"]
    assert reviews.obligation.time_limit == Length(8, Unit.HOURS)
    assert reviews.shipped_limit == ToBeSet()


def test_a_looser_limit_with_a_reason_keeps_the_shipped_one_beside_it(standard):
    text = f"limits: {{{NAME}/first-grading: {{limit: 20 minutes, reason: long roads}}}}\n"
    grading = resolved(standard, text)["first-grading"]
    assert grading.obligation.time_limit == Length(20, Unit.MINUTES)
    assert grading.shipped_limit == Length(15, Unit.MINUTES)


def test_a_stricter_limit_needs_no_reason(standard):
    stricter = resolved(
        standard, f"limits: {{{NAME}/first-grading: 10 minutes, {NAME}/return-interview-done: 3 days}}\n"
    )
    assert stricter["first-grading"].shipped_limit == Length(15, Unit.MINUTES)
    assert stricter["return-interview-done"].obligation.time_limit == Length(3, Unit.DAYS)


def test_the_same_limit_again_is_no_local_one(standard):
    assert resolved(standard, f"limits: {{{NAME}/first-grading: 15 minutes}}\n")["first-grading"].shipped_limit is None


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("to be set", "to be set, shipped 15 minutes"),
        ("1 working day", "1 working day, shipped 15 minutes"),
        ("{by: grade, high: 15 minutes}", "to be set, shipped 15 minutes"),
        ("{by: grade, high: 20 minutes, unknown: 15 minutes}", "high: 20 minutes, shipped 15 minutes"),
    ],
)
def test_what_counts_as_looser(standard, limit, words):
    with pytest.raises(DocumentError, match="looser") as raised:
        resolve([standard], force(f"limits: {{{NAME}/first-grading: {limit}}}\n"))
    assert words in raised.value.problems[0].what


def test_settings_for_a_standard_of_another_dive_are_passed_over(standard):
    other = (
        "limits: {our-own/handover/written: 3 hours}\nconfirmed: {our-own/handover/read: {by: a chief, on: "
        "2025-01-01}}\n"
    )
    assert len(resolve([standard], force(other))) == len(standard.obligations)


@pytest.mark.parametrize("name", ["attend", "england/missing-childern/attend", f"{NAME}/atend"])
def test_a_slip_in_a_name_is_told_with_the_nearest(standard, name):
    with pytest.raises(DocumentError) as raised:
        resolve([standard], force(f"limits:\n  {name}: 10 minutes\n"))
    assert f"Did you mean `{NAME}/attend`?" in raised.value.problems[0].what
    assert raised.value.problems[0].where.line == 5


def test_two_standards_are_resolved_in_order(standard):
    other = replace(standard, name="tests/other")
    names = [one.full_name for one in resolve([other, standard], force())]
    assert names[0] == "tests/other/attend"
    assert names[len(names) // 2] == f"{NAME}/attend"
