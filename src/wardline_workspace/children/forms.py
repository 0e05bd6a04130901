"""What is asked about a child to check, and about files with counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from wardline_workspace.children.models import Item
from wardline_workspace.children.states import AnswerKind
from wardline_workspace.pages.local_times import FORMS, LocalTimeField

__all__ = ["AnswerForm", "CountsFile", "SecondForm", "WhoLooksForm"]


class WhoLooksForm(forms.Form):
    """Which person or post looks, and by when."""

    who = forms.CharField(
        label="Who looks",
        help_text="A person or a post, for example the missing-children sergeant",
        max_length=100,
        error_messages={"required": "Enter which person or post looks at the child"},
    )
    by_when = LocalTimeField(
        label="By when", error_messages={"required": "Enter by when they look, such as 11:00am or 9am tomorrow"}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What somebody found who looked."""

    kind = forms.ChoiceField(
        label="What can you say now?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you can say now"},
    )
    because = forms.CharField(
        label="If not needed: why",
        help_text="On an open case a second person has to agree before it counts.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    by_whom = forms.CharField(
        label="By whom",
        help_text="Who saw, spoke with or looked for the child",
        max_length=100,
        error_messages={"required": "Enter who saw, spoke with or looked for the child"},
    )
    looked_at = LocalTimeField(label="When", error_messages={"required": f"Enter when it was done, {FORMS}"})
    items = forms.TypedMultipleChoiceField(
        label="What is this answer about?",
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        error_messages={
            "required": "Choose at least one thing that this answer is about",
            "invalid_choice": "This is no longer on the list. Open the child’s page again",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Iterable[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (one.name, f"{one.value}…" if one is AnswerKind.NOT_NEEDED else one.value) for one in AnswerKind
        ]
        self.fields["items"].choices = [(item.pk, item.title) for item in items]

    def clean_kind(self) -> AnswerKind:
        """The kind, as a member."""
        return AnswerKind[self.cleaned_data["kind"]]


class SecondForm(forms.Form):
    """Whether a second person agrees that nothing is needed."""

    agrees = forms.ChoiceField(
        label="Do you agree that it is not needed?",
        choices=[("yes", "Yes, I have looked at the case and agree"), ("no", "No, somebody has to look")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree"},
    )
    because = forms.CharField(
        label="If you do not agree: why", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )
    answer = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


class CountsFile(forms.Form):
    """A file with counts that the force sent."""

    file = forms.FileField(label="The file children-counts.json", error_messages={"required": "Choose the file"})
    is_confirmed = forms.BooleanField(
        label="I have compared the fingerprint of the key with the force by telephone, and it is the same",
        help_text="Asked once for each key: only when a file was signed with a key that nobody here has compared yet.",
        required=False,
    )
