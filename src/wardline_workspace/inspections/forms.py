"""What is asked about a report, what it found and asks, and what happened after it."""

from __future__ import annotations

from typing import Any

from django import forms

from wardline_workspace.inspections.kinds import (
    ASSURANCE,
    Addressed,
    Answer,
    ConcernKind,
    Grade,
    Happened,
    Inspectorate,
)
from wardline_workspace.inspections.models import Concern, Inspection, Thread
from wardline_workspace.pages.form_fields import DayField

__all__ = [
    "AnswerForm",
    "ClosureForm",
    "ConcernForm",
    "EventForm",
    "GradeForm",
    "InspectionForm",
    "RecommendationForm",
    "TakeBackForm",
]

MOST_LETTERS = 10_000


def _choice(label: str, kind: Any, required: str, *, help_text: str = "", initial: Any = None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(one.name, one.value[:1].upper() + one.value[1:]) for one in kind],
        widget=forms.RadioSelect,
        help_text=help_text,
        initial=initial,
        error_messages={"required": required},
    )


def _words(label: str, required: str = "", *, rows: int = 4, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(required),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required, "max_length": f"Use at most {MOST_LETTERS:,} letters"},
    )


class _Versioned(forms.Form):
    """A form that knows which version it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def clean_version(self) -> int:
        """The version; one that is no number is no version."""
        return self.cleaned_data["version"] or 0


class InspectionForm(_Versioned):
    """A report."""

    title = forms.CharField(
        label="Title of the report", max_length=200, error_messages={"required": "Enter the title of the report"}
    )
    inspectorate = _choice("Whose report is it?", Inspectorate, "Choose whose report it is")
    other_body = forms.CharField(
        label="Which other body?", max_length=200, required=False, help_text="Only for a report of another body"
    )
    published_on = DayField(
        label="When was it published?",
        help_text="The 56 days of the law begin with this day. For example, 15 1 2025",
        error_messages={"required": "Enter the day on which it was published"},
    )
    looked_at = forms.CharField(
        label="When were the inspectors there?", max_length=200, required=False, help_text="For example, June 2024"
    )
    web_address = forms.URLField(
        label="Where can it be read?",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Enter a web address, such as https://www.example.org/report"},
    )

    def clean(self) -> dict[str, Any]:
        """Another body is named."""
        given = super().clean() or self.cleaned_data
        if given.get("inspectorate") == Inspectorate.OTHER.name and not given.get("other_body"):
            self.add_error("other_body", "Enter whose report it is")
        elif given.get("inspectorate") != Inspectorate.OTHER.name:
            given["other_body"] = ""
        return given


class GradeForm(forms.Form):
    """The grade of a topic."""

    topic = forms.CharField(label="Topic", max_length=200, error_messages={"required": "Enter the topic"})
    grade = _choice("Grade", Grade, "Choose the grade")

    def clean_grade(self) -> Grade:
        """The grade, as a member."""
        return Grade[self.cleaned_data["grade"]]


class ConcernForm(_Versioned):
    """A cause of concern or an area for improvement."""

    kind = _choice("What do the inspectors call it?", ConcernKind, "Choose what the inspectors call it")
    title = forms.CharField(
        label="Title", max_length=200, help_text="For example, response to missing children",
        error_messages={"required": "Enter a title"},
    )  # fmt: skip
    words = _words("In the inspectors’ words", help_text="As the report says it, so that it can be quoted")
    thread = forms.ModelChoiceField(
        label="Is it the same concern as in an earlier inspection?",
        queryset=Thread.objects.all(),
        required=False,
        empty_label="No, or not known",
    )
    new_thread = forms.CharField(
        label="Or begin a thread of that concern",
        max_length=200,
        required=False,
        help_text="A title that fits it in every report. Leave it empty if there is a thread above",
    )

    def clean(self) -> dict[str, Any]:
        """One thread at most."""
        given = super().clean() or self.cleaned_data
        if given.get("thread") and given.get("new_thread"):
            self.add_error("new_thread", "Choose a thread above, or begin a new one, but not both")
        return given

    def clean_kind(self) -> ConcernKind:
        """The kind, as a member."""
        return ConcernKind[self.cleaned_data["kind"]]


class RecommendationForm(forms.Form):
    """What the report asks."""

    reference = forms.CharField(
        label="Number or name in the report",
        max_length=40,
        error_messages={"required": "Enter its number in the report"},
    )
    words = _words("In the inspectors’ words", "Enter what the report asks")
    addressed_to = _choice("Whom does it ask?", Addressed, "Choose whom it asks", initial=Addressed.CHIEF.name)
    concern = forms.ModelChoiceField(
        label="Under which concern does it stand?", queryset=Concern.objects.none(), required=False, empty_label="None"
    )
    asked_by = DayField(
        label="By which day?", required=False, help_text="Leave it empty where the inspectors name no day"
    )

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concern"].queryset = inspection.concerns.all()
        self.fields["concern"].label_from_instance = lambda one: one.title


class AnswerForm(_Versioned):
    """What the oversight body itself does about a recommendation, or why nothing."""

    answer = _choice(
        "What does the oversight body itself do?",
        Answer,
        "Choose whether you do something yourselves",
        help_text="What the chief constable will do is in the chief’s own comments, and is no answer here",
    )
    answer_words = _words("In words that can be published", "Enter what you do, or why nothing")
    answer_published_on = DayField(
        label="When was this answer published?", required=False, help_text="Leave it empty until it is"
    )

    def clean_answer(self) -> Answer:
        """The answer, as a member."""
        return Answer[self.cleaned_data["answer"]]


class ClosureForm(_Versioned):
    """When the inspectors closed it."""

    closed_by_inspectors_on = DayField(
        label="On which day did the inspectors close it?",
        required=False,
        help_text="Leave it empty where they have not",
    )


class EventForm(forms.Form):
    """Something that happened after the report."""

    what = _choice("What happened?", Happened, "Choose what happened")
    on = DayField(label="On which day?", error_messages={"required": "Enter the day"})
    assurance = forms.ChoiceField(
        label="How far is the meeting assured?",
        choices=[("", "It was no decision of a scrutiny meeting"), *((one, one.capitalize()) for one in ASSURANCE)],
        required=False,
    )
    note = forms.CharField(
        label="Note",
        max_length=500,
        required=False,
        help_text="For example, the date that was set for the chief’s answer",
    )

    def clean_what(self) -> Happened:
        """What happened, as a member."""
        return Happened[self.cleaned_data["what"]]


class TakeBackForm(forms.Form):
    """Why an entry is taken back."""

    because = forms.CharField(
        label="Why is it taken back?",
        max_length=500,
        help_text="The entry stays to be seen, with this reason",
        error_messages={"required": "Enter why it is taken back"},
    )
