"""When a dive being made may be changed or run now, and which folders may be named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from wardline.documents import Document, Path_
from wardline.errors import Problem, ProblemKind
from wardline_workspace.making.models import BackgroundDive, DiveBeingMade, State

__all__ = [
    "paths_outside",
    "queries",
    "why_not_change",
    "why_not_named",
    "why_not_remove",
    "why_not_run",
    "why_not_stop",
]


def why_not_change(work: DiveBeingMade) -> str | None:
    """Why its exports and documents cannot be changed, in words; None where they can."""
    if work.runs.filter(state=State.RUNNING).exists():
        return "This dive is being run. Stop it first, or wait until it is done: a change now would not be in it."
    return None


def why_not_run(work: DiveBeingMade) -> str | None:
    """Why it cannot be run now, in words; None where it can."""
    if work.runs.filter(state__in=(State.WAITING, State.RUNNING)).exists():
        return "This dive is already running, or waits until another one is done."
    if not work.files.sources:
        return "There are no exports yet. Add a record system first."
    return None


def why_not_remove(work: DiveBeingMade) -> str | None:
    """Why it cannot be removed now, in words; None where it can."""
    if work.runs.filter(state__in=(State.WAITING, State.RUNNING)).exists():
        return "This dive is running, or waits to be run. Stop it first."
    return None


def why_not_stop(run: BackgroundDive) -> str | None:
    """Why a dive in the background cannot be stopped, in words; None where it can."""
    return "It has ended already." if run.is_over else None


def why_not_named(folder: Path) -> str | None:
    """Why exports in a folder of this machine cannot be read from here, in words; None where they can."""
    allowed = settings.DEPLOYMENT.export_folders
    if not allowed:
        return (
            "No folder of this machine may be read from here. Upload the files; or ask your administrator to list the "
            "folder under `export folders` in workspace.yaml."
        )
    if not any(folder.resolve().is_relative_to(one.resolve()) for one in allowed):
        return "This folder is not one that may be read from here. Name one of those that are listed."
    return None if folder.is_dir() else "There is no such folder on this machine, or it cannot be read."


def paths_outside(document: Document, work: Path) -> list[Problem]:
    """A problem for each path of a dive file that leads out of the piece of work, but to exports that may be read."""
    if not isinstance(document.data, dict):
        return []
    return [
        document.problem(
            ProblemKind.WRONG_VALUE,
            path,
            "This leads out of the folder of this dive.",
            "Name what lies in it, for example mappings/missing.yaml. Exports may also lie in a folder that your "
            "administrator has listed.",
        )
        for path, named in _paths(document.data)
        if not _may_be_read((work / named).resolve(), work.resolve(), path)
    ]


def _may_be_read(path: Path, work: Path, at: Path_) -> bool:
    folders = [work]
    if at[-1] == "files":
        folders += [one.resolve() for one in settings.DEPLOYMENT.export_folders]
    if at[-1] == "previous":
        folders.append(settings.DEPLOYMENT.dives.resolve())
    return any(path.is_relative_to(folder) for folder in folders)


def _paths(data: dict[str, Any]) -> Iterator[tuple[Path_, str]]:
    for key in ("force", "key", "previous", "claims"):
        if isinstance(data.get(key), str):
            yield (key,), data[key]
    for key in ("standards", "measures"):
        named = data.get(key)
        for at, one in enumerate(named if isinstance(named, list) else ()):
            if isinstance(one, str) and (one.endswith((".yaml", ".yml")) or one.startswith((".", "/"))):
                yield (key, at), one
    sources = data.get("sources")
    for at, source in enumerate(sources if isinstance(sources, list) else ()):
        for key in ("mapping", "files"):
            if isinstance(source, dict) and isinstance(source.get(key), str):
                yield ("sources", at, key), source[key]


def queries(document: Document) -> list[Problem]:
    """A problem for each table of a mapping that asks a database: from here only files are read."""
    tables = document.data.get("tables") if isinstance(document.data, dict) else None
    return [
        document.problem(
            ProblemKind.WRONG_VALUE,
            ("tables", at, "files"),
            "A database is not asked from here.",
            "Export the rows to a file and upload it, or run this dive with the command line.",
        )
        for at, table in enumerate(tables if isinstance(tables, list) else ())
        if isinstance(table, dict) and isinstance(table.get("files"), dict) and "query" in table["files"]
    ]
