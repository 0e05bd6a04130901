"""What is asked about legal holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from wardline_workspace.deployment.kept_for import Kept
from wardline_workspace.keeping.models import HeldBecause
from wardline_workspace.keeping.shelves import shelves_at
from wardline_workspace.pages.form_fields import DayField

__all__ = ["Lift", "PlaceHold"]

MOST_LETTERS = 2_000
BETWEEN = " / "


def _things() -> list[tuple[str, str]]:
    kept = [
        (
            f"{thing.kind}{BETWEEN}{thing.code}",
            thing.title if thing.title.startswith(shelf.one) else f"{shelf.one}: {thing.title}",
        )
        for shelf in shelves_at(settings.DEPLOYMENT.place)
        if shelf.is_named
        for thing in shelf.things()
    ]
    return [("", "Choose what is held"), *kept]


class PlaceHold(forms.Form):
    """What is held, why, and who decided it."""

    what = forms.ChoiceField(label="What is held?", choices=_things, error_messages={"required": "Choose what is held"})
    because = forms.ChoiceField(
        label="Why?",
        choices=HeldBecause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is held"},
    )
    decided_by = forms.CharField(
        label="Who decided it?",
        help_text="By role or name, for example: monitoring officer",
        max_length=200,
        error_messages={"required": "Enter who decided it"},
    )
    since = DayField(
        label="Since when?",
        help_text="For example, 2 3 2026",
        error_messages={"required": "Enter the day from which it is held"},
    )

    def clean_since(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["since"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day must be today or earlier")
        return day

    def given(self) -> dict[str, Any]:
        """The answers, as the action takes them."""
        kind, _, code = str(self.cleaned_data["what"]).partition(BETWEEN)
        return {
            "kind": Kept(kind),
            "code": code,
            **{name: self.cleaned_data[name] for name in ("because", "decided_by", "since")},
        }


class Lift(forms.Form):
    """Why a hold is lifted."""

    reason = forms.CharField(
        label="Why is it no longer held?",
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason", "max_length": f"Use at most {MOST_LETTERS:,} letters"},
    )
