"""Writing the trail, and looking whether it is whole."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from wardline_workspace.trail.chain import FIRST, Broken, broken_at, hash_of
from wardline_workspace.trail.kinds import Did
from wardline_workspace.trail.models import HASH_LENGTH, Entry, Head

__all__ = ["COMMAND_LINE", "NOBODY", "find_break", "head", "head_in_words", "record", "why_not_in_chain"]

NOBODY = ""
COMMAND_LINE = "command line"
AT_ONCE = 2_000


@transaction.atomic
def record(did: Did, *, by: Any, about_kind: str = "", about: object = "", **detail: Any) -> Entry:
    """Add one entry to the trail, within the transaction of what it is of.

    `by` is the account that did it, or NOBODY. `about` is the identifier of a thing; `detail` may hold identifiers,
    counts and words of ours, and nothing that a person typed.
    """
    end = _end_held()
    entry = Entry(
        number=end.number + 1,
        at=timezone.now(),
        by=getattr(by, "public_id", by) or NOBODY,
        did=did.value,
        about_kind=about_kind,
        about=str(about),
        detail=detail,
        previous=end.hash,
    )
    entry.hash = hash_of(entry)
    entry.save()
    Head.objects.filter(only=1).update(number=entry.number, hash=entry.hash)
    return entry


def _end_held() -> Head:
    """The end of the chain, held until the transaction ends, so that no two entries follow the same one."""
    held = Head.objects.select_for_update().filter(only=1).first()
    if held is None:
        Head.objects.get_or_create(only=1)
        held = Head.objects.select_for_update().get(only=1)
    return held


def head() -> tuple[int, str]:
    """The number and hash of the last entry: to be printed, sent away or otherwise kept outside."""
    end = Head.objects.filter(only=1).first()
    return (0, Head._meta.get_field("hash").default) if end is None else (end.number, end.hash)


def head_in_words() -> str:
    """The head as it is printed and kept outside: `HASH@NUMBER`."""
    number, digest = head()
    return f"{digest}@{number}"


def why_not_in_chain(kept: str) -> str | None:
    """Why a head that was kept outside is not in this trail, in words; None where it is.

    Whoever can write in the database can write a whole new chain. It would not have the heads that were kept outside.
    """
    digest, _, number = kept.strip().lower().partition("@")
    if not (number.isdigit() and len(digest) == HASH_LENGTH and set(digest) <= set("0123456789abcdef")):
        return "It is not a head of a trail: that is 64 hexadecimal digits, `@` and a number."
    if int(number) == 0:
        return None if digest == FIRST else "No trail begins so."
    entry = Entry.objects.filter(number=int(number)).first()
    if entry is None:
        return f"There is no entry {number}: entries that were written are not there any more."
    return None if entry.hash == digest else f"Entry {number} is another than it was: the trail was written anew."


def find_break() -> Broken | None:
    """The first place where the trail is not whole, or None where it is."""
    with transaction.atomic():
        return broken_at(Entry.objects.order_by("number").iterator(AT_ONCE), ends_at=head())
