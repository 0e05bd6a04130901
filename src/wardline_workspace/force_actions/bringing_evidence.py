"""Bringing evidence, a file or a link, and judging it: each change with its entry in the trail."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wardline_workspace.force_actions.kinds import EvidenceKind, Judged
from wardline_workspace.force_actions.models import Evidence, ForceAction
from wardline_workspace.force_actions.policies import why_not_judge
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["LARGEST", "bring_file", "bring_link", "file_of", "judge"]

FOLDER = "evidence"
LARGEST = 20_000_000  # bytes
BEGINNINGS = {  # what a file of each kind begins with, so that a name alone is not believed
    ".pdf": (b"%PDF-",),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".odt": (b"PK\x03\x04",),
    ".ods": (b"PK\x03\x04",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".csv": (),
    ".txt": (),
}


@transaction.atomic
def bring_link(*, action: ForceAction, title: str, web_address: str, by: Account) -> Evidence:
    """Bring a link as evidence."""
    return _brought(Evidence(action=action, kind=EvidenceKind.LINK.name, title=title, web_address=web_address), by)


def bring_file(*, action: ForceAction, title: str, name: str, content: bytes, by: Account) -> Evidence:
    """Bring a file as evidence. It lies under its hash, and nothing opens it here. Raises Refused."""
    if reason := _why_not_file(name, content):
        raise Refused(reason, field="file")
    digest = hashlib.sha256(content).hexdigest()
    _write(_place(digest), content)
    with transaction.atomic():
        brought = Evidence(
            action=action,
            kind=EvidenceKind.FILE.name,
            title=title,
            file_name=Path(name).name[-200:],
            file_sha256=digest,
            file_size=len(content),
        )
        return _brought(brought, by)


def file_of(evidence: Evidence) -> bytes:
    """The bytes of a file that was brought. Raises Refused where they are not those that were brought."""
    try:
        content = _place(evidence.file_sha256).read_bytes()
    except FileNotFoundError:
        content = b""
    if hashlib.sha256(content).hexdigest() != evidence.file_sha256:
        raise Refused("This file is not as it was brought. Bring it back from a backup.")
    return content


@transaction.atomic
def judge(*, evidence: Evidence, judged: Judged, words: str, by: Account) -> Evidence:
    """Say whether evidence shows what it should: somebody else than who brought it. Raises Refused."""
    held = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if reason := why_not_judge(held, by=by.public_id):
        raise Refused(reason)
    held.judged, held.judged_words, held.judged_by, held.judged_at = judged.name, words, by.public_id, timezone.now()
    held.save(update_fields=["judged", "judged_words", "judged_by", "judged_at"])
    detail = {"evidence": held.pk, "judged": judged.name}
    record(Did.JUDGED_EVIDENCE, by=by, about_kind="force action", about=held.action_id, **detail)
    return held


def _brought(evidence: Evidence, by: Account) -> Evidence:
    evidence.brought_by, evidence.brought_at = by.public_id, timezone.now()
    evidence.save()
    detail = {"evidence": evidence.pk, "kind": evidence.kind}
    record(Did.BROUGHT_EVIDENCE, by=by, about_kind="force action", about=evidence.action_id, **detail)
    return evidence


def _why_not_file(name: str, content: bytes) -> str | None:
    ending = Path(name).suffix.lower()
    if ending not in BEGINNINGS:
        return f"A file of this kind is not taken. Bring one that ends in {', '.join(BEGINNINGS)}"
    if not content:
        return "The file is empty. Choose another"
    if len(content) > LARGEST:
        return f"The file is larger than {LARGEST // 1_000_000} MB. Bring a smaller one, or a link"
    begins = BEGINNINGS[ending]
    if begins and not content.startswith(begins):
        return f"The file says that it is {ending}, and inside it is something else. Choose the file itself"
    return "The file holds no text. Choose the file itself" if not begins and b"\x00" in content else None


def _place(digest: str) -> Path:
    return Path(settings.DEPLOYMENT.folder) / FOLDER / digest[:2] / digest


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all; readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, beside = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    os.replace(beside, file)
