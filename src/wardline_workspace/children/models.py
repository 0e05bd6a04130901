"""The children to check: which lists were taken in, what is on them, who looks, and what was answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from wardline_workspace.children.states import AnswerKind, State
from wardline_workspace.roles import SeenBy

__all__ = ["Answer", "CaseToCheck", "Counts", "Item", "LooksAt", "TakenList"]


def _seen_by(seen_by: SeenBy, *names: str) -> dict[str, SeenBy]:
    return dict.fromkeys(names, seen_by)


class TakenList(models.Model):
    """The list for today of one dive, taken in. `records_to` is the time to which its records go.

    `standards` are those that the dive was checked against: only a later list of the same standard can show that
    something of it is no longer there. `cannot_show` are the library's sentences about what no list can hold.
    """

    dive = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    records_to = models.DateTimeField()
    standards = models.JSONField(default=list)
    cannot_show = models.JSONField(default=list)
    due_next_count = models.PositiveIntegerField()
    older_count = models.PositiveIntegerField()
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.CharField(max_length=40)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **_seen_by(SeenBy.NOBODY, "id"),
        **_seen_by(SeenBy.DUTY_POSTS, "title", "records_to", "standards", "cannot_show", "taken_at"),
        **_seen_by(SeenBy.DUTY_POSTS, "dive", "due_next_count", "older_count"),
        **_seen_by(SeenBy.AUDITORS, "taken_by"),
    }

    class Meta:
        ordering = ("-records_to", "-taken_at")

    def __str__(self) -> str:
        return self.dive


class CaseToCheck(models.Model):
    """A case on a list, with what the newest list says of it. `version` counts every change to it and its items."""

    case_id = models.CharField(max_length=300, unique=True)
    child = models.CharField(max_length=100, blank=True)
    age = models.PositiveSmallIntegerField(null=True)
    grade = models.CharField(max_length=100, blank=True)
    district = models.CharField(max_length=200, blank=True)
    is_open = models.BooleanField()
    is_at_risk = models.BooleanField(null=True)
    last_event = models.CharField(max_length=200, blank=True)
    last_at = models.DateTimeField(null=True)
    last_by = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **_seen_by(SeenBy.NOBODY, "id", "child", "version"),
        **_seen_by(SeenBy.DUTY_POSTS, "case_id", "age", "grade", "district", "is_open", "is_at_risk"),
        **_seen_by(SeenBy.DUTY_POSTS, "last_event", "last_at", "last_by"),
    }

    def __str__(self) -> str:
        return f"case to check {self.pk}"

    @property
    def number(self) -> str:
        """The system's own number, without the system."""
        return self.case_id.partition(":")[2] or self.case_id


class Item(models.Model):
    """One thing owed to one child. It is the same in a later dive where case, obligation and trigger are the same."""

    case = models.ForeignKey(CaseToCheck, on_delete=models.PROTECT, related_name="items")
    obligation = models.CharField(max_length=200)
    trigger = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    owed_by = models.CharField(max_length=40)
    is_safeguarding = models.BooleanField()
    standing = models.CharField(max_length=20)
    since = models.DateTimeField(null=True)
    since_by = models.DateTimeField(null=True)
    deadline = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40)
    reason = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=60, choices=[(one.value, one.value) for one in State], default=State.NOBODY_YET)
    shown_on = models.ForeignKey(TakenList, on_delete=models.PROTECT, related_name="newest_of")
    lists = models.ManyToManyField(TakenList, related_name="items")

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **_seen_by(SeenBy.NOBODY, "id", "trigger", "position"),
        **_seen_by(SeenBy.DUTY_POSTS, "case", "obligation", "title", "owed_by", "is_safeguarding", "standing"),
        **_seen_by(SeenBy.DUTY_POSTS, "since", "since_by", "deadline", "outcome", "reason", "state"),
        **_seen_by(SeenBy.DUTY_POSTS, "shown_on", "lists"),
    }

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("case", "obligation", "trigger"), name="one_item_for_one_occasion"),
        )

    def __str__(self) -> str:
        return f"item {self.pk}"

    @property
    def stands(self) -> State:
        """The state, as a member."""
        return State(self.state)

    @property
    def standard(self) -> str:
        """The standard that the obligation is of."""
        return self.obligation.rpartition("/")[0]


class LooksAt(models.Model):
    """Who looks at a child, by when: the newest row of a case holds."""

    case = models.ForeignKey(CaseToCheck, on_delete=models.PROTECT, related_name="looks")
    who = models.CharField(max_length=100)
    by_when = models.DateTimeField()
    said_by = models.CharField(max_length=40)
    said_at = models.DateTimeField(auto_now_add=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **_seen_by(SeenBy.NOBODY, "id"),
        **_seen_by(SeenBy.DUTY_POSTS, "case", "who", "by_when", "said_at"),
        **_seen_by(SeenBy.AUDITORS, "said_by"),
    }

    class Meta:
        ordering = ("-said_at", "-pk")

    def __str__(self) -> str:
        return f"who looks {self.pk}"


class Answer(models.Model):
    """What somebody found who looked: of some things owed to one child, by whom, and when.

    `second_…` are there together or not at all: another account agreed, or did not, that nothing was needed.
    """

    case = models.ForeignKey(CaseToCheck, on_delete=models.PROTECT, related_name="answers")
    items = models.ManyToManyField(Item, related_name="answers")
    kind = models.CharField(max_length=40, choices=[(one.value, one.value) for one in AnswerKind])
    by_whom = models.CharField(max_length=100)
    looked_at = models.DateTimeField()
    because = models.TextField(blank=True)
    needs_second = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(auto_now_add=True)
    second_by = models.CharField(max_length=40, blank=True)
    second_name = models.CharField(max_length=100, blank=True)
    second_at = models.DateTimeField(null=True)
    second_agrees = models.BooleanField(null=True)
    second_because = models.TextField(blank=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **_seen_by(SeenBy.NOBODY, "id"),
        **_seen_by(SeenBy.DUTY_POSTS, "case", "items", "kind", "by_whom", "looked_at", "because", "needs_second"),
        **_seen_by(SeenBy.DUTY_POSTS, "recorded_at", "second_name", "second_at", "second_agrees", "second_because"),
        **_seen_by(SeenBy.AUDITORS, "recorded_by", "second_by"),
    }

    class Meta:
        ordering = ("-recorded_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(second_at__isnull=True, second_agrees__isnull=True, second_by="")
                | Q(second_at__isnull=False, second_agrees__isnull=False) & ~Q(second_by=""),
                name="second_person_when_and_who",
            ),
            models.CheckConstraint(condition=~Q(second_by=F("recorded_by")), name="the_second_person_is_another"),
            models.CheckConstraint(
                condition=~Q(kind=AnswerKind.NOT_NEEDED.value) | ~Q(because=""), name="not_needed_has_a_because"
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def waits_for_second(self) -> bool:
        """Whether a second person still has to say something."""
        return (
            self.needs_second
            and self.second_at is None
            and any(item.stands is State.WAITS_FOR_SECOND for item in self.items.all())
        )


class Counts(models.Model):
    """At the office: how many children were on the force's list, and how many were looked at. No child is in it."""

    records_to = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    on_the_list = models.PositiveIntegerField()
    looked_at = models.PositiveIntegerField()
    waits_for_second = models.PositiveIntegerField()
    named = models.PositiveIntegerField()
    not_named = models.PositiveIntegerField()
    is_made_up = models.BooleanField()
    fingerprint = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.CharField(max_length=40)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **_seen_by(SeenBy.NOBODY, "id", "digest"),
        **_seen_by(SeenBy.EVERYBODY, "records_to", "made_at", "made_by", "on_the_list", "looked_at"),
        **_seen_by(SeenBy.EVERYBODY, "waits_for_second", "named", "not_named", "is_made_up", "taken_at"),
        **_seen_by(SeenBy.AUDITORS, "fingerprint", "taken_by"),
    }

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"counts {self.pk}"

    def as_words(self) -> dict[str, Any]:
        """The five numbers, by what each counts, in the order in which they are shown."""
        return {
            "Looked at": self.looked_at,
            "“Not needed”, waiting for a second person": self.waits_for_second,
            "Not yet, with a name and a time": self.named,
            "Not yet, without a name and a time": self.not_named,
        }
