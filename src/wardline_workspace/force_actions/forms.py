"""What is asked about an action of the force."""

from __future__ import annotations

from typing import Any

from django import forms

from wardline_workspace.force_actions.kinds import Judged, OnMove, Standing
from wardline_workspace.inspections.models import Concern, Recommendation
from wardline_workspace.pages.form_fields import DayField

__all__ = [
    "ActionForm",
    "CompleteForm",
    "FileForm",
    "FirstDateForm",
    "JudgeForm",
    "LinkForm",
    "MoveForm",
    "ProgressForm",
    "SatisfiedForm",
    "StandingForm",
    "ViewForm",
]

MOST_LETTERS = 10_000
OWNER = "Who at the force owns it?"


def _words(label: str, required: str = "", *, rows: int = 4, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(required),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required, "max_length": f"Use at most {MOST_LETTERS:,} letters"},
    )


def _line(label: str, required: str = "", *, help_text: str = "", most: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(required),
        max_length=most,
        error_messages={"required": required},
    )


class _Versioned(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        """The version; one that is no number is no version."""
        return self.cleaned_data["version"] or 0


class ActionForm(forms.Form):
    """An action, with its first date."""

    title = _line("What will be done?", "Enter what will be done")
    words = _words("More about it")
    recommendation = forms.ModelChoiceField(
        label="About which recommendation?",
        queryset=Recommendation.objects.select_related("inspection"),
        required=False,
        empty_label="None",
    )
    concern = forms.ModelChoiceField(
        label="Or about which concern?",
        queryset=Concern.objects.select_related("inspection"),
        required=False,
        empty_label="None",
    )
    owner = _line(
        OWNER, help_text="A post, for example: head of protecting vulnerable people. Leave it empty if nobody does yet"
    )
    began_on = DayField(label="When did it begin?", error_messages={"required": "Enter the day on which it began"})
    due_on = DayField(
        label="By when is it promised?",
        required=False,
        help_text="This first date is kept for ever. Leave it empty where none was given",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {
            "recommendation": lambda one: f"{one.reference}, {one.inspection.title}",
            "concern": lambda one: one.title,
        }
        for field, words in named.items():
            self.fields[field].label_from_instance = words


class FirstDateForm(forms.Form):
    """The owner and the first date."""

    owner = _line(OWNER, "Enter who at the force owns it")
    due_on = DayField(label="By when is it promised?", error_messages={"required": "Enter the first date"})


class MoveForm(_Versioned):
    """A move of the date, which is the force's to make."""

    to_day = DayField(label="To which day?", error_messages={"required": "Enter the new date"})
    why = _words("The force’s reason", "Enter the reason that the force gives", rows=3)
    said_by = _line("Who at the force said so?", "Enter who said so")
    said_on = DayField(label="When?", error_messages={"required": "Enter when they said so"})


class ViewForm(forms.Form):
    """What the office says of a move. It blocks none."""

    view = forms.ChoiceField(
        label="Does the office accept it?",
        choices=[(one.name, one.value.capitalize()) for one in (OnMove.ACCEPTED, OnMove.NOT_ACCEPTED)],
        widget=forms.RadioSelect,
        help_text="The date moves either way. The chief constable decides what the force does",
        error_messages={"required": "Choose whether the office accepts it"},
    )
    words = _words("Why?", "Enter why", rows=2)

    def clean_view(self) -> OnMove:
        """The view, as a member."""
        return OnMove[self.cleaned_data["view"]]


class ProgressForm(forms.Form):
    """What was said on the way."""

    words = _words("What was said?", "Enter what was said", rows=3)
    said_by = _line("By whom?", "Enter who said it")
    said_on = DayField(label="When?", error_messages={"required": "Enter when it was said"})


class StandingForm(_Versioned):
    """How it stands with the force."""

    standing = forms.ChoiceField(
        label="How does it stand with the force?",
        choices=[
            (one.name, one.value[:1].upper() + one.value[1:]) for one in Standing if one is not Standing.FORCE_COMPLETE
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it stands"},
    )
    because = _words("The force’s reason", rows=2, help_text="Needed where it will not be done, or is not the force’s")

    def clean_standing(self) -> Standing:
        """The standing, as a member."""
        return Standing[self.cleaned_data["standing"]]


class CompleteForm(_Versioned):
    """The force's word that it is complete."""

    complete_on = DayField(label="On which day was it complete?", error_messages={"required": "Enter the day"})


class LinkForm(forms.Form):
    """A link as evidence."""

    title = _line("What does it show?", "Enter what it shows")
    web_address = forms.URLField(
        label="Web address",
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": "Enter the web address",
            "invalid": "Enter a web address, such as https://www.example.org",
        },
    )


class FileForm(forms.Form):
    """A file as evidence."""

    title = _line("What does it show?", "Enter what it shows")
    file = forms.FileField(
        label="The file",
        help_text="It must name no child. PDF, Word, Excel, OpenDocument, CSV, text or a picture, at most 20 MB",
        error_messages={"required": "Choose the file", "empty": "The file is empty. Choose another"},
    )


class JudgeForm(forms.Form):
    """What somebody who did not bring it says of evidence."""

    judged = forms.ChoiceField(
        label="Does it show what it should?",
        choices=[(one.name, one.value.capitalize()) for one in (Judged.SHOWS_IT, Judged.DOES_NOT)],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it shows it"},
    )
    words = _words("Why?", "Enter why", rows=2)

    def clean_judged(self) -> Judged:
        """The judgement, as a member."""
        return Judged[self.cleaned_data["judged"]]


class SatisfiedForm(_Versioned):
    """Why the office is satisfied, or no longer is."""

    why = _words("Why?", "Enter why", rows=3)
