"""What is asked of somebody who looks for a case, or opens one."""

from __future__ import annotations

from django import forms

__all__ = ["FindCase"]


class FindCase(forms.Form):
    """The number of a case. It is sent, and so stands in no address and in no log."""

    number = forms.CharField(
        label="Case number",
        max_length=100,
        error_messages={"required": "Enter a case number", "max_length": "A case number has at most 100 characters"},
    )
