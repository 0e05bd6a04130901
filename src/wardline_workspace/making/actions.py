"""Making a dive: begun, its exports brought, its documents changed. What is written is what the command line reads."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from wardline.dive import start_mapping
from wardline.documents import AsWritten, EntryValue, Path_, YamlEntry, change_yaml, remark, write_yaml
from wardline.standards import draft_force, look_up_standard
from wardline.whole_files import write_new_file, write_new_files
from wardline_workspace.making.documents_checked import check_document
from wardline_workspace.making.files_received import Received
from wardline_workspace.making.models import DiveBeingMade
from wardline_workspace.making.policies import why_not_change, why_not_named
from wardline_workspace.making.work_in_files import DIVE, version_of
from wardline_workspace.pages.changed_meanwhile import ChangedMeanwhile
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["add_files", "add_source", "begin", "change_document", "confirm", "name_folder", "remove_file"]

LONGEST_SLUG = 40
NATION, ZONE = "England", "Europe/London"
HOW_TO_GO_ON = (
    "Begun in the workspace. What its pages write is written here; `wardline dive dive.yaml --out …` reads the same."
)


@transaction.atomic
def begin(
    *,
    title: str,
    question: str,
    as_at: date,
    period: tuple[date, date] | None,
    standards: Sequence[str],
    is_made_up: bool,
    by: Account,
) -> DiveBeingMade:
    """Begin a dive: its folder, its dive file, and the settings that a force takes on with these standards."""
    work = DiveBeingMade.objects.create(slug=_free_slug(title), begun_by=by.public_id)
    entries = [
        remark(HOW_TO_GO_ON),
        YamlEntry("dive", title),
        YamlEntry("question", question),
        YamlEntry("as at", AsWritten(as_at.isoformat())),
        *([] if period is None else [YamlEntry("period", _period(period))]),
        YamlEntry("force", "force.yaml"),
        YamlEntry("sources", ()),
        YamlEntry("standards", tuple(standards)),
        *([YamlEntry("made up", AsWritten("yes"))] if is_made_up else []),
    ]
    adopted = [look_up_standard(name, relative_to=Path()) for name in standards]
    draft = draft_force(settings.DEPLOYMENT.force, NATION, ZONE, adopted)
    record(Did.BEGAN_DIVE, by=by, about_kind="dive being made", about=work.slug)
    write_new_files({work.files.dive: write_yaml(entries), work.files.force: draft.text})
    return work


def _period(period: tuple[date, date]) -> dict[str, EntryValue]:
    return {"from": AsWritten(period[0].isoformat()), "to": AsWritten(period[1].isoformat())}


def add_source(
    work: DiveBeingMade, source: str, received: Sequence[Received], *, cases_of: str | None, by: Account
) -> None:
    """Add a record system with its first exports, and draft how they are read: all of it, or none.

    Raises ExportError where a draft cannot be made, and nothing is kept then.
    """
    _bring(work, source, received, cases_of=cases_of, folder=None, by=by)


def name_folder(work: DiveBeingMade, source: str, folder: Path, *, cases_of: str | None, by: Account) -> None:
    """Add a record system whose exports lie in a folder of this machine, where they stay."""
    if reason := why_not_named(folder):
        raise Refused(reason, field="folder")
    _bring(work, source, (), cases_of=cases_of, folder=folder.resolve(), by=by)


@transaction.atomic
def _bring(
    work: DiveBeingMade,
    source: str,
    received: Sequence[Received],
    *,
    cases_of: str | None,
    folder: Path | None,
    by: Account,
) -> None:
    _held(work)
    files = work.files
    if source.casefold() in [name.casefold() for name in (*files.sources, DIVE, "force")]:
        raise Refused(f"There is already a record system called {source} here. Choose another name.", field="system")
    mapping = files.folder / "mappings" / f"{source}.yaml"
    uploads = files.uploaded(source)
    shutil.rmtree(uploads, ignore_errors=True)  # of one that was cut off: no mapping names it
    try:
        _moved(received, uploads)
        drafted = start_mapping([folder or uploads], system=source, cases_of=cases_of)
        if folder is None:
            _record_upload(work, source, received, by)
        else:
            told = hashlib.sha256(str(folder).encode()).hexdigest()
            record(Did.NAMED_FOLDER, by=by, about_kind="dive being made", about=work.slug, folder=told)
        dive = files.read(DIVE)
        named = [
            *files.named_sources,
            {"mapping": f"mappings/{source}.yaml", "files": str(folder or f"exports/{source}")},
        ]
        write_new_file(mapping, drafted.draft.text)
        files.write(DIVE, change_yaml(dive.text, {("sources",): named}))
    except BaseException:
        shutil.rmtree(uploads, ignore_errors=True)
        mapping.unlink(missing_ok=True)
        for made in (uploads.parent, mapping.parent):
            with suppress(OSError):  # not empty, or never made
                made.rmdir()
        raise


@transaction.atomic
def add_files(work: DiveBeingMade, source: str, received: Sequence[Received], *, by: Account) -> None:
    """Put further exports beside those that a record system has; none takes the place of one that is there."""
    _held(work)
    uploads = work.files.uploaded(source)
    there = {path.name.casefold() for path in uploads.glob("*")}
    if taken := [one.name for one in received if one.name.casefold() in there]:
        raise Refused(f"There is already a file called “{taken[0]}” here. Remove that one first.", field="files")
    _record_upload(work, source, received, by)
    try:
        _moved(received, uploads)
    except BaseException:
        for one in received:
            (uploads / one.name).unlink(missing_ok=True)
        raise


@transaction.atomic
def remove_file(work: DiveBeingMade, source: str, name: str, *, by: Account) -> None:
    """Remove an uploaded file. What is read from a folder of the machine is not ours to remove."""
    _held(work)
    path = work.files.uploaded(source) / name
    if path.parent != work.files.uploaded(source) or not path.is_file():
        raise Refused("This file is not there any more.")
    record(
        Did.REMOVED_FILE,
        by=by,
        about_kind="dive being made",
        about=work.slug,
        source=_known_by(source),
        file=_known_by(name),
    )
    path.unlink()


def _moved(received: Sequence[Received], to: Path) -> None:
    if received:
        to.mkdir(parents=True, exist_ok=True)
    for one in received:
        os.replace(one.path, to / one.name)


def _record_upload(work: DiveBeingMade, source: str, received: Sequence[Received], by: Account) -> None:
    """How many, how large and which by their hashes; a file's name may be a person's, so its hash stands for it."""
    record(
        Did.UPLOADED_FILES,
        by=by,
        about_kind="dive being made",
        about=work.slug,
        source=_known_by(source),
        files=[{"name": _known_by(one.name), "bytes": one.size, "sha256": one.sha256} for one in received],
    )


def _known_by(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def change_document(
    work: DiveBeingMade, document: str, change: str | Callable[[str], str], *, version: str, by: Account
) -> str:
    """Write a document anew, or as a function changes it, where it still has the version that the form was opened with.

    Returns its version. Raises ChangedMeanwhile where somebody else has changed it, DocumentError with all problems of
    the new text, Refused, OutputError; the document stands as it was then.
    """
    return _changed(work, document, change, version=version, did=Did.CHANGED_DOCUMENT, by=by, detail={})


def confirm(work: DiveBeingMade, names: Sequence[str], *, who: str, on: date, version: str, by: Account) -> str:
    """Write into the settings who at the force has confirmed these obligations, and on which day."""
    said: dict[str, EntryValue] = {"by": who, AsWritten("on"): AsWritten(on.isoformat())}
    changes: Mapping[Path_, EntryValue] = {("confirmed", name): said for name in names}
    return _changed(
        work,
        "force",
        lambda text: change_yaml(text, changes),
        version=version,
        did=Did.CONFIRMED,
        by=by,
        detail={"obligations": list(names)},
    )


@transaction.atomic
def _changed(
    work: DiveBeingMade,
    document: str,
    change: str | Callable[[str], str],
    *,
    version: str,
    did: Did,
    by: Account,
    detail: dict[str, object],
) -> str:
    _held(work)
    stands = work.files.read(document)
    if stands.version != version:
        raise ChangedMeanwhile({"text": stands.text, "version": stands.version})
    text = (change if isinstance(change, str) else change(stands.text)).replace("\r\n", "\n")
    if text == stands.text:
        return stands.version
    check_document(work.files, document, text)
    record(
        did,
        by=by,
        about_kind="dive being made",
        about=work.slug,
        document=document if document in (DIVE, "force") else _known_by(document),
        before=stands.version,
        after=version_of(text),
        **detail,
    )
    return work.files.write(document, text)


def _held(work: DiveBeingMade) -> None:
    """Hold the piece of work until the transaction ends, so that two changes follow each other. Raises Refused."""
    DiveBeingMade.objects.select_for_update().get(pk=work.pk)
    if reason := why_not_change(work):
        raise Refused(reason)


def _free_slug(title: str) -> str:
    """The first name that no dive being made has, no folder has, and no page beside them."""
    begun = slugify(title)[:LONGEST_SLUG].strip("-") or "dive"
    taken = set(DiveBeingMade.objects.filter(slug__startswith=begun).values_list("slug", flat=True)) | {"begin"}
    taken |= {path.name for path in settings.DEPLOYMENT.making.glob(f"{begun}*")}
    number, slug = 1, begun
    while slug in taken:
        number += 1
        slug = f"{begun}-{number}"
    return slug
