"""What was sent to a post, whether it was acknowledged, and the telephone calls about it."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardline_workspace.at_risk.kinds import GOES_TO, GoesTo, Kind, State
from wardline_workspace.at_risk.posts import post_of
from wardline_workspace.deployment.described import Place, Post
from wardline_workspace.roles import SeenBy

__all__ = ["Call", "Risk"]

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ2346789"  # none that is heard or read for another
CODE_LENGTH = 6


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


class Risk(models.Model):
    """A child who may be at risk now, or possible misconduct, a death or a serious injury, sent to a post of the force.

    `code` is what the trail, the address and a telephone call know it by. `worry` and the case stay in this table: they
    are in no log and not in the trail. `form_token` is of the form it was sent with: sent twice, it is there once.
    """

    code = models.CharField(max_length=10, unique=True, default=_code)
    kind = models.CharField(max_length=80, choices=[(one.value, one.value) for one in Kind])
    dive = models.CharField(max_length=200, blank=True)
    case = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=300, blank=True)
    worry = models.TextField()
    reach = models.CharField(max_length=200)
    sender_name = models.CharField(max_length=100)
    sender_role = models.CharField(max_length=100)
    sent_by = models.CharField(max_length=40)
    sent_at = models.DateTimeField()
    written_in = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Place])
    form_token = models.UUIDField(unique=True)
    state = models.CharField(max_length=60, choices=[(one.value, one.value) for one in State])
    taken_in_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    acknowledged_name = models.CharField(max_length=100, blank=True)
    acknowledged_by = models.CharField(max_length=40, blank=True)
    acknowledged_at = models.DateTimeField(null=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        **dict.fromkeys(("id", "form_token", "fingerprint"), SeenBy.NOBODY),
        **dict.fromkeys(
            (
                *("code", "kind", "dive", "case", "about", "worry", "reach", "sender_name", "sender_role", "sent_at"),
                *("written_in", "state", "taken_in_at", "acknowledged_name", "acknowledged_at"),
            ),
            SeenBy.DUTY_POSTS,  # the post that it went to, and whoever sent it: `policies.seen_by`
        ),
        **dict.fromkeys(("sent_by", "acknowledged_by"), SeenBy.AUDITORS),
    }

    class Meta:
        ordering = ("-sent_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by="", acknowledged_name="")
                | Q(acknowledged_at__isnull=False) & ~Q(acknowledged_by="") & ~Q(acknowledged_name=""),
                name="acknowledged_by_name_and_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ACKNOWLEDGED.value, acknowledged_at__isnull=False)
                | ~Q(state=State.ACKNOWLEDGED.value) & Q(acknowledged_at__isnull=True),
                name="acknowledged_is_with_a_time",
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def goes_to(self) -> GoesTo:
        """Which post it goes to."""
        return GOES_TO[Kind(self.kind)]

    @property
    def post(self) -> Post:
        """That post's name and telephone number."""
        return post_of(self.goes_to)

    @property
    def stands(self) -> State:
        """The state, as a member."""
        return State(self.state)

    @property
    def about_words(self) -> str:
        """Which child or case, as the sender knows it."""
        return f"case {self.case.partition(':')[2] or self.case}" if self.case else self.about


class Call(models.Model):
    """A telephone call about it: with whom, when, and what was said."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="calls")
    spoke_with = models.CharField(max_length=100)
    called_at = models.DateTimeField()
    said = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(auto_now_add=True)

    SEEN_BY: ClassVar[dict[str, SeenBy]] = {
        "id": SeenBy.NOBODY,
        **dict.fromkeys(("risk", "spoke_with", "called_at", "said", "recorded_at"), SeenBy.DUTY_POSTS),
        "recorded_by": SeenBy.AUDITORS,
    }

    class Meta:
        ordering = ("-called_at",)

    def __str__(self) -> str:
        return f"call {self.pk}"
