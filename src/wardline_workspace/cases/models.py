"""Why somebody opened a case. It stays here and not in the trail, which holds nothing that a person typed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from wardline_workspace.roles import SeenBy

__all__ = ["Reason", "ReasonGiven"]


class Reason(models.TextChoices):
    """Why an identified timeline is opened."""

    SAFETY = "safety", "To see whether a child is safe"
    FACT_CHECK = "fact-check", "To check whether a finding is right"
    AUDIT = "audit", "To grade the case file in an audit"
    CHALLENGE = "challenge", "To answer a question put to the force"
    RELEASE = "release", "To decide what is released"
    RECORDS = "records", "To put the record itself right"


class ReasonGiven(models.Model):
    """The reason that somebody gave for opening a case of a dive, and when.

    `case` is the code by which the trail knows the case; `trail_number` is the entry of the trail that tells of it.
    """

    dive = models.CharField(max_length=60)
    case = models.CharField(max_length=16)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    text = models.TextField(blank=True)
    trail_number = models.PositiveBigIntegerField(unique=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        **dict.fromkeys(("dive", "case", "by", "at", "reason", "text", "trail_number"), SeenBy.AUDITORS),
    }

    class Meta:
        ordering = ("-at",)
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["dive", "case", "by"])]

    def __str__(self) -> str:
        return f"{self.dive} {self.case} {self.reason}"
