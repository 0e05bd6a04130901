"""The process that runs dives in the background: `python -m wardline_workspace.making.run workspace.yaml`."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardline_workspace.making.models import BackgroundDive

__all__ = ["main", "run_all"]

SECONDS_BETWEEN_BEATS = 1.0
LONGEST_PROGRESS = 200
OUR_FAULT = {
    "what": "This is a fault in Wardline, not in your files.",
    "remedy": "Nothing was added. Run it again; if it happens again, tell your administrator when.",
}
FULL = {
    "what": "A file could not be written or read: the disk is full, or a folder is not to be reached.",
    "remedy": "Nothing was added. Tell your administrator, then run it again.",
}


@dataclass
class _Progress:
    """How far the dive is, as its own thread says it and the other one writes it down."""

    what: str = ""
    done: int = 0
    total: int = 0

    def tell(self, what: str, done: int, total: int) -> None:
        self.what, self.done, self.total = what[:LONGEST_PROGRESS], done, total


def main(workspace: Path) -> None:
    """Run every dive that waits, unless another process does."""
    from wardline_workspace.deployment import running

    # A process that is started from one which ignores interrupts would ignore them too, and could not be stopped.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    running.set_up(workspace)
    run_all()


def run_all() -> None:
    """Run the dives that wait, one after the other, for as long as there are any."""
    from wardline.work_folders import clear_after_the_dead
    from wardline_workspace.making.background import claim_next, only_one

    with only_one() as is_ours:
        if not is_ours:
            return
        clear_after_the_dead()
        while (run := claim_next()) is not None:
            _run(run)


def _run(run: BackgroundDive) -> None:
    """Run one dive to its end, and add it: what went wrong is said in words, and nothing of it is left then."""
    from wardline.errors import StoppedError, WardlineError
    from wardline_workspace.making.background import end
    from wardline_workspace.making.models import State
    from wardline_workspace.pages.refused import Refused

    out = run.of.folder / "result"
    try:
        with _beating(run) as progress:
            _dive(run, out, progress)
    except (StoppedError, KeyboardInterrupt) as stopped:
        run.refresh_from_db()
        if not run.is_over:  # it may have been asked to stop at the very moment when it was done
            end(run, State.STOPPED, problems=_told(stopped))
    except Refused as refused:
        end(run, State.DID_NOT_FINISH, problems=[{"what": refused.reason, "remedy": ""}])
    except WardlineError as error:
        end(run, State.DID_NOT_FINISH, problems=_told(error))
    except OSError:
        end(run, State.DID_NOT_FINISH, problems=[FULL])
    except Exception as error:  # noqa: BLE001 - the process goes on with the next dive, and its fault is in the log
        _log(error)
        end(run, State.DID_NOT_FINISH, problems=[OUR_FAULT])
    finally:
        shutil.rmtree(out, ignore_errors=True)


def _dive(run: BackgroundDive, out: Path, progress: _Progress) -> None:
    from wardline.dive import run_dive
    from wardline_workspace.dives.actions import add_dive
    from wardline_workspace.making.background import end
    from wardline_workspace.making.models import State

    added = _added(out)  # already, where it was cut off right after
    if added is None:
        shutil.rmtree(out, ignore_errors=True)
        run_dive(run.of.files.dive, out, progress=progress.tell)
        progress.tell("adding it to the dives", 0, 0)
        # The same exports and documents give the same dive, byte for byte.
        added = _added(out) or add_dive(out, by=run.asked_by).slug
    run.refresh_from_db()
    end(run, State.DONE, result=added)


def _added(folder: Path) -> str | None:
    """The slug under which a dive folder was added, if it was."""
    from wardline_workspace.dives.models import AddedDive
    from wardline_workspace.dives.what_is_added import MANIFEST

    try:
        manifest = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        return None
    return (
        AddedDive.objects.filter(manifest_sha256=hashlib.sha256(manifest).hexdigest())
        .values_list("slug", flat=True)
        .first()
    )


@contextmanager
def _beating(run: BackgroundDive) -> Iterator[_Progress]:
    """Write down how far it is, and interrupt this process where somebody has asked to stop it."""
    progress, is_over = _Progress(), threading.Event()

    def beat() -> None:
        from django.db import connection

        try:
            while not is_over.wait(SECONDS_BETWEEN_BEATS):
                if _said(run, progress) and not is_over.is_set():
                    os.kill(os.getpid(), signal.SIGINT)
                    return
        finally:
            connection.close()

    beating = threading.Thread(target=beat, daemon=True)
    beating.start()
    try:
        yield progress
    finally:
        is_over.set()
        beating.join()


def _said(run: BackgroundDive, progress: _Progress) -> bool:
    """Write how far it is; whether it is to stop. A database that is away for a moment is asked again."""
    from django.db import DatabaseError
    from django.utils import timezone

    from wardline_workspace.making.models import BackgroundDive

    mine = BackgroundDive.objects.filter(pk=run.pk)
    try:
        mine.update(heard_at=timezone.now(), progress=progress.what, done=progress.done, total=progress.total)
        return mine.filter(stop_asked_at__isnull=False).exists()
    except DatabaseError:
        return False


def _told(error: object) -> list[dict[str, str]]:
    from wardline_workspace.making.documents_checked import in_words

    problems = getattr(error, "problems", ())
    return [{"what": said, "remedy": ""} for said in in_words(problems)]


def _log(error: Exception) -> None:
    import structlog

    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
    structlog.get_logger().error("a dive in the background went wrong", kind=type(error).__name__, where=where)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
