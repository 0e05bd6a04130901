"""Every change to a release at the force but signing: prepared, changed, not released, recalled, destroyed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.changed_meanwhile import changed_meanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.releases.models import Kind, Release
from wardline_workspace.releases.policies import (
    why_not_cases,
    why_not_change,
    why_not_days,
    why_not_destroyed,
    why_not_recall,
    why_not_refuse,
)
from wardline_workspace.releases.states import State
from wardline_workspace.releases.where import folder_of, way_back_of
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["change", "decide_not_to", "prepare", "recall", "recall_notice", "record_destruction", "totals_have_left"]

TERMS = ("purpose", "recipients", "kind", "question", "about", "ends_on", "destroyed_by", "certified_by", "marking")


def totals_have_left(dive: AddedDive) -> bool:
    """Whether a release of the totals of this dive was signed and is not recalled."""
    return Release.objects.filter(dive=dive, kind=Kind.TOTALS, state=State.SIGNED).exists()


def _check(terms: Mapping[str, Any], dive: AddedDive) -> None:
    may_go = totals_have_left(dive)
    if reason := why_not_cases(terms["kind"], terms["question"], totals_have_left=may_go):
        raise Refused(reason, field="question" if may_go else "kind")
    if unfit := why_not_days(terms["ends_on"], terms["destroyed_by"], today=timezone.localdate()):
        raise Refused(unfit[1], field=unfit[0])


def _fitting(terms: Mapping[str, Any]) -> dict[str, Any]:
    """The terms as they are kept: what is only for coded cases is left out where only totals go."""
    kept = {name: terms[name] for name in TERMS}
    return kept if kept["kind"] == Kind.CASES else kept | {"question": "", "about": []}


@transaction.atomic
def prepare(*, dive: AddedDive, by: Account, **terms: Any) -> Release:
    """Prepare a release. Raises Refused where its terms do not fit."""
    _check(terms, dive)
    # The dive's row is held, so that two who prepare at once do not get the same number.
    list(AddedDive.objects.select_for_update().values_list("pk", flat=True))
    number = _next_number()
    release = Release.objects.create(number=number, dive=dive, prepared_by=by.public_id, **_fitting(terms))
    record(Did.PREPARED_RELEASE, by=by, about_kind="release", about=number, dive=dive.slug, kind=release.kind)
    return release


def _next_number() -> int:
    """The first number that no release has, and no file: after an older database was brought back, files are ahead."""
    last = Release.objects.aggregate(last=Max("number"))["last"] or 0
    return next(
        number for number in count(last + 1) if not folder_of(number).exists() and not way_back_of(number).exists()
    )


@transaction.atomic
def change(*, release: Release, version: int, by: Account, **terms: Any) -> Release:
    """Change the terms of a release that is not signed. Whoever changes it has prepared it, and cannot sign it."""
    now = Release.objects.select_for_update().get(pk=release.pk)
    if reason := why_not_change(now):
        raise Refused(reason)
    changed_meanwhile(now.version, version, theirs={name: getattr(now, name) for name in TERMS})
    _check(terms, now.dive)
    for name, value in _fitting(terms).items():
        setattr(now, name, value)
    now.prepared_by = by.public_id
    now.version += 1
    now.save()
    record(Did.CHANGED_RELEASE, by=by, about_kind="release", about=now.number, version=now.version)
    return now


@transaction.atomic
def decide_not_to(*, release: Release, reason: str, by: Account) -> Release:
    """Say that this is not released, and why. Raises Refused where it was decided already."""
    now = Release.objects.select_for_update().get(pk=release.pk)
    if refused := why_not_refuse(now):
        raise Refused(refused)
    now.state, now.reason = State.NOT_RELEASED, reason
    now.decided_by, now.decided_at = by.public_id, timezone.now()
    now.save()
    record(Did.DID_NOT_RELEASE, by=by, about_kind="release", about=now.number)
    return now


@transaction.atomic
def recall(*, release: Release, reason: str, by: Account) -> Release:
    """Recall a release: the office is to stop opening it and destroy it. Raises Refused where it cannot be recalled."""
    now = Release.objects.select_for_update().get(pk=release.pk)
    if refused := why_not_recall(now):
        raise Refused(refused)
    now.state, now.recall_reason = State.RECALLED, reason
    now.recalled_by, now.recalled_at = by.public_id, timezone.now()
    now.save()
    notice = hashlib.sha256(recall_notice(now)).hexdigest()
    record(Did.RECALLED_RELEASE, by=by, about_kind="release", about=now.number, release=now.sha256, notice=notice)
    return now


@transaction.atomic
def record_destruction(*, release: Release, destroyed_on: date, certificate: str, by: Account) -> Release:
    """Record the office's certificate that it destroyed a release. Raises Refused where there is one already."""
    now = Release.objects.select_for_update().get(pk=release.pk)
    if refused := why_not_destroyed(now):
        raise Refused(refused)
    now.state, now.destroyed_on, now.certificate = State.DESTROYED, destroyed_on, certificate
    now.save()
    digest = hashlib.sha256(certificate.encode()).hexdigest()
    record(
        Did.RECORDED_DESTRUCTION, by=by, about_kind="release", about=now.number, release=now.sha256, certificate=digest
    )
    return now


def recall_notice(release: Release) -> bytes:
    """`recall.json`, to be handed to the office: which release, since when, and why; always the same bytes."""
    assert release.recalled_at is not None
    said = {
        "kind": "recall of a release",
        "format": 1,
        "release": release.sha256,
        "dive": release.dive.title,
        "number": release.number,
        "recalled on": timezone.localtime(release.recalled_at).date().isoformat(),
        "reason": release.recall_reason,
    }
    said["sha256"] = hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return f"{json.dumps(said, ensure_ascii=False, indent=2)}\n".encode()
