"""What of releases waits for somebody today: two queries at most."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from wardline.english import count
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.home.today import Urgency, Waiting, has_for_today
from wardline_workspace.people.models import Account
from wardline_workspace.releases.models import Release, Vignette, VignetteState
from wardline_workspace.releases.states import State
from wardline_workspace.roles import Permission as May

__all__ = ["releases_for"]

DAYS_BEFORE = 14


@has_for_today
def releases_for(account: Account) -> Iterator[Waiting]:
    """What is to be signed, what ends soon or has ended, what was recalled."""
    if not account.may(May.SEE_RELEASES):
        return
    if settings.DEPLOYMENT.is_force:
        yield from _at_the_force(account)
    else:
        yield from _at_the_office()


def _at_the_force(account: Account) -> Iterator[Waiting]:
    today = timezone.localdate()
    signs = account.may(May.SIGN_RELEASE)
    open_ones = Release.objects.filter(state__in=(State.PREPARED, State.SIGNED, State.RECALLED)).select_related("dive")
    for one in open_ones:
        address = reverse("release", args=[one.number])
        title = f"Release {one.number} of “{one.dive.title}”"
        if one.state == State.PREPARED:
            if signs and one.prepared_by != account.public_id:
                words = "Read what goes and what stays, then sign or don’t."
                yield Waiting(Urgency.TODAY, f"{title}: to sign", address, words)
        elif one.state == State.RECALLED:
            words = "The office is to destroy it. Record its certificate."
            yield Waiting(Urgency.FORTNIGHT, f"{title}: recalled", address, words)
        else:
            yield from _ending(title, address, one.ends_on, today, "Ask the office for its certificate of destruction.")
    if account.may(May.CLEAR_VIGNETTE):
        many = Vignette.objects.filter(state=VignetteState.WRITTEN).exclude(written_by=account.public_id).count()
        if many:
            yield Waiting(Urgency.FORTNIGHT, f"{count(many, 'vignette')} to check and sign", reverse("vignettes"))


def _at_the_office() -> Iterator[Waiting]:
    today = timezone.localdate()
    for one in AddedDive.objects.filter(is_release=True, destroyed_on=None):
        title, address = f"Release “{one.title}”", reverse("received_release", args=[one.slug])
        if one.recalled_on is not None:
            words = "The force recalled it. Destroy it, and certify that to the force."
            yield Waiting(Urgency.TODAY, f"{title}: recalled", address, words, "Recalled", "late")
        elif one.ends_on is not None:
            yield from _ending(title, address, one.ends_on, today, "Destroy it then, and certify that to the force.")


def _ending(title: str, address: str, ends_on: date, today: date, words: str) -> Iterator[Waiting]:
    days = (ends_on - today) // timedelta(days=1)
    if days < 0:
        yield Waiting(Urgency.TODAY, f"{title}: ended", address, words, "Ended", "late")
    elif days <= DAYS_BEFORE:
        ends = "ends today" if days == 0 else f"ends in {count(days, 'day')}"
        yield Waiting(Urgency.FORTNIGHT, f"{title}: {ends}", address, words)
