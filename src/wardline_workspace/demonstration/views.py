"""Logging in to the demonstration by choosing a role, and where the first ten minutes lead on to."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardline_workspace.demonstration.accounts import accounts_of_the_demonstration
from wardline_workspace.demonstration.first_minutes import remember
from wardline_workspace.demonstration.newest import newest_dive, one_child_of, one_sentence_of
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.refusals import not_found
from wardline_workspace.people.gate import needs, open_to_anybody
from wardline_workspace.roles import Permission as May

__all__ = ["choose_role", "log_in_as", "one_child", "one_sentence"]


@open_to_anybody
@require_POST
def log_in_as(request: HttpRequest) -> HttpResponse:
    """Log in as one of the demonstration's accounts. There is no such page outside a demonstration."""
    chosen = [one for one in accounts_of_the_demonstration() if one.public_id == request.POST.get("account")]
    if not settings.DEPLOYMENT.is_demonstration or not chosen:
        return not_found(request)
    changed = request.user.is_authenticated and request.user.pk != chosen[0].pk
    login(request, chosen[0], backend="allauth.account.auth_backends.AuthenticationBackend")
    return remember(["role"] if changed else [], request, redirect("home"))


@needs(May.LOG_IN)
def choose_role(request: HttpRequest) -> HttpResponse:
    """The accounts of the demonstration, to go on as another without logging out first."""
    if not settings.DEPLOYMENT.is_demonstration:
        return not_found(request)
    return render(request, "demonstration/choose_role.html", {"accounts": accounts_of_the_demonstration()})


@needs(May.OPEN_TIMELINE)
def one_child(request: HttpRequest) -> HttpResponse:
    """On to the case in which somebody came latest."""
    return _led_on(request, one_child_of)


@needs(May.SEE_FIGURES)
def one_sentence(request: HttpRequest) -> HttpResponse:
    """On to the obligation that the figure is of, with the sentence of guidance that it rests on."""
    return _led_on(request, one_sentence_of)


def _led_on(request: HttpRequest, address: Callable[[AddedDive], str | None]) -> HttpResponse:
    dive = newest_dive() if settings.DEPLOYMENT.is_demonstration else None
    found = address(dive) if dive is not None else None
    return not_found(request) if found is None else redirect(found)
