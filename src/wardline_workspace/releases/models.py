"""Releases as the force keeps them, the cases that are held, vignettes, and what became of a release at the office."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from wardline_workspace.dives.models import AddedDive
from wardline_workspace.releases.states import TITLES, State
from wardline_workspace.roles import SeenBy

__all__ = ["EndOfRelease", "HeldBecause", "HeldCase", "Kind", "Release", "Vignette", "VignetteState"]


class Kind(models.TextChoices):
    """What a release holds."""

    TOTALS = "totals", "Totals only"
    CASES = "cases", "Totals and coded cases, for a named question"


class Release(models.Model):
    """One release of a dive. `number` is what people call it by.

    `sha256` is of its `release.json`, which has the hashes of all its files; `looked_for` how many numbers of the
    force's own were looked for in it. `decided_by` signed it, or said that it is not released, and `reason` why not.
    The texts of those who recalled it and of the certificate stay here; the trail has their codes and hashes.
    """

    number = models.PositiveIntegerField(unique=True)
    dive = models.ForeignKey(AddedDive, on_delete=models.PROTECT, related_name="releases")
    state = models.CharField(max_length=20, choices=list(TITLES.items()), default=State.PREPARED)
    purpose = models.TextField()
    recipients = models.JSONField(default=list)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    question = models.TextField(blank=True)
    about = models.JSONField(default=list)
    ends_on = models.DateField()
    destroyed_by = models.DateField()
    certified_by = models.CharField(max_length=200)
    marking = models.CharField(max_length=100)
    prepared_by = models.CharField(max_length=40)
    prepared_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    looked_for = models.PositiveIntegerField(default=0)
    cases = models.PositiveIntegerField(default=0)
    recalled_by = models.CharField(max_length=40, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recall_reason = models.TextField(blank=True)
    destroyed_on = models.DateField(null=True, blank=True)
    certificate = models.TextField(blank=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        "version": SeenBy.NOBODY,
        **dict.fromkeys(
            (
                "number",
                "dive",
                "state",
                "purpose",
                "recipients",
                "kind",
                "question",
                "about",
                "ends_on",
                "destroyed_by",
                "certified_by",
                "marking",
                "prepared_by",
                "prepared_at",
                "decided_by",
                "decided_at",
                "reason",
                "sha256",
                "looked_for",
                "cases",
                "recalled_by",
                "recalled_at",
                "recall_reason",
                "destroyed_on",
                "certificate",
            ),
            SeenBy.RELEASERS,
        ),
    }

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind="totals", question="") | models.Q(kind="cases") & ~models.Q(question=""),
                name="cases_only_for_a_named_question",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("signed", "recalled", "destroyed")) | ~models.Q(sha256=""),
                name="what_is_signed_has_its_hash",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("prepared_by")) | models.Q(sha256=""),
                name="signed_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.number}"

    @property
    def has_left(self) -> bool:
        """Whether it was signed, whatever became of it."""
        return self.state in (State.SIGNED, State.RECALLED, State.DESTROYED)


class HeldBecause(models.TextChoices):
    """Why a case is held."""

    PROCEEDINGS = "proceedings", "Live proceedings"
    INVESTIGATION = "investigation", "An investigation"
    INQUEST = "inquest", "An inquest"
    REVIEW = "review", "A practice review"


class HeldCase(models.Model):
    """A case that is in no release and no vignette until somebody lifts it with a reason.

    `case_id` is its full id, the same in every dive; `code` stands for it in the trail. `decided_by` is who decided,
    as typed; `held_by` and `lifted_by` are accounts.
    """

    case_id = models.CharField(max_length=300)
    code = models.CharField(max_length=16)
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
        **dict.fromkeys(("case_id", "because", "since", "lifted_at"), SeenBy.CASE_READERS),
        **dict.fromkeys(("code", "decided_by", "held_by", "held_at", "lifted_by", "lifted_because"), SeenBy.RELEASERS),
    }

    class Meta:
        ordering = ("-held_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case_id"], condition=models.Q(lifted_at__isnull=True), name="a_case_is_held_once"
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by="", lifted_because="")
                | models.Q(lifted_at__isnull=False) & ~models.Q(lifted_by="") & ~models.Q(lifted_because=""),
                name="lifted_when_by_whom_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"held case {self.code}"


class VignetteState(models.TextChoices):
    """How far a vignette has come."""

    WRITTEN = "written", "Not signed"
    NOT_CLEARED = "not cleared", "Not cleared"
    SIGNED = "signed", "Signed"


class Vignette(models.Model):
    """A short text about one case, which leaves the force only with a release, after a motivated-intruder check.

    `answers` are those of the check, by question. `is_sexual_offence`: whoever it was done to is anonymous for life.
    """

    dive = models.ForeignKey(AddedDive, on_delete=models.PROTECT, related_name="vignettes")
    case_id = models.CharField(max_length=300)
    code = models.CharField(max_length=16)
    title = models.CharField(max_length=120)
    text = models.TextField()
    is_sexual_offence = models.BooleanField()
    keeps_anonymity = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=VignetteState.choices, default=VignetteState.WRITTEN)
    written_by = models.CharField(max_length=40)
    written_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        "version": SeenBy.NOBODY,
        "case_id": SeenBy.CASE_READERS,
        **dict.fromkeys(
            (
                "dive",
                "code",
                "title",
                "text",
                "is_sexual_offence",
                "keeps_anonymity",
                "answers",
                "state",
                "written_by",
                "written_at",
                "decided_by",
                "decided_at",
                "reason",
            ),
            SeenBy.RELEASERS,
        ),
    }

    class Meta:
        ordering = ("-written_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(state="signed") | ~models.Q(decided_by=models.F("written_by")),
                name="vignette_signed_by_somebody_else",
            )
        ]

    def __str__(self) -> str:
        return f"vignette {self.pk}"


class EndOfRelease(models.Model):
    """What became of a release at the office: recalled by the force, destroyed with a certificate."""

    dive = models.OneToOneField(AddedDive, on_delete=models.PROTECT, related_name="end")
    recall_reason = models.TextField(blank=True)
    recall_taken_in_by = models.CharField(max_length=40, blank=True)
    certified_by = models.CharField(max_length=200, blank=True)
    certificate = models.TextField(blank=True)
    destroyed_by = models.CharField(max_length=40, blank=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        **dict.fromkeys(("dive", "recall_reason", "certified_by", "certificate"), SeenBy.EVERYBODY),
        **dict.fromkeys(("recall_taken_in_by", "destroyed_by"), SeenBy.AUDITORS),
    }

    def __str__(self) -> str:
        return f"end of {self.dive_id}"
