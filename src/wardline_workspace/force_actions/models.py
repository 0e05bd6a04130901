"""Actions of the force, each move of a date, what was said on the way, and the evidence with who judged it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardline_workspace.force_actions.kinds import Colour, EvidenceKind, Judged, OnMove, Standing
from wardline_workspace.inspections.models import Concern, Recommendation
from wardline_workspace.roles import SeenBy

__all__ = ["DateMove", "Evidence", "ForceAction", "Progress"]

ENDED = (Standing.FORCE_COMPLETE.name,)


def _choices(kind: type) -> list[tuple[str, str]]:
    return [(one.name, one.value) for one in kind]  # type: ignore[attr-defined]


class ForceAction(models.Model):
    """Something that the force does about a recommendation or a concern.

    `first_due_on` is the first date that was promised, and is never changed; `due_on` is the newest. Three ends are
    told apart: the force says that it is complete, the office is satisfied, the inspectors closed the recommendation.
    """

    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, null=True, related_name="actions")
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, related_name="actions")
    owner = models.CharField(max_length=200, blank=True)
    began_on = models.DateField()
    first_due_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    standing = models.CharField(max_length=30, choices=_choices(Standing), default=Standing.AWAITING_ALLOCATION.name)
    because = models.CharField(max_length=1000, blank=True)
    complete_on = models.DateField(null=True)
    complete_recorded_by = models.CharField(max_length=40, blank=True)
    satisfied_on = models.DateField(null=True)
    satisfied_by = models.CharField(max_length=40, blank=True)
    satisfied_why = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **dict.fromkeys(("id", "version"), SeenBy.NOBODY),
        **dict.fromkeys(
            (
                *("title", "words", "recommendation", "concern", "owner", "began_on", "first_due_on", "due_on"),
                *("standing", "because", "complete_on", "satisfied_on", "satisfied_why", "added_at"),
            ),
            SeenBy.EVERYBODY,
        ),
        **dict.fromkeys(("complete_recorded_by", "satisfied_by", "added_by"), SeenBy.AUDITORS),
    }

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(first_due_on=None, due_on=None)
                | Q(first_due_on__isnull=False, due_on__isnull=False, first_due_on__gte=F("began_on")),
                name="a_due_date_follows_the_start",
            ),
            models.CheckConstraint(
                condition=Q(satisfied_on=None, satisfied_by="", satisfied_why="")
                | Q(satisfied_on__isnull=False) & ~Q(satisfied_by="") & ~Q(satisfied_why=""),
                name="satisfied_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(satisfied_by="") | ~Q(satisfied_by=F("complete_recorded_by")),
                name="nobody_closes_what_they_recorded_as_complete",
            ),
        )

    @property
    def stands(self) -> Standing:
        """How it stands with the force."""
        return Standing[self.standing]

    @property
    def is_closed_by_inspectors(self) -> bool:
        """Whether the inspectors closed the recommendation that it is about."""
        return self.recommendation is not None and self.recommendation.closed_by_inspectors_on is not None

    @property
    def has_slipped(self) -> bool:
        """Whether its date is another than the first one."""
        return self.due_on != self.first_due_on

    def colour(self, *, today: date) -> Colour:
        """Its colour on a day. Past its date it is red however often the date was moved before."""
        if self.stands is Standing.NOT_THE_FORCES:
            return Colour.WHITE
        if self.stands is Standing.WILL_NOT_BE_DONE:
            return Colour.RED
        if self.complete_on is not None and self.satisfied_on is not None:
            return Colour.GREEN
        is_past = self.complete_on is None and self.due_on is not None and self.due_on < today
        return Colour.RED if is_past else Colour.AMBER


class DateMove(models.Model):
    """One move of the date: by whom at the force, why, and what the office says of it."""

    action = models.ForeignKey(ForceAction, models.CASCADE, related_name="moves")
    from_day = models.DateField()
    to_day = models.DateField()
    why = models.TextField()
    said_by = models.CharField(max_length=200)
    said_on = models.DateField()
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    view = models.CharField(max_length=20, choices=_choices(OnMove), default=OnMove.NOT_YET.name)
    view_words = models.TextField(blank=True)
    view_by = models.CharField(max_length=40, blank=True)
    view_at = models.DateTimeField(null=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        **dict.fromkeys(
            (
                *("action", "from_day", "to_day", "why", "said_by", "said_on", "recorded_at"),
                *("view", "view_words", "view_at"),
            ),
            SeenBy.EVERYBODY,
        ),
        **dict.fromkeys(("recorded_by", "view_by"), SeenBy.AUDITORS),
    }

    class Meta:
        ordering = ("pk",)


class Progress(models.Model):
    """What was said about an action on the way, by whom and when."""

    action = models.ForeignKey(ForceAction, models.CASCADE, related_name="progress")
    words = models.TextField()
    said_by = models.CharField(max_length=200)
    said_on = models.DateField()
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        **dict.fromkeys(("action", "words", "said_by", "said_on", "recorded_at"), SeenBy.EVERYBODY),
        "recorded_by": SeenBy.AUDITORS,
    }

    class Meta:
        ordering = ("pk",)


class Evidence(models.Model):
    """What shows that an action was done, or that it helped. Somebody who did not bring it judges it.

    Of a measure the figure is kept as it was (`figure`), so that a later dive can be held against it. A file lies in
    the deployment's folder under its hash; here are its name, size and hash.
    """

    action = models.ForeignKey(ForceAction, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=_choices(EvidenceKind))
    title = models.CharField(max_length=200)
    web_address = models.URLField(max_length=500, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_size = models.PositiveBigIntegerField(default=0)
    dive = models.CharField(max_length=200, blank=True)
    measure = models.CharField(max_length=200, blank=True)
    figure = models.JSONField(null=True)
    brought_by = models.CharField(max_length=40)
    brought_at = models.DateTimeField()
    judged = models.CharField(max_length=20, choices=_choices(Judged), default=Judged.NOT_YET.name)
    judged_words = models.TextField(blank=True)
    judged_by = models.CharField(max_length=40, blank=True)
    judged_at = models.DateTimeField(null=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        **dict.fromkeys(
            (
                *("action", "kind", "title", "web_address", "file_name", "file_sha256", "file_size", "dive", "measure"),
                *("figure", "brought_at", "judged", "judged_words", "judged_at"),
            ),
            SeenBy.EVERYBODY,
        ),
        **dict.fromkeys(("brought_by", "judged_by"), SeenBy.AUDITORS),
    }

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(judged_by="") | ~Q(judged_by=F("brought_by")), name="nobody_judges_what_they_brought"
            ),
        )
