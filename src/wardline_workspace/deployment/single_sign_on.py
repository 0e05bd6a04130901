"""The body's own log-in, as the log-in library and the browser are told of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from wardline.errors import DocumentError, Place, Problem, ProblemKind
from wardline_workspace.deployment.described import SingleSignOn

__all__ = ["origin_of", "provider_settings"]


def provider_settings(sign_on: SingleSignOn | None) -> dict[str, Any]:
    """What django-allauth calls a provider; nothing where there is no single sign-on.

    Raises DocumentError where the file of the client secret cannot be read.
    """
    if sign_on is None:
        return {}
    app = {
        "provider_id": sign_on.provider,
        "name": sign_on.title,
        "client_id": sign_on.client_id,
        "secret": _secret(sign_on),
        "settings": {"server_url": sign_on.issuer, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def origin_of(sign_on: SingleSignOn | None) -> list[str]:
    """Where a browser is sent to log in: for the rule of which addresses a form may lead to."""
    if sign_on is None:
        return []
    address = urlsplit(sign_on.issuer)
    return [f"{address.scheme}://{address.netloc}"]


def _secret(sign_on: SingleSignOn) -> str:
    file = sign_on.client_secret_file
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        problem = Problem(
            ProblemKind.MISSING_FILE,
            "The file with the client secret of the single sign-on cannot be read.",
            "Write the secret that the body's directory gave into it, readable by its owner only.",
            Place(str(file)),
        )
        raise DocumentError(problem) from None
