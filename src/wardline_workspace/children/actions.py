"""Every change to a child to check: who looks, what was found, and what a second person says to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from wardline_workspace.children.models import Answer, CaseToCheck, Item, LooksAt
from wardline_workspace.children.policies import (
    needs_second_person,
    state_after,
    why_not_answer,
    why_not_look,
    why_not_second,
)
from wardline_workspace.children.states import AnswerKind, State
from wardline_workspace.pages.changed_meanwhile import changed_meanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["answer_as_second", "record_answer", "say_who_looks"]


def _held(case: CaseToCheck, version: int) -> CaseToCheck:
    """The case, held until the transaction ends. Raises ChangedMeanwhile where somebody changed it since `version`."""
    now = CaseToCheck.objects.select_for_update().get(pk=case.pk)
    if now.version != version:
        changed_meanwhile(now.version, version, theirs=_newest_words(now))
    return now


def _newest_words(case: CaseToCheck) -> dict[str, object]:
    """What stands at a case now, by what a form calls it."""
    looks, answer = case.looks.first(), case.answers.first()
    words: dict[str, object] = {}
    if looks:
        words |= {"Who looks": looks.who, "By when": looks.by_when}
    if answer:
        words |= {"Answer": answer.kind, "By whom": answer.by_whom, "When": answer.looked_at}
        words |= {"Because": answer.because} if answer.because else {}
        words |= {"Second person": answer.second_name} if answer.second_at else {}
    return words or {"On the list": "a later dive shows this child again"}


def _next_version(case: CaseToCheck) -> None:
    case.version += 1
    case.save(update_fields=["version"])


@transaction.atomic
def say_who_looks(*, case: CaseToCheck, who: str, by_when: datetime, version: int, by: Account) -> LooksAt:
    """Say which person or post looks at a child, and by when."""
    held = _held(case, version)
    if wrong := why_not_look(by_when, now=timezone.now()):
        raise Refused(wrong[1], field=wrong[0])
    said = LooksAt.objects.create(case=held, who=who, by_when=by_when, said_by=by.public_id)
    _next_version(held)
    record(Did.SAID_WHO_LOOKS, by=by, about_kind="child to check", about=held.pk)
    return said


@transaction.atomic
def record_answer(
    *,
    case: CaseToCheck,
    items: Collection[int],
    kind: AnswerKind,
    by_whom: str,
    looked_at: datetime,
    because: str = "",
    version: int,
    by: Account,
) -> Answer:
    """Record what somebody found who looked: about some of the things owed to one child (`items`, their keys).

    That nothing is needed on an open case counts only once `answer_as_second` says so too.
    """
    held = _held(case, version)
    about = list(Item.objects.filter(case=held, pk__in=items).select_related("case"))
    if wrong := why_not_answer(about, kind, looked_at, because, now=timezone.now()):
        raise Refused(wrong[1], field=wrong[0])
    answer = Answer.objects.create(
        case=held,
        kind=kind.value,
        by_whom=by_whom,
        looked_at=looked_at,
        because=because.strip(),
        needs_second=needs_second_person(kind, is_open=held.is_open),
        recorded_by=by.public_id,
    )
    answer.items.set(about)
    Item.objects.filter(pk__in=[item.pk for item in about]).update(state=state_after(kind, is_open=held.is_open))
    _next_version(held)
    record(Did.ANSWERED_CHILD, by=by, about_kind="child to check", about=held.pk, kind=kind.name, items=len(about))
    return answer


@transaction.atomic
def answer_as_second(*, answer: Answer, agrees: bool, because: str, version: int, by: Account) -> Answer:
    """Agree that nothing is needed on an open case, or not; not agreed, it is as if nobody had looked."""
    held = _held(answer.case, version)
    now = Answer.objects.select_for_update().get(pk=answer.pk)
    if reason := why_not_second(now, by=by):
        raise Refused(reason)
    if not agrees and not because.strip():
        raise Refused("Say why you do not agree", field="because")
    now.second_by, now.second_name, now.second_at = by.public_id, by.name, timezone.now()
    now.second_agrees, now.second_because = agrees, because.strip()
    now.save()
    after = State.NOT_NEEDED if agrees else State.NOBODY_YET
    now.items.filter(state=State.WAITS_FOR_SECOND).update(state=after)
    _next_version(held)
    record(Did.ANSWERED_AS_SECOND, by=by, about_kind="child to check", about=held.pk, agrees=agrees)
    return now
