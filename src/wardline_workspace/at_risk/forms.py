"""What is asked when a child may be at risk now: as little as can be."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from wardline_workspace.at_risk.kinds import Kind
from wardline_workspace.pages.local_times import FORMS, LocalTimeField

__all__ = ["AcknowledgeForm", "CallForm", "RiskFile", "RiskForm"]


class RiskForm(forms.Form):
    """What worries somebody, and about whom."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[(one.name, one.value) for one in Kind],
        widget=forms.RadioSelect,
        initial=Kind.CHILD_AT_RISK.name,
        error_messages={"required": "Choose what it is"},
    )
    about = forms.CharField(
        label="Which child or case?",
        help_text="As you know it: a case code, a case number, or where you saw it",
        max_length=300,
        error_messages={"required": "Enter which child or case it is about"},
    )
    worry = forms.CharField(
        label="What worries you?",
        help_text="It goes to the post and to nobody else. It is kept out of the trail and the log.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
        error_messages={"required": "Enter what worries you. A sentence is enough"},
    )
    reach = forms.CharField(
        label="How can they reach you today?",
        help_text="A telephone number",
        max_length=200,
        error_messages={"required": "Enter a telephone number at which they can reach you today"},
    )
    dive = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    case = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, has_case: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_case:
            del self.fields["about"]

    def clean_kind(self) -> Kind:
        """The kind, as a member."""
        return Kind[self.cleaned_data["kind"]]


class AcknowledgeForm(forms.Form):
    """Who acknowledges, by name."""

    name = forms.CharField(
        label="Your name", max_length=100, error_messages={"required": "Enter your name: it is acknowledged by name"}
    )


class CallForm(forms.Form):
    """A telephone call."""

    spoke_with = forms.CharField(
        label="With whom did you speak?",
        max_length=100,
        error_messages={"required": "Enter the name of whom you spoke with"},
    )
    called_at = LocalTimeField(label="When?", error_messages={"required": f"Enter when you telephoned, {FORMS}"})
    said = forms.CharField(
        label="What was said", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )


class RiskFile(forms.Form):
    """The file that the office made."""

    file = forms.FileField(label="The file from the office", error_messages={"required": "Choose the file"})
