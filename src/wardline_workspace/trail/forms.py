"""What can be asked of the trail."""

from __future__ import annotations

from django import forms

from wardline_workspace.pages.form_fields import DayField
from wardline_workspace.trail.kinds import Did

__all__ = ["Search"]


class Search(forms.Form):
    """Which entries to list. Everything may be left open."""

    by = forms.CharField(label="By whom (the account’s code)", max_length=40, required=False)
    did = forms.ChoiceField(
        label="What was done", required=False, choices=[("", "Anything"), *((did.value, did.value) for did in Did)]
    )
    about = forms.CharField(label="About (a thing’s code)", max_length=80, required=False)
    since = DayField(label="Since", required=False)
