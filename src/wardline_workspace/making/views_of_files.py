"""The pages on which files are brought: a record system added with its exports, and its files afterwards."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from wardline_workspace.deployment.described import MEGABYTE, Place
from wardline_workspace.making import actions
from wardline_workspace.making.files_received import NotTaken, Received, receive
from wardline_workspace.making.forms import AddExports, AddSystem
from wardline_workspace.making.models import DiveBeingMade
from wardline_workspace.making.said_on_forms import on_form
from wardline_workspace.making.uploads import MOST_FILES, PREFIX, IntoFolder
from wardline_workspace.people.gate import needs
from wardline_workspace.roles import Permission as May

__all__ = ["add_system", "files"]


def _takes_files(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view that files are sent to: they go straight into the folder of the work, up to the limit.

    The token of the form stands behind the files, so it is looked at only once they are here.
    """
    inner = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def taking(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        work = get_object_or_404(DiveBeingMade, slug=slug)
        came = IntoFolder(work.folder, limit=settings.DEPLOYMENT.largest_upload)
        request.upload_handlers = [came]
        return inner(request, slug, *args, came=came, **kwargs)

    return taking


def _keep(work: DiveBeingMade, came: IntoFolder, given: list[Any], keep: Callable[[list[Received]], None]) -> None:
    """Look at the files that came in, beside where they will lie, and keep them. Raises NotTaken, OSError."""
    if came.is_too_large:
        limit = f"{settings.DEPLOYMENT.largest_upload // MEGABYTE:,} MB"
        raise NotTaken(
            f"These files are larger than {limit} together. Send fewer at once, or "
            "ask your administrator to name their folder in workspace.yaml."
        )
    if came.are_too_many:
        raise NotTaken(f"These are more than {MOST_FILES} files. Send fewer at once.")
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=work.folder))
    try:
        keep(receive([(one.name, one.file) for one in given], folder, limit=settings.DEPLOYMENT.largest_upload))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@needs(May.MAKE_DIVE, place=Place.FORCE)
@_takes_files
def add_system(request: HttpRequest, slug: str, *, came: IntoFolder) -> HttpResponse:
    """Bring the exports of a record system; how they are read is drafted at once."""
    work = get_object_or_404(DiveBeingMade, slug=slug)
    form = AddSystem(
        request.POST or None,
        request.FILES or None,
        sources=work.files.sources,
        folders=settings.DEPLOYMENT.export_folders,
    )
    if came.is_too_large or came.are_too_many:
        form.fields["files"].required = False
    is_fit = form.is_valid() or (came.is_too_large and set(form.errors) <= {"files"})
    if is_fit:
        asked = form.cleaned_data
        source, cases_of = asked["system"], asked.get("cases_of") or None
        if asked.get("folder"):
            folder = Path(asked["folder"].strip())
            is_done = on_form(
                form,
                lambda: actions.name_folder(work, source, folder, cases_of=cases_of, by=request.user),
                field="folder",
            )
        else:
            form.errors.pop("files", None)
            is_done = on_form(
                form,
                lambda: _keep(
                    work,
                    came,
                    asked.get("files") or [],
                    lambda found: actions.add_source(work, source, found, cases_of=cases_of, by=request.user),
                ),
                field="files",
            )
        if is_done:
            messages.success(request, f"How {source} is read has been drafted. Go through it: it is a guess.")
            return redirect("mapping_of_dive", slug=slug, source=source)
    shown = {"work": work, "form": form, "limit": settings.DEPLOYMENT.largest_upload // MEGABYTE}
    return render(request, "making/add_system.html", shown)


@needs(May.MAKE_DIVE, place=Place.FORCE)
@_takes_files
def files(request: HttpRequest, slug: str, source: str, *, came: IntoFolder) -> HttpResponse:
    """The files of a record system: further ones, and those that should not be there."""
    work = get_object_or_404(DiveBeingMade, slug=slug)
    if source not in work.files.sources:
        raise Http404
    uploads = work.files.uploaded(source)
    if request.method == "POST" and request.POST.get("remove"):
        actions.remove_file(work, source, request.POST["remove"], by=request.user)
        messages.success(request, "The file is removed.")
        return redirect("files_of_dive", slug=slug, source=source)
    form = AddExports(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and (form.is_valid() or came.is_too_large or came.are_too_many):
        form.errors.clear()
        given = request.FILES.getlist("files")
        if on_form(
            form,
            lambda: _keep(work, came, given, lambda found: actions.add_files(work, source, found, by=request.user)),
            field="files",
        ):
            messages.success(request, "The files are here. Look whether the mapping reads them.")
            return redirect("mapping_of_dive", slug=slug, source=source)
    listed = sorted(uploads.glob("*"), key=lambda path: path.name)
    shown = {
        "work": work,
        "source": source,
        "form": form,
        "files": [(path.name, path.stat().st_size) for path in listed],
        "folder": None if work.files.exports(source) == uploads else work.files.exports(source),
        "limit": settings.DEPLOYMENT.largest_upload // MEGABYTE,
    }
    return render(request, "making/files.html", shown)
