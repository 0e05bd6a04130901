"""What is asked when a dive is made, and what is said where it does not fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django import forms

from wardline.errors import DocumentError
from wardline.standards import look_up_standard, read_limit, shipped_standards
from wardline_workspace.pages.form_fields import DayField

__all__ = [
    "AboutSystem",
    "AddExports",
    "AddGap",
    "AddSystem",
    "Begin",
    "Confirm",
    "Document",
    "Question",
    "SetLimit",
    "Settings",
]

NAME_OF_SYSTEM = re.compile(r"[a-z][a-z0-9-]{0,39}")
KEPT_BY = (
    ("force", "the force"),
    ("council", "the council"),
    ("health", "health"),
    ("carer", "a carer"),
    ("oversight body", "the oversight body"),
)
NATIONS = (
    ("England", "England"),
    ("Wales", "Wales"),
    ("Scotland", "Scotland"),
    ("Northern Ireland", "Northern Ireland"),
)


class Versioned(forms.Form):
    """A form that carries the version of the document that it was opened with."""

    version = forms.CharField(widget=forms.HiddenInput)


def standards_to_choose() -> list[tuple[str, str]]:
    """The standards that ship, by name and title."""
    return [(name, f"{look_up_standard(name, relative_to=Path()).title} ({name})") for name in shipped_standards()]


class _Question(forms.Form):
    title = forms.CharField(
        label="What is the dive called?",
        max_length=120,
        error_messages={"required": "Enter what the dive is called", "max_length": "Use 120 letters or fewer"},
    )
    question = forms.CharField(
        label="What is the question?",
        help_text="For example: are children reported missing reached in time?",
        max_length=300,
        error_messages={"required": "Enter the question", "max_length": "Use 300 letters or fewer"},
    )
    as_at = DayField(
        label="As at",
        help_text="The day from whose beginning the dive looks: when the exports were taken, for example 1 4 2025",
        error_messages={"required": "Enter the day from which the dive looks"},
    )
    period_from = DayField(
        label="First day of the period", help_text="Leave both days empty to judge every day", required=False
    )
    period_to = DayField(label="Last day of the period", required=False)
    standards = forms.MultipleChoiceField(
        label="Which standards?",
        widget=forms.CheckboxSelectMultiple,
        choices=standards_to_choose,
        error_messages={"required": "Choose at least one standard"},
    )
    is_made_up = forms.BooleanField(label="The records are made up: of no real child", required=False)

    def clean(self) -> dict[str, Any]:
        """The period has both days or none, in order."""
        found = super().clean() or {}
        first, last = found.get("period_from"), found.get("period_to")
        if (first is None) != (last is None):
            self.add_error("period_from" if first is None else "period_to", "Enter both days of the period, or neither")
        elif first is not None and last is not None and last < first:
            self.add_error("period_to", "The period must not end before it begins")
        return found

    @property
    def period(self) -> tuple[date, date] | None:
        """The two days, where they were given."""
        first = self.cleaned_data["period_from"]
        return None if first is None else (first, self.cleaned_data["period_to"])


class Begin(_Question):
    """A dive is begun."""


class Question(_Question, Versioned):
    """What a dive asks is changed."""


class SeveralFiles(forms.ClearableFileInput):
    """A box that takes several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each of the files."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return (
            [super(Files, self).clean(one, initial) for one in given] if given else super().clean(None, initial) or []
        )


NO_FILES = {"required": "Choose the files", "empty": "One of these files is empty. Ask for the export again"}
WHAT_FILES = "CSV, workbooks (XLSX, XLS, ODS) or Parquet, several at once; or a ZIP of them"


class AddExports(forms.Form):
    """Further files of a record system."""

    files = Files(label="Files", help_text=WHAT_FILES, error_messages=NO_FILES)


class AddSystem(forms.Form):
    """A record system, with its files or the folder where they lie."""

    system = forms.CharField(
        label="What is the record system called?",
        help_text="Small letters, digits and hyphens, for example control-room. It comes before every case number.",
        error_messages={"required": "Enter what the record system is called"},
    )
    files = Files(label="Its exports", help_text=WHAT_FILES, required=False, error_messages=NO_FILES)
    folder = forms.CharField(label="Or a folder on this machine", required=False)
    cases_of = forms.ChoiceField(
        label="Does it open cases of its own?",
        help_text="A control room, or a council’s list of interviews, mostly adds to the cases of another system.",
        required=False,
    )

    def __init__(self, *args: Any, sources: Sequence[str], folders: Sequence[Path], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_others = [(name, f"no: it adds to the cases of {name}") for name in sources]
        self.fields["cases_of"].choices = [("", "yes"), *of_others]
        if folders:
            self.fields["folder"].help_text = f"In one of: {', '.join(map(str, folders))}"
        else:
            del self.fields["folder"]
        if not sources:
            del self.fields["cases_of"]

    def clean_system(self) -> str:
        """A name that can be part of a path and of a case's number."""
        name = str(self.cleaned_data["system"]).strip()
        if not NAME_OF_SYSTEM.fullmatch(name):
            raise forms.ValidationError("Use small letters, digits and hyphens, beginning with a letter, at most 40")
        return name

    def clean(self) -> dict[str, Any]:
        """Either files or a folder."""
        found = super().clean() or {}
        if bool(found.get("files")) == bool(found.get("folder")) and "files" not in self.errors:
            said = "Choose files or name a folder, not both" if found.get("files") else "Choose the files"
            self.add_error("files", said)
        return found


class Document(Versioned):
    """The text of a document."""

    text = forms.CharField(
        label="The document",
        widget=forms.Textarea(attrs={"rows": 30}),
        strip=False,
        error_messages={"required": "There is nothing here. Write the document"},
    )


class AboutSystem(Versioned):
    """What is said of a record system as a whole."""

    title = forms.CharField(
        label="What people call it", error_messages={"required": "Enter what people call the system"}
    )
    kept_by = forms.ChoiceField(label="Whose records are they?", choices=KEPT_BY)
    taken_at = forms.CharField(
        label="When was the export taken?",
        help_text="As 2025-04-01 02:00, in the force’s local time. Empty: at the dive’s as at",
        required=False,
    )


class AddGap(Versioned):
    """Days on which the system recorded nothing, or not all."""

    first = DayField(label="First day", error_messages={"required": "Enter the first day of the gap"})
    last = DayField(label="Last day", error_messages={"required": "Enter the last day of the gap"})
    note = forms.CharField(label="Why", help_text="For example: upgrade of the system", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first is not None and last is not None and last < first:
            self.add_error("last", "The last day must not be before the first")
        return found


class Settings(Versioned):
    """What the force is called, and whose bank holidays count."""

    force = forms.CharField(
        label="What is the force called?", error_messages={"required": "Enter what the force is called"}
    )
    nation = forms.ChoiceField(label="Whose bank holidays are skipped in working days?", choices=NATIONS)


class Confirm(Versioned):
    """Who at the force has agreed to obligations that are only assumed, and on which day."""

    names = forms.MultipleChoiceField(
        label="What is confirmed?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what is confirmed"},
    )
    who = forms.CharField(
        label="Who at the force has read the sentence and agreed to it?",
        help_text="By name or role, for example Head of safeguarding",
        error_messages={"required": "Enter who has confirmed it"},
    )
    on = DayField(label="On which day?", error_messages={"required": "Enter the day on which it was confirmed"})

    def __init__(self, *args: Any, to_confirm: Sequence[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].choices = to_confirm
        self.today = today

    def clean_on(self) -> date:
        """A day that has come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("The day on which it was confirmed must not be in the future")
        return on


class SetLimit(Versioned):
    """A time limit of the force's own."""

    name = forms.ChoiceField(label="For which obligation?")
    limit = forms.CharField(
        label="Within",
        help_text="A number and a unit, for example 90 minutes, 3 days or 2 working days",
        error_messages={"required": "Enter the time limit"},
    )
    reason = forms.CharField(
        label="Why, where it is looser than the one that ships", help_text="Every report shows it", required=False
    )

    def __init__(self, *args: Any, limits: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = limits

    def clean_limit(self) -> str:
        """A limit as it may stand in the settings."""
        text = str(self.cleaned_data["limit"]).strip()
        try:
            read_limit(text)
        except DocumentError as error:
            raise forms.ValidationError([f"{one.what} {one.remedy}" for one in error.problems]) from None
        return text
