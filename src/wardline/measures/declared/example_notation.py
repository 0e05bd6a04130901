"""The small tables of worked examples of measures: findings, one a line, or cases with the events of each.

    case | triggered | outcome          | responded
    1    | 18:00     | recorded in time | 18:40
    2    | 18:00     | no record found  |

    case=1 child=A
    18:00 reported
    20:00 child_found harm=none written=23:00

Events are written as in the worked examples of standards; `written` is when one was typed in, which is at once where
it is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from wardline.english import in_code, or_list
from wardline.errors import did_you_mean
from wardline.events.notation import NotedEvent, NotInNotation, read_event, read_instant
from wardline.findings import Outcome, words_of_kind
from wardline.obligations import Never, Obligation, Record

__all__ = ["NotedCase", "NotedLine", "NotedOccasion", "noted_cases", "noted_occasions", "unread_lines"]

OUTCOMES = {words: outcome for kind in (Obligation, Never, Record) for outcome, words in words_of_kind(kind).items()}
TIMES = ("triggered", "responded", "written", "exempted", "deadline", "closed")
COLUMNS = ("case", "child", *TIMES, "outcome", "counted")
NEEDED = ("triggered", "outcome")
YES_OR_NO = {"yes": True, "no": False}
CASE_LINE = "case="


@dataclass(frozen=True)
class NotedOccasion:
    """A finding of an example, with the time of each thing that is known of it (`TIMES`)."""

    case: str
    outcome: Outcome
    times: Mapping[str, datetime]
    child: str | None = None
    counted: bool = True


@dataclass(frozen=True)
class NotedCase:
    """A case of an example. `written` has when each event was typed in; None where the system does not say."""

    case: str
    child: str | None
    opened_at: datetime | None
    closed_at: datetime | None
    attributes: tuple[tuple[str, str], ...] = ()
    events: tuple[NotedEvent, ...] = ()
    written: tuple[datetime | None, ...] = ()


@dataclass(frozen=True)
class NotedLine:
    """A line that cannot be read, by its number from 0, and why."""

    number: int
    line: str
    error: NotInNotation


def noted_occasions(text: str) -> tuple[NotedOccasion, ...]:
    """The findings of an example. Raises NotInNotation with the first thing that cannot be read."""
    occasions: list[NotedOccasion] = []
    for line in _occasions(text, occasions.append):
        raise line.error
    return tuple(occasions)


def noted_cases(text: str) -> tuple[NotedCase, ...]:
    """The cases of an example. Raises NotInNotation with the first thing that cannot be read."""
    cases: list[NotedCase] = []
    for line in _cases(text, cases):
        raise line.error
    return tuple(cases)


def unread_lines(findings: str = "", cases: str = "") -> Iterator[NotedLine]:
    """Every line of the two that cannot be read."""
    yield from _occasions(findings, lambda occasion: None)
    yield from _cases(cases, [])


# FINDINGS


def _occasions(text: str, keep: Callable[[NotedOccasion], None]) -> Iterator[NotedLine]:
    lines = [(number, line) for number, line in enumerate(text.splitlines()) if line.strip()]
    if not lines:
        return
    number, line = lines[0]
    has_border = line.strip().startswith("|")
    header = _cells(line, has_border)
    if error := _wrong_header(header):
        yield NotedLine(number, line, error)
        return
    for row, (number, line) in enumerate(lines[1:], start=1):
        try:
            keep(_occasion(header, _cells(line, has_border), row))
        except NotInNotation as error:
            yield NotedLine(number, line, error)


def _cells(line: str, has_border: bool) -> list[str]:
    # Where the first line has a `|` on either side, so has every line, and these part no cells.
    inner = line.strip().removeprefix("|").removesuffix("|") if has_border else line
    return [cell.strip() for cell in inner.split("|")]


def _wrong_header(header: list[str]) -> NotInNotation | None:
    if unknown := [name for name in header if name not in COLUMNS]:
        return NotInNotation(
            f"`{unknown[0]}` is not a column of findings.{did_you_mean(unknown[0], COLUMNS)}",
            f"The first line names the columns: {or_list(in_code(COLUMNS))}.",
        )
    if twice := [name for place, name in enumerate(header) if name in header[:place]]:
        return NotInNotation(f"The column `{twice[0]}` is here twice.", "Keep one of the two, in every line.")
    if missing := [name for name in NEEDED if name not in header]:
        return NotInNotation(
            f"The column `{missing[0]}` is missing here.",
            "Write at least `triggered | outcome` on the first line, and each finding on a line below it.",
        )
    return None


def _occasion(header: list[str], cells: list[str], row: int) -> NotedOccasion:
    if len(cells) > len(header):
        raise NotInNotation("This line has more cells than the first line names.", "Take out one, or name its column.")
    given = {name: cell for name, cell in zip(header, cells, strict=False) if cell}
    said = given.get("outcome", "")
    if said not in OUTCOMES:
        raise NotInNotation(
            f'"{said}" is not an outcome.{did_you_mean(said, OUTCOMES)}', f"Write {or_list(in_code(OUTCOMES))}."
        )
    if "triggered" not in given:
        raise NotInNotation("This line does not say when it began.", "Write a time under `triggered`.")
    counted = given.get("counted", "yes")
    if counted not in YES_OR_NO:
        raise NotInNotation(f"`{counted}` is neither yes nor no.", "Write yes or no under `counted`.")
    times = {name: read_instant(given[name]) for name in TIMES if name in given}
    return NotedOccasion(given.get("case", str(row)), OUTCOMES[said], times, given.get("child"), YES_OR_NO[counted])


# CASES AND THEIR EVENTS


def _cases(text: str, cases: list[NotedCase]) -> Iterator[NotedLine]:
    """Every line that cannot be read; the cases of the others are put into `cases`."""
    for number, line in enumerate(text.splitlines()):
        if not line.strip():
            continue
        try:
            if line.strip().startswith(CASE_LINE):
                case = _case(line)
                if case.case in {one.case for one in cases}:
                    raise NotInNotation(f"A case {case.case} is here already.", "Give each case a name of its own.")
                cases.append(case)
                continue
            event, written = _event(line)
            if not cases:
                raise NotInNotation("No case begins before this event.", "Write `case=1` on a line above it.")
            last = cases[-1]
            cases[-1] = replace(last, events=(*last.events, event), written=(*last.written, written))
        except NotInNotation as error:
            yield NotedLine(number, line, error)


def _case(line: str) -> NotedCase:
    # A line of a case has the attributes of an event without its time and its name.
    given = dict(read_event(f"00:00 case {line}").attributes)
    name = given.pop("case")
    opened, closed = given.pop("opened", None), given.pop("closed", None)
    return NotedCase(
        case=name,
        child=given.pop("child", f"the child of {name}") or None,
        opened_at=read_instant(opened) if opened else None,
        closed_at=read_instant(closed) if closed else None,
        attributes=tuple(given.items()),
    )


def _event(line: str) -> tuple[NotedEvent, datetime | None]:
    event = read_event(line)
    given = dict(event.attributes)
    if "written" not in given:
        return event, event.happened_at
    written = given.pop("written")
    return replace(event, attributes=tuple(given.items())), read_instant(written) if written else None
