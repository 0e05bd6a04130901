"""What is asked when a dive is added."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django import forms

from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.jinja import day

__all__ = ["AddDive", "CompareDives"]


class AddDive(forms.Form):
    """The folder of a dive, on the machine where the workspace runs."""

    folder = forms.CharField(
        label="Folder of the dive or release",
        help_text="On the machine where this workspace runs, for example /srv/dives/march-2025",
        error_messages={"required": "Enter the folder of the dive or release"},
    )

    def clean_folder(self) -> Path:
        """The folder, if it is there."""
        folder = Path(str(self.cleaned_data["folder"]).strip())
        if not folder.is_absolute():
            raise forms.ValidationError("Enter the whole path of the folder, beginning with a slash")
        if not folder.is_dir():
            raise forms.ValidationError("There is no such folder on this machine, or it cannot be read")
        return folder


class CompareDives(forms.Form):
    """Two of the dives that were added, the earlier one first."""

    first = forms.ChoiceField(label="The earlier dive", error_messages={"required": "Choose the earlier dive"})
    second = forms.ChoiceField(label="The later dive", error_messages={"required": "Choose the later dive"})

    def __init__(self, *args: Any, dives: Iterable[AddedDive], **options: Any) -> None:
        super().__init__(*args, **options)
        self.dives = {dive.slug: dive for dive in dives}
        for name in ("first", "second"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField), "both are chosen from a list"
            field.choices = [("", "Choose a dive"), *((one.slug, _in_a_list(one)) for one in self.dives.values())]
            field.error_messages["invalid_choice"] = "Choose a dive from the list"

    def clean(self) -> dict[str, Any]:
        """Two different ones."""
        chosen = dict(super().clean() or {})
        if chosen.get("first") and chosen.get("first") == chosen.get("second"):
            self.add_error("second", "Choose two different dives")
        return chosen


def _in_a_list(dive: AddedDive) -> str:
    return f"{dive.title}, as at {day(dive.as_at)}"
