"""The standards that ship have all that a shipped standard must have, and their examples hold."""

import re
from datetime import date
from pathlib import Path

import pytest

from wardline.obligations import BasisKind, Never, Owner, Precede, Record, Repeat, Respond
from wardline.reports.wording import case_type_in_plural, date_in_words
from wardline.standards import clashes, earlier_versions, look_up_standard, run_examples, shipped_standards
from wardline.standards.library import path_of_standard
from wardline.time_limits import Calendar, ToBeSet, day_before, deadline

REQUIRED = ("severity", "needs", "gaming", "good_reasons")
REQUIRED_OF_BASIS = ("publisher", "published", "url", "note")
STANDARDS = {name: look_up_standard(name, relative_to=Path()) for name in shipped_standards()}
EARLIER = {
    name: look_up_standard(name, relative_to=Path()) for present in STANDARDS for name in earlier_versions(present)
}
EVERY_VERSION = {**STANDARDS, **EARLIER}
SHIPPED = [
    pytest.param(standard, obligation, id=f"{standard.full_name(obligation)} {standard.version}")
    for standard in EVERY_VERSION.values()
    for obligation in standard.obligations
]
BY_FULL_NAME = {standard.full_name(one): one for standard in STANDARDS.values() for one in standard.obligations}

# What a basis whose number or step is ours says of it: that it is ours, or suggested, or that none is set.
SAYS_WHAT_IS_OURS = re.compile(r"\b(ours|our reading|a suggestion|none is set|must (be )?confirm(ed)?)\b")
# Copies and mirrors that nobody should rely on, and pages written by machines.
WEAK_SOURCES = ("cheonmugeuk.org", "dywpk.org.uk", "grokipedia.com", "when.com")
DOES_NOT_APPLY = ("not owed", "no occasion", "cannot tell")


def test_england_s_standards_ship():
    assert {
        "england/missing-children",
        "england/online-exploitation",
        "england/exploitation",
        "england/crime-recording-and-victims",
        "england/scrutiny",
        "england/problem-profile",
    } <= set(STANDARDS)


@pytest.mark.parametrize("name", EVERY_VERSION)
def test_a_standard_is_called_by_where_it_stands_and_lists_what_records_cannot_show(name):
    standard = EVERY_VERSION[name]
    assert name in (standard.name, f"{standard.name}/{standard.version}")
    assert standard.not_judged_from_records


@pytest.mark.parametrize("name", STANDARDS)
def test_every_day_since_the_first_version_has_one_version_and_the_present_one_has_no_end(name):
    versions = [*(EARLIER[earlier] for earlier in earlier_versions(name)), STANDARDS[name]]
    assert list(clashes(versions)) == []
    ends = [day_before(newer.in_force_from) for newer in versions[1:]]
    assert [one.in_force_to for one in versions] == [*ends, None]


@pytest.mark.parametrize("name", EVERY_VERSION)
def test_where_there_are_several_versions_each_says_at_its_head_why_its_dates_are_what_they_are(name):
    present = EVERY_VERSION[name].name
    if earlier_versions(present):
        head = path_of_standard(name, relative_to=Path()).read_text(encoding="utf-8").split("\nstandard:")[0]
        assert f"# {'From' if name == present else 'To'} {date_in_words(_turning_day(EVERY_VERSION[name]))}:" in head


def _turning_day(standard):
    return standard.in_force_to or standard.in_force_from


@pytest.mark.parametrize(("standard", "obligation"), SHIPPED)
def test_a_shipped_obligation_has_every_field(standard, obligation):
    assert [name for name in REQUIRED if not getattr(obligation, name)] == []
    assert [name for name in REQUIRED_OF_BASIS if not getattr(obligation.basis, name)] == []
    assert obligation.basis.url.startswith("https://")
    assert len(obligation.examples) >= 3


@pytest.mark.parametrize(("standard", "obligation"), SHIPPED)
def test_what_is_assumed_says_in_its_note_what_is_ours(standard, obligation):
    if obligation.basis.kind is BasisKind.ASSUMED:
        assert SAYS_WHAT_IS_OURS.search(obligation.basis.note)


@pytest.mark.parametrize("name", EVERY_VERSION)
def test_no_weak_source_is_cited(name):
    text = path_of_standard(name, relative_to=Path()).read_text(encoding="utf-8").lower()
    assert [source for source in WEAK_SOURCES if source in text] == []


@pytest.mark.parametrize(("standard", "obligation"), SHIPPED)
def test_where_something_exempts_an_example_shows_when_it_is_not_owed(standard, obligation):
    until = getattr(obligation, "until", None)
    if obligation.exemptions or until:
        expected = [said for example in obligation.examples for said in example.expect]
        assert [said for said in expected if said.startswith(DOES_NOT_APPLY)]


@pytest.mark.parametrize(("standard", "obligation"), SHIPPED)
def test_an_example_shows_what_is_found_where_it_was_not_done_or_that_no_limit_is_set(standard, obligation):
    expected = [said for example in obligation.examples for said in example.expect]
    unset = getattr(obligation, "time_limit", None) == ToBeSet()
    wanted = ("no record found", "recorded late", "recorded as happening", "not filled in")
    assert [said for said in expected if said.startswith("cannot tell (limit_unknown)" if unset else wanted)]


@pytest.mark.parametrize(("standard", "obligation"), SHIPPED)
def test_the_examples_of_a_shipped_obligation_have_names_of_their_own(standard, obligation):
    names = [example.name for example in obligation.examples]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("standard", "obligation"), SHIPPED)
def test_events_and_attributes_are_named_in_small_letters_joined_by_underscores(standard, obligation):
    names = {pattern.event for pattern in obligation.patterns()}
    names |= {condition.attribute for pattern in obligation.patterns() for condition in pattern.conditions}
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == []


@pytest.mark.parametrize("name", EVERY_VERSION)
def test_every_example_holds(name):
    assert [result.example.name for result in run_examples(EVERY_VERSION[name]) if not result.holds] == []


def test_missing_children_shows_every_kind():
    kinds = {type(obligation) for obligation in STANDARDS["england/missing-children"].obligations}
    assert kinds == {Respond, Precede, Never, Repeat, Record}


def test_no_interval_is_invented_where_none_is_published():
    reviews = next(one for one in STANDARDS["england/missing-children"].obligations if one.id == "reviews")
    assert reviews.time_limit == ToBeSet()


def test_attendance_is_asked_of_arriving_and_sending_is_another_obligation_beside_it():
    for standard in EVERY_VERSION.values():
        if standard.name == "england/missing-children":
            attend, sent = standard.obligations[:2]
            assert ([one.event for one in attend.response], attend.id) == (["officer_arrived"], "attend")
            assert ([one.event for one in sent.response], sent.id) == (["officer_deployed"], "sent")
            assert attend.safeguarding and sent.safeguarding
            assert attend.basis.kind is BasisKind.ANOTHER_FORCES_POLICY
            assert sent.time_limit == ToBeSet()


def test_the_hours_for_the_lowest_grade_end_with_the_policy_that_had_them():
    limits = {
        version: dict(
            look_up_standard(f"england/missing-children{version}", relative_to=Path()).obligations[0].within.limits
        )
        for version in ("", "/2025.2")
    }
    assert str(limits["/2025.2"]["low"]) == str(limits["/2025.2"]["very low"]) == "8 hours"
    assert limits[""]["low"] == limits[""]["very low"] == ToBeSet()
    assert [str(limits[version][grade]) for version in limits for grade in ("high", "medium")] == [
        "15 minutes",
        "60 minutes",
    ] * 2


def test_what_counts_from_the_disappearance_does_so_in_every_version():
    for standard in EVERY_VERSION.values():
        if standard.name == "england/missing-children":
            by_id = {one.id: one for one in standard.obligations}
            counted = {
                name: [one.event for one in one.counted_from]
                for name, one in by_id.items()
                if isinstance(one, Respond) and one.counted_from
            }
            assert counted == {"circulated": ["disappeared"], "national-bureau-told": ["disappeared"]}
            assert str(by_id["national-bureau-told"].owed_after) == "72 hours"


def test_the_duty_to_follow_the_victims_code_is_named_from_its_first_day_on():
    resting = ("needs-assessed", "support-referral", "told-of-key-decisions", "told-not-investigated")
    for name, is_law in (
        ("england/crime-recording-and-victims", True),
        ("england/crime-recording-and-victims/2025.2", False),
    ):
        for obligation in EVERY_VERSION[name].obligations:
            if obligation.id in resting:
                assert ("SI 2025/95" in obligation.basis.note) == is_law


def test_what_the_council_owes_is_owed_by_the_council_and_never_counts_in_the_force_s_figures():
    owed = {name for name, one in BY_FULL_NAME.items() if one.owed_by is Owner.COUNCIL}
    assert owed == {
        "england/missing-children/return-interview-offered",
        "england/missing-children/return-interview-done",
        "england/exploitation/council-decides",
        "england/exploitation/strategy-discussion-held",
        "england/exploitation/conference",
        "england/exploitation/panel-review",
        "wales/referrals/council-decides",
    }
    assert [name for name in owed if "never counts in the force's figures" not in BY_FULL_NAME[name].needs] == []


def test_the_oversight_body_owes_all_of_scrutiny_but_the_force_s_plan():
    owed = {one.id: one.owed_by for one in STANDARDS["england/scrutiny"].obligations}
    assert owed.pop("action-plan") is Owner.FORCE
    assert set(owed.values()) == {Owner.OVERSIGHT_BODY}


@pytest.mark.parametrize("limit_of", ["comments-published", "recommendations-answered"])
def test_the_56_days_for_a_report_of_15_january_2025_end_on_11_march_2025(limit_of):
    obligation = BY_FULL_NAME[f"england/scrutiny/{limit_of}"]
    calendar = Calendar("Europe/London", "England")
    published = calendar.start_of(date(2025, 1, 15))
    assert calendar.local_date(deadline(obligation.time_limit, published, calendar)) == date(2025, 3, 11)


def test_the_last_day_for_comments_is_a_worked_example_and_so_is_the_day_after():
    expected = {
        example.events.split()[2]: example.expect
        for example in BY_FULL_NAME["england/scrutiny/comments-published"].examples
        if "comments_published" in example.events
    }
    assert expected == {"2025-03-11": ("recorded in time",), "2025-03-12": ("recorded late",)}


@pytest.mark.parametrize(("standard", "obligation"), SHIPPED)
def test_what_inspectors_recommend_is_called_no_order_and_no_duty(standard, obligation):
    if obligation.basis.kind is BasisKind.INSPECTORATE:
        assert "no order" in obligation.basis.note
        assert "duty" not in f"{obligation.title} {obligation.severity} {obligation.basis.note}"


def test_no_duty_of_the_law_has_a_number_of_ours():
    statutes = [one for one in BY_FULL_NAME.values() if one.basis.kind is BasisKind.STATUTE]
    assert {str(one.time_limit) for one in statutes} == {"56 days counting the first", "to be set"}


def test_no_check_asks_for_a_child_to_be_linked_as_a_suspect_for_images_of_themselves():
    linked = BY_FULL_NAME["england/crime-recording-and-victims/not-in-public-interest-suspect"]
    assert [pattern.event for pattern in linked.exemptions] == ["only_own_images"]


def test_a_referral_that_never_reached_the_council_is_not_held_against_it():
    for name in ("england/exploitation/council-decides", "wales/referrals/council-decides"):
        assert [pattern.event for pattern in BY_FULL_NAME[name].trigger.patterns] == ["referral_shared"]


def test_the_case_types_read_well_in_the_plural():
    plurals = {case_type_in_plural(standard.case_type) for standard in STANDARDS.values()}
    assert plurals == {"missing episodes", "investigations", "referrals", "inspection reports", "problem profiles"}
