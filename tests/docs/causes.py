"""How each kind of problem comes about: a change to the tutorial's dive, and the command that then tells of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.repository import ROOT
from tests.docs.pages import save_titled
from wardline.errors import ProblemKind

TUTORIAL = ROOT / "docs" / "tutorials" / "your-first-dive.md"
CHECK = ("map", "check", "my-dive/mapping.yaml", "my-dive/exports")
DIVE = ("dive", "my-dive/dive.yaml", "--out", "my-dive/march")
TEST = ("standards", "test", "my-dive/pace.yaml")

Change = Callable[[Path], None]


@dataclass(frozen=True)
class Cause:
    """A change to the tutorial's files, and the command that is typed after it (or the commands, in order).

    Where the problem comes about in Python, `python` is the line that is run instead of a command.
    """

    change: Change
    command: tuple[str, ...] = ()
    before: tuple[str, ...] | None = None
    python: str | None = None

    @property
    def shown(self) -> str:
        """What the page says was typed."""
        return self.python or f"wardline {' '.join(self.command)}"


def tutorial_dive(folder: Path) -> None:
    """The tutorial's files, as its reader has saved them."""
    save_titled(TUTORIAL, folder)


def nothing(folder: Path) -> None:
    """Leave the files as they are."""


def replaced(file: str, old: str, new: str, encoding: str = "utf-8") -> Change:
    """Write something else in one place of one file."""

    def change(folder: Path) -> None:
        path = folder / "my-dive" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} does not stand in {file}"
        path.write_bytes(text.replace(old, new, 1).encode(encoding))

    return change


def written(file: str, content: bytes) -> Change:
    """Put another content in the place of a file."""

    def change(folder: Path) -> None:
        (folder / "my-dive" / file).write_bytes(content)

    return change


CAUSES = {
    ProblemKind.MISSING_FILE: Cause(replaced("dive.yaml", "force: force.yaml", "force: our-force.yaml"), DIVE),
    ProblemKind.EMPTY_FILE: Cause(written("force.yaml", b""), DIVE),
    ProblemKind.WRONG_ENCODING: Cause(
        replaced("force.yaml", "Our force", "Our force (Caf\u00e9 Street)", "latin-1"), DIVE
    ),
    ProblemKind.UNREADABLE_FILE: Cause(replaced("mapping.yaml", '"episodes.csv"', '"episodes.xlsx"'), CHECK),
    ProblemKind.MISSING_COLUMN: Cause(replaced("mapping.yaml", "closed at: Found", "closed at: Fuond"), CHECK),
    ProblemKind.DATABASE_NOT_READ: Cause(
        replaced(
            "mapping.yaml",
            '"episodes.csv"',
            '{query: SELECT * FROM episodes ORDER BY Ref, database: "postgresql://${DB_USER}@db.example/records"}',
        ),
        CHECK,
    ),
    ProblemKind.UNREADABLE_YAML: Cause(replaced("dive.yaml", "force: force.yaml", "force: [force.yaml"), DIVE),
    ProblemKind.UNKNOWN_KEY: Cause(replaced("mapping.yaml", "opened at:", "open at:"), CHECK),
    ProblemKind.MISSING_KEY: Cause(replaced("dive.yaml", "as at: 2025-04-01\n", ""), DIVE),
    ProblemKind.UNKNOWN_NAME: Cause(replaced("dive.yaml", "[pace.yaml]", "[england/missing-child]"), DIVE),
    ProblemKind.WRONG_VALUE: Cause(replaced("mapping.yaml", "child_found:   ", "Child found:   "), CHECK),
    ProblemKind.LENGTH_OF_TIME: Cause(replaced("pace.yaml", "high: 15 minutes", "high: a quarter of an hour"), TEST),
    ProblemKind.UNREADABLE_TIME_SETTING: Cause(replaced("dive.yaml", "as at: 2025-04-01", "as at: 1 April 2025"), DIVE),
    ProblemKind.NEVER_MET: Cause(replaced("pace.yaml", "then: officer_deployed", "then: []"), TEST),
    ProblemKind.FAILING_EXAMPLES: Cause(replaced("pace.yaml", "medium: 60 minutes", "medium: 30 minutes"), DIVE),
    ProblemKind.WRONG_USE: Cause(nothing, ("dive", "my-dive/dive.yaml")),
    ProblemKind.WRONG_ARGUMENT: Cause(nothing, python='wardline.standard("england/missing-child")'),
    ProblemKind.WRONG_TABLE: Cause(
        nothing, python='wardline.event_log(cases={"case_id": [1, 1], "case_type": ["missing episode"] * 2}, events=[])'
    ),
    ProblemKind.FOLDER_NOT_EMPTY: Cause(nothing, DIVE, before=DIVE),
    ProblemKind.NOT_A_DIVE: Cause(nothing, ("explain", "episodes:E3", "--dive", "my-dive")),
    ProblemKind.NOT_A_RELEASE: Cause(nothing, ("release", "my-dive/march", "--verify"), before=DIVE),
    ProblemKind.UNLIKE_DIVES: Cause(nothing, ("compare", "my-dive/march", "my-dive/march"), before=DIVE),
    ProblemKind.CANNOT_WRITE: Cause(nothing, (*DIVE[:3], "my-dive/dive.yaml/march")),
    ProblemKind.STOPPED: Cause(nothing, DIVE),
}


def prepare(kind: ProblemKind, folder: Path) -> Cause:
    """The tutorial's dive in a folder, with what causes this kind of problem."""
    cause = CAUSES[kind]
    tutorial_dive(folder)
    if kind is ProblemKind.UNREADABLE_FILE:
        (folder / "my-dive" / "exports" / "episodes.xlsx").write_bytes(b"This is no workbook.\n")
    cause.change(folder)
    return cause
