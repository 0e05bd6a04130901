"""Legal holds: what nobody removes, why, and since when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.roles import SeenBy

__all__ = ["HeldBecause", "LegalHold"]


class HeldBecause(models.TextChoices):
    """Why something is held: a case, which then leaves in no release, or a thing that is not removed."""

    PROCEEDINGS = "proceedings", "Live proceedings"
    INVESTIGATION = "investigation", "An investigation"
    INQUEST = "inquest", "An inquest"
    REVIEW = "review", "A practice review"
    COMPLAINT = "complaint", "A complaint"
    OTHER = "other", "Something else that the law or a court asks for"


class LegalHold(models.Model):
    """A thing that nobody removes until somebody lifts this with a reason.

    `kind` and `code` say which, as the trail does. `decided_by` is who decided, as typed; `held_by` and `lifted_by`
    are accounts.
    """

    kind = models.CharField(max_length=30, choices=[(one.value, one.value) for one in Kept])
    code = models.CharField(max_length=60)
    because = models.CharField(max_length=20, choices=HeldBecause.choices)
    decided_by = models.CharField(max_length=200)
    since = models.DateField()
    held_by = models.CharField(max_length=40)
    held_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.CharField(max_length=40, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = models.TextField(blank=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        **dict.fromkeys(("kind", "code", "because", "since", "held_at", "lifted_at"), SeenBy.EVERYBODY),
        **dict.fromkeys(("decided_by", "held_by", "lifted_by", "lifted_because"), SeenBy.EVERYBODY),
    }

    class Meta:
        ordering = ("-held_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "code"], condition=models.Q(lifted_at__isnull=True), name="a_thing_is_held_once"
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by="", lifted_because="")
                | models.Q(lifted_at__isnull=False) & ~models.Q(lifted_by="") & ~models.Q(lifted_because=""),
                name="legal_hold_lifted_when_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"legal hold on {self.kind} {self.code}"
