"""The counts that the office sees: made and signed at the force, taken in at the office. No child is in them."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wardline_workspace.children.models import Counts
from wardline_workspace.children.the_list import Tally, list_now
from wardline_workspace.exchange.actions import confirm_key, is_known
from wardline_workspace.exchange.signed_files import fingerprint_in_groups, read_signed, write_signed
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["COUNTS_FILE", "make_counts", "take_counts", "words_of_counts"]

COUNTS_FILE = "children-counts.json"
KIND = "wardline: how many children to check"
NUMBERS = ("on_the_list", "looked_at", "waits_for_second", "named", "not_named")
NOT_WHOLE = "This file does not say what it should. Ask the force to make it again."


def words_of_counts(tally: Tally, *, records_to: datetime, made_by: str, made_at: datetime) -> dict[str, Any]:
    """All that the file says. Whoever adds to it adds to what the office sees."""
    return {
        "force": settings.DEPLOYMENT.force,
        "records_to": records_to.isoformat(),
        "made_at": made_at.isoformat(),
        "made_by": made_by,
        "is_made_up": settings.DEPLOYMENT.is_demonstration,
        **{name: getattr(tally, name) for name in NUMBERS},
    }


@transaction.atomic
def make_counts(*, by: Account) -> bytes:
    """The signed file for the office, as it is now. Raises Refused where no list was taken in."""
    record(Did.MADE_COUNTS, by=by)
    now = timezone.now()
    shown = list_now(now=now)
    if shown.records_to is None:
        raise Refused("No list has been taken in yet, so there is nothing to count.")
    role = by.held_role.title if by.held_role else ""
    words = words_of_counts(shown.tally, records_to=shown.records_to, made_by=f"{by.name}, {role}", made_at=now)
    return write_signed(KIND, words)


@transaction.atomic
def take_counts(*, content: bytes, is_confirmed: bool, by: Account) -> Counts:
    """Take in the file of the force. Raises Refused where it was changed, is another force's, or its key is not known.

    A key that nobody here has compared is confirmed by whoever says that they compared it by telephone.
    """
    found = read_signed(content, kind=KIND)
    counts = _read(found.words)
    if not is_known(found.fingerprint):
        if not is_confirmed:
            groups = fingerprint_in_groups(found.fingerprint)
            raise Refused(
                f"Nobody here has compared this key yet. Telephone the force and ask for the fingerprint on its page "
                f"of counts. It must be {groups}. Then choose the file again and tick the box",
                field="is_confirmed",
            )
        confirm_key(fingerprint=found.fingerprint, by=by)
    digest = hashlib.sha256(content).hexdigest()
    if Counts.objects.filter(digest=digest).exists():
        raise Refused("This file has been taken in already.", field="file")
    counts.fingerprint, counts.digest, counts.taken_by = found.fingerprint, digest, by.public_id
    counts.save()
    record(Did.TOOK_COUNTS, by=by, about_kind="counts", about=counts.pk, key=found.fingerprint[:16])
    return counts


def _read(words: Any) -> Counts:
    if words.get("force") != settings.DEPLOYMENT.force:
        raise Refused("This file is of another force. Choose the one of your own force.", field="file")
    try:
        numbers = {name: words[name] for name in NUMBERS}
        times = {name: datetime.fromisoformat(words[name]) for name in ("records_to", "made_at")}
        made_by, is_made_up = words["made_by"], words["is_made_up"]
        is_whole = all(type(one) is int and one >= 0 for one in numbers.values())
        parts = sum(numbers[name] for name in NUMBERS[1:])
        is_whole = is_whole and parts == numbers["on_the_list"] and all(one.tzinfo for one in times.values())
        is_whole = is_whole and isinstance(made_by, str) and len(made_by) <= 200 and isinstance(is_made_up, bool)
    except (KeyError, TypeError, ValueError):
        is_whole = False
    if not is_whole:
        raise Refused(NOT_WHOLE, field="file")
    return Counts(**numbers, **times, made_by=made_by[:100], is_made_up=is_made_up)
