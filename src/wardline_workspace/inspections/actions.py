"""Writing down a report and what it asks, answering it, and recording what happened: each change with its entry."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from wardline_workspace.inspections.kinds import Answer, ConcernKind, Grade, Happened
from wardline_workspace.inspections.models import Concern, Graded, Inspection, Recommendation, RecordedEvent, Thread
from wardline_workspace.inspections.policies import why_not_answer, why_not_published, why_not_record, why_not_take_back
from wardline_workspace.pages.changed_meanwhile import changed_meanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = [
    "add_concern",
    "add_inspection",
    "add_recommendation",
    "answer",
    "change_concern",
    "change_inspection",
    "grade",
    "record_closure",
    "record_event",
    "take_back",
    "thread_named",
]

LONGEST_SLUG = 60
ABOUT = "inspection"


@transaction.atomic
def add_inspection(*, by: Account, published_on: date, title: str, **given: Any) -> Inspection:
    """Write down a report. Raises Refused where its day has not come."""
    _check_published(published_on)
    added = Inspection.objects.create(
        slug=_free_slug(Inspection, f"{title} {published_on.year}"),
        title=title,
        published_on=published_on,
        added_by=by.public_id,
        added_at=timezone.now(),
        **given,
    )
    record(Did.WROTE_INSPECTION, by=by, about_kind=ABOUT, about=added.slug)
    return added


@transaction.atomic
def change_inspection(*, inspection: Inspection, version: int, by: Account, **given: Any) -> Inspection:
    """Correct what is written of a report. Raises ChangedMeanwhile where somebody else did so first."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    changed_meanwhile(held.version, version, theirs={name: getattr(held, name) for name in given})
    _check_published(given["published_on"])
    _set(held, given)
    record(Did.CHANGED_INSPECTION, by=by, about_kind=ABOUT, about=held.slug)
    return held


@transaction.atomic
def grade(*, inspection: Inspection, topic: str, grade: Grade, by: Account) -> Graded:
    """Write down the grade of a topic; another grade of the same topic takes its place."""
    given, _ = Graded.objects.update_or_create(inspection=inspection, topic=topic, defaults={"grade": grade.name})
    record(Did.WROTE_GRADE, by=by, about_kind=ABOUT, about=inspection.slug, grade=grade.name)
    return given


@transaction.atomic
def add_concern(
    *, inspection: Inspection, kind: ConcernKind, title: str, words: str, thread: Thread | None, by: Account
) -> Concern:
    """Write down a cause of concern or an area for improvement."""
    if Concern.objects.filter(inspection=inspection, title=title).exists():
        raise Refused("This report has a concern of that title already. Choose another title", field="title")
    added = Concern.objects.create(inspection=inspection, kind=kind.name, title=title, words=words, thread=thread)
    record(Did.WROTE_CONCERN, by=by, about_kind=ABOUT, about=inspection.slug, concern=added.pk)
    return added


@transaction.atomic
def change_concern(*, concern: Concern, version: int, by: Account, **given: Any) -> Concern:
    """Correct a concern, or join it with the same one of other inspections. Raises ChangedMeanwhile."""
    held = Concern.objects.select_for_update().get(pk=concern.pk)
    changed_meanwhile(held.version, version, theirs={name: getattr(held, name) for name in given})
    if Concern.objects.filter(inspection=held.inspection, title=given["title"]).exclude(pk=held.pk).exists():
        raise Refused("This report has a concern of that title already. Choose another title", field="title")
    _set(held, given)
    record(Did.CHANGED_CONCERN, by=by, about_kind=ABOUT, about=held.inspection.slug, concern=held.pk)
    return held


def thread_named(title: str) -> Thread:
    """The thread of that title; a new one where there is none."""
    found = Thread.objects.filter(title__iexact=title).first()
    return found or Thread.objects.create(slug=_free_slug(Thread, title), title=title)


@transaction.atomic
def add_recommendation(*, inspection: Inspection, reference: str, by: Account, **given: Any) -> Recommendation:
    """Write down a recommendation. Raises Refused where the report has one of that reference already."""
    try:
        with transaction.atomic():
            added = Recommendation.objects.create(inspection=inspection, reference=reference, **given)
    except IntegrityError:
        what = f"This report has a recommendation {reference} already. Look at it, or choose another reference"
        raise Refused(what, field="reference") from None
    record(Did.WROTE_RECOMMENDATION, by=by, about_kind=ABOUT, about=inspection.slug, recommendation=added.pk)
    return added


@transaction.atomic
def answer(
    *,
    recommendation: Recommendation,
    version: int,
    answer: Answer,
    answer_words: str,
    answer_published_on: date | None,
    by: Account,
) -> Recommendation:
    """Write what the oversight body itself does about a recommendation, or why nothing. Raises ChangedMeanwhile."""
    held = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    given = {"answer": answer.name, "answer_words": answer_words, "answer_published_on": answer_published_on}
    changed_meanwhile(held.version, version, theirs={name: getattr(held, name) for name in given})
    if reason := why_not_answer(held, answer_published_on, today=timezone.localdate()):
        raise Refused(reason, field="answer_published_on")
    _set(held, given)
    is_published = answer_published_on is not None
    record(
        Did.ANSWERED_RECOMMENDATION,
        by=by,
        about_kind=ABOUT,
        about=held.inspection.slug,
        recommendation=held.pk,
        is_published=is_published,
    )
    return held


@transaction.atomic
def record_closure(*, recommendation: Recommendation, version: int, on: date | None, by: Account) -> Recommendation:
    """Record that the inspectors closed it, and when; None where that was a mistake."""
    held = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    changed_meanwhile(held.version, version, theirs={"closed_by_inspectors_on": held.closed_by_inspectors_on})
    if on is not None and on > timezone.localdate():
        raise Refused("That day has not come yet", field="closed_by_inspectors_on")
    _set(held, {"closed_by_inspectors_on": on})
    record(
        Did.RECORDED_CLOSURE, by=by, about_kind=ABOUT, about=held.inspection.slug, recommendation=held.pk,
        is_closed=on is not None,
    )  # fmt: skip
    return held


@transaction.atomic
def record_event(
    *, inspection: Inspection, what: Happened, on: date, assurance: str, note: str, by: Account
) -> RecordedEvent:
    """Record what happened after a report, on which day."""
    if wrong := why_not_record(inspection, what, on, assurance, today=timezone.localdate()):
        raise Refused(wrong[1], field=wrong[0])
    recorded = RecordedEvent.objects.create(
        inspection=inspection,
        what=what.name,
        on=on,
        assurance=assurance,
        note=note,
        recorded_by=by.public_id,
        recorded_at=timezone.now(),
    )
    record(Did.RECORDED_AFTER_REPORT, by=by, about_kind=ABOUT, about=inspection.slug, what=what.name, event=recorded.pk)
    return recorded


@transaction.atomic
def take_back(*, event: RecordedEvent, because: str, by: Account) -> RecordedEvent:
    """Take back an entry that was a mistake. It stays to be seen, with the reason."""
    held = RecordedEvent.objects.select_for_update().get(pk=event.pk)
    if reason := why_not_take_back(held):
        raise Refused(reason)
    held.taken_back_at, held.taken_back_because = timezone.now(), because
    held.save(update_fields=["taken_back_at", "taken_back_because"])
    record(Did.TOOK_BACK_AFTER_REPORT, by=by, about_kind=ABOUT, about=held.inspection.slug, event=held.pk)
    return held


def _check_published(published_on: date) -> None:
    if reason := why_not_published(published_on, today=timezone.localdate()):
        raise Refused(reason, field="published_on")


def _set(thing: Any, given: dict[str, Any]) -> None:
    for name, value in given.items():
        setattr(thing, name, value)
    thing.version += 1
    thing.save()


def _free_slug(model: Any, words: str) -> str:
    wanted = slugify(words)[:LONGEST_SLUG] or "report"
    taken = set(model.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
