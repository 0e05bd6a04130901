"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wardline_workspace.home.today import Urgency, waiting_for
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May

__all__ = ["home"]

HEADINGS = {Urgency.TODAY: "Today", Urgency.FORTNIGHT: "This fortnight", Urgency.SEEN: "For you to see"}


@needs(May.LOG_IN)
def home(request: HttpRequest) -> HttpResponse:
    """What needs this person today, the most urgent first."""
    waiting = waiting_for(request.user)
    shown = {
        "now": timezone.now(),
        "risks": [one for one in waiting if one.urgency is Urgency.RISK],
        "parts": [
            (heading, of_it)
            for urgency, heading in HEADINGS.items()
            if (of_it := [one for one in waiting if one.urgency is urgency])
        ],
        "how_many": len(waiting),
    }
    return render(request, "home/home.html", shown)
