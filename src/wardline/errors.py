"""Every error that a person can see.

    WardlineError                 one or more problems, all told at once
    ├── UsageError                the command line asks for something that cannot be     exit 2
    │   └── ArgumentError         an argument of a public function is not what it must be
    ├── DocumentError             a mapping, standard, force or dive file                exit 3
    ├── ExportError               an export that cannot be read at all                   exit 4
    ├── OutputError               the dive folder cannot be written, or read             exit 5
    └── StoppedError              somebody interrupted; nothing half-written is left     exit 130

A `Problem` says where, what is wrong in the reader's words, what to do, and where to read more.
It never holds a person's data: it names files, rows and columns. Each `ProblemKind` has a fixture that
causes it and a heading in `docs/how-to/fix-a-problem.md`; a test walks the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import partial
from typing import TypeVar

__all__ = [
    "FIX_PAGE",
    "ArgumentError",
    "DocumentError",
    "ExportError",
    "OutputError",
    "Place",
    "Problem",
    "ProblemKind",
    "Problems",
    "StoppedError",
    "UsageError",
    "WardlineError",
    "did_you_mean",
    "harmless",
    "is_panic",
    "was_interrupted",
    "without_passwords",
]

Found = TypeVar("Found")
Named = TypeVar("Named")

FIX_PAGE = "docs/how-to/fix-a-problem.md"

# `name:password@host` and `?password=…` in the address of a database.
_PASSWORD_OF_USER = re.compile(r"([^\s:@/]+:)((?!//)\S+)(?=@)")
_PASSWORD_SETTING = re.compile(r"(?i)([?&][a-z_]*(?:password|passwd|pwd|secret|token|key)=)([^\s&\"'}]+)")
LONGEST_LINE_SHOWN = 1000  # letters
LONGEST_NAME_COMPARED = 200
# What a terminal obeys, or what turns round the order in which somebody reads: no letter is among them. Tabs and line
# ends are left.
_OBEYED = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_VARIABLES = re.compile(r"(?:\$\{\w+\})+")


class ProblemKind(Enum):
    """What sort of problem it is; the value is its heading in docs/how-to/fix-a-problem.md."""

    MISSING_FILE = "a-file-is-missing"
    EMPTY_FILE = "a-file-is-empty"
    WRONG_ENCODING = "a-file-has-another-encoding"
    UNREADABLE_FILE = "a-file-cannot-be-read"
    MISSING_COLUMN = "a-column-is-missing"
    DATABASE_NOT_READ = "a-database-cannot-be-read"
    UNREADABLE_YAML = "a-document-is-not-yaml"
    UNKNOWN_KEY = "a-key-is-not-known"
    MISSING_KEY = "a-key-is-missing"
    UNKNOWN_NAME = "a-name-is-not-known"
    WRONG_VALUE = "a-value-does-not-fit"
    LENGTH_OF_TIME = "a-length-of-time"
    UNREADABLE_TIME_SETTING = "a-date-or-time-in-a-document"
    NEVER_MET = "an-obligation-that-can-never-be-met"
    FAILING_EXAMPLES = "a-worked-example-does-not-hold"
    WRONG_USE = "a-command-is-used-wrongly"
    WRONG_ARGUMENT = "an-argument-does-not-fit"
    WRONG_TABLE = "a-table-does-not-fit"
    FOLDER_NOT_EMPTY = "the-folder-already-holds-a-dive"
    NOT_A_DIVE = "the-folder-holds-no-dive"
    NOT_A_RELEASE = "the-folder-holds-no-release"
    UNLIKE_DIVES = "two-dives-cannot-be-compared"
    CANNOT_WRITE = "nothing-can-be-written-there"
    STOPPED = "the-work-was-stopped"


@dataclass(frozen=True)
class Place:
    """Where a problem is: a file, and in it a line and column (both from 1), or a table's row or column."""

    file: str
    line: int | None = None
    column: int | None = None
    width: int = 1
    source_line: str | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}, line {self.line}"

    def excerpt(self) -> str:
        """The offending line with a row of carets under it, or nothing."""
        if self.source_line is None or self.line is None or len(self.source_line) > LONGEST_LINE_SHOWN:
            return ""
        gutter = f"{self.line:>6} | "
        carets = "^" * max(1, self.width)
        return (
            f"{gutter}{without_passwords(self.source_line)}\n{' ' * (len(gutter) - 2)}| "
            f"{' ' * ((self.column or 1) - 1)}{carets}"
        )


def harmless(text: str) -> str:
    """The text with what a terminal would obey made visible: an escape is shown as `\\x1b`."""
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(), text)


def was_interrupted(error: BaseException) -> bool:
    """Whether somebody interrupted. Polars makes an interrupt amid its own work into a panic that only names it."""
    return isinstance(error, KeyboardInterrupt) or (is_panic(error) and KeyboardInterrupt.__name__ in str(error))


def is_panic(error: BaseException) -> bool:
    """Whether a library that is written in Rust broke; each has a class of its own for that, which is no Exception."""
    return type(error).__name__ == "PanicException"


def without_passwords(text: str) -> str:
    """The text with stars, as many as letters, for what may be a password in the address of a database.

    `${NAME}` is an environment variable there, and no secret.
    """

    def starred(match: re.Match[str]) -> str:
        return match[0] if _VARIABLES.fullmatch(match[2]) else match[1] + "*" * len(match[2])

    return _PASSWORD_SETTING.sub(starred, _PASSWORD_OF_USER.sub(starred, text))


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what, and what to do about it."""

    kind: ProblemKind
    what: str
    remedy: str
    where: Place | None = None

    def __str__(self) -> str:
        blocks = []
        if self.where is not None:
            excerpt = self.where.excerpt()
            blocks.append(f"{self.where}\n\n{excerpt}" if excerpt else str(self.where))
        blocks.append(f"{self.what}\n{self.remedy}")
        blocks.append(f"More: {FIX_PAGE}#{self.kind.value}")
        return "\n\n".join(blocks)


class WardlineError(Exception):
    """One or more problems with what the reader gave, all reported at once.

    Everything that Wardline raises about what it was given is one of these. `problems` has each of them: `what` is
    wrong, the `remedy`, and `where`, which is a place in a file, or the argument of a function. None of it holds a
    person's data.

    >>> import wardline
    >>> try:
    ...     wardline.standard("england/missing-child")
    ... except wardline.WardlineError as error:
    ...     print(error.problems[0].what)
    No standard of this name ships with Wardline. Did you mean `england/missing-children`?
    """

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        assert self.problems, "an error without a problem says nothing"
        super().__init__("\n\n\n".join(str(problem) for problem in self.problems))


class UsageError(WardlineError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class ArgumentError(UsageError):
    """An argument of a public function is not what it must be; each problem says which argument, and what would do."""


class DocumentError(WardlineError):
    """A mapping, standard, force or dive file does not say what it must."""

    exit_code = 3


class ExportError(WardlineError):
    """An export cannot be read at all. (A row or cell that cannot be read is a reject, not an error.)"""

    exit_code = 4


class OutputError(WardlineError):
    """A dive folder cannot be written, or what was named as one is not a dive folder."""

    exit_code = 5


class StoppedError(WardlineError):
    """Somebody interrupted the work; nothing half-written is left behind."""

    exit_code = 130


class Problems(list[Problem]):
    """The problems found so far, so that all of them are told at once.

    problems = Problems(DocumentError)
    force = problems.collect(lambda: read_force(path))     # None where it has problems
    problems += mapped_twice(mappings)
    problems.tell()                                        # raises DocumentError if there is any
    """

    def __init__(self, error: type[WardlineError], found: Iterable[Problem] = ()) -> None:
        super().__init__(found)
        self.error = error

    def collect(self, read: Callable[[], Found]) -> Found | None:
        """What `read` gives, or None with its problems added to these."""
        try:
            return read()
        except self.error as error:
            self.extend(error.problems)
            return None

    def collect_each(self, read: Callable[[Named], Found], named: Iterable[Named]) -> list[Found]:
        """What `read` gives for each of some names; those that have problems are missing."""
        found = (self.collect(partial(read, name)) for name in named)
        return [one for one in found if one is not None]

    def tell(self) -> None:
        """Raise the error with all of them, each once, if there is any."""
        if self:
            raise self.error(dict.fromkeys(self))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """ " Did you mean `x`?" for the nearest known name, or nothing where none is near."""
    if len(name) > LONGEST_NAME_COMPARED:
        return ""
    by_folded = {candidate.casefold().replace(" ", "_"): candidate for candidate in known}
    nearest = get_close_matches(name.casefold().replace(" ", "_"), by_folded, n=1, cutoff=0.6)
    return f" Did you mean `{by_folded[nearest[0]]}`?" if nearest else ""
