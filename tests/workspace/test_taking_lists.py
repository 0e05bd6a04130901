"""A list is taken in whole or not at all; what a later dive shows again opens again, and nothing leaves unanswered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.workspace.test_children import answered, case_with
from wardline_workspace.children.models import CaseToCheck, Item, TakenList
from wardline_workspace.children.states import AnswerKind, State
from wardline_workspace.children.taking import records_to, take_list
from wardline_workspace.children.the_list import Section, list_now
from wardline_workspace.dives import actions as dive_actions
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.refused import Refused
from wardline_workspace.trail.models import Entry

pytestmark = pytest.mark.django_db


def shown():
    return list_now(now=timezone.now())


def cases_shown():
    return {child.case.case_id: child for part in shown().parts for child in part.children}


def test_a_list_is_taken_in_when_a_dive_is_added(dive, account_as):
    added = dive_actions.add_dive(dive.folder, by=account_as("force-lead"))
    taken = TakenList.objects.get()
    assert (taken.dive, taken.records_to) == (added.slug, dive.as_at)
    assert Item.objects.count() == dive.children_to_check.height == 14
    assert set(cases_shown()) == set(dive.children_to_check["case"])
    assert [one.value for one in (Section.STILL_AT_RISK,)] == [part.section.value for part in shown().parts]


def test_the_order_is_the_librarys(dives, account_as):
    take_list(dive=dives.add("one"), by=account_as("force-lead"))
    in_order = list(dict.fromkeys(dives.first.children_to_check["case"]))
    assert list(cases_shown()) == in_order


def test_a_list_is_taken_in_once(dives, account_as):
    dive = dives.add("one")
    take_list(dive=dive, by=account_as("force-lead"))
    with pytest.raises(Refused, match="taken in already"):
        take_list(dive=dive, by=account_as("force-lead"))


def test_the_office_and_a_release_have_no_list(dives, account_as, office):
    with pytest.raises(Refused, match="stays with the force"):
        take_list(dive=dives.add("one"), by=account_as("scrutiny-officer"))


def test_stopped_in_the_middle_nothing_of_it_is_there_and_it_can_be_taken_again(dives, account_as, monkeypatch):
    dive, by = dives.add("one"), account_as("force-lead")
    before = Entry.objects.count()
    with monkeypatch.context() as patched:
        patched.setattr(
            "wardline_workspace.children.taking.Item.objects.bulk_update", lambda *_, **__: 1 / 0, raising=True
        )
        with pytest.raises(ZeroDivisionError):
            take_list(dive=dive, by=by)
    assert not (TakenList.objects.exists() or Item.objects.exists() or CaseToCheck.objects.exists())
    assert Entry.objects.count() == before
    take_list(dive=dive, by=by)
    assert Item.objects.count() == 14


def test_a_dive_that_cannot_give_its_list_is_there_all_the_same(dive, account_as, monkeypatch):
    monkeypatch.setattr("wardline_workspace.children.taking.opened", lambda added: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        dive_actions.add_dive(dive.folder, by=account_as("force-lead"))
    assert AddedDive.objects.count() == 1
    assert TakenList.objects.count() == 0


def test_the_same_thing_in_a_later_dive_is_the_same_item_and_opens_again(dives, account_as):
    by = account_as("force-lead")
    take_list(dive=dives.add("one"), by=by)
    before = set(Item.objects.values_list("pk", flat=True))
    case = case_with(open_case=True)
    answered(case, by=by)
    take_list(dive=dives.add("two", hours=24), by=by)
    assert set(Item.objects.values_list("pk", flat=True)) == before
    again = set(case.items.values_list("state", flat=True))
    assert again == {State.ON_AGAIN.value}
    assert case.answers.count() == 1, "the history is kept"
    assert case.items.first().lists.count() == 2


def test_an_older_dive_added_later_opens_nothing_again_and_adds_nothing(dives, account_as):
    by = account_as("force-lead")
    take_list(dive=dives.add("new", hours=24, only=3), by=by)
    items = Item.objects.count()
    case = CaseToCheck.objects.first()
    answered(case, by=by)
    take_list(dive=dives.add("old"), by=by)
    assert Item.objects.count() == items
    assert set(case.items.values_list("state", flat=True)) == {State.ANSWERED.value}
    assert shown().lists[0].dive == "new"


def test_a_dive_made_again_to_the_same_time_opens_nothing_again(dives, account_as):
    by = account_as("force-lead")
    take_list(dive=dives.add("one"), by=by)
    case = case_with(open_case=True)
    answered(case, by=by)
    take_list(dive=dives.add("once-more"), by=by)
    assert set(case.items.values_list("state", flat=True)) == {State.ANSWERED.value}


def test_what_a_later_dive_no_longer_shows_stays_until_it_is_answered(dives, account_as):
    by = account_as("force-lead")
    take_list(dive=dives.add("one"), by=by)
    gone = case_with(open_case=True)
    take_list(dive=dives.add("two", hours=24, without=(gone.case_id,)), by=by)
    assert cases_shown()[gone.case_id].section is Section.EARLIER
    answered(gone, by=by)
    assert gone.case_id not in cases_shown()


def test_still_being_looked_for_does_not_leave_the_list(dives, account_as):
    by = account_as("force-lead")
    take_list(dive=dives.add("one"), by=by)
    gone = case_with(open_case=True)
    answered(gone, by=by, kind=AnswerKind.LOOKED_FOR)
    take_list(dive=dives.add("two", hours=24, without=(gone.case_id,)), by=by)
    assert gone.case_id in cases_shown()


def test_who_looks_is_said_anew_once_a_later_dive_shows_it(dives, account_as):
    from wardline_workspace.children.actions import say_who_looks

    by = account_as("force-lead")
    take_list(dive=dives.add("one"), by=by)
    case = case_with(open_case=True)
    soon = timezone.now() + timedelta(hours=1)
    say_who_looks(case=case, who="the sergeant", by_when=soon, version=case.version, by=by)
    assert shown().tally.named == 1
    case.refresh_from_db()
    answered(case, by=by)
    take_list(dive=dives.add("two", hours=24), by=by)
    assert shown().tally.named == 0


def test_records_go_to_as_at_or_to_the_forces_first_export(dive):
    assert records_to(dive) == dive.as_at


def test_whoever_has_a_child_open_is_told_that_a_later_dive_changed_it(dives, account_as):
    by = account_as("force-lead")
    take_list(dive=dives.add("one"), by=by)
    case = case_with(open_case=True)
    take_list(dive=dives.add("two", hours=24), by=by)
    with pytest.raises(Refused, match="Somebody else changed this"):
        answered(case, by=by)
