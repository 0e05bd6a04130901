"""The pages of what is kept until when, and of legal holds."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wardline.time_limits import Length, Unit, day_so_long_after
from wardline_workspace.keeping import actions, forms
from wardline_workspace.keeping.expiring import due_by
from wardline_workspace.keeping.models import LegalHold
from wardline_workspace.keeping.policies import in_words, why_not_lift
from wardline_workspace.keeping.shelves import shelves_at
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.people.models import Account
from wardline_workspace.roles import Permission as May

__all__ = ["kept", "lift_hold", "place"]

LOOKS_AHEAD = Length(90, Unit.DAYS)


@needs(May.SEE_KEPT)
def kept(request: HttpRequest) -> HttpResponse:
    """What is due in the next 90 days, what is held, and how long each kind is kept."""
    place, today = settings.DEPLOYMENT.place, timezone.localdate()
    shown = {
        "due": list(due_by(day_so_long_after(today, LOOKS_AHEAD))),
        "holds": LegalHold.objects.all(),
        "shelves": [(shelf, settings.DEPLOYMENT.keep_for.get(shelf.kind)) for shelf in shelves_at(place)],
        "one_of": {shelf.kind.value: shelf.one for shelf in shelves_at(place)},
        "names": dict(Account.objects.values_list("public_id", "name")),
        "today": today,
    }
    return render(request, "keeping/kept.html", shown)


@needs(May.PLACE_HOLD)
def place(request: HttpRequest) -> HttpResponse:
    """Place a legal hold."""
    form = forms.PlaceHold(request.POST or None)
    if form.is_valid():
        try:
            actions.place_hold(by=request.user, **form.given())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.reason)
        else:
            messages.success(request, "It is on legal hold. Nobody can remove it until the hold is lifted.")
            return redirect("kept")
    return render(request, "keeping/place.html", {"form": form})


@needs(May.PLACE_HOLD)
def lift_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a legal hold, with the reason."""
    hold = get_object_or_404(LegalHold, pk=pk)
    if reason := why_not_lift(hold):
        raise Refused(reason)
    form = forms.Lift(request.POST or None)
    if form.is_valid():
        actions.lift(hold=hold, because=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The legal hold is lifted.")
        return redirect("kept")
    return render(request, "keeping/lift.html", {"form": form, "hold": hold, "words": in_words(hold, is_own=True)})
