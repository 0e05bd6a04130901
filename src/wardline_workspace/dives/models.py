"""Which dives the workspace has. Their tables stay in their folders and are never copied into the database."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from django.db import models

from wardline_workspace.roles import SeenBy

__all__ = ["AddedDive"]


class AddedDive(models.Model):
    """A dive folder or a release that was added. `slug` is its part of an address; `folder` is where it was copied to.

    Of a release: `ends_on` is the last day on which it may be kept; once it is recalled or destroyed nothing of it is
    opened. `manifest_sha256` is of its manifest when it was added, which has the hashes of all other files; of a
    release it is of its `release.json`.
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    question = models.TextField()
    as_at = models.DateTimeField()
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    is_made_up = models.BooleanField()
    is_release = models.BooleanField(default=False)
    marking = models.CharField(max_length=100, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    recalled_on = models.DateField(null=True, blank=True)
    destroyed_on = models.DateField(null=True, blank=True)
    folder = models.CharField(max_length=500)
    manifest_sha256 = models.CharField(max_length=64, unique=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.CharField(max_length=40)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **dict.fromkeys(
            (
                "slug",
                "title",
                "question",
                "as_at",
                "period_from",
                "period_to",
                "is_made_up",
                "is_release",
                "marking",
                "ends_on",
                "recalled_on",
                "destroyed_on",
                "added_at",
            ),
            SeenBy.EVERYBODY,
        ),
        "id": SeenBy.NOBODY,
        "folder": SeenBy.NOBODY,
        "manifest_sha256": SeenBy.AUDITORS,
        "added_by": SeenBy.AUDITORS,
    }

    class Meta:
        ordering = ("-as_at", "title")

    def __str__(self) -> str:
        return self.slug

    @property
    def path(self) -> Path:
        """The folder."""
        return Path(self.folder)
