"""Logging out where somebody logged in: at the body's own log-in, which would otherwise open the door again at once."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from wardline_workspace.deployment.described import SingleSignOn

__all__ = ["where_it_ends"]

DESCRIBES_ITSELF_AT = "/.well-known/openid-configuration"


def where_it_ends(request: HttpRequest) -> str | None:
    """Where the browser goes to log out at the body's own log-in; None where that did not open this session.

    None also where it has no such address, is away, or names one that is another's: the log-out here is done anyway.
    """
    sign_on: SingleSignOn | None = settings.DEPLOYMENT.single_sign_on
    opened_by = {record.get("method") for record in get_authentication_records(request, request.user)}
    if sign_on is None or "socialaccount" not in opened_by:
        return None
    address = _address(sign_on)
    if not address or urlsplit(address)[:2] != urlsplit(sign_on.issuer)[:2]:
        return None
    back = request.build_absolute_uri(reverse("account_login"))
    return f"{address}?{urlencode({'client_id': sign_on.client_id, 'post_logout_redirect_uri': back})}"


def _address(sign_on: SingleSignOn) -> str:
    described = sign_on.issuer if DESCRIBES_ITSELF_AT in sign_on.issuer else sign_on.issuer + DESCRIBES_ITSELF_AT
    try:
        with get_adapter().get_requests_session() as asking:
            return str(asking.get(described).json().get("end_session_endpoint") or "")
    except (OSError, ValueError, AttributeError):  # requests' own errors are OSErrors
        return ""
