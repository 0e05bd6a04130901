"""The commands together, and what a person is told when one of them cannot go on."""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer

from wardline import __version__
from wardline.cli import STOPPED, saying
from wardline.cli.backup import backup, restore
from wardline.cli.check_deployment import check_deployment
from wardline.cli.claim import claims
from wardline.cli.compare import compare
from wardline.cli.coverage import coverage
from wardline.cli.dive import dive
from wardline.cli.explain import explain
from wardline.cli.help import PlainCommand
from wardline.cli.map import mappings
from wardline.cli.measures import measures
from wardline.cli.release import release
from wardline.cli.report import report
from wardline.cli.request import request
from wardline.cli.saying import give_up, open_what_is_closed, say
from wardline.cli.serve import serve
from wardline.cli.simulate import simulate
from wardline.cli.standards import standards
from wardline.cli.trail import trail
from wardline.cli.whatif import whatif
from wardline.cli.workspace import workspace
from wardline.errors import (
    FIX_PAGE,
    OutputError,
    Place,
    Problem,
    ProblemKind,
    UsageError,
    WardlineError,
    was_interrupted,
)
from wardline.work_folders import clear_after_the_dead

__all__ = ["app", "main"]

WRONG_USE = 2
OUR_FAULT = 70  # sysexits.h: an internal fault of the software
KEPT = (
    "A dive was cut off before it was finished, but its list of children to check was. Nobody has been told of it yet, "
    "so somebody must look at it now:"
)

app = typer.Typer(
    name="wardline",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"max_content_width": 100, "help_option_names": ["--help", "-h"]},
)
for command in (
    dive,
    explain,
    report,
    whatif,
    compare,
    coverage,
    request,
    release,
    simulate,
    serve,
    check_deployment,
    backup,
    restore,
):
    app.command(cls=PlainCommand)(command)
app.add_typer(mappings)
app.add_typer(measures)
app.add_typer(standards)
app.add_typer(claims)
app.add_typer(workspace)
app.add_typer(trail)


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        say(f"wardline {__version__}")
        raise typer.Exit


@app.callback()
def wardline(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version of Wardline.")
    ] = False,
) -> None:
    """The instrument for a deep dive into how well a police force keeps children safe.

    From exports of the systems where a force keeps its records, Wardline finds for every case what
    should have happened, what did, by when, and what the records cannot say.

    \b
    Begin with:
      wardline request england/missing-children    what to ask a force for
      wardline standards adopt --force NAME        its settings, drafted to be read and signed
      wardline map start EXPORTS                   a draft of how to read what they sent
      wardline map check MAPPING FILES             whether an export is understood
      wardline coverage DIVE.yaml                  whether the questions can be answered from it
      wardline dive DIVE.yaml --out DIR            the dive itself
      wardline release DIR --for office            the only copy of it that may leave the force

    Or try it without a single record:

    \b
      wardline simulate --out DIR                  a made-up force
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks and return the exit code; nothing that a reader caused ends in a traceback."""
    open_what_is_closed()
    try:
        with _stopped_as_if_interrupted():
            _check_where_we_are()
            for path in clear_after_the_dead():
                say(f"{KEPT} {path}\n", err=True)
            returned = app(args=arguments, prog_name="wardline", standalone_mode=False)
        sys.stdout.flush()
        # Typer makes an interrupt into its exit code, and returns that.
        return _stopped() if returned == STOPPED else returned if isinstance(returned, int) else 0
    except WardlineError as error:
        say(str(error), err=True)
        return error.exit_code
    except KeyboardInterrupt:
        return _stopped()
    except typer.TyperException as error:
        return _say_wrong_use(error)
    except SystemExit as stop:
        return _quietly(stop.code if isinstance(stop.code, int) else 1)
    except OSError as error:
        if error.errno == errno.EPIPE:
            return _quietly(1)
        if _is_of_what_we_print(error):
            return _cannot_print(error)
        return _no_room() if _is_no_room(error) else _refused(error) if error.filename is not None else _own_up(error)
    except BaseException as error:  # noqa: BLE001 - also a panic of Polars, which is no Exception: it is ours to own up to
        return _stopped() if was_interrupted(error) else _no_room() if _is_no_room(error) else _own_up(error)


def _check_where_we_are() -> None:
    """Raise UsageError where the folder in which somebody is has been removed: no path could be understood."""
    try:
        os.getcwd()
    except OSError:
        problem = Problem(
            ProblemKind.WRONG_USE,
            "The folder in which you are is not there any more.",
            "Change to one that is (`cd`), and try again.",
        )
        raise UsageError(problem) from None


def _is_of_what_we_print(error: OSError) -> bool:
    """Whether it is stdout that cannot be written, which the system does not say: by where the error arose."""
    arose = traceback.extract_tb(error.__traceback__)[-1]
    return arose.filename in (__file__, saying.__file__) or (arose.name == "echo" and "typer" in arose.filename)


def _cannot_print(error: OSError) -> int:
    what = f"What this command has to say cannot be written where it was sent: {error.strerror}."
    remedy = "Make room there, or send it elsewhere, and try again. The files that it wrote are whole."
    told = OutputError(Problem(ProblemKind.CANNOT_WRITE, what, remedy))
    say(str(told), err=True)
    return _quietly(told.exit_code)


def _refused(error: OSError) -> int:
    """Say of a file or folder what the system said, where nobody who looked at it has said it better."""
    what = f"The system refuses it: {error.strerror}."
    remedy = "Check that it is there, that you may open it and write in it, and that its disk is in order."
    told = OutputError(Problem(ProblemKind.UNREADABLE_FILE, what, remedy, Place(str(error.filename))))
    say(str(told), err=True)
    return told.exit_code


def _is_no_room(error: BaseException) -> bool:
    """Whether a disk was full. Polars keeps only the text of what the system said, with its number."""
    full = (errno.ENOSPC, errno.EDQUOT)
    return getattr(error, "errno", None) in full or any(f"(os error {number})" in str(error) for number in full)


def _no_room() -> int:
    """Say it of the files that a command works with; of what it writes for a reader, whoever writes that says it."""
    folder = tempfile.gettempdir()
    what = "There is no room left for the files that this command works with. Nothing half-written was left behind."
    remedy = f"Make room in {folder}, or set TMPDIR to a folder on another disk, and try again."
    error = OutputError(Problem(ProblemKind.CANNOT_WRITE, what, remedy))
    say(str(error), err=True)
    return error.exit_code


@contextmanager
def _stopped_as_if_interrupted() -> Iterator[None]:
    """Clean up after SIGTERM, and after the SIGHUP of a terminal that was closed, as after Ctrl-C.

    A job that is stopped from outside leaves nothing half-written either. A signal that it was started to ignore
    (`nohup`) is ignored.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield  # Signals are for the main thread; elsewhere whoever started the thread answers for them.
        return
    stopping = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]  # Windows has no SIGHUP
    before = {one: signal.getsignal(one) for one in stopping if signal.getsignal(one) not in (signal.SIG_IGN, None)}
    for one in before:
        signal.signal(one, interrupt)
    try:
        yield
    finally:
        for one, answer in before.items():
            signal.signal(one, answer)


def _stopped() -> int:
    say("Stopped. Nothing half-written was left behind.", err=True)
    return STOPPED


def _say_wrong_use(error: typer.TyperException) -> int:
    told = getattr(error, "format_message", lambda: str(error))()
    told = re.sub(r"\A\w+ value(?: for|:) ", "", told)  # begun by Typer with a word that no reader is told
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "wardline"
    if told:
        say(told if told.endswith((".", "?")) else f"{told}.", err=True)
    say(f"`{path} --help` says how to use it.\n\nMore: {FIX_PAGE}#{ProblemKind.WRONG_USE.value}", err=True)
    return WRONG_USE


def _quietly(code: int) -> int:
    """Whoever read our output has gone; Python would say so once more when it closes stdout."""
    give_up(sys.stdout)
    return code


def _own_up(error: BaseException) -> int:
    say(
        "This is a fault in wardline, not in your file. Please report the lines below. The last one names the fault "
        "without its message, which could contain something from one of your rows.\n",
        err=True,
    )
    say("".join(traceback.format_tb(error.__traceback__)), nl=False, err=True)
    say(f"{type(error).__module__}.{type(error).__qualname__}", err=True)
    return OUR_FAULT
