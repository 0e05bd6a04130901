"""Links that are handed over: where they lead, for whoever makes one outside a page; and the addresses of people."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

__all__ = ["is_an_address", "link_to"]


def link_to(url_name: str, secret: str, *, at: str = "") -> str:
    """The whole link, at the address a browser is told, or else at the deployment's own host."""
    begins = f"{'https' if settings.OVER_HTTPS else 'http'}://{settings.DEPLOYMENT.hosts[0]}"
    return (at.rstrip("/") or begins) + reverse(url_name, args=[secret])


def is_an_address(email: str) -> bool:
    """Whether it has the shape of an e-mail address."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
