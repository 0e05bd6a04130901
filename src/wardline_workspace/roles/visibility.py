"""Who sees: which fields of a thing are shown to whom. Every model says it of each of its fields (`SEEN_BY`).

A permission opens a page; this says what stands on it. A field that says nothing is shown to nobody, and a test fails.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from wardline_workspace.roles.permissions import Permission as May
from wardline_workspace.roles.predicates import may

__all__ = ["SeenBy", "fields_seen", "sees"]


class SeenBy(StrEnum):
    """Whom a field may be shown to."""

    EVERYBODY = "everybody who may open the page"
    CASE_READERS = "those who may see cases"
    DUTY_POSTS = "those who look at children, and the posts that a child's risk or conduct is sent to"
    RELEASERS = "those who prepare and sign releases"
    AUDITORS = "those who may see the trail"
    ADMINISTRATORS = "those who run accounts"
    KEEPERS = "those who may see the trail, and those who run accounts"
    THEMSELVES = "the account's own holder"
    NOBODY = "nobody: it is for the software alone"


_NEEDS = {
    SeenBy.EVERYBODY: (May.LOG_IN,),
    SeenBy.CASE_READERS: (May.SEE_CASES,),
    SeenBy.DUTY_POSTS: (May.SEE_CHILDREN_TO_CHECK, May.ACKNOWLEDGE_RISK, May.ACKNOWLEDGE_CONDUCT),
    SeenBy.RELEASERS: (May.PREPARE_RELEASE, May.SIGN_RELEASE),
    SeenBy.AUDITORS: (May.SEE_TRAIL,),
    SeenBy.ADMINISTRATORS: (May.INVITE,),
    SeenBy.KEEPERS: (May.SEE_TRAIL, May.INVITE),
    SeenBy.THEMSELVES: (),
    SeenBy.NOBODY: (),
}


def sees(account: Any, seen_by: SeenBy, *, owner: Any = None) -> bool:
    """Whether the account is shown a field of that kind; `owner` is whose own it is, where it is anybody's."""
    if seen_by is SeenBy.THEMSELVES:
        return owner is not None and account == owner
    return any(may(account, permission) for permission in _NEEDS[seen_by])


def fields_seen(account: Any, thing: Any, *, owner: Any = None) -> dict[str, Any]:
    """The fields of a model's row that the account may be shown, by name."""
    return {
        name: getattr(thing, name) for name, seen_by in thing.SEEN_BY.items() if sees(account, seen_by, owner=owner)
    }
