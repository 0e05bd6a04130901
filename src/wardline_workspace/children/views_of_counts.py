"""How many children are on the list and how many were looked at: made at the force, shown at the office."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wardline_workspace.children.counts import COUNTS_FILE, make_counts
from wardline_workspace.children.counts import take_counts as take_counts_in
from wardline_workspace.children.forms import CountsFile
from wardline_workspace.children.models import Counts
from wardline_workspace.children.the_list import HOLDS_FOR, list_now
from wardline_workspace.deployment.described import Place
from wardline_workspace.exchange.signed_files import LARGEST, own_fingerprint
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May

__all__ = ["counts", "counts_file", "counts_to_send", "take_counts"]


@needs(May.COUNT_CHILDREN_TO_CHECK, place=Place.OFFICE)
def counts(request: HttpRequest) -> HttpResponse:
    """What the force counted last, and before."""
    every = list(Counts.objects.all()[:30])
    now = timezone.now()
    newest = every[0] if every else None
    is_old = newest is not None and now - newest.records_to > HOLDS_FOR
    return render(request, "children/counts.html", {"every": every, "newest": newest, "is_old": is_old, "now": now})


@needs(May.ADD_DIVE, place=Place.OFFICE)
def take_counts(request: HttpRequest) -> HttpResponse:
    """Take in the file that the force sent."""
    form = CountsFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["file"].read(LARGEST + 1)
            take_counts_in(content=content, is_confirmed=form.cleaned_data["is_confirmed"], by=request.user)
        except Refused as refused:
            form.add_error(refused.field, refused.reason)
        else:
            messages.success(request, "The counts are taken in. Nobody changed the file since the force signed it.")
            return redirect("children_counts" if request.user.may(May.COUNT_CHILDREN_TO_CHECK) else "home")
    return render(request, "children/take_counts.html", {"form": form})


@needs(May.ANSWER_CHILD_TO_CHECK, place=Place.FORCE)
def counts_to_send(request: HttpRequest) -> HttpResponse:
    """Exactly what the office will see, and the button that makes the file."""
    shown = list_now(now=timezone.now())
    given = {
        "shown": shown,
        "tally": shown.tally,
        "fingerprint": own_fingerprint(),
        "office": settings.DEPLOYMENT.office,
    }
    return render(request, "children/counts_to_send.html", given)


@needs(May.ANSWER_CHILD_TO_CHECK, place=Place.FORCE)
@require_POST
def counts_file(request: HttpRequest) -> HttpResponse:
    """The signed file."""
    answer = HttpResponse(make_counts(by=request.user), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{COUNTS_FILE}"'
    return answer
