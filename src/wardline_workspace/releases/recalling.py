"""The notice with which the force recalls a release: signed with the key of its workspace, checked at the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from wardline_workspace.exchange.signed_files import write_signed
from wardline_workspace.pages.refused import Refused
from wardline_workspace.releases.models import Release

__all__ = ["KIND_OF_FILE", "Recall", "read_recall", "recall_notice"]

KIND_OF_FILE = "wardline: recall of a release"
MOST_LETTERS = 2_000
LETTERS_OF_SHA256 = 64


@dataclass(frozen=True)
class Recall:
    """What a recall notice says."""

    release_sha256: str
    on: date
    reason: str


def recall_notice(release: Release) -> bytes:
    """`recall.json`, to be handed to the office: which release, since when, and why, signed; always the same bytes."""
    assert release.recalled_at is not None
    says = {
        "force": settings.DEPLOYMENT.force,
        "release": release.sha256,
        "dive": release.dive.title,
        "number": release.number,
        "recalled_on": timezone.localtime(release.recalled_at).date().isoformat(),
        "reason": release.recall_reason,
        "is_made_up": settings.DEPLOYMENT.is_demonstration,
    }
    return write_signed(KIND_OF_FILE, says)


def read_recall(words: Mapping[str, Any]) -> Recall:
    """What a signed notice says. Raises Refused where it is another force's, or does not say what it should."""
    if words.get("force") != settings.DEPLOYMENT.force:
        raise Refused("This notice is of another force. Choose the one of your own force", field="notice")
    try:
        found = Recall(words["release"], date.fromisoformat(words["recalled_on"]), words["reason"])
        is_whole = all(isinstance(one, str) for one in (found.release_sha256, found.reason))
        is_whole = is_whole and len(found.release_sha256) == LETTERS_OF_SHA256 and len(found.reason) <= MOST_LETTERS
    except (KeyError, TypeError, ValueError):
        is_whole = False
    if not is_whole:
        raise Refused("This notice does not say what it should. Ask the force to make it again", field="notice")
    return found
