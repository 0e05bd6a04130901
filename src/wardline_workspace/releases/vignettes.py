"""Every change to a vignette: written, changed, signed, not cleared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from wardline.dive.releasing.search_of_vignette import FoundInText, found_in_text
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.dives.opened import opened
from wardline_workspace.pages.changed_meanwhile import changed_meanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.releases.holding import held_of
from wardline_workspace.releases.models import Vignette, VignetteState
from wardline_workspace.releases.policies import why_not_sign_vignette
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.codes import case_code
from wardline_workspace.trail.kinds import Did

__all__ = ["change", "do_not_clear", "found_in", "sign", "write"]

TEXTS = ("title", "text", "is_sexual_offence", "keeps_anonymity")


def found_in(vignette: Vignette) -> tuple[FoundInText, ...]:
    """What of the case stands in the text of a vignette."""
    return found_in_text(f"{vignette.title}\n{vignette.text}", opened(vignette.dive), vignette.case_id)


@transaction.atomic
def write(*, dive: AddedDive, case_id: str, by: Account, **texts: Any) -> Vignette:
    """Write a vignette about a case. Raises Refused where the case is held."""
    if held_of(case_id) is not None:
        raise Refused("This case is held: it is in no vignette", field="case")
    vignette = Vignette.objects.create(
        dive=dive,
        case_id=case_id,
        code=case_code(dive.slug, case_id),
        written_by=by.public_id,
        **{name: texts[name] for name in TEXTS},
    )
    record(Did.WROTE_VIGNETTE, by=by, about_kind="vignette", about=vignette.pk, case=vignette.code)
    return vignette


@transaction.atomic
def change(*, vignette: Vignette, version: int, by: Account, **texts: Any) -> Vignette:
    """Change its text. Whoever changes it has written it, and cannot sign it. Raises Refused where it is decided."""
    now = Vignette.objects.select_for_update().get(pk=vignette.pk)
    if now.state == VignetteState.SIGNED:
        raise Refused("This vignette is signed. Write another one.")
    changed_meanwhile(now.version, version, theirs={name: getattr(now, name) for name in TEXTS})
    for name in TEXTS:
        setattr(now, name, texts[name])
    now.written_by, now.state, now.answers, now.reason = by.public_id, VignetteState.WRITTEN, {}, ""
    now.version += 1
    now.save()
    record(Did.CHANGED_VIGNETTE, by=by, about_kind="vignette", about=now.pk, version=now.version)
    return now


def sign(*, vignette: Vignette, version: int, answers: Mapping[str, str], by: Account) -> Vignette:
    """Sign a vignette after the check. Raises Refused where this person cannot, ChangedMeanwhile where it changed."""
    found = tuple(one.kind for one in found_in(vignette))
    with transaction.atomic():
        now = Vignette.objects.select_for_update().get(pk=vignette.pk)
        changed_meanwhile(now.version, version, theirs={name: getattr(now, name) for name in TEXTS})
        is_held = held_of(now.case_id) is not None
        if reason := why_not_sign_vignette(now, by=by, found=found, is_held=is_held, answers=answers):
            raise Refused(reason)
        now.state, now.answers = VignetteState.SIGNED, dict(answers)
        now.decided_by, now.decided_at = by.public_id, timezone.now()
        now.save()
        record(Did.SIGNED_VIGNETTE, by=by, about_kind="vignette", about=now.pk, case=now.code)
        return now


@transaction.atomic
def do_not_clear(*, vignette: Vignette, reason: str, by: Account) -> Vignette:
    """Say that a vignette is not cleared, and what must change."""
    now = Vignette.objects.select_for_update().get(pk=vignette.pk)
    if now.state != VignetteState.WRITTEN:
        raise Refused("It was decided already.")
    now.state, now.reason = VignetteState.NOT_CLEARED, reason
    now.decided_by, now.decided_at = by.public_id, timezone.now()
    now.save()
    record(Did.DID_NOT_CLEAR_VIGNETTE, by=by, about_kind="vignette", about=now.pk)
    return now
