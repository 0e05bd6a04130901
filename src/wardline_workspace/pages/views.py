"""The gallery: every component once, so that a page's maker sees what there is."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wardline_workspace.pages.form_fields import DayField
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May

__all__ = ["gallery"]


class _Everything(forms.Form):
    words = forms.CharField(label="A line of words", help_text="A hint")
    text = forms.CharField(label="Some text", widget=forms.Textarea)
    one = forms.ChoiceField(label="One of several", choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        label="Several", choices=[("a", "First"), ("b", "Second")], widget=forms.CheckboxSelectMultiple
    )
    listed = forms.ChoiceField(label="From a list", choices=[("a", "First"), ("b", "Second")])
    day = DayField(label="A day")
    file = forms.FileField(label="A file")


@needs(May.SEE_DEPLOYMENT)
def gallery(request: HttpRequest) -> HttpResponse:
    """Each component as it is, and as it is where something is wrong."""
    shown = {"form": _Everything({}), "plain": _Everything(auto_id="plain_%s")}
    return render(request, "pages/gallery.html", shown)
