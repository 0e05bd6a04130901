"""What is asked of somebody who looks for a case, or opens one."""

from __future__ import annotations

from django import forms

from wardline_workspace.cases.models import Reason

__all__ = ["FindCase", "WhyOpen"]


class FindCase(forms.Form):
    """The number of a case. It is sent, and so stands in no address and in no log."""

    number = forms.CharField(
        label="Case number",
        max_length=100,
        error_messages={"required": "Enter a case number", "max_length": "A case number has at most 100 characters"},
    )


class WhyOpen(forms.Form):
    """Why an identified timeline is opened."""

    reason = forms.ChoiceField(
        label="Why do you open this case?",
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you open this case"},
    )
    text = forms.CharField(
        label="What for, in your words (optional)",
        help_text="For example the challenge or audit that it is for. It is kept beside the trail, for auditors.",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Write at most 1,000 characters"},
    )

    def clean_reason(self) -> Reason:
        """The reason, as one of ours."""
        return Reason(self.cleaned_data["reason"])
