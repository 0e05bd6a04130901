"""The forms that correct one table of a mapping: what stands there, and what can be added."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.http import QueryDict

from wardline.dive.beforehand.draft_with_standards import shipped_vocabulary
from wardline.documents import EntryValue, Path_, parse_document
from wardline.errors import Problem
from wardline.standards import look_up_standard, shipped_standards
from wardline_workspace.making.corrections import Correctable, Kind
from wardline_workspace.making.forms import Versioned

__all__ = ["AddAttribute", "AddCode", "AddEvent", "CorrectTable", "KeepRows", "adding_forms", "events_known"]

NOT_USED = "— not used —"
NAME = r"^[a-z][a-z0-9_]*$"
NOT_A_NAME = "Use small letters, digits and underscores, beginning with a letter"


@cache
def events_known() -> tuple[str, ...]:
    """The events that the standards which ship look for."""
    standards = [look_up_standard(name, relative_to=Path()) for name in shipped_standards()]
    of_types = shipped_vocabulary(standards).of.values()
    return tuple(sorted({name for one in of_types for name in one.events}))


class CorrectTable(Versioned):
    """One field for each place of the table that a form can correct."""

    def __init__(self, data: Any, *, places: Sequence[Correctable], header: Sequence[str], version: str) -> None:
        stands = {_field(place): place.value for place in places} | {"version": version}
        # A place that somebody else has added meanwhile is as it stands: nobody has emptied it.
        super().__init__(None if data is None else _filled_up(data, stands), initial=stands)
        self.places = {_field(place): place for place in places}
        for name, place in self.places.items():
            self.fields[name] = _field_for(place, header)

    @property
    def changes(self) -> dict[Correctable, str]:
        """The places that are to say something else."""
        given = {place: str(self.cleaned_data[name]).strip() for name, place in self.places.items()}
        return {place: value for place, value in given.items() if value != place.value}

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields under the headings of the page."""
        found: dict[str, list[Any]] = {}
        for name, place in self.places.items():
            found.setdefault(place.group, []).append(self[name])
        return list(found.items())

    def field_at_line(self, text: str, problem: Problem) -> str | None:
        """The field whose place stands in the line of a problem, where there is one."""
        if problem.where is None or problem.where.line is None:
            return None
        document = parse_document(text, "")
        for name, place in self.places.items():
            at = document.place(place.path)
            if (at.line, at.column) == (problem.where.line, problem.where.column):
                return name
        return None


def _filled_up(data: QueryDict, stands: Mapping[str, str]) -> QueryDict:
    filled = data.copy()
    for name, value in stands.items():
        filled.setdefault(name, value)
    return filled


def _field(place: Correctable) -> str:
    return "p" + hashlib.sha256(repr(place.path).encode()).hexdigest()[:12]


def _field_for(place: Correctable, header: Sequence[str]) -> forms.Field:
    may_go = place.goes is not None
    match place.kind:
        case Kind.COLUMN | Kind.EVENT:
            known = header if place.kind is Kind.COLUMN else events_known()
            choices = [*known] if place.value in ("", *known) else [place.value, *known]
            first = [("", NOT_USED)] if may_go or not place.value else []
            return forms.ChoiceField(
                label=place.label,
                choices=[*first, *((one, one) for one in choices)],
                required=not may_go,
                error_messages={
                    "required": f"Choose what “{place.label}” is",
                    "invalid_choice": "Choose one of the list",
                },
            )
        case Kind.CODE | Kind.FORMAT | Kind.WORDS:
            return forms.CharField(
                label=place.label, required=not may_go, error_messages={"required": f"Enter what “{place.label}” is"}
            )


def _columns(header: Sequence[str], first: str | None = None) -> list[tuple[str, str]]:
    return [*([] if first is None else [("", first)]), *((one, one) for one in header)]


class _Adding(Versioned):
    """Something is added to a table. `what` tells which of a page's forms was sent."""

    what = forms.CharField(widget=forms.HiddenInput)
    title = ""
    button = ""

    def __init__(self, *args: Any, header: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{type(self).__name__}_%s", **kwargs)
        self.header = header

    def change(self, table: Path_) -> dict[Path_, EntryValue | None]:
        """What is written, and where."""
        raise NotImplementedError


class AddCode(_Adding):
    """A code of the column that names the event."""

    title, button = "Add a code that names an event", "Add this code"
    code = forms.CharField(label="The code, as it stands in the column", error_messages={"required": "Enter the code"})
    event = forms.ChoiceField(label="means the event", error_messages={"required": "Choose the event"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = [(one, one) for one in events_known()]

    def change(self, table: Path_) -> dict[Path_, EntryValue | None]:
        """The code below the others."""
        return {(*table, "event", "values", self.cleaned_data["code"].strip()): self.cleaned_data["event"]}


class AddEvent(_Adding):
    """An event of the row, with the column of its time."""

    title, button = "Add an event", "Add this event"
    event = forms.ChoiceField(label="The event", error_messages={"required": "Choose the event"})
    at = forms.ChoiceField(label="happened at, in column", error_messages={"required": "Choose the column of its time"})
    recorded_at = forms.ChoiceField(label="was recorded at, in column", required=False)
    only_if = forms.ChoiceField(label="It happened only where column", required=False)
    only_says = forms.CharField(label="says", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = [(one, one) for one in events_known()]
        self.fields["at"].choices = _columns(self.header)
        self.fields["recorded_at"].choices = _columns(self.header, NOT_USED)
        self.fields["only_if"].choices = _columns(self.header, "— always —")

    def clean(self) -> dict[str, Any]:
        """A condition has a column and what it says."""
        found = super().clean() or {}
        if bool(found.get("only_if")) != bool(found.get("only_says")):
            self.add_error("only_says", "Choose the column and enter what it says, or leave both as they are")
        return found

    def change(self, table: Path_) -> dict[Path_, EntryValue | None]:
        """The event below the others, on one line."""
        of = self.cleaned_data
        said: dict[str, EntryValue] = {"at": of["at"]}
        if of["recorded_at"]:
            said["recorded at"] = of["recorded_at"]
        if of["only_if"]:
            said["happened if"] = {of["only_if"]: of["only_says"].strip()}
        return {(*table, "events", of["event"]): said}


class AddAttribute(_Adding):
    """A column as an attribute, with what its codes mean."""

    title, button = "Use a column as an attribute", "Add this attribute"
    name = forms.RegexField(
        NAME,
        label="Our name for it",
        help_text="As the standards name it, for example from_care, grade or district",
        error_messages={"required": "Enter a name", "invalid": NOT_A_NAME},
    )
    column = forms.ChoiceField(label="The column")
    codes = forms.CharField(
        label="What its codes mean",
        help_text="One on a line, for example CH = yes. Empty: as they stand in the column",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].choices = _columns(self.header)

    def clean_codes(self) -> dict[str, str]:
        """Each code with its meaning."""
        lines = [line.strip() for line in str(self.cleaned_data["codes"]).splitlines() if line.strip()]
        pairs = [[part.strip() for part in line.partition("=")[::2]] for line in lines]
        if any(not code or not meaning for code, meaning in pairs):
            raise forms.ValidationError("Write one code on each line, an equals sign, and what it means: CH = yes")
        return {code: meaning for code, meaning in pairs}

    def change(self, table: Path_) -> dict[Path_, EntryValue | None]:
        """The attribute below the others, or in the line that a draft left for it."""
        of = self.cleaned_data
        said: EntryValue = {"column": of["column"], "values": of["codes"]} if of["codes"] else of["column"]
        return {(*table, "attributes", of["name"]): said}


class KeepRows(_Adding):
    """Only some rows are read."""

    title, button = "Keep only some rows", "Keep only these"
    column = forms.ChoiceField(label="Keep the rows where column")
    texts = forms.CharField(
        label="says one of",
        help_text="One on a line, as it stands in the column",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what the column says in the rows that are kept"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].choices = _columns(self.header)

    def change(self, table: Path_) -> dict[Path_, EntryValue | None]:
        """The condition, in the line that a draft left for it or behind the table's other keys."""
        texts = [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]
        return {(*table, "only where"): {self.cleaned_data["column"]: texts[0] if len(texts) == 1 else texts}}


def adding_forms(kind: str, table: Mapping[str, Any]) -> list[type[_Adding]]:
    """What can be added to a table of this kind of row."""
    found: list[type[_Adding]] = []
    if kind == "an event" and isinstance(table.get("event"), dict):
        found.append(AddCode)
    if kind in ("a case", "events of a case"):
        found.append(AddEvent)
    if kind != "events of a case":
        found.append(AddAttribute)
    return [*found, KeepRows]
