"""A small dive of made-up records in the force's workspace, releases of it, and what the office has of them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from wardline_workspace.deployment.described import Deployment, Place
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.people.models import Account
from wardline_workspace.releases.actions import prepare
from wardline_workspace.releases.models import Release
from wardline_workspace.releases.preview import fingerprint_of
from wardline_workspace.releases.signing import sign
from wardline_workspace.releases.where import archive_of


@pytest.fixture
def terms() -> dict[str, Any]:
    """Terms of a release of totals that fit."""
    today = timezone.localdate()
    return {
        "purpose": "The panel of May",
        "recipients": ["scrutiny officer", "chief executive"],
        "kind": "totals",
        "question": "",
        "about": [],
        "ends_on": today + timedelta(days=90),
        "destroyed_by": today + timedelta(days=100),
        "certified_by": "The chief executive",
        "marking": "OFFICIAL-SENSITIVE",
    }


@pytest.fixture
def lead(account_as: Callable[[str], Account]) -> Account:
    """Who prepares."""
    return account_as("force-lead")


@pytest.fixture
def approver(account_as: Callable[[str], Account]) -> Account:
    """Who signs."""
    return account_as("release-approver")


@pytest.fixture
def prepared(added: AddedDive, terms: dict[str, Any], lead: Account) -> Release:
    """A release of totals that is not signed."""
    return prepare(dive=added, by=lead, **terms)


@pytest.fixture
def signed(prepared: Release, approver: Account) -> Release:
    """The same, signed."""
    return sign(release=prepared, fingerprint=fingerprint_of(prepared), by=approver)


@pytest.fixture
def of_cases(signed: Release, terms: dict[str, Any], lead: Account, approver: Account) -> Release:
    """A release of coded cases, signed."""
    asked = terms | {"kind": "cases", "question": "Who agreed each change of grade?"}
    release = prepare(dive=signed.dive, by=lead, **asked)
    return sign(release=release, fingerprint=fingerprint_of(release), by=approver)


def unpacked(release: Release, to: Path) -> Path:
    """The release as it is handed over, unpacked: the folder that it holds."""
    with zipfile.ZipFile(archive_of(release.number)) as packed:
        packed.extractall(to)
    (folder,) = to.iterdir()
    return folder


@pytest.fixture
def to_office(settings: Any, tmp_path: Path) -> Callable[[], Deployment]:
    """From here on the same machine is the office's, with a folder of its own; the database is the same one."""

    def moved() -> Deployment:
        force = settings.DEPLOYMENT
        folder = tmp_path / "office"
        folder.mkdir(exist_ok=True)
        settings.DEPLOYMENT = replace(force, place=Place.OFFICE, body=force.office, folder=folder)
        return settings.DEPLOYMENT

    return moved
