"""A dive being made from the exports of the first dive, as somebody new to it would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from wardline_workspace.making import background
from wardline_workspace.making.models import DiveBeingMade

EXPORTS = Path("examples/first-dive/exports").absolute()
STANDARD = "england/missing-children"
ASKED = {
    "title": "Missing children, winter",
    "question": "Are children reported missing reached in time?",
    "as_at_0": "1",
    "as_at_1": "4",
    "as_at_2": "2025",
    "period_from_0": "1",
    "period_from_1": "10",
    "period_from_2": "2024",
    "period_to_0": "31",
    "period_to_1": "3",
    "period_to_2": "2025",
    "standards": [STANDARD],
    "is_made_up": "on",
}


@pytest.fixture(autouse=True)
def no_processes(request, monkeypatch):
    """What runs in the background is run by the tests that ask for it."""
    if "real_process" not in request.keywords:
        monkeypatch.setattr(background, "wake", lambda: None)


def uploads(folder: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(path.name, path.read_bytes()) for path in sorted((EXPORTS / folder).iterdir())]


@pytest.fixture
def lead(browse_as: Callable[[str | None], Client]) -> Client:
    """The force lead, who makes dives."""
    return browse_as("force-lead")


@pytest.fixture
def begun(lead: Client) -> DiveBeingMade:
    """A dive that was begun, without exports yet."""
    answer = lead.post("/making/begin/", ASKED)
    assert answer.status_code == 302, answer.content.decode()
    return DiveBeingMade.objects.get()


@pytest.fixture
def with_exports(lead: Client, begun: DiveBeingMade) -> DiveBeingMade:
    """A dive with the force's exports, read as the draft guesses."""
    answer = lead.post(f"/making/{begun.slug}/systems/add/", {"system": "missing", "files": uploads("missing")})
    assert answer.status_code == 302, answer.content.decode()
    return begun
