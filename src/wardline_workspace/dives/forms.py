"""What is asked when a dive is added."""

from __future__ import annotations

from pathlib import Path

from django import forms

__all__ = ["AddDive"]


class AddDive(forms.Form):
    """The folder of a dive, on the machine where the workspace runs."""

    folder = forms.CharField(
        label="Folder of the dive",
        help_text="On the machine where this workspace runs, for example /srv/dives/march-2025",
        error_messages={"required": "Enter the folder of the dive"},
    )

    def clean_folder(self) -> Path:
        """The folder, if it is there."""
        folder = Path(str(self.cleaned_data["folder"]).strip())
        if not folder.is_absolute():
            raise forms.ValidationError("Enter the whole path of the folder, beginning with a slash")
        if not folder.is_dir():
            raise forms.ValidationError("There is no such folder on this machine, or it cannot be read")
        return folder
