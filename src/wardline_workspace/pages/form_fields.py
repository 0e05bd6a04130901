"""A form's fields as GOV.UK's components take them, and the error summary that stands above the form."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup

__all__ = ["DayField", "DayWidget", "component_of", "error_summary"]


class DayWidget(forms.MultiWidget):
    """A day as three boxes: day, month, year."""

    def __init__(self) -> None:
        super().__init__([forms.NumberInput] * 3)

    def decompress(self, value: Any) -> list[Any]:
        """The three parts of a date."""
        return [None, None, None] if value is None else [value.day, value.month, value.year]


class DayField(forms.MultiValueField):
    """A day. What is wrong with it is said in a sentence that names the field."""

    widget = DayWidget

    def __init__(self, **options: Any) -> None:
        number = {"invalid": "The day, the month and the year must be numbers, such as 27 3 2025"}
        parts = [forms.IntegerField(error_messages=number) for _ in range(3)]
        super().__init__(parts, require_all_fields=True, **options)

    def compress(self, values: list[int]) -> Any:
        """The date that three numbers make."""
        if not values:
            return None
        try:
            return date(values[2], values[1], values[0])
        except ValueError:
            raise forms.ValidationError("There is no such day. A real one is, for example, 27 3 2025") from None


def component_of(field: BoundField, *, big_label: bool = False) -> dict[str, Any]:
    """The name of the component for a field (`input`, `radios`, …) and what it takes."""
    widget = field.field.widget
    errors = {"errorMessage": {"html": Markup("<br>").join(map(str, field.errors))}} if field.errors else {}
    hint = {"hint": {"text": field.help_text}} if field.help_text else {}
    size = "govuk-label--m" if big_label else "govuk-label--s"
    label = {"text": field.label, "classes": size}
    legend = {"legend": {"text": field.label, "classes": size.replace("label", "fieldset__legend")}}
    named = {"id": field.id_for_label or field.auto_id, "name": field.html_name}
    value = field.value()
    if isinstance(widget, DayWidget):
        return {"kind": "date-input", "with": _day(field, errors, hint, legend)}
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        several = isinstance(widget, forms.CheckboxSelectMultiple)
        chosen = [str(one) for one in (value or [])] if several else [str(value)]
        items = [
            {"value": str(key), "text": str(text), "checked": str(key) in chosen}
            for key, text in field.field.choices
            if str(key) != ""
        ]
        filled = {"idPrefix": field.auto_id, "name": field.html_name, "items": items, "fieldset": legend}
        return {"kind": "checkboxes" if several else "radios", "with": filled | errors | hint}
    if isinstance(widget, forms.CheckboxInput):
        box = {"value": "on", "text": field.label, "checked": bool(value)} | hint
        return {
            "kind": "checkboxes",
            "with": {"idPrefix": field.auto_id, "name": field.html_name, "items": [box]} | errors,
        }
    if isinstance(widget, forms.Select):
        items = [
            {"value": str(key), "text": str(text), "selected": str(key) == str(value)}
            for key, text in field.field.choices
        ]
        return {"kind": "select", "with": named | {"label": label, "items": items} | errors | hint}
    if isinstance(widget, forms.Textarea):
        rows = widget.attrs.get("rows", 5)
        return {
            "kind": "textarea",
            "with": named | {"label": label, "value": value or "", "rows": rows} | errors | hint,
        }
    if isinstance(widget, forms.FileInput):
        more = {"multiple": True} if getattr(widget, "allow_multiple_selected", False) else {}
        return {"kind": "file-upload", "with": named | {"label": label} | more | errors | hint}
    return {"kind": "input", "with": named | _input(widget, value) | {"label": label} | errors | hint}


def _input(widget: forms.Widget, value: Any) -> dict[str, Any]:
    filled: dict[str, Any] = {"type": getattr(widget, "input_type", "text"), "classes": widget.attrs.get("class", "")}
    if filled["type"] != "password":
        filled["value"] = "" if value is None else value
    if "autocomplete" in widget.attrs:
        filled["autocomplete"] = widget.attrs["autocomplete"]
    if filled["type"] == "number":
        filled |= {"type": "text", "inputmode": "numeric"}
    return filled


def _day(field: BoundField, errors: Any, hint: Any, legend: Any) -> dict[str, Any]:
    value = field.value()
    parts = value if isinstance(value, list) else field.field.widget.decompress(value)
    wrong = " govuk-input--error" if field.errors else ""
    items = [
        {
            "name": f"{field.html_name}_{index}",
            "label": name.capitalize(),
            "id": f"{field.auto_id}_{index}",
            "value": "" if part is None else part,
            "classes": f"govuk-input--width-{4 if name == 'year' else 2}{wrong}",
        }
        for index, (name, part) in enumerate(zip(("day", "month", "year"), parts or [None] * 3, strict=True))
    ]
    return {"id": f"{field.auto_id}_box", "items": items, "fieldset": legend} | errors | hint


def error_summary(*bound: forms.BaseForm) -> dict[str, Any] | None:
    """GOV.UK's error summary over all forms of a page; None where nothing is wrong."""
    items = []
    for form in bound:
        items += [{"text": str(text)} for text in form.non_field_errors()]
        for field in form:
            items += [{"text": str(text), "href": f"#{_first_box(field)}"} for text in field.errors]
    return {"titleText": "There is a problem", "errorList": items} if items else None


def _first_box(field: BoundField) -> str:
    if isinstance(field.field.widget, DayWidget):
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)
