"""`wardline standards adopt`: a force's settings, drafted from the standards that it takes on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from wardline.cli.saying import say
from wardline.english import count, or_list
from wardline.errors import DocumentError, Problem, ProblemKind, UsageError, did_you_mean
from wardline.standards import Standard, draft_force, look_up_standard, read_force, resolve, standards_for
from wardline.standards.force import NO_NATION
from wardline.time_limits import NATIONS, Calendar, UnknownNation, UnknownZone, nation_called
from wardline.whole_files import write_new_file

__all__ = ["adopt"]


def adopt(
    force: Annotated[
        str, typer.Option("--force", metavar="NAME", help="What the force is called.", show_default=False)
    ],
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            help="Names of the library, or paths; all that ship for the nation if left out.",
            show_default=False,
        ),
    ] = None,
    nation: Annotated[
        str, typer.Option("--nation", metavar="NATION", help="Whose bank holidays are skipped in working days.")
    ] = "England",
    zone: Annotated[
        str, typer.Option("--zone", metavar="ZONE", help="The time zone in which days begin and end.")
    ] = "Europe/London",
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The file to write.")] = Path("force.yaml"),
) -> None:
    """Draft the settings of a force that takes on these standards.

    Every time limit that a force may change, and everything that it is asked to confirm, is in the draft
    as a comment beside its sentence. The draft can be used as it is. A file that already exists is
    never overwritten.

    \b
    Examples:
      wardline standards adopt --force Teesmouth
      wardline standards adopt england/missing-children --force Teesmouth --out settings/force.yaml
    """
    nation = _checked(force, nation, zone)
    standards = [look_up_standard(name, relative_to=Path()) for name in dict.fromkeys(names or standards_for(nation))]
    draft = draft_force(force, nation, zone, standards)
    write_new_file(out, draft.text)
    still_asked = _still_asked(standards, out)
    say(
        f"Written: {out}\n"
        f"  {count(draft.limits, 'time limit')} as shipped, to be changed where the force has its own\n"
        f"  {count(draft.to_be_set, 'time limit')} still to be set\n"
        f"  {count(draft.to_confirm, 'obligation')} that somebody at the force is asked to confirm\n"
        f"Read it through in an editor. Then `wardline standards diff {out}` says what is the force's own."
    )
    if still_asked:
        say("Before a dive:\n" + "\n".join(f"  {what}" for what in still_asked))


def _still_asked(standards: Sequence[Standard], force: Path) -> list[str]:
    """What a dive would not begin without: where no nation is named, limits that count no working days."""
    try:
        resolve(standards, read_force(force))
    except DocumentError as error:
        return [f"{problem.what} {problem.remedy}" for problem in error.problems]
    return []


def _checked(force: str, nation: str, zone: str) -> str:
    """The nation as it is called. Raises UsageError where one of the three cannot go into the settings."""
    if not force.strip():
        raise UsageError(
            Problem(ProblemKind.WRONG_VALUE, "The force has no name here.", "Write what it is called after --force.")
        )
    try:
        nation = NO_NATION if nation.strip().casefold() == NO_NATION else nation_called(nation)
    except UnknownNation:
        raise UsageError(
            Problem(
                ProblemKind.UNKNOWN_NAME,
                f"“{nation}” is not a nation whose bank holidays are known.{did_you_mean(nation, NATIONS)}",
                f"Name {or_list(NATIONS)}; or `{NO_NATION}`, where no limit counts working days.",
            )
        ) from None
    try:
        Calendar(zone)
    except UnknownZone:
        raise UsageError(
            Problem(ProblemKind.UNKNOWN_NAME, f"“{zone}” is not a time zone.", "Write its name as in `Europe/London`.")
        ) from None
    return nation
