"""When something may be removed, and when a hold can be placed or lifted."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.keeping.models import LegalHold
from wardline_workspace.keeping.shelves import Thing, keepers_of, shelf_of
from wardline_workspace.pages.refused import Refused

__all__ = [
    "check_may_be_removed",
    "holds_now",
    "in_words",
    "thing_of",
    "why_not_lift",
    "why_not_removed",
    "why_on_hold",
]


def holds_now() -> dict[tuple[str, str], LegalHold]:
    """What is held now, by kind and code."""
    return {(one.kind, one.code): one for one in LegalHold.objects.filter(lifted_at=None)}


def thing_of(kind: Kept, code: str) -> Thing | None:
    """The thing that is called so; None where it is not there."""
    shelf = shelf_of(kind, settings.DEPLOYMENT.place)
    return None if shelf is None else next((one for one in shelf.things() if one.code == code), None)


def why_on_hold(of: Iterable[tuple[Kept, str]]) -> str | None:
    """Why a thing on legal hold stays, in words, by its kind and code or those of what it stays with; None: no hold."""
    wanted = [(kind.value, code) for kind, code in of]
    found = LegalHold.objects.filter(lifted_at=None, code__in=[code for _, code in wanted])
    hold = next((one for one in found if (one.kind, one.code) in wanted), None)
    return None if hold is None else in_words(hold, is_own=wanted[0] == (hold.kind, hold.code))


def in_words(hold: LegalHold, *, is_own: bool) -> str:
    """Since when and why it is held."""
    what = "On legal hold" if is_own else f"Stays with what is on legal hold under {hold.kind} ({hold.code})"
    since = f"{hold.since.day} {hold.since:%B %Y}"
    return f"{what}: {hold.get_because_display().lower()}, since {since}. Nobody can remove it until that is lifted."


def why_not_removed(thing: Thing) -> str | None:
    """Why this may not be removed now, by anybody; None where it may."""
    if held := why_on_hold([(thing.kind, thing.code), *thing.with_it]):
        return held
    shelf = shelf_of(thing.kind, settings.DEPLOYMENT.place)
    if shelf is not None and (reason := shelf.stays_because(thing)):
        return reason
    return next((reason for keeper in keepers_of(thing.kind) if (reason := keeper(thing)) is not None), None)


def check_may_be_removed(kind: Kept, code: str) -> None:
    """Raise Refused where this may not be removed now. Asked again within the transaction that removes it."""
    thing = thing_of(kind, code)
    if thing is None:
        raise Refused("This was removed already.")
    if reason := why_not_removed(thing):
        raise Refused(reason)


def why_not_lift(hold: LegalHold) -> str | None:
    """Why a legal hold cannot be lifted; None where it can."""
    return None if hold.lifted_at is None else "This legal hold is lifted already."
