"""`wardline workspace demonstration`: a made-up force and its office, side by side in a browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.progress import show_progress
from wardline.cli.saying import say

__all__ = ["demonstration"]

# What these are for is said in wardline_workspace.demonstration.what_there_is, which a test compares.
PEOPLE, FORCE_PORT, OFFICE_PORT = 570_000, 8001, 8000


def demonstration(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where it is made, and kept for the next start.", show_default=False)
    ],
    people: Annotated[int, typer.Option(metavar="NUMBER", help="How many people live in the force's area.")] = PEOPLE,
    force_port: Annotated[int, typer.Option(metavar="PORT", help="Where the force's workspace is.")] = FORCE_PORT,
    office_port: Annotated[int, typer.Option(metavar="PORT", help="Where the office's workspace is.")] = OFFICE_PORT,
    example: Annotated[
        Path, typer.Option(metavar="DIR", help="The example whose mappings and settings are used.")
    ] = Path("examples/teesmouth"),
    only_make: Annotated[bool, typer.Option("--only-make", help="Make it, and do not serve it.")] = False,
) -> None:
    """Try the workspace on made-up records, as a force and as its office.

    A force is made up, with dives into its records at three dates and releases of two of them, and an account for
    each role. Then the force's workspace and the office's are served side by side until you stop them with Ctrl-C.
    What was made is used again at the next start; remove the folder to have it made anew.

    \b
    Examples:
      wardline workspace demonstration dives/demonstration
    """
    from wardline_workspace.demonstration.making import Told, make_demonstration
    from wardline_workspace.demonstration.serving import check_ports_are_free, serve_both
    from wardline_workspace.demonstration.what_there_is import Demonstration
    from wardline_workspace.deployment.described import Place

    ports = {Place.FORCE: force_port, Place.OFFICE: office_port}
    made = Demonstration(folder, example, people)
    if not only_make:
        check_ports_are_free(ports)
    with show_progress() as progress:
        # Each step is said in a sentence; how far it is shows on a terminal only.
        far = progress if sys.stderr.isatty() else lambda what, done, total: None
        make_demonstration(made, Told(lambda text: say(text, err=True), far))
    if only_make:
        say(f"Made: {folder}. Every record in it is made up.")
        return

    def ready() -> None:
        say(
            f"The force's workspace:   http://127.0.0.1:{force_port}\n"
            f"The office's workspace:  http://127.0.0.1:{office_port}\n"
            "Choose an account on the log-in page: there are no passwords, because every record is made up.\n"
            "Stop both with Ctrl-C."
        )

    try:
        serve_both(made, ports, ready=ready)
    except KeyboardInterrupt:
        say("\nBoth are stopped. What was made is used again at the next start.")
