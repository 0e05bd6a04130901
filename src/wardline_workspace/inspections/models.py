"""Reports of inspectors, what they found and asked for, what happened after, and the office's own answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardline_workspace.inspections.kinds import (
    ASSURANCE,
    Addressed,
    Answer,
    ConcernKind,
    Grade,
    Happened,
    Inspectorate,
)
from wardline_workspace.roles import SeenBy

__all__ = ["Concern", "Graded", "Inspection", "Recommendation", "RecordedEvent", "Thread"]


def _choices(kind: type) -> list[tuple[str, str]]:
    return [(one.name, one.value) for one in kind]  # type: ignore[attr-defined]


class Inspection(models.Model):
    """A published report. The 56 days begin with `published_on`."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    inspectorate = models.CharField(max_length=10, choices=_choices(Inspectorate))
    other_body = models.CharField(max_length=200, blank=True)
    published_on = models.DateField()
    looked_at = models.CharField(max_length=200, blank=True)
    web_address = models.URLField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **dict.fromkeys(("id", "version"), SeenBy.NOBODY),
        **dict.fromkeys(
            ("slug", "title", "inspectorate", "other_body", "published_on", "looked_at", "web_address", "added_at"),
            SeenBy.EVERYBODY,
        ),
        "added_by": SeenBy.AUDITORS,
    }

    class Meta:
        ordering = ("-published_on", "title")

    @property
    def by(self) -> str:
        """Whose report it is, in words."""
        return self.other_body or Inspectorate[self.inspectorate].value


class Graded(models.Model):
    """The grade that a report gives to one topic."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="grades")
    topic = models.CharField(max_length=200)
    grade = models.CharField(max_length=30, choices=_choices(Grade))

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        **dict.fromkeys(("inspection", "topic", "grade"), SeenBy.EVERYBODY),
    }

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("inspection", "topic"), name="one_grade_for_a_topic"),)


class Thread(models.Model):
    """The same concern in one inspection after another."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200, unique=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {"id": SeenBy.NOBODY, **dict.fromkeys(("slug", "title"), SeenBy.EVERYBODY)}

    class Meta:
        ordering = ("title",)


class Concern(models.Model):
    """A cause of concern or an area for improvement. `thread` joins it with the same one of other inspections."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="concerns")
    kind = models.CharField(max_length=10, choices=_choices(ConcernKind))
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    thread = models.ForeignKey(Thread, models.PROTECT, null=True, related_name="concerns")
    version = models.PositiveIntegerField(default=0)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **dict.fromkeys(("id", "version"), SeenBy.NOBODY),
        **dict.fromkeys(("inspection", "kind", "title", "words", "thread"), SeenBy.EVERYBODY),
    }

    class Meta:
        ordering = ("kind", "pk")
        constraints = (models.UniqueConstraint(fields=("inspection", "title"), name="one_concern_of_a_title"),)

    @property
    def kind_in_words(self) -> str:
        """*Cause of concern* or *area for improvement*."""
        return ConcernKind[self.kind].value


class Recommendation(models.Model):
    """What a report asks, and what the oversight body itself does about it, or why nothing.

    `asked_by` is the day that the inspectors named; empty where they named none.
    """

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="recommendations")
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="recommendations")
    reference = models.CharField(max_length=40)
    words = models.TextField()
    addressed_to = models.CharField(max_length=10, choices=_choices(Addressed))
    asked_by = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=_choices(Answer), blank=True)
    answer_words = models.TextField(blank=True)
    answer_published_on = models.DateField(null=True)
    closed_by_inspectors_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **dict.fromkeys(("id", "version"), SeenBy.NOBODY),
        **dict.fromkeys(
            (
                *("inspection", "concern", "reference", "words", "addressed_to", "asked_by"),
                *("answer", "answer_words", "answer_published_on", "closed_by_inspectors_on"),
            ),
            SeenBy.EVERYBODY,
        ),
    }

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("inspection", "reference"), name="one_recommendation_of_a_reference"),
            models.CheckConstraint(
                condition=Q(answer="", answer_words="", answer_published_on=None)
                | (~Q(answer="") & ~Q(answer_words="")),
                name="an_answer_says_what",
            ),
        )


class RecordedEvent(models.Model):
    """Something that happened after a report, on a day. One that was a mistake is taken back and stays to be seen."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="events")
    what = models.CharField(max_length=40, choices=_choices(Happened))
    on = models.DateField()
    assurance = models.CharField(max_length=20, blank=True, choices=[(one, one) for one in ASSURANCE])
    note = models.CharField(max_length=500, blank=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.CharField(max_length=500, blank=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        **dict.fromkeys(
            ("inspection", "what", "on", "assurance", "note", "recorded_at", "taken_back_at", "taken_back_because"),
            SeenBy.EVERYBODY,
        ),
        "recorded_by": SeenBy.AUDITORS,
    }

    class Meta:
        ordering = ("on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_because="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_because="")),
                name="taken_back_with_a_reason",
            ),
        )

    @property
    def happened(self) -> Happened:
        """What it is."""
        return Happened[self.what]
