"""The pages of a dive, in the order in which they are listed beside each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from wardline_workspace.dives.models import AddedDive
from wardline_workspace.roles import Permission as May
from wardline_workspace.roles import may

__all__ = ["PARTS", "Part", "parts_for"]


@dataclass(frozen=True)
class Part:
    """One page of a dive. `url_name` takes the dive's slug; `lacks` says why a dive has no such page, or None."""

    title: str
    url_name: str
    needs: May = May.SEE_FIGURES
    lacks: Callable[[Any], str | None] = lambda dive: None


PARTS = (Part("Question and answer", "dive"), Part("Findings", "findings", May.SEE_CASES))


def parts_for(request: HttpRequest, added: AddedDive, dive: Any) -> dict[str, list[Any]]:
    """The pages that this person can open, and what this dive lacks, in words."""
    open_ones = [part for part in PARTS if may(request.user, part.needs)]
    return {
        "parts": [
            {"title": part.title, "address": address, "here": request.path == address}
            for part in open_ones
            if part.lacks(dive) is None
            for address in [reverse(part.url_name, args=[added.slug])]
        ],
        "lacking": [reason for part in open_ones if (reason := part.lacks(dive)) is not None],
    }
