"""Dives in the background: one process on this machine runs them in order, each to its end.

The process holds a lock for as long as it lives; the system lets go of it however the process ends. So whoever gets
the lock knows that no dive is running, and that one which is marked as running was cut off: it waits again, until
it has been cut off too often. Whether a dive is to stop is written in the database, where its process looks each
second; nothing depends on a process number that may be somebody else's by then.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from wardline_workspace.making.documents_checked import BESIDE
from wardline_workspace.making.models import BackgroundDive, DiveBeingMade, State
from wardline_workspace.making.policies import why_not_run, why_not_stop
from wardline_workspace.making.removing import finish_removing
from wardline_workspace.making.uploads import PREFIX
from wardline_workspace.pages.refused import Refused
from wardline_workspace.people.models import Account
from wardline_workspace.trail.actions import record
from wardline_workspace.trail.kinds import Did

__all__ = ["begin_again", "claim_next", "end", "only_one", "start_dive", "stop_dive", "wake"]

LOCK = ".running"
_started: list[subprocess.Popen[bytes]] = []
SECONDS_TO_WAIT = 15.0  # for a process that has looked for further dives, found none, and is about to end
CUT_OFF_AT_MOST = 3
CUT_OFF_TOO_OFTEN = {
    "what": f"It was cut off {CUT_OFF_AT_MOST} times before it was done.",
    "remedy": "The machine may have been switched off, or its memory may not be enough. Ask your administrator, then "
    "run it again.",
}


@transaction.atomic
def start_dive(work: DiveBeingMade, *, by: Account) -> BackgroundDive:
    """Put a dive in line; it begins as soon as no other is running on this machine."""
    DiveBeingMade.objects.select_for_update().get(pk=work.pk)
    if reason := why_not_run(work):
        raise Refused(reason)
    run = BackgroundDive.objects.create(of=work, asked_by=by.public_id)
    record(Did.STARTED_DIVE, by=by, about_kind="dive being made", about=work.slug, run=run.pk)
    transaction.on_commit(wake)
    return run


@transaction.atomic
def stop_dive(run: BackgroundDive, *, by: Account) -> None:
    """Stop a dive: at once where it has not begun, else as soon as its process looks."""
    run = BackgroundDive.objects.select_for_update().get(pk=run.pk)
    if reason := why_not_stop(run):
        raise Refused(reason)
    run.stop_asked_at = timezone.now()
    record(Did.ASKED_TO_STOP_DIVE, by=by, about_kind="dive being made", about=run.of.slug, run=run.pk)
    if run.state == State.WAITING:
        end(run, State.STOPPED)
    else:
        run.save()


@transaction.atomic
def end(run: BackgroundDive, state: State, *, result: str = "", problems: list[dict[str, str]] | None = None) -> None:
    """Say how a dive ended, here and in the trail."""
    run.state, run.result, run.problems = state, result, problems or []
    run.ended_at, run.pid, run.progress = timezone.now(), None, ""
    run.save()
    record(Did.DIVE_ENDED, by=run.asked_by, about_kind="dive being made", about=run.of.slug, run=run.pk, how=str(state))


def wake() -> None:
    """Start the process that runs what waits, where anything does and none is at work.

    Called when a dive is asked for, when the workspace starts, and when somebody looks how far it is: so a dive goes
    on after its process, or the machine, was cut off.
    """
    if not BackgroundDive.objects.filter(state__in=(State.WAITING, State.RUNNING)).exists() or _is_at_work():
        return
    _started[:] = [one for one in _started if one.poll() is None]
    process = subprocess.Popen(
        [sys.executable, "-m", "wardline_workspace.making.run", str(settings.DEPLOYMENT.file)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # it outlives the web server, and Ctrl-C at its terminal
        close_fds=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    _started.append(process)


def begin_again() -> None:
    """When the workspace starts: remove what cut-off uploads have left, and go on with the dives that wait."""
    for left in Path(settings.DEPLOYMENT.making).glob("*/.*-*"):
        if left.name.startswith((PREFIX, BESIDE)):
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    finish_removing()
    wake()


@contextmanager
def only_one(*, seconds: float = SECONDS_TO_WAIT) -> Iterator[bool]:
    """Hold the lock for as long as the block lasts; False where another process has it and keeps it."""
    with _lock_file().open("a+b") as file:
        until = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                if time.monotonic() >= until:
                    yield False
                    return
                time.sleep(0.2)
            else:
                yield True
                return


def _is_at_work() -> bool:
    with only_one(seconds=0) as is_free:
        return not is_free


def _lock_file() -> Path:
    folder = Path(settings.DEPLOYMENT.making)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / LOCK


@transaction.atomic
def claim_next() -> BackgroundDive | None:
    """The dive that comes next, marked as running. Only whoever holds the lock asks for it."""
    for run in BackgroundDive.objects.select_for_update().filter(state=State.RUNNING):
        _cut_off(run)
    run = BackgroundDive.objects.select_for_update().filter(state=State.WAITING).order_by("id").first()
    if run is not None:
        run.state, run.began_at, run.pid = State.RUNNING, timezone.now(), os.getpid()
        run.progress, run.done, run.total = "", 0, 0
        run.save()
    return run


def _cut_off(run: BackgroundDive) -> None:
    run.cut_off += 1
    run.state, run.pid = State.WAITING, None
    if run.stop_asked_at is not None:
        end(run, State.STOPPED)
    elif run.cut_off >= CUT_OFF_AT_MOST:
        end(run, State.DID_NOT_FINISH, problems=[CUT_OFF_TOO_OFTEN])
    else:
        run.save()
