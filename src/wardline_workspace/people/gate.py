"""The gate that every request passes: who may open which page. What no page says is refused.

A view says what it needs with `@needs(...)`; a view that says nothing is open to nobody. Pages of log-in are listed
here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from wardline_workspace.deployment.described import Place
from wardline_workspace.pages.refusals import not_here, not_yours, session_ended
from wardline_workspace.roles import Permission, may

__all__ = ["OPEN_TO_ANYBODY", "OPEN_WHEN_LOGGED_IN", "Gate", "needs", "open_to_anybody"]

View = TypeVar("View", bound=Callable[..., HttpResponse])

OPEN_TO_ANYBODY = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "openid_connect_login",
        "openid_connect_callback",
    }
)
"""Pages of the log-in library that somebody needs before they are logged in."""
OPEN_WHEN_LOGGED_IN = frozenset(
    {
        "account_change_password",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_index",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_reauthenticate",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_reauthenticate_webauthn",
    }
)
"""Its pages about one's own account."""
SECOND_STEP_FIRST = "mfa_activate_totp"
MINUTES_IDLE = 30
HOURS_AT_MOST = 12
LAST_SEEN = "seen_at"
BEGAN = "began_at"

WHY_UNKNOWN = f"Nothing was done for {MINUTES_IDLE} minutes, or you logged out in another window."
LOOKS_AGAIN = "looks-again"  # the id of the part of a page that does


def needs(*permissions: Permission, place: Place | None = None) -> Callable[[View], View]:
    """Say which permissions a view needs, any one of them, and in which place it is at all (None: both)."""

    def said(view: View) -> View:
        view.needs = frozenset(permissions)  # type: ignore[attr-defined]
        view.place = place  # type: ignore[attr-defined]
        return view

    return said


def open_to_anybody(view: View) -> View:
    """Say that a view is open to whoever comes, logged in or not."""
    view.is_open = True  # type: ignore[attr-defined]
    return view


class Gate:
    """The middleware that asks, for each request, whether this person may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request on; what is refused is refused in `process_view`, where the view is known."""
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "no-store, private")  # nothing stays on a computer that others use
        return answer

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """The refusal, or None where the view may answer."""
        view = getattr(view, "view_func", view)
        name = request.resolver_match.url_name if request.resolver_match else None
        if getattr(view, "is_open", False) or name in OPEN_TO_ANYBODY:
            return None
        if not request.user.is_authenticated:
            return self._log_in_first(request)
        if reason := self._why_it_ended(request):
            logout(request)
            return session_ended(request, reason=reason)
        if name in OPEN_WHEN_LOGGED_IN:
            return None
        if not settings.DEPLOYMENT.is_demonstration and not is_mfa_enabled(request.user):
            return redirect(SECOND_STEP_FIRST)
        return self._refusal(request, view)

    @staticmethod
    def _refusal(request: HttpRequest, view: Any) -> HttpResponse | None:
        needed: frozenset[Permission] | None = getattr(view, "needs", None)
        place: Place | None = getattr(view, "place", None)
        if needed is None or (place is not None and place is not settings.DEPLOYMENT.place):
            return not_here(request)
        return None if any(may(request.user, permission) for permission in needed) else not_yours(request)

    @staticmethod
    def _log_in_first(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return session_ended(request, reason=WHY_UNKNOWN)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")

    @staticmethod
    def _why_it_ended(request: HttpRequest) -> str | None:
        """Why the session is over, in words; None while it lasts.

        Django puts the end of a session off with each write, so how long it may last at most is counted here.
        """
        now = int(timezone.now().timestamp())
        began, last = request.session.setdefault(BEGAN, now), request.session.get(LAST_SEEN, now)
        if request.headers.get("HX-Trigger") == LOOKS_AGAIN:
            # A page that looks again by itself is nobody's doing.
            return WHY_UNKNOWN if now - last > MINUTES_IDLE * 60 else None
        # Written once a minute, so that not every page writes to the database.
        if LAST_SEEN not in request.session or now - last > 60:
            request.session[LAST_SEEN] = now
        if now - began > HOURS_AT_MOST * 3600:
            return f"You logged in more than {HOURS_AT_MOST} hours ago."
        return f"Nothing was done for {MINUTES_IDLE} minutes." if now - last > MINUTES_IDLE * 60 else None
