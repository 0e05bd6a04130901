"""How often within an hour: each account for itself, by the trail, and nothing that is done for a child."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.actions import invite
from wardline_workspace.people.models import Invitation
from wardline_workspace.trail import limits
from wardline_workspace.trail.actions import find_break, record
from wardline_workspace.trail.kinds import Did

pytestmark = pytest.mark.django_db
FOR_A_CHILD = {
    Did.SENT_RISK,
    Did.SENT_CONDUCT,
    Did.OPENED_RISK,
    Did.ACKNOWLEDGED_RISK,
    Did.RECORDED_CALL,
    Did.OPENED_CASE,
    Did.LOOKED_AT_LIST,
    Did.PRINTED_LIST,
    Did.OPENED_CHILD,
    Did.ANSWERED_CHILD,
}


@pytest.fixture(autouse=True)
def three(monkeypatch):
    for did in limits.MOST_IN_AN_HOUR:
        monkeypatch.setitem(limits.MOST_IN_AN_HOUR, did, 3)


def invite_somebody(by, number=0):
    return invite(email=f"{number}@force.example", name="Somebody", role="force-lead", by=by)


def test_the_next_one_is_refused_and_leaves_nothing(account_as):
    administrator = account_as("force-administrator")
    for number in range(3):
        invite_somebody(administrator, number)
    with pytest.raises(Refused, match="3 times within an hour, and 3 is the most") as refused:
        invite_somebody(administrator, 3)
    assert "You can do it again at" in refused.value.reason
    assert Invitation.objects.count() == 3
    assert find_break() is None


def test_it_may_be_done_again_when_an_hour_has_passed(account_as, monkeypatch):
    administrator = account_as("force-administrator")
    for number in range(3):
        invite_somebody(administrator, number)
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(limits.timezone, "now", lambda: later)
    invite_somebody(administrator, 3)


def test_others_and_the_command_line_are_not_held_up(account_as):
    for number in range(3):
        invite_somebody(account_as("force-administrator"), number)
    invite_somebody(account_as("force-lead"), 3)
    for number in range(4, 9):
        invite_somebody("command line", number)


def test_an_export_too_many_is_a_page_in_words(added, browse_as):
    browser = browse_as("force-lead")
    address = f"/dives/{added.slug}/findings/take/csv/"
    codes = [browser.post(address).status_code for _ in range(3)]
    answer = browser.post(address)
    assert codes == [200, 200, 200]
    assert answer.status_code == 409
    assert "tell your administrator now" in answer.content.decode()


@pytest.mark.parametrize("did", sorted(FOR_A_CHILD))
def test_nothing_that_is_done_for_a_child_is_limited(did, account_as):
    assert did not in limits.MOST_IN_AN_HOUR
    for _ in range(5):
        record(did, by=account_as("duty-inspector"))
