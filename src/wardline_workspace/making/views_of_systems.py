"""The pages of a record system in a dive being made: how it is read, and each of its tables corrected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from wardline.documents import EntryValue, Path_, change_yaml
from wardline.errors import Problem
from wardline_workspace.deployment.described import Place
from wardline_workspace.making import actions
from wardline_workspace.making.cells import CELLS
from wardline_workspace.making.checked import Checked, check, effects, megabytes_in, rows_of
from wardline_workspace.making.corrections import changed_text, places_of
from wardline_workspace.making.documents_checked import in_words
from wardline_workspace.making.forms_of_tables import CorrectTable, adding_forms
from wardline_workspace.making.models import DiveBeingMade
from wardline_workspace.making.said_on_forms import on_form
from wardline_workspace.making.steps import checked_mapping, left_open_in
from wardline_workspace.making.work_in_files import Text
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["mapping", "table"]

REJECTS_SHOWN = 20


@needs(May.MAKE_DIVE, place=Place.FORCE)
def mapping(request: HttpRequest, slug: str, source: str) -> HttpResponse:
    """How a record system is read: what became of the rows, which events there are, what is left to do."""
    work = _work_with(slug, source)
    stands = work.files.read(source)
    checked = checked_mapping(work.files, source, at_any_length="read" in request.GET)
    since = request.GET.get("since", "")
    shown = CELLS | {
        "work": work,
        "source": source,
        "megabytes": megabytes_in([work.files.exports(source)]) if checked is None else 0,
        "since": since,
        "check": None if checked is None else checked.check,
        "problems": [] if checked is None else in_words(checked.problems),
        "tables": _tables(work, source, stands, checked),
        "left_open": left_open_in(stands.text),
        "effects": _effects(work, source, stands, since, now=checked),
        "others": _others(checked),
    }
    return render(request, "making/mapping.html", shown)


def _others(checked: Checked | None) -> list[str]:
    """The record systems to whose cases rows belong: whether they match is seen only with all of them."""
    if checked is None or checked.check is None:
        return []
    mine = checked.check.mapping
    return sorted({one.of for one in mine.case_ids() if one.of not in (None, mine.system)})


def _tables(work: DiveBeingMade, source: str, stands: Text, checked: Checked | None) -> list[dict[str, Any]]:
    said = (stands.data.get("tables") if isinstance(stands.data, dict) else None) or []
    return [
        {
            "address": reverse("table_of_dive", args=[work.slug, source, number]),
            "pattern": _pattern(one),
            "row": one.get("each row is"),
            "files": [] if checked is None else checked.files_of(number),
        }
        for number, one in enumerate(said, start=1)
        if isinstance(one, dict)
    ]


def _pattern(table: Any) -> str:
    named = table.get("files")
    return str(named.get("files") if isinstance(named, dict) else named)


def _effects(
    work: DiveBeingMade, source: str, stands: Text, since: str, *, now: Checked | None
) -> dict[str, Any] | None:
    """What the last change did to the rows, where the page is opened after one."""
    before = work.files.earlier(source, since) if since and since != stands.version else None
    if before is None or now is None:
        return None
    files = work.files
    was = check(before, files.exports(source), shown_as=files.shown_as(source))
    is_known = was is not None and was.check is not None and now.check is not None
    return {"rows": effects(was, now) if was is not None else [], "is_known": is_known}


@needs(May.MAKE_DIVE, place=Place.FORCE)
def table(request: HttpRequest, slug: str, source: str, number: int) -> HttpResponse:
    """One table of a mapping beside the first rows of its files, corrected in forms that write into the YAML."""
    work = _work_with(slug, source)
    stands = work.files.read(source)
    said = stands.data.get("tables") if isinstance(stands.data, dict) else None
    if not isinstance(said, list) or not 1 <= number <= len(said) or not isinstance(said[number - 1], dict):
        raise Http404
    one, path = said[number - 1], ("tables", number - 1)
    found, problems = rows_of(work.files.exports(source))
    mine = [rows for rows in found if rows.is_read_by(_pattern(one))]
    header = list(dict.fromkeys(name for rows in mine for name in rows.header))
    correct = CorrectTable(
        request.POST if request.POST.get("what") == "correct" else None,
        places=places_of(stands.data, number - 1),
        header=header,
        version=stands.version,
    )
    adding = [
        kind(
            request.POST if request.POST.get("what") == kind.__name__ else None,
            header=header,
            initial={"version": stands.version, "what": kind.__name__},
        )
        for kind in adding_forms(str(one.get("each row is")), one)
    ]
    for form in (correct, *adding):
        if form.is_bound and form.is_valid() and _is_changed(request, work, source, form, path):
            messages.success(request, "The change is written into the mapping.")
            return redirect(f"{reverse('mapping_of_dive', args=[slug, source])}?since={stands.version}")
    record(Did.LOOKED_AT_EXPORT, by=request.user, about_kind="dive being made", about=slug, table=number)
    shown = CELLS | {
        "work": work,
        "source": source,
        "number": number,
        "row": one.get("each row is"),
        "pattern": _pattern(one),
        "first_rows": mine,
        "problems": in_words(problems),
        "form": correct,
        "adding": adding,
        "uses": _uses(work, source, number),
        "theirs": next((form.theirs for form in (correct, *adding) if hasattr(form, "theirs")), None),
        "forms": [correct, *adding],
    }
    return render(request, "making/table.html", shown)


def _uses(work: DiveBeingMade, source: str, number: int) -> dict[str, str]:
    """What each column is read as, in words."""
    checked = checked_mapping(work.files, source)
    columns = () if checked is None or checked.check is None else checked.check.columns
    return {one.column: "; ".join(one.uses) or "not used" for one in columns if one.table == number}


def _is_changed(request: HttpRequest, work: DiveBeingMade, source: str, form: Any, path: Path_) -> bool:
    """Whether what a form asks is written. What is wrong is said at the field whose line it is."""
    written: dict[str, str] = {}

    def change(text: str) -> str:
        if isinstance(form, CorrectTable):
            written["text"] = changed_text(text, form.changes)
        else:
            written["text"] = with_entries(text, form.change(path))
        return written["text"]

    def field_of(problem: Problem) -> str | None:
        return form.field_at_line(written.get("text", ""), problem) if isinstance(form, CorrectTable) else None

    return on_form(
        form,
        lambda: actions.change_document(work, source, change, version=form.cleaned_data["version"], by=request.user),
        field_of=field_of,
    )


def with_entries(text: str, entries: dict[Path_, EntryValue | None]) -> str:
    """The text with new entries, also below a key that is not there yet. Raises DocumentError, LookupError."""
    for path, value in entries.items():
        try:
            text = change_yaml(text, {path: value})
        except LookupError:
            text = change_yaml(text, {path[:-1]: {str(path[-1]): value or ""}})
    return text


def _work_with(slug: str, source: str) -> DiveBeingMade:
    work: DiveBeingMade = get_object_or_404(DiveBeingMade, slug=slug)
    if source not in work.files.sources:
        raise Http404
    return work
