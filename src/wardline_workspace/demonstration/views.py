"""Logging in to the demonstration by choosing a role."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from wardline_workspace.demonstration.accounts import accounts_of_the_demonstration
from wardline_workspace.pages.refusals import not_found
from wardline_workspace.people.gate import open_to_anybody

__all__ = ["log_in_as"]


@open_to_anybody
@require_POST
def log_in_as(request: HttpRequest) -> HttpResponse:
    """Log in as one of the demonstration's accounts. There is no such page outside a demonstration."""
    chosen = [one for one in accounts_of_the_demonstration() if one.public_id == request.POST.get("account")]
    if not settings.DEPLOYMENT.is_demonstration or not chosen:
        return not_found(request)
    login(request, chosen[0], backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("home")
