"""What the frame of every page shows: whose place it is, the marking, where somebody can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from wardline_workspace.deployment.described import Place
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may

__all__ = ["Door", "doors_for", "every_page"]


@dataclass(frozen=True)
class Door:
    """An entry of the main navigation: who sees it, and in which place it is at all."""

    title: str
    url_name: str
    needs: tuple[May, ...]
    place: Place | None = None


DOORS = (
    Door("What needs you today", "home", (May.LOG_IN,)),
    Door("Children to check", "children", (May.SEE_CHILDREN_TO_CHECK,), Place.FORCE),
    Door("Children to check", "children_counts", (May.COUNT_CHILDREN_TO_CHECK,), Place.OFFICE),
    Door("At risk now", "at_risk", (May.RAISE_RISK,)),
    Door("Dives", "dives", (May.SEE_FIGURES, May.SEE_OWN_DUTIES)),
    Door("Dives being made", "making", (May.MAKE_DIVE,), Place.FORCE),
    Door("Releases", "releases", (May.SEE_RELEASES,)),
    Door("Trail", "trail", (May.SEE_TRAIL,)),
    Door("People", "people", (May.INVITE,)),
)


def doors_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Where this person can go, as GOV.UK's service navigation takes it."""
    shown = [
        (door, reverse(door.url_name))
        for door in DOORS
        if door.place in (None, settings.DEPLOYMENT.place)
        and any(may(request.user, permission) for permission in door.needs)
    ]
    # The longest address that this page's begins with is where somebody is.
    within = [address for _, address in shown if address != "/" and request.path.startswith(address)]
    here = max(within, key=len, default="/" if request.path == "/" else "")
    return [{"text": door.title, "href": address, "current": address == here} for door, address in shown]


def every_page(request: HttpRequest) -> dict[str, Any]:
    """What templates find without a view giving it."""
    account = getattr(request, "user", None)
    known = account is not None and account.is_authenticated
    return {
        "deployment": settings.DEPLOYMENT,
        "account": account if known else None,
        "doors": doors_for(request) if known else [],
        "May": May,
        "may": lambda permission: may(account, permission),
        "csp_nonce": str(getattr(request, "csp_nonce", "")),
        "is_demonstration": settings.DEPLOYMENT.is_demonstration,
    }
