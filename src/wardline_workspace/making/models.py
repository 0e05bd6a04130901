"""Which dives are being made, and which are run in the background. What they say stands in their YAML files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from wardline_workspace.making.work_in_files import WorkInFiles
from wardline_workspace.roles import SeenBy

__all__ = ["BackgroundDive", "DiveBeingMade", "State"]


class DiveBeingMade(models.Model):
    """One piece of work: a folder with exports, mappings, settings and a dive file. `slug` is for its address."""

    slug = models.SlugField(max_length=60, unique=True)
    begun_by = models.CharField(max_length=40)
    begun_at = models.DateTimeField(auto_now_add=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        "slug": SeenBy.EVERYBODY,
        "begun_by": SeenBy.AUDITORS,
        "begun_at": SeenBy.EVERYBODY,
    }

    class Meta:
        ordering = ("-begun_at", "-id")

    def __str__(self) -> str:
        return self.slug

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return Path(settings.DEPLOYMENT.making) / self.slug

    @property
    def files(self) -> WorkInFiles:
        """Its files, as they are read and written."""
        return WorkInFiles(self.folder)

    @property
    def title(self) -> str:
        """What its dive file calls it, or its slug where that cannot be read."""
        return self.files.title or self.slug


class State(models.TextChoices):
    """Where a dive in the background is; the value is read as it is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    DID_NOT_FINISH = "did not finish"


class BackgroundDive(models.Model):
    """A dive that was asked for, and how far it is.

    `progress` is what is being done now, `done` of `total` how much of that (0: not known). `cut_off` counts how often
    its process ended in the middle; it then waits again. `result` is the slug of the dive that was added, `problems`
    what was wrong, in words, each with where, what and what to do. `pid` and `heard_at` are of the process.
    """

    of = models.ForeignKey(DiveBeingMade, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=20, choices=State, default=State.WAITING, db_index=True)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField(auto_now_add=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    pid = models.PositiveIntegerField(null=True, blank=True)
    progress = models.CharField(max_length=200, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    cut_off = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=60, blank=True)
    problems: Any = models.JSONField(default=list, blank=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **dict.fromkeys(
            (
                "of",
                "state",
                "asked_at",
                "began_at",
                "ended_at",
                "stop_asked_at",
                "progress",
                "done",
                "total",
                "cut_off",
                "result",
                "problems",
            ),
            SeenBy.EVERYBODY,
        ),
        "id": SeenBy.EVERYBODY,
        "asked_by": SeenBy.AUDITORS,
        "heard_at": SeenBy.NOBODY,
        "pid": SeenBy.NOBODY,
    }

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.of_id} {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state not in (State.WAITING, State.RUNNING)

    @property
    def percent(self) -> int | None:
        """How far the step is that is being done, where that is known."""
        return min(100, 100 * self.done // self.total) if self.total else None
