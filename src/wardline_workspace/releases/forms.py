"""What is asked about releases, held cases and vignettes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from wardline.obligations import ResolvedObligation
from wardline_workspace.dives.models import AddedDive
from wardline_workspace.pages.form_fields import DayField
from wardline_workspace.releases.models import HeldBecause, Kind
from wardline_workspace.releases.policies import CONFIRMATIONS, INTRUDER, why_not_days

__all__ = ["CheckVignette", "Destroyed", "Hold", "RecallNotice", "Sign", "Terms", "Why", "WriteVignette"]

MOST_LETTERS = 2_000
LARGEST_NOTICE = 20_000


def _text(label: str, required: str, *, rows: int = 3, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required, "max_length": f"Use at most {MOST_LETTERS:,} letters"},
    )


class Terms(forms.Form):
    """On which terms something is released."""

    purpose = _text("Named purpose", "Enter what this release is for", rows=2)
    recipients = _text(
        "Who gets it", "Enter who gets it", rows=3, help_text="One role or name a line, for example: scrutiny officer"
    )
    kind = forms.ChoiceField(
        label="What goes",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        help_text="Totals go first. Coded cases go only for a question that totals leave open.",
        error_messages={"required": "Choose what goes"},
    )
    question = forms.CharField(
        label="Named question that the cases answer",
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only for coded cases",
    )
    about = forms.MultipleChoiceField(
        label="Only cases of these obligations",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only for coded cases. Tick none for every case that was judged.",
    )
    ends_on = DayField(
        label="When does it end?",
        help_text="The last day on which the office may keep it. For example, 31 7 2027",
        error_messages={"required": "Enter the day on which it ends"},
    )
    destroyed_by = DayField(
        label="When must the office destroy it?",
        help_text="On or after the day the release ends. For example, 14 8 2027",
        error_messages={"required": "Enter the day by which it must be destroyed"},
    )
    certified_by = forms.CharField(
        label="Who will certify that it was destroyed?",
        max_length=200,
        error_messages={"required": "Enter who will certify that it was destroyed"},
    )
    marking = forms.CharField(
        label="Protective marking",
        max_length=100,
        help_text="On every page and export of it",
        error_messages={"required": "Enter the protective marking"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, obligations: tuple[ResolvedObligation, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = {item.full_name: item.obligation.title for item in obligations}
        self.fields["about"].choices = list(titles.items())

    def clean_recipients(self) -> list[str]:
        """One for each line."""
        return [line.strip() for line in str(self.cleaned_data["recipients"]).splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        """The two days fit each other, and a question is there where cases go."""
        found = super().clean() or self.cleaned_data
        ends, destroyed = found.get("ends_on"), found.get("destroyed_by")
        unfit = why_not_days(ends, destroyed, today=timezone.localdate()) if ends and destroyed else None
        if unfit:
            self.add_error(*unfit)
        if found.get("kind") == Kind.CASES and not str(found.get("question", "")).strip():
            self.add_error("question", "Enter the named question that these cases answer")
        return found


class Sign(forms.Form):
    """What whoever signs confirms. `seen` is of what was looked at."""

    confirmed = forms.MultipleChoiceField(
        label="I have",
        choices=list(CONFIRMATIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Confirm all three before you sign"},
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_confirmed(self) -> list[str]:
        """All of them."""
        confirmed = list(self.cleaned_data["confirmed"])
        if set(confirmed) != set(CONFIRMATIONS):
            missing = [words for name, words in CONFIRMATIONS.items() if name not in confirmed]
            raise forms.ValidationError(f"Confirm that you have {missing[0]}")
        return confirmed


class Why(forms.Form):
    """A reason. `asked` is the question, `required` what is said where there is none."""

    reason = _text("Why?", "Enter the reason")

    def __init__(self, *args: Any, asked: str, required: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.label, field.help_text, field.error_messages["required"] = asked, hint, required


class Destroyed(forms.Form):
    """A certificate of destruction."""

    destroyed_on = DayField(
        label="When was it destroyed?",
        help_text="For example, 14 8 2027",
        error_messages={"required": "Enter the day on which it was destroyed"},
    )
    certified_by = forms.CharField(
        label="Who certifies it?", max_length=200, error_messages={"required": "Enter who certifies it"}
    )
    certificate = _text(
        "What the certificate says",
        "Enter what the certificate says",
        help_text="For example: the folder, every copy and every export were deleted",
    )

    def clean_destroyed_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["destroyed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day must be today or earlier")
        return day


def _dives() -> list[tuple[str, str]]:
    return [("", "Choose a dive"), *((one.slug, one.title) for one in AddedDive.objects.filter(is_release=False))]


class _OfCase(forms.Form):
    """A case of a dive, by its number."""

    dive = forms.ChoiceField(label="Dive", error_messages={"required": "Choose the dive"})
    case = forms.CharField(
        label="Case number", max_length=300, error_messages={"required": "Enter the number of the case"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dive"].choices = _dives()


class Hold(_OfCase):
    """Which case is held, and why."""

    because = forms.ChoiceField(
        label="Why is it held?",
        choices=HeldBecause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is held"},
    )
    decided_by = forms.CharField(
        label="Who decided it?",
        help_text="By role or name, for example: head of criminal justice",
        max_length=200,
        error_messages={"required": "Enter who decided it"},
    )
    since = DayField(
        label="Since when?",
        help_text="For example, 2 3 2026",
        error_messages={"required": "Enter the day from which it is held"},
    )

    def clean_since(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["since"]
        if day > timezone.localdate():
            raise forms.ValidationError("The day must be today or earlier")
        return day


class WriteVignette(_OfCase):
    """A vignette."""

    title = forms.CharField(
        label="Title",
        max_length=120,
        help_text="Of the kind of case, not of the child",
        error_messages={"required": "Enter a title"},
    )
    text = _text("Text", "Enter the text", rows=8, help_text="No name, number, day, clock time or place")
    is_sexual_offence = forms.TypedChoiceField(
        label="Is a sexual offence told of, or alleged?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text="Whoever it was done to is anonymous for life (Sexual Offences (Amendment) Act 1992).",
        error_messages={"required": "Say whether a sexual offence is told of"},
    )
    keeps_anonymity = forms.BooleanField(
        label="If so: nothing in the text could lead to whoever it was done to, now or later", required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Where a sexual offence is told of, lifetime anonymity is confirmed."""
        found = super().clean() or self.cleaned_data
        if found.get("is_sexual_offence") is True and not found.get("keeps_anonymity"):
            self.add_error("keeps_anonymity", "Confirm that lifetime anonymity is kept, or do not write this vignette")
        return found


class CheckVignette(forms.Form):
    """The motivated-intruder check: each question answered yes or no."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in INTRUDER.items():
            self.fields[name] = forms.ChoiceField(
                label=question,
                choices=[("no", "No"), ("yes", "Yes")],
                widget=forms.RadioSelect,
                error_messages={"required": f"Answer: {question[:1].lower()}{question[1:]}"},
            )

    @property
    def answers(self) -> dict[str, str]:
        """The answers, by question."""
        return {name: str(self.cleaned_data[name]) for name in INTRUDER}


class RecallNotice(forms.Form):
    """The notice with which the force recalls a release."""

    notice = forms.FileField(
        label="recall.json, as the force handed it over", error_messages={"required": "Choose the file"}
    )

    def clean_notice(self) -> bytes:
        """What is in the file, if it is not larger than a notice can be."""
        file = self.cleaned_data["notice"]
        if file.size > LARGEST_NOTICE:
            raise forms.ValidationError("This file is too large to be a recall notice")
        return bytes(file.read())
