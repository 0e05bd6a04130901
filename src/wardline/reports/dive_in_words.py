"""What whoever ran a dive is told at its end: what `wardline dive` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wardline.english import count, number
from wardline.measures import ListCounts, NeverJudged, ReadingCount, RejectKind
from wardline.reports.figures_in_words import with_noun
from wardline.reports.today_in_words import is_in_doubt, never_judged_in_words, not_recorded_here_in_words
from wardline.reports.wording import MADE_UP_SENTENCE

__all__ = ["DiveResult", "summary_in_words"]

KEEP_THE_KEY = (
    "Keep it, and keep it safe: dives made with it give a child the same id, and nobody without it can tell from an "
    "id who the child is."
)
NOTHING_OWED = (
    "Nothing was found to be owed: no case that is known as at that time has, in the period, what starts "
    "an obligation. "
    "Compare the dates in the dive file, and the case types of the standards, with what the exports contain: "
    "`wardline coverage` shows it."
)
NO_CASES = (
    "No case was read, so nothing could be found to be owed. If the force had no cases, that is right; otherwise look "
    "at the files and the mappings: `wardline map check` shows how a mapping understands them."
)
CLOSE_THE_KEY = "Whoever has it can tell which child an id belongs to. Take away their right to read it (chmod 600)."


@dataclass(frozen=True)
class DiveResult:
    """What a finished dive wrote where, and what whoever ran it must be told."""

    folder: Path
    report: Path
    list_of_children: Path  # whose cases somebody must look at today
    reading: tuple[ReadingCount, ...]
    remarks: tuple[str, ...]
    case_count: int
    finding_count: int
    to_check: ListCounts
    not_read: tuple[RejectKind, ...]  # what was rejected and could have put a case on the list
    tables_not_read: tuple[str, ...]  # files and sheets that may hold cases and that no table reads, a sentence each
    doubtful: tuple[str, ...]  # what was seen in the files that may have kept a case from the list, a sentence each
    never_judged: tuple[NeverJudged, ...]  # open cases of which there is no finding
    key_file: Path
    key_was_made: bool
    others_may_read_key: bool
    is_made_up: bool
    restricted_count: int | None = None  # cases that are counted, and never shown; None: no mapping restricts any


def summary_in_words(result: DiveResult) -> str:
    """Rows in and what became of them, the children to check today, where the report is, and about the key."""
    lines = ["Rows read: in = kept + left out by the mapping + rejected", *_rows(result.reading), ""]
    if result.is_made_up:
        lines = [MADE_UP_SENTENCE, "", *lines]
    if result.remarks:
        lines += ["About the files and the settings", *(f"  {remark}" for remark in result.remarks), ""]
    if not result.finding_count:
        lines += [NOTHING_OWED if result.case_count else NO_CASES, ""]
    lines += [*_children(result), "", f"The report: {result.report}"]
    if result.key_was_made:
        lines += ["", f"A key was made: {result.key_file}", KEEP_THE_KEY]
    elif result.others_may_read_key:
        lines += ["", f"Other people on this machine can read the key: {result.key_file}", CLOSE_THE_KEY]
    return "\n".join(lines)


def _rows(reading: Sequence[ReadingCount]) -> Iterator[str]:
    systems: dict[str, list[ReadingCount]] = {}
    for one in reading:
        systems.setdefault(one.source, []).append(one)
    for system, files in systems.items():
        rows_in, kept, left_out, rejected = (
            sum(getattr(one, column) for one in files) for column in ("rows_in", "kept", "left_out", "rejected")
        )
        yield f"  {system}: {number(rows_in)} = {number(kept)} + {number(left_out)} + {number(rejected)}"


def _children(result: DiveResult) -> Iterator[str]:
    if result.to_check.cases:
        yield f"{_who(result)}. Somebody must look today:"
        yield "the deadline for something that was owed has passed, and there is no record of it."
        yield f"The list, the most urgent first: {result.list_of_children}"
    elif not result.finding_count:
        yield "We cannot say whether any child must be checked today: nothing was found to be owed."
    elif is_in_doubt(
        (*result.not_read, *result.tables_not_read, *result.doubtful), result.never_judged, result.to_check
    ):
        yield "No child is on the list to check today, but we cannot be sure that there is none."
    else:
        yield "No child to check today: no open case is past a deadline without a record of what was owed."
    if result.not_read or result.tables_not_read:
        yield "Children may be missing from the list, because not everything was read:"
        yield from (f"  {one}" for one in (*not_read_in_words(result.not_read), *result.tables_not_read))
    if result.doubtful:
        yield "Children may be missing from the list, because of what was seen in the files:"
        yield from (f"  {one}" for one in result.doubtful)
    yield from _restricted(result.restricted_count)
    yield from never_judged_in_words(result.never_judged)
    yield from not_recorded_here_in_words(result.to_check)


def _restricted(many: int | None) -> Iterator[str]:
    """How many cases are restricted; where a mapping restricts some and there is none, a value may be mistyped."""
    if many:
        yield (
            f"{count(many, 'case')} {'is' if many == 1 else 'are'} restricted: counted, and never shown. Ask the team "
            "that keeps restricted records to look at them."
        )
    elif many is not None:
        yield (
            "No case is restricted, though a mapping says which would be. Compare the values in it with those in the "
            "exports before anybody else sees this dive."
        )


def not_read_in_words(kinds: Sequence[RejectKind]) -> Iterator[str]:
    """`compact: 12 rows. The case id is empty.`, a line for each kind."""
    for one in kinds:
        what = "row" if one.what == "row" else "cell"
        where = "" if one.column is None else f" of column {one.column}"
        yield f"{one.source}: {with_noun(one.many, what)}{where}. {one.reason}"


def _who(result: DiveResult) -> str:
    """`3 children to check today, in 4 cases; 2 more cases name no child`."""
    unnamed = result.to_check.cases_without_child.value
    cases = result.to_check.cases.value - unnamed
    if not cases:
        return f"{count(unnamed, 'case')} to check today; {'it names' if unnamed == 1 else 'they name'} no child"
    said = f"{with_noun(result.to_check.children, 'child', 'children')} to check today, in {count(cases, 'case')}"
    return said + (f"; {count(unnamed, 'more case')} {'names' if unnamed == 1 else 'name'} no child" if unnamed else "")
