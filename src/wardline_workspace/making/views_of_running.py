"""The page of a dive in the background: started, how far it is, stopped, what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wardline_workspace.deployment.described import Place
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.making import background
from wardline_workspace.making.models import BackgroundDive, DiveBeingMade, State
from wardline_workspace.making.policies import why_not_run
from wardline_workspace.making.steps import problems_of_dive
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May

__all__ = ["run"]

SECONDS_UNTIL_LOOKED_AT_AGAIN = 3


@needs(May.MAKE_DIVE, place=Place.FORCE)
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a dive, see how far it is, stop it. The page looks again by itself while it runs, without a script too."""
    work = get_object_or_404(DiveBeingMade, slug=slug)
    last = work.runs.last()
    if request.method == "POST":
        if request.POST.get("what") == "stop" and last is not None:
            background.stop_dive(last, by=request.user)
            messages.info(request, "It will stop in a moment.")
        else:
            background.start_dive(work, by=request.user)
        return redirect("run_of_dive", slug=slug)
    if last is not None and not last.is_over:
        background.wake()  # what was cut off goes on when somebody looks
    shown = {
        "work": work,
        "run": last,
        "is_over": last is None or last.is_over,
        "before": _before(last),
        "result": AddedDive.objects.filter(slug=last.result).first() if last is not None and last.result else None,
        "why_not": why_not_run(work),
        "lacking": problems_of_dive(work.files) if work.files.sources else [],
        "again": SECONDS_UNTIL_LOOKED_AT_AGAIN,
    }
    return render(request, "making/run.html", shown)


def _before(run: BackgroundDive | None) -> int:
    """How many dives come before one that waits."""
    if run is None or run.state != State.WAITING:
        return 0
    return BackgroundDive.objects.filter(state__in=(State.WAITING, State.RUNNING), pk__lt=run.pk).count()
