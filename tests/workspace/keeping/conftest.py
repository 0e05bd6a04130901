"""Things whose time is over, in the force's workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.workspace.releases.conftest import approver, lead, of_cases, prepared, signed, terms  # noqa: F401  their fixtures
from wardline.time_limits import Length, Unit
from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.keeping.expiring import Due, expire
from wardline_workspace.releases.models import Release

PERIOD = Length(90, Unit.DAYS)


@pytest.fixture
def kept_for(settings: Any, deployment: object) -> Callable[..., None]:
    """Settle that these kinds are kept for 90 days."""

    def settle(*kinds: Kept) -> None:
        settings.DEPLOYMENT = replace(settings.DEPLOYMENT, keep_for=dict.fromkeys(kinds, PERIOD))

    return settle


def make_old(thing: AddedDive | Release, days: int = 91) -> None:
    """Let its time have begun so many days ago."""
    if isinstance(thing, AddedDive):
        AddedDive.objects.filter(pk=thing.pk).update(added_at=timezone.now() - timedelta(days=days))
    else:
        day = timezone.localdate() - timedelta(days=days)
        Release.objects.filter(pk=thing.pk).update(ends_on=day, destroyed_by=day)


def run(**given: Any) -> list[Due]:
    """Remove what is past its time."""
    return list(expire(by="command line", **given))
