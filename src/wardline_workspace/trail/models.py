"""The entries of the trail. They are written once; the database itself refuses to change or remove one."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from wardline_workspace.roles.visibility import SeenBy

__all__ = ["HASH_LENGTH", "Entry", "Head", "Unchangeable"]

HASH_LENGTH = 64


class Unchangeable(Exception):
    """An entry of the trail was to be changed or removed."""


class _WrittenOnce(models.QuerySet["Entry"]):
    """Reads, and nothing else: entries are written by `trail.actions.record` alone."""

    def update(self, **_: Any) -> NoReturn:
        raise Unchangeable("An entry of the trail is never changed.")

    def delete(self) -> NoReturn:
        raise Unchangeable("An entry of the trail is never removed.")


class Entry(models.Model):
    """One thing that somebody did, with what it was about.

    It holds identifiers of things, and never a name, a search's text or a case's own number, so that something can be
    erased without touching the chain. `by` is an account's identifier and no foreign key: an account that is gone is
    still in the trail. `hash` is taken over everything else and the hash before it.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40, blank=True, db_index=True)
    did = models.CharField(max_length=40, db_index=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=80, blank=True, db_index=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=HASH_LENGTH)
    hash = models.CharField(max_length=HASH_LENGTH, unique=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = dict.fromkeys(
        ("number", "at", "by", "did", "about_kind", "about", "detail", "previous", "hash"), SeenBy.AUDITORS
    )

    objects = _WrittenOnce.as_manager()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.did}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry. Raises Unchangeable for one that is there."""
        if not self._state.adding:
            raise Unchangeable("An entry of the trail is never changed.")
        super().save(*args, force_insert=True, using=kwargs.get("using"))

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Never: raises Unchangeable."""
        raise Unchangeable("An entry of the trail is never removed.")


class Head(models.Model):
    """Where the chain ends: one row, which whoever writes the next entry holds until it is written."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=HASH_LENGTH, default="0" * HASH_LENGTH)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = dict.fromkeys(("only", "number", "hash"), SeenBy.AUDITORS)

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"
